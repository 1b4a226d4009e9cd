"""The seed of a run: whatever tests choose at random follows from it, and a failure names it.

    make test SEED=7

It is 0 unless told otherwise, so that a red build is about the change at hand.
"""

from __future__ import annotations

import os
import random
from collections.abc import Generator

import pytest
from hypothesis import settings

COMMON = 0

# Look further, with other examples each time: make test TESTS=--hypothesis-profile=long
settings.register_profile("long", max_examples=1_000, deadline=None)
settings.register_profile("short", max_examples=60, deadline=None, derandomize=True, database=None)
settings.register_profile("seeded", settings.get_profile("short"), derandomize=False)
settings.load_profile("short")


def pytest_addoption(parser: pytest.Parser) -> None:
    """--seed, which workers are told as well."""
    told = "what tests choose at random, Hypothesis' examples included, follows from it"
    parser.addoption("--seed", type=int, default=COMMON, help=told)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Hypothesis chooses the same examples each time, or those that follow from another seed."""
    if config.option.seed != COMMON:
        settings.load_profile("seeded")
        config.option.hypothesis_seed = str(config.option.seed)


def pytest_report_header(config: pytest.Config) -> str:
    """So that any run can be had again."""
    return _told(config)


@pytest.hookimpl(tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Again at the end, since a quiet run has no header."""
    terminalreporter.write_line(f"This was {_told(terminalreporter.config)}.")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure is told with the seed that led to it."""
    report = yield
    if report.failed:
        report.sections.append(("seed", _told(item.config)))
    return report


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """What the test chooses at random comes from here."""
    return random.Random(f"{request.config.option.seed} {request.node.nodeid}")


def _told(config: pytest.Config) -> str:
    hashing = os.environ.get("PYTHONHASHSEED", "random")
    return f"a run with --seed={config.option.seed} and PYTHONHASHSEED={hashing}"
