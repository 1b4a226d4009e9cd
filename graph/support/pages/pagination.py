"""Pagination: the arguments of connections, and opaque cursors.

A cursor is base64url of JSON: the order's name and the values of its columns in that row. It is
checked for shape and types, not signed: a forged one can only name another place in a list that
its bearer may read anyway.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.kernel.clock import format_instant, parse_instant
from graph.support.errors import invalid, over_limit
from projections.sql.paging import CursorKey, Page, PageRequest

DEFAULT_SIZE = 25
MAX_PAGE_SIZE = 100
MAX_CURSOR_LENGTH = 4_096

First = Annotated[
    int | None,
    strawberry.argument(
        description=f"Number of entries from the front, at most {MAX_PAGE_SIZE}; {DEFAULT_SIZE} if"
        " neither `first` nor `last` is given."
    ),
]
After = Annotated[str | None, strawberry.argument(description="Only entries after this cursor.")]
Last = Annotated[
    int | None,
    strawberry.argument(description=f"Number of entries from the back, at most {MAX_PAGE_SIZE}."),
]
Before = Annotated[str | None, strawberry.argument(description="Only entries before this cursor.")]


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether there are entries after this page.")
    has_previous_page: bool = strawberry.field(
        description="Whether there are entries before this page."
    )
    start_cursor: str | None = strawberry.field(description="Cursor of the page's first edge.")
    end_cursor: str | None = strawberry.field(description="Cursor of the page's last edge.")


def parse_page_request(
    order: str,
    types: Sequence[type],
    first: int | None,
    after: str | None,
    last: int | None,
    before: str | None,
) -> PageRequest:
    """The window that a connection's arguments ask for.

    `order` and `types` are those of the cursors that fit. QueryError INVALID or LIMIT otherwise.
    """
    if first is not None and last is not None:
        raise invalid("Give first or last, not both.", "last")
    name, size = ("first", first) if last is None else ("last", last)
    size = DEFAULT_SIZE if size is None else size
    if size < 0:
        raise invalid(f"{name} must not be negative.", name)
    if size > MAX_PAGE_SIZE:
        raise over_limit(f"{name} is at most {MAX_PAGE_SIZE}.", MAX_PAGE_SIZE, size, name)
    return PageRequest(
        size=size,
        after=None if after is None else parse_cursor(after, order, types, "after"),
        before=None if before is None else parse_cursor(before, order, types, "before"),
        backward=last is not None,
    )


def encode_cursor(order: str, place: CursorKey) -> str:
    """The cursor of a row at `place` in the order of that name."""
    text = json.dumps([order, *map(_plain, place)], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def parse_cursor(cursor: str, order: str, types: Sequence[type], argument: str) -> CursorKey:
    """The place that a cursor names. QueryError INVALID when it is none of this list's."""
    try:
        return _place(cursor, order, types)
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error):
        raise invalid(f"{argument} is no cursor of this list.", argument) from None


def page_info(page: Page[Any], cursors: Sequence[str]) -> PageInfo:
    """The PageInfo of a page whose edges have those cursors."""
    return PageInfo(
        has_next_page=page.has_next,
        has_previous_page=page.has_previous,
        start_cursor=cursors[0] if cursors else None,
        end_cursor=cursors[-1] if cursors else None,
    )


def _place(cursor: str, order: str, types: Sequence[type]) -> CursorKey:
    if len(cursor) > MAX_CURSOR_LENGTH:
        raise ValueError("too long")
    padded = cursor.encode() + b"=" * (-len(cursor) % 4)
    named, *values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    if named != order or len(values) != len(types):
        raise ValueError("of another list")
    return tuple(_parsed(value, kind) for value, kind in zip(values, types, strict=True))


def _plain(value: Any) -> str | int:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return format_instant(value)
    return int(value)


def _parsed(value: Any, kind: type) -> Any:
    if kind is int:
        if type(value) is not int or not 0 <= value < 2**63:
            raise ValueError("no number")
        return value
    if not isinstance(value, str):
        raise TypeError("no text")
    if kind is bytes:
        return bytes.fromhex(value)
    return UUID(hex=value) if kind is UUID else parse_instant(value)
