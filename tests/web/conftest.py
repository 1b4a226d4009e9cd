"""A browser, a service of its own on a fresh data directory, and people who open its console."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.memory import in_memory
from tests.web.chromium import ARGUMENTS, chromium

pytest.register_assert_rewrite("tests.web.person")  # so that what axe finds is printed

from tests.web.person import Person  # noqa: E402 - after the line above
from tests.web.site import Site, serving_console  # noqa: E402

SCREENS = Path(__file__).parents[2] / "build" / "screens"
"""Where a test that failed leaves pictures of the last pages that it saw."""

FAILED = pytest.StashKey[bool]()

CHROMIUM = chromium()

if CHROMIUM is None and not os.environ.get("CI"):
    collect_ignore_glob = ["*"]  # the summary says so: see tests/conftest.py


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium. Each person who opens a page has a profile of their own in it.

    It is closed after the last journey: while it is there, no test may run a loop of its own.
    """
    assert CHROMIUM is not None, "CI has a Chromium: .ci/run installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def prepared() -> Iterator[Path]:
    """A data directory as `segments serve` makes it, with the demo content, for copies of it.

    Not in pytest's own folder, which another run by root shuts to the user of the database server.
    """
    with data_folder() as folder:
        data = folder / "data"
        with serving_console(data):
            pass  # it has made everything before it answers
        yield data


@pytest.fixture(scope="module")
def site(prepared: Path) -> Iterator[Site]:
    """`segments serve` on a data directory of the module's own, with the demo content."""
    with copied(prepared) as data, serving_console(data) as site:
        yield site


@contextmanager
def copied(prepared: Path) -> Iterator[Path]:
    """A data directory like that one, with cp: its database's files may be another user's."""
    with data_folder() as folder:
        subprocess.run(["cp", "-a", str(prepared), str(folder / "data")], check=True)
        yield folder / "data"


@contextmanager
def data_folder() -> Iterator[Path]:
    """A temporary folder for the data of a service."""
    with tempfile.TemporaryDirectory(prefix="segments-console-", dir=in_memory()) as folder:
        yield Path(folder)


@pytest.fixture
def person(
    browser: Browser, site: Site, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Person]]:
    """Opens the console as somebody with a role: `person("site-admin")`.

    When the test has passed, every page that was opened must have been silent, kept to its origin,
    and broken no policy.
    """
    people: list[Person] = []
    with ExitStack() as opened:

        def open_as(role: str, **options: Any) -> Person:
            one = opened.enter_context(Person.signed_in(browser, site, role, **options))
            one.looks_in_dark = request.config.option.dark
            people.append(one)
            return one

        yield open_as
        if request.node.stash.get(FAILED, False):
            _keep_pictures(request.node.name, people)
        for one in people:
            assert one.noticed == []
            assert one.has_opened, "who opened no page has seen nothing"


def _keep_pictures(test: str, people: list[Person]) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(people):
        one.page.screenshot(path=SCREENS / f"{test.replace('/', '-')}-{number}.png")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tells the fixtures whether their test failed."""
    report = yield
    item.stash[FAILED] = call.when == "call" and report.failed
    return report


def chromium_version() -> str:
    """For the report's header."""
    assert CHROMIUM is not None
    command = [CHROMIUM, "--version"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
