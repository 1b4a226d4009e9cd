"""Keyset pages: a cursor is the values of the sort columns in one row, not a number of rows.

So a page stays where it is while others insert, rename and delete around it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")
CursorKey = tuple[Any, ...]
"""The values of an order's columns in one row; the last of them makes it unique."""


@dataclass(frozen=True, slots=True)
class PageRequest:
    """The part of a list that is wanted: `size` rows from the front, or from the back."""

    size: int
    after: CursorKey | None = None
    before: CursorKey | None = None
    backward: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page, in the list's order. Rows beyond a given cursor are assumed to be there still."""

    rows: list[T]
    has_next: bool
    has_previous: bool

    def map(self, change: Callable[[T], Any]) -> Page[Any]:
        """Returns the page with `change` applied to its rows."""
        return Page([change(row) for row in self.rows], self.has_next, self.has_previous)


@dataclass(slots=True)
class Conditions:
    """Parts of a WHERE clause with their parameters."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, part: str, *values: Any) -> None:
        """Adds one more condition that must hold; `%s` stands for each of its values, in order."""
        self.parts.append(part)
        self.values.extend(values)

    def sql(self) -> str:
        """Returns the clause, or nothing."""
        return f"WHERE {' AND '.join(self.parts)}" if self.parts else ""


def apply_cursors(
    conditions: Conditions, columns: Sequence[str], page_request: PageRequest, descending: bool
) -> None:
    """Keeps to the rows between the request's cursors, in an order by `columns`."""
    row = f"({', '.join(columns)})"
    marks = f"({', '.join(['%s'] * len(columns))})"
    if page_request.after is not None:
        conditions.add(f"{row} {'<' if descending else '>'} {marks}", *page_request.after)
    if page_request.before is not None:
        conditions.add(f"{row} {'>' if descending else '<'} {marks}", *page_request.before)


def order_by(columns: Sequence[str], page_request: PageRequest, descending: bool) -> str:
    """Returns ORDER BY and LIMIT: one row more than wanted tells whether there are more."""
    direction = "DESC" if descending != page_request.backward else "ASC"
    order = ", ".join(f"{column} {direction}" for column in columns)
    return f"ORDER BY {order} LIMIT {page_request.size + 1}"


def page_of(rows: list[T], page_request: PageRequest) -> Page[T]:
    """Returns the page of the rows that `order_by` gave."""
    more = len(rows) > page_request.size
    kept = rows[: page_request.size]
    if page_request.backward:
        return Page(kept[::-1], has_next=page_request.before is not None, has_previous=more)
    return Page(kept, has_next=more, has_previous=page_request.after is not None)
