"""The members that a segment had at one position and not at another."""

from __future__ import annotations

from dataclasses import dataclass

from projections.people.query import EVERYBODY, ORDER
from projections.sql.listing import Listing, ListSource, QueryPlan
from projections.sql.paging import Conditions
from projections.sql.roster_conditions import Condition, held

_EXISTS = "EXISTS (SELECT FROM {} AND member = number OFFSET 0)"
"""Looked up on a walk: OFFSET keeps it from becoming a join. Of a roster that has just been filled
PostgreSQL knows nothing yet, and would read all of it for the first fifty: 0.6 s for a million.
"""

_DIFFERING = "(SELECT number FROM (SELECT member AS number FROM {}) AS there WHERE NOT {} OFFSET 0)"
"""Found without reading the directory. OFFSET keeps it whole: PostgreSQL would else look up each
person of the directory in both rosters, which takes ten times as long for a million.
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """The members of the segment with that number at the position `there`, and not at `absent`.

    Their membership began or ended between the two, so that members at both are not read. `deleted`
    holds the position of the segment's last deletion before each of the two, 0 for never: values
    with which PostgreSQL knows how many they keep.
    """

    segment: int
    there: int
    absent: int
    deleted: tuple[int, int] = (0, 0)

    def listing(self, *, is_small: bool) -> Listing:
        """Returns the list that answers it: few are looked up, many are met on a walk."""
        where = Conditions()
        source, values = self.candidates()
        among = "number = ANY(ARRAY(SELECT member FROM {}))" if is_small else _EXISTS
        where.add(among.format(source), *values)
        source_then, given = self._roster(self.absent, self.deleted[1])
        then = f"EXISTS (SELECT FROM {source_then} AND member = number)"
        where.add(f"NOT {_EXISTS.format(source_then)}", *given)
        return Listing(
            parts=EVERYBODY,
            columns=ORDER,
            where=where,
            plan=QueryPlan.GATHER if is_small else QueryPlan.SCAN_NEAR,
            numbers=ListSource(_DIFFERING.format(source, then), (*values, *given)),
        )

    def candidates(self) -> Condition:
        """Returns the FROM clause: memberships that held at `there` and not always."""
        source, values = self._roster(self.there, self.deleted[0])
        if self.there > self.absent:
            return f"{source} AND from_position > %s", [*values, self.absent]
        if self.deleted[1] > self.there:  # all of them left with it
            return source, values
        return f"{source} AND to_position <= %s", [*values, self.absent]

    def _roster(self, position: int, deleted: int) -> Condition:
        source, values = held(position)
        query = f"{source} AND segment = %s AND held.from_position > %s"
        return query, [*values, self.segment, deleted]
