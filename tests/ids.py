"""What a case of a parametrised test is called: the same in every process, and in words.

pytest-xdist gives tests to its workers by their ids, which must be the same in all of them: an id
may hold neither a time nor an address, nor the order of a set.
"""

from __future__ import annotations

import enum
import re
import reprlib

import pytest

MAX_LENGTH = 60
"""Characters of a value that may stand in an id. What is longer nobody reads."""


def pytest_make_parametrize_id(val: object, argname: str) -> None:
    """Leaves a value's id to pytest, if that makes a telling one of it.

    Raises CollectError if it does not: pytest prints that without a traceback, below the module.
    """
    problem = _problem(val)
    if problem:
        raise pytest.Collector.CollectError(
            f"A value of {argname!r} {problem}: {reprlib.repr(val)}\n"
            "Say in words what is special about it:"
            ' pytest.param(..., id="...") or parametrize(..., ids=[...]).'
        )


def text_id(value: object) -> str:
    """For `ids=`, of texts that differ in what cannot be seen: escaped, and shortened."""
    text = ascii(value.value if isinstance(value, enum.Enum) else value)
    return text if len(text) <= MAX_LENGTH else f"{text[:20]}... of {len(str(value))}"


def _problem(value: object) -> str | None:
    """Why pytest's own id of the value would not do."""
    text = _text(value)
    if text is None:
        return f"is of type {type(value).__name__}, which no id can tell"
    if len(text) > MAX_LENGTH:
        return f"has {len(text)} characters"
    if not text.isprintable():
        return "has characters that cannot be printed"
    if callable(value) and not text.isidentifier():
        return "is a function without a name"
    return None


def _text(value: object) -> str | None:
    """The id that pytest would make of it; None if it would make none, or one of bytes."""
    match value:
        case str():
            return value
        case None | bool() | int() | float() | complex() | enum.Enum():
            return str(value)
        case re.Pattern():
            return str(value.pattern)
    name = getattr(value, "__name__", None)
    return name if isinstance(name, str) else None
