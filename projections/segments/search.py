"""Pages of a search, in one to three questions to the database, each of which has a bound.

PostgreSQL can walk the list in order and look at each text, or gather all hits and sort them; it
chooses by how many hits it expects, spread evenly. It errs where they are not: everything that is
called "Warehouse …" stands at the list's end, and the walk to it looks at a million texts. So:

1. Gather, but at most FEW: mostly that was all. Takes 0.3 ms for a hit, 20 ms for a thousand.
2. There are more: then a page of them is likely near. Walk, but at most NEAR: 8 ms.
3. They are elsewhere. Gather all of them, however many: 0.25 s for 100,000 of a million.

The caller has each planned anew: the plan for any term is the wrong one for most.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from projections.engine.paging import Conditions, Window, bound, order_by
from projections.segments.question import SegmentQuestion
from projections.text.search_term import SearchTerm

FEW = 1_000
NEAR = 5_000

Rows = list[tuple[Any, ...]]
Query = tuple[str, list[Any]]
Fetch = Callable[[str, Sequence[Any]], Awaitable[Rows]]


async def found(
    fetch: Fetch, question: SegmentQuestion, window: Window, term: SearchTerm, selected: str
) -> Rows:
    """The rows of a page, of which one more than its size tells that there are more."""
    if term.index_pattern is not None:
        rows = await fetch(*_few(question, window, selected))
        if not rows or rows[0][-1] <= FEW:
            return [row[:-1] for row in rows]
    rows = await fetch(*_near(question, window, selected))
    if len(rows) <= window.size:
        rows = await fetch(*_all(question, window, selected))
    return rows


def _few(question: SegmentQuestion, window: Window, selected: str) -> Query:
    """The inner LIMIT keeps PostgreSQL from walking; how many there are comes last in each row."""
    where, order = _within(question, window), _order(question, window)
    query = (
        f"SELECT {selected}, count(*) OVER () FROM"
        f" (SELECT * FROM {question.table} {where.sql()} LIMIT {FEW + 1}) AS few {order}"
    )
    return query, where.values


def _near(question: SegmentQuestion, window: Window, selected: str) -> Query:
    """What is looked for is looked at only after the walk, which so ends after NEAR rows."""
    place, where = Conditions(), question.conditions()
    bound(place, question.order.columns, window, question.descending)
    walk = _order(question, Window(NEAR - 1, backward=window.backward))
    query = (
        f"SELECT {selected} FROM (SELECT * FROM {question.table} {place.sql()} {walk}) AS near"
        f" {where.sql()} {_order(question, window)}"
    )
    return query, [*place.values, *where.values]


def _all(question: SegmentQuestion, window: Window, selected: str) -> Query:
    """No index has the order of greatest(x), which is x: so there is no walking."""
    where = _within(question, window)
    first, *others = question.order.columns
    columns = (f"greatest({first})", *others)
    order = order_by(columns, window, question.descending)
    return f"SELECT {selected} FROM {question.table} {where.sql()} {order}", where.values


def _within(question: SegmentQuestion, window: Window) -> Conditions:
    where = question.conditions()
    bound(where, question.order.columns, window, question.descending)
    return where


def _order(question: SegmentQuestion, window: Window) -> str:
    return order_by(question.order.columns, window, question.descending)
