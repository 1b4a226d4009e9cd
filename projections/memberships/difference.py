"""Who was in a segment at one moment and not at another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from projections.engine.listing import Listing, Part, Way
from projections.engine.paging import Conditions
from projections.memberships.conditions import in_segment
from projections.people.question import EVERYBODY, ORDER

_HELD = "memberships WHERE segment = %s AND from_position <= %s AND %s < to_position AND {}"

_EXISTS = "EXISTS (SELECT FROM {} AND member = number)"

_DIFFERING = "(SELECT number FROM (SELECT member AS number FROM {}) AS held WHERE NOT {} OFFSET 0)"
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

    def candidates(self) -> tuple[str, list[Any]]:
        """What stands behind FROM: memberships that held there and not always."""
        later = self.there > self.absent
        edge = "from_position > %s" if later else "to_position <= %s"
        return _HELD.format(edge), [self.segment, self.there, self.there, self.absent]
