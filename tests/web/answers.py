"""What the service answers, awaited as Playwright's `expect` awaits what a page shows.

A page shows much before the service has it, and the service has it before every read tells it:

    expect_answer(found, site, "sales").to_have(name="Sales Team", version=2)
"""

from __future__ import annotations

import time
from collections.abc import Callable
from difflib import ndiff
from pprint import pformat
from typing import Any, Generic, ParamSpec, TypeVar

BOUND = 15.0
"""Seconds, as for what a page shows. What never comes takes them; what comes late is no failure."""

P = ParamSpec("P")
T = TypeVar("T")


class Answer(Generic[T]):
    """Asked again until it is as expected; AssertionError with the difference when it never is.

    Without a pause: each question is a request, and takes its time.
    """

    def __init__(self, ask: Callable[[], T]) -> None:
        self._ask = ask

    def to_equal(self, expected: T) -> None:
        """All of it."""
        self._until(expected, lambda answer: answer)

    def to_have(self, **fields: Any) -> None:
        """Of something with named fields these, whatever the others are."""

        def those(answer: T) -> dict[str, Any]:
            known = answer if isinstance(answer, dict) else {}
            return {name: known.get(name) for name in fields}

        self._until(fields, those)

    def to_contain(self, part: str) -> None:
        """Anywhere in it, as text."""
        self._until(part, lambda answer: part if part in str(answer) else answer)

    def _until(self, expected: object, view: Callable[[T], object]) -> None:
        end = time.monotonic() + BOUND
        while (answer := view(self._ask())) != expected:
            if time.monotonic() > end:
                raise AssertionError(_difference(expected, answer))


def expect_answer(ask: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Answer[T]:
    """What is to come of asking so."""
    return Answer(lambda: ask(*args, **kwargs))


def _difference(expected: object, answer: object) -> str:
    lines = ndiff(pformat(expected).splitlines(), pformat(answer).splitlines())
    return "\n".join([f"expected (-), and after {BOUND:.0f} seconds still answered (+):", *lines])
