"""Pages of a list of which but some rows are wanted, in questions each of which has a bound.

PostgreSQL can walk a list in its order and look at each row, or gather all that is wanted and sort
it; it chooses by how much it expects to find, spread evenly. It errs where that is not so:
everything that is called "Warehouse …" stands at the list's end, and the walk to it looks at a
million texts. So:

1. Gather, but at most FEW: mostly that was all. Takes 0.3 ms for a hit, 20 ms for a thousand.
2. There are more: then a page of them is likely near. Walk, but at most NEAR: 8 ms.
3. They are elsewhere. Gather all of them, however many: 0.25 s for 100,000 of a million. Where they
   can be told without the list, by a join: 0.5 s for 300,000, 1 s for all.

Each is planned anew: the plan for any term is the wrong one for most.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from projections.sql.database import Questions, Rows
from projections.sql.paging import Conditions, Window, bound, order_by
from projections.text.search_term import SearchTerm

FEW = 1_000
NEAR = 5_000

Query = tuple[str, list[Any]]
Fetch = Callable[[str, Sequence[Any]], Awaitable[Rows]]


def is_few(count: int) -> bool:
    """Whether so many are gathered without a thought."""
    return count <= FEW


class Way(Enum):
    """How the rows of a page are found."""

    IN_ORDER = "most of the list is wanted: PostgreSQL walks it, by a plan that is kept"
    FEW_FIRST = "an index tells what is wanted: steps 1, 2 and 3"
    NEAR_FIRST = "each row must be looked at: steps 2 and 3"
    GATHERED = "known to be few: step 3"
    WALKED = "a large part of the list at once: PostgreSQL walks it, by a plan for just this part"

    @classmethod
    def of_search(cls, term: SearchTerm) -> Way:
        """For what somebody looks for: the index knows three letters and more."""
        return cls.NEAR_FIRST if term.index_pattern is None else cls.FEW_FIRST


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a list: what stands behind FROM, with its own parameters."""

    source: str
    given: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list in an order, and which of its rows are wanted; `columns` are those of the order, the
    unique one last.

    Of several parts each is walked, or gathered, as is best for it alone: of the states that have
    ended there may be none at a moment, and a walk in order would look at all of them.

    Where `numbers` says which rows are wanted, as `where` does, all of them are found and counted
    by a join with it.
    """

    parts: tuple[Part, ...]
    columns: tuple[str, ...]
    where: Conditions
    way: Way = Way.IN_ORDER
    descending: bool = False
    numbers: Part | None = None

    @property
    def source(self) -> str:
        """All parts, behind FROM."""
        if len(self.parts) == 1:
            return self.parts[0].source
        return f"({' UNION ALL '.join(f'SELECT * FROM {p.source}' for p in self.parts)}) AS parts"

    @property
    def given(self) -> list[Any]:
        """The parameters of all parts."""
        return [value for part in self.parts for value in part.given]

    def order(self, window: Window) -> str:
        """ORDER BY and LIMIT."""
        return order_by(self.columns, window, self.descending)

    def within(self, window: Window) -> Conditions:
        """What is wanted and lies between the window's cursors."""
        where = Conditions([*self.where.parts], [*self.where.values])
        bound(where, self.columns, window, self.descending)
        return where

    def first(self, where: Conditions, window: Window) -> Query:
        """What stands behind FROM for no more rows than the window's page needs, out of each part
        as many.
        """
        tail = f"{where.sql()} {self.order(window)}"
        rows = " UNION ALL ".join(f"(SELECT * FROM {part.source} {tail})" for part in self.parts)
        return f"({rows}) AS first", [v for p in self.parts for v in (*p.given, *where.values)]


async def page_rows(ask: Questions, listing: Listing, window: Window, selected: str) -> Rows:
    """The rows of a page, of which one more than its size tells that there are more."""
    if listing.way is Way.IN_ORDER:
        return await ask.ask(*_page(listing, window, selected))
    return await _found(ask.ask_anew, listing, window, selected)


async def count_rows(ask: Questions, listing: Listing) -> int:
    """How many rows are wanted."""
    if listing.numbers is not None:
        query = f"SELECT count(*) FROM {listing.numbers.source} AS wanted"
        return int((await ask.ask_anew(query, listing.numbers.given))[0][0])
    query = f"SELECT count(*) FROM {listing.source} {listing.where.sql()}"
    fetch = ask.ask if listing.way is Way.IN_ORDER else ask.ask_anew
    rows = await fetch(query, [*listing.given, *listing.where.values])
    return int(rows[0][0])


async def _found(fetch: Fetch, listing: Listing, window: Window, selected: str) -> Rows:
    if listing.way is Way.WALKED:
        return await fetch(*_page(listing, window, selected))
    if listing.way is Way.FEW_FIRST:
        rows = await fetch(*_few(listing, window, selected))
        if not rows or rows[0][-1] <= FEW:
            return [row[:-1] for row in rows]
    if listing.way is not Way.GATHERED:
        rows = await fetch(*_near(listing, window, selected))
        if len(rows) > window.size:
            return rows
    return await fetch(*_all(listing, window, selected))


def _page(listing: Listing, window: Window, selected: str) -> Query:
    if len(listing.parts) == 1:
        where, given = listing.within(window), listing.given
        query = f"SELECT {selected} FROM {listing.source} {where.sql()} {listing.order(window)}"
        return query, [*given, *where.values]
    first, values = listing.first(listing.within(window), window)
    return f"SELECT {selected} FROM {first} {listing.order(window)}", values


def _few(listing: Listing, window: Window, selected: str) -> Query:
    """The inner LIMIT keeps PostgreSQL from walking; how many there are comes last in each row."""
    where = listing.within(window)
    query = (
        f"SELECT {selected}, count(*) OVER () FROM"
        f" (SELECT * FROM {listing.source} {where.sql()} LIMIT {FEW + 1}) AS few"
        f" {listing.order(window)}"
    )
    return query, [*listing.given, *where.values]


def _near(listing: Listing, window: Window, selected: str) -> Query:
    """What is wanted is looked at only after the walk, which so ends after NEAR rows."""
    place, where = Conditions(), listing.where
    bound(place, listing.columns, window, listing.descending)
    walk = Window(NEAR - 1, backward=window.backward)
    first, values = listing.first(place, walk)
    near = f"(SELECT * FROM {first} {listing.order(walk)}) AS near"
    query = f"SELECT {selected} FROM {near} {where.sql()} {listing.order(window)}"
    return query, [*values, *where.values]


def _all(listing: Listing, window: Window, selected: str) -> Query:
    if listing.numbers is not None and listing.way is not Way.GATHERED:
        return _joined(listing, listing.numbers, window, selected)
    where = listing.within(window)
    order = _sorted(listing, window)
    query = f"SELECT {selected} FROM {listing.source} {where.sql()} {order}"
    return query, [*listing.given, *where.values]


def _joined(listing: Listing, numbers: Part, window: Window, selected: str) -> Query:
    """The join reads an index alone; whole rows are fetched of the page only."""
    place = Conditions()
    bound(place, listing.columns, window, listing.descending)
    page = (
        f"SELECT number FROM {listing.source} JOIN {numbers.source} AS wanted USING (number)"
        f" {place.sql()} {_sorted(listing, window)}"
    )
    query = (
        f"SELECT {selected} FROM {listing.source} WHERE number = ANY(ARRAY({page}))"
        f" {listing.order(window)}"
    )
    return query, [*listing.given, *listing.given, *numbers.given, *place.values]


def _sorted(listing: Listing, window: Window) -> str:
    """No index has the order of greatest(x), which is x: so there is no walking."""
    first, *others = listing.columns
    return order_by((f"greatest({first})", *others), window, listing.descending)
