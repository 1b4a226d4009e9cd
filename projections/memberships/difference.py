"""Who was in a segment at one moment and not at another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from projections.engine.listing import Listing, Way
from projections.engine.paging import Conditions
from projections.memberships.conditions import in_segment
from projections.people.question import EVERYBODY, ORDER

_HELD = "memberships WHERE segment = %s AND from_position <= %s AND %s < to_position AND {}"

_AMONG = {
    Way.GATHERED: "number = ANY(ARRAY(SELECT member FROM {}))",
    Way.NEAR_FIRST: "EXISTS (SELECT FROM {} AND member = number)",
    Way.SIEVED: "(number IN (SELECT member FROM {})) IS TRUE",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """Of the segment with that number: who was in at the position `there`, and not at `absent`.

    Their membership began or ended between the two, so that whoever was in at both is not looked
    at.
    """

    segment: int
    there: int
    absent: int

    def listing(self, way: Way) -> Listing:
        """The list that answers it, gathered, walked from near, or sieved."""
        where = Conditions()
        source, values = self.candidates()
        where.add(_AMONG[way].format(source), *values)
        then, given = in_segment(self.segment, self.absent)
        where.add(f"NOT {then}", *given)
        return Listing(parts=EVERYBODY, columns=ORDER, where=where, way=way)

    def candidates(self) -> tuple[str, list[Any]]:
        """What stands behind FROM: memberships that held there and not always."""
        later = self.there > self.absent
        edge = "from_position > %s" if later else "to_position <= %s"
        return _HELD.format(edge), [self.segment, self.there, self.there, self.absent]
