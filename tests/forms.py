"""One test in two forms: a short one in `make test`, the promised one in `make test-long`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pytest

TIMEOUT_S = 900
"""Seconds that a long form may take, on a busy machine."""


Test = TypeVar("Test", bound=Callable[..., Any])


def pytest_addoption(parser: pytest.Parser) -> None:
    """--dark, for the console's journeys."""
    told = "looks at each page of the console that is looked at in light in dark as well"
    parser.addoption("--dark", action="store_true", help=told)


def only_long(test: Test) -> Test:
    """For a test of which `make test` has a sibling that is quicker."""
    marked: Test = pytest.mark.long(pytest.mark.timeout(TIMEOUT_S)(test))
    return marked


def short_and_long(name: str, short: Any, *long: Any) -> pytest.MarkDecorator:
    """Gives the test an argument of that name, and each form a value."""
    marks = [pytest.mark.long, pytest.mark.timeout(TIMEOUT_S)]
    forms = [pytest.param(short, id="short")]
    ids = ["long", *(f"long {number}" for number in range(2, len(long) + 1))]
    forms += [
        pytest.param(one, id=named, marks=marks) for named, one in zip(ids, long, strict=True)
    ]
    return pytest.mark.parametrize(name, forms)
