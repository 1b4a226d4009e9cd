"""A query for the members of a segment."""

from __future__ import annotations

from dataclasses import dataclass

from projections.people.query import EVERYBODY, ORDER, add_search, term_of
from projections.sql.listing import Listing, QueryPlan
from projections.sql.paging import Conditions
from projections.sql.roster_conditions import in_segment, in_small_segment


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersQuery:
    """The members of a segment, given by its number: those of now, or as of a position. `only` is
    the number of the one member who may be seen.

    People are shown, searched and ordered as they are now; an erased user remains in the past.
    """

    segment: int
    as_of: int | None = None
    search: str = ""
    only: int | None = None

    def listing(self, *, is_small: bool, deleted: int) -> Listing:
        """Returns the list that answers it, of a segment last deleted there: few members are looked
        up; for many, the directory is walked by name, and members are found on the way.
        """
        where = Conditions()
        condition = in_small_segment if is_small else in_segment
        part, values = condition(self.segment, deleted, self.as_of)
        where.add(part, *values)
        if self.only is not None:
            where.add("number = %s", self.only)
        add_search(where, self.search)
        plan = QueryPlan.GATHER if is_small else self._way()
        return Listing(parts=EVERYBODY, columns=ORDER, where=where, plan=plan)

    @property
    def is_whole(self) -> bool:
        """Whether all members are wanted."""
        return self.only is None and term_of(self.search) is None

    def _way(self) -> QueryPlan:
        if self.only is not None:
            return QueryPlan.GATHER
        term = term_of(self.search)
        return QueryPlan.SCAN_NEAR if term is None else QueryPlan.of_search(term)
