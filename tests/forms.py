"""One test in two forms: a short one in `make test`, the promised one in `make test-long`."""

from __future__ import annotations

from typing import Any

import pytest

LONGEST = 900
"""Seconds that a long form may take, on a busy machine."""


def short_and_long(name: str, short: Any, long: Any) -> pytest.MarkDecorator:
    """Gives the test an argument of that name, and each form a value."""
    marks = [pytest.mark.long, pytest.mark.timeout(LONGEST)]
    forms = [pytest.param(short, id="short"), pytest.param(long, id="long", marks=marks)]
    return pytest.mark.parametrize(name, forms)
