"""Who was in a segment at one moment and not at another."""

from __future__ import annotations

from dataclasses import dataclass

from projections.engine.listing import Listing, Part, Way
from projections.engine.paging import Conditions
from projections.memberships.conditions import (
    Condition,
    began_since_deletion,
    held,
    in_segment,
)
from projections.people.question import EVERYBODY, ORDER

_DELETED = """
    EXISTS (SELECT FROM roster_ends WHERE segment = %s AND to_position > %s AND to_position <= %s)
"""
"""Looked up once: whoever was in before their segment was deleted left with it."""

_EXISTS = "EXISTS (SELECT FROM {} AND member = number)"

_DIFFERING = "(SELECT number FROM (SELECT member AS number FROM {}) AS there WHERE NOT {} OFFSET 0)"
"""Found without a look at the directory. OFFSET keeps it whole: PostgreSQL would else look up each
person of the directory in both rosters, which takes ten times as long for a million.
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """Of the segment with that number: who was in at the position `there`, and not at `absent`.

    Their membership began or ended between the two, so that whoever was in at both is not looked
    at.
    """

    segment: int
    there: int
    absent: int

    def listing(self, *, is_small: bool) -> Listing:
        """The list that answers it: few are looked up, of many the first are met on a walk."""
        where = Conditions()
        source, values = self.candidates()
        among = "number = ANY(ARRAY(SELECT member FROM {}))" if is_small else _EXISTS
        where.add(among.format(source), *values)
        then, given = in_segment(self.segment, self.absent)
        where.add(f"NOT {then}", *given)
        return Listing(
            parts=EVERYBODY,
            columns=ORDER,
            where=where,
            way=Way.GATHERED if is_small else Way.NEAR_FIRST,
            numbers=Part(_DIFFERING.format(source, then), (*values, *given)),
        )

    def candidates(self) -> Condition:
        """What stands behind FROM: memberships that held there and not always."""
        source, values = held(self.there)
        began, given = began_since_deletion("%s", self.there)
        edge, moments = self._edge()
        query = f"{source} AND segment = %s AND {began} AND {edge}"
        return query, [*values, self.segment, self.segment, *given, *moments]

    def _edge(self) -> Condition:
        if self.there > self.absent:
            return "from_position > %s", [self.absent]
        moments = [self.absent, self.segment, self.there, self.absent]
        return f"(to_position <= %s OR {_DELETED})", moments
