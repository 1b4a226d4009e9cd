"""Keyset pages: a place in an order is the values of its sort columns, not a number of rows.

So a page stays where it is while others insert, rename and delete around it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Place = tuple[Any, ...]
"""The values of an order's columns in one row; the last of them makes it unique."""


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a list that is wanted: `size` rows from the front, or from the back."""

    size: int
    after: Place | None = None
    before: Place | None = None
    backward: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page, in the list's order. What lies beyond a given cursor is taken to be there still."""

    rows: list[T]
    has_next: bool
    has_previous: bool

    def map(self, change: Callable[[T], Any]) -> Page[Any]:
        """The page of what `change` makes of its rows."""
        return Page([change(row) for row in self.rows], self.has_next, self.has_previous)


@dataclass(slots=True)
class Conditions:
    """Parts of a WHERE clause with their parameters."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, part: str, *values: Any) -> None:
        """One more condition that must hold; `%s` stands for each of its values, in order."""
        self.parts.append(part)
        self.values.extend(values)

    def sql(self) -> str:
        """The clause, or nothing."""
        return f"WHERE {' AND '.join(self.parts)}" if self.parts else ""


def bound(conditions: Conditions, columns: Sequence[str], window: Window, descending: bool) -> None:
    """Keeps to what lies between the window's cursors, in an order by `columns`."""
    row = f"({', '.join(columns)})"
    marks = f"({', '.join(['%s'] * len(columns))})"
    if window.after is not None:
        conditions.add(f"{row} {'<' if descending else '>'} {marks}", *window.after)
    if window.before is not None:
        conditions.add(f"{row} {'>' if descending else '<'} {marks}", *window.before)


def order_by(columns: Sequence[str], window: Window, descending: bool) -> str:
    """ORDER BY and LIMIT: one row more than wanted tells whether there are more."""
    direction = "DESC" if descending != window.backward else "ASC"
    order = ", ".join(f"{column} {direction}" for column in columns)
    return f"ORDER BY {order} LIMIT {window.size + 1}"


def page_of(rows: list[T], window: Window) -> Page[T]:
    """The page behind the rows that came of `order_by`."""
    more = len(rows) > window.size
    kept = rows[: window.size]
    if window.backward:
        return Page(kept[::-1], has_next=window.before is not None, has_previous=more)
    return Page(kept, has_next=more, has_previous=window.after is not None)
