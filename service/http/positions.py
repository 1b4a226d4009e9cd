"""Positions of the read model beside an operation: the one that a request asks for, by the header
`Segments-Min-Position` or in its extensions, and the one that it is answered at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.support.errors import QueryError, QueryErrorCode
from graph.support.scalars import MAX_POSITION

MIN_POSITION_HEADER = "Segments-Min-Position"
POSITION_HEADER = "Segments-Position"
_EXTENSION = "minPosition"
_MAX_DIGITS = len(str(MAX_POSITION))


def position_in_header(headers: Mapping[str, str]) -> int:
    """Returns the position that a request's header asks for, 0 when there is none. QueryError
    INVALID, by 400, when it is no position.
    """
    text = headers.get(MIN_POSITION_HEADER, "0").strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS):
        raise _no_position(MIN_POSITION_HEADER)
    return _within(int(text), MIN_POSITION_HEADER)


def extended_position(extensions: Mapping[str, Any] | None) -> int:
    """Returns the position that a request's extensions ask for, 0 when there is none. QueryError
    INVALID, by 400, when it is no position.
    """
    position = (extensions or {}).get(_EXTENSION)
    if position is None:
        return 0
    if isinstance(position, bool) or not isinstance(position, int):
        raise _no_position(f"extensions.{_EXTENSION}")
    return _within(position, f"extensions.{_EXTENSION}")


def _within(position: int, name: str) -> int:
    if not 0 <= position <= MAX_POSITION:
        raise _no_position(name)
    return position


def _no_position(name: str) -> QueryError:
    message = f"{name} must be a position: a whole number from 0 to 2^63 - 1."
    return QueryError(QueryErrorCode.INVALID, message, name, status=400)
