"""A query of the list of segments: filter, order, and position."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from domain.kernel.values import CodeKey
from domain.segments.values import SegmentSource, SegmentStatus
from projections.segments.row import COLUMNS
from projections.sql.listing import Listing, ListSource, QueryPlan
from projections.sql.member_counts import COUNT_THEN
from projections.sql.paging import Conditions
from projections.sql.roster_conditions import with_member
from projections.text.search_term import SearchTerm

_NOW = ListSource("(rosters JOIN segments USING (number))")
"""The present list, which has tables of its own. `number` is that of rosters, which have an index
by it.
"""

_STATE = """(
    SELECT {columns}, ({count}) AS member_count
    FROM {table} AS state WHERE from_position <= %s {unended}
) AS moment"""


def _states(table: str, unended: str) -> str:
    """Returns the states in a table that held at a position, each with the count of members
    then.
    """
    count = COUNT_THEN.format(segment="state.number")
    return _STATE.format(columns=", ".join(COLUMNS), table=table, count=count, unended=unended)


_STANDING = _states("segments", "")
"""The states that still hold."""
_ENDED = _states("past_segment_states", "AND %s < to_position")


class SegmentOrder(Enum):
    """The orders of the list: the columns that each sorts by. The last makes every order total."""

    NAME = ("name_key", "id")
    CODE = ("code_sort", "id")
    CREATED_AT = ("created_at", "id")
    UPDATED_AT = ("updated_at", "id")
    MEMBER_COUNT = ("member_count", "number")

    @property
    def columns(self) -> tuple[str, ...]:
        """The sort columns, the unique one last."""
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentQuery:
    """The segments to be returned. None in a field: it does not matter. The member is given by
    their number.
    """

    search: str = ""
    statuses: frozenset[SegmentStatus] | None = frozenset({SegmentStatus.ACTIVE})
    visible: bool | None = None
    sources: frozenset[SegmentSource] | None = None
    codes: frozenset[CodeKey] | None = None
    has_member: int | None = None
    as_of: int | None = None
    order: SegmentOrder = SegmentOrder.NAME
    descending: bool = False

    def listing(self) -> Listing:
        """Returns the list that answers it."""
        return Listing(
            parts=(_NOW,) if self.as_of is None else _then(self.as_of),
            columns=self.order.columns,
            where=self._conditions(),
            plan=self._way(),
            descending=self.descending,
        )

    @property
    def term(self) -> SearchTerm | None:
        """Returns the search term, if any."""
        return SearchTerm.typed(self.search) if self.search.strip() else None

    def _way(self) -> QueryPlan:
        if self.term is not None:
            return QueryPlan.of_search(self.term)
        if self.has_member is not None:
            return QueryPlan.INDEX_FIRST
        return QueryPlan.IN_ORDER if self.as_of is None else QueryPlan.SCAN

    def _conditions(self) -> Conditions:
        where = Conditions()
        if self.statuses is not None:
            where.add("status = ANY(%s)", [status.value for status in self.statuses])
        if self.visible is not None:
            where.add("visible = %s", self.visible)
        if self.sources is not None:
            where.add("source = ANY(%s)", [source.value for source in self.sources])
        if self.codes is not None:
            where.add("code_key = ANY(%s)", list(self.codes))
        if self.has_member is not None:
            part, values = with_member(self.has_member, self.as_of)
            where.add(part, *values)
        if self.term is not None:
            where.add("strpos(search, %s) > 0", self.term.key)
            if self.term.index_pattern is not None:
                where.add("search LIKE %s", self.term.index_pattern)
        return where


def _then(position: int) -> tuple[ListSource, ...]:
    return (
        ListSource(_STANDING, (position, position)),
        ListSource(_ENDED, (position, position, position)),
    )
