"""Pages of a filtered list, by queries each of which has a bound.

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

from projections.sql.database import Database, Rows
from projections.sql.paging import Conditions, PageRequest, apply_cursors, order_by
from projections.text.search_term import SearchTerm

FEW = 1_000
NEAR = 5_000

Statement = tuple[str, list[Any]]
Fetch = Callable[[str, Sequence[Any]], Awaitable[Rows]]


def is_few(count: int) -> bool:
    """Whether so many are gathered without further ado."""
    return count <= FEW


class QueryPlan(Enum):
    """The way in which the rows of a page are found."""

    IN_ORDER = "most of the list is wanted: PostgreSQL walks it, by a plan that is kept"
    INDEX_FIRST = "an index tells what is wanted: steps 1, 2 and 3"
    SCAN_NEAR = "each row must be looked at: steps 2 and 3"
    GATHER = "known to be few: step 3"
    SCAN = "a large part of the list at once: PostgreSQL walks it, by a plan for just this part"

    @classmethod
    def of_search(cls, term: SearchTerm) -> QueryPlan:
        """Returns the plan of a search: the index knows three letters and more."""
        return cls.SCAN_NEAR if term.index_pattern is None else cls.INDEX_FIRST


@dataclass(frozen=True, slots=True)
class ListSource:
    """A part of a list: its FROM clause, with its own parameters."""

    source: str
    given: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list in an order, with a filter; `columns` are those of the order, the unique one last.

    Of several parts each is walked, or gathered, as is best for it alone: of the states that have
    ended there may be none at a moment, and a walk in order would read all of them.

    Where `numbers` selects the rows that `where` does, all of them are found and counted by a join
    with it.
    """

    parts: tuple[ListSource, ...]
    columns: tuple[str, ...]
    where: Conditions
    plan: QueryPlan = QueryPlan.IN_ORDER
    descending: bool = False
    numbers: ListSource | None = None

    @property
    def source(self) -> str:
        """All parts, as a FROM clause."""
        if len(self.parts) == 1:
            return self.parts[0].source
        return f"({' UNION ALL '.join(f'SELECT * FROM {p.source}' for p in self.parts)}) AS parts"

    @property
    def given(self) -> list[Any]:
        """The parameters of all parts."""
        return [value for part in self.parts for value in part.given]

    def order(self, page_request: PageRequest) -> str:
        """Returns ORDER BY and LIMIT."""
        return order_by(self.columns, page_request, self.descending)

    def within(self, page_request: PageRequest) -> Conditions:
        """Returns the filter, and the bounds of the request's cursors."""
        where = Conditions([*self.where.parts], [*self.where.values])
        apply_cursors(where, self.columns, page_request, self.descending)
        return where

    def first(self, where: Conditions, page_request: PageRequest) -> Statement:
        """Returns a FROM clause for no more rows than the request's page needs, out of each part as
        many.
        """
        tail = f"{where.sql()} {self.order(page_request)}"
        rows = " UNION ALL ".join(f"(SELECT * FROM {part.source} {tail})" for part in self.parts)
        return f"({rows}) AS first", [v for p in self.parts for v in (*p.given, *where.values)]


async def page_rows(
    database: Database, listing: Listing, page_request: PageRequest, selected: str
) -> Rows:
    """Returns the rows of a page, of which one more than its size tells that there are more."""
    if listing.plan is QueryPlan.IN_ORDER:
        return await database.fetch(*_page(listing, page_request, selected))
    return await _found(database.fetch_unprepared, listing, page_request, selected)


async def count_rows(database: Database, listing: Listing) -> int:
    """Returns the number of rows that match."""
    if listing.numbers is not None:
        query = f"SELECT count(*) FROM {listing.numbers.source} AS wanted"
        return int((await database.fetch_unprepared(query, listing.numbers.given))[0][0])
    query = f"SELECT count(*) FROM {listing.source} {listing.where.sql()}"
    fetch = database.fetch if listing.plan is QueryPlan.IN_ORDER else database.fetch_unprepared
    rows = await fetch(query, [*listing.given, *listing.where.values])
    return int(rows[0][0])


async def _found(fetch: Fetch, listing: Listing, page_request: PageRequest, selected: str) -> Rows:
    if listing.plan is QueryPlan.SCAN:
        return await fetch(*_page(listing, page_request, selected))
    if listing.plan is QueryPlan.INDEX_FIRST:
        rows = await fetch(*_few(listing, page_request, selected))
        if not rows or rows[0][-1] <= FEW:
            return [row[:-1] for row in rows]
    if listing.plan is not QueryPlan.GATHER:
        rows = await fetch(*_near(listing, page_request, selected))
        if len(rows) > page_request.size:
            return rows
    return await fetch(*_all(listing, page_request, selected))


def _page(listing: Listing, page_request: PageRequest, selected: str) -> Statement:
    if len(listing.parts) == 1:
        where, given = listing.within(page_request), listing.given
        query = (
            f"SELECT {selected} FROM {listing.source} {where.sql()} {listing.order(page_request)}"
        )
        return query, [*given, *where.values]
    first, values = listing.first(listing.within(page_request), page_request)
    return f"SELECT {selected} FROM {first} {listing.order(page_request)}", values


def _few(listing: Listing, page_request: PageRequest, selected: str) -> Statement:
    """Gathers at most FEW. The inner LIMIT keeps PostgreSQL from walking; their number comes last
    in each row.
    """
    where = listing.within(page_request)
    query = (
        f"SELECT {selected}, count(*) OVER () FROM"
        f" (SELECT * FROM {listing.source} {where.sql()} LIMIT {FEW + 1}) AS few"
        f" {listing.order(page_request)}"
    )
    return query, [*listing.given, *where.values]


def _near(listing: Listing, page_request: PageRequest, selected: str) -> Statement:
    """Filters only after the walk, which so ends after NEAR rows."""
    place, where = Conditions(), listing.where
    apply_cursors(place, listing.columns, page_request, listing.descending)
    walk = PageRequest(NEAR - 1, backward=page_request.backward)
    first, values = listing.first(place, walk)
    near = f"(SELECT * FROM {first} {listing.order(walk)}) AS near"
    query = f"SELECT {selected} FROM {near} {where.sql()} {listing.order(page_request)}"
    return query, [*values, *where.values]


def _all(listing: Listing, page_request: PageRequest, selected: str) -> Statement:
    if listing.numbers is not None and listing.plan is not QueryPlan.GATHER:
        return _joined(listing, listing.numbers, page_request, selected)
    where = listing.within(page_request)
    order = _sorted(listing, page_request)
    query = f"SELECT {selected} FROM {listing.source} {where.sql()} {order}"
    return query, [*listing.given, *where.values]


def _joined(
    listing: Listing, numbers: ListSource, page_request: PageRequest, selected: str
) -> Statement:
    """Gathers by a join that reads an index alone; whole rows are fetched of the page only."""
    place = Conditions()
    apply_cursors(place, listing.columns, page_request, listing.descending)
    page = (
        f"SELECT number FROM {listing.source} JOIN {numbers.source} AS wanted USING (number)"
        f" {place.sql()} {_sorted(listing, page_request)}"
    )
    query = (
        f"SELECT {selected} FROM {listing.source} WHERE number = ANY(ARRAY({page}))"
        f" {listing.order(page_request)}"
    )
    return query, [*listing.given, *listing.given, *numbers.given, *place.values]


def _sorted(listing: Listing, page_request: PageRequest) -> str:
    """Gathers and sorts. No index has the order of greatest(x), which is x: so there is no
    walking.
    """
    first, *others = listing.columns
    return order_by((f"greatest({first})", *others), page_request, listing.descending)
