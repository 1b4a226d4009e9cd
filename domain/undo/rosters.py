"""Taking back who was put into segments, and who was taken out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from domain.kernel.proposed import Proposed
from domain.log import Recorded
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.people.tags import user_tag
from domain.segments.values import SegmentSource
from domain.undo.plan import MOST_CONFLICTS, UndoPlan
from domain.undo.segments import SegmentsUndo
from domain.undo.snapshot import UndoSnapshot

RosterFact = MembersAdded | MembersRemoved


class RostersUndo:
    """What the segments are like is asked of `segments`, which knows what is planned for them."""

    def __init__(self, plan: UndoPlan, site: UndoSnapshot, segments: SegmentsUndo) -> None:
        self._plan = plan
        self._site = site
        self._segments = segments

    def take_back(self, fact: Recorded) -> None:
        """Plans the opposite of one fact for all whom nothing stands in the way of."""
        event = fact.event
        if not isinstance(event, RosterFact) or self._segments.began_with_it(event.segment_id):
            return  # the segment goes as a whole, or not at all
        self._plan.rely_on_rosters_of(event.user_ids)
        closed = self._segments.closed_by(event.segment_id)
        is_closed = self._plan.blame(closed, "The members of the segment do not change any more.")
        users = [] if is_closed else self._not_turned(fact, event)
        if isinstance(event, MembersAdded):
            self._plan.staying.update(set(event.user_ids).difference(users))
            self._record(event.segment_id, users, MembersRemoved)
        else:
            self._record(event.segment_id, self._on_the_site(users), MembersAdded)

    def _not_turned(self, fact: Recorded, event: RosterFact) -> list[str]:
        """Those whose membership nothing has changed since."""
        segment_id, position = event.segment_id, fact.position
        turned = dict(self._segments.turned_since(segment_id, position, event.user_ids))
        if isinstance(event, MembersAdded):
            # A deletion names nobody, and ends all memberships. Whom the undo of it put back is
            # named by then; who was off the site was not put back.
            for deleted in self._segments.deleted_since(segment_id, position)[:1]:
                turned = dict.fromkeys(event.user_ids, deleted.position) | turned
        counts = Counter(turned.values())
        for later in self._site.events_at(sorted(counts)[:MOST_CONFLICTS]):
            count = counts[later.position]
            whom = "one of these users" if count == 1 else f"{count:,} of these users"
            self._plan.blame([later], f"It changed the membership of {whom} since.")
        return [user for user in event.user_ids if user not in turned]

    def _on_the_site(self, users: Sequence[str]) -> list[str]:
        gone = self._site.gone(users) - self._plan.returning
        last = self._site.last_of([user_tag(user) for user in gone])
        self._plan.blame(last, "Somebody who was taken out is off the site by now.")
        return [user for user in users if user not in gone]

    def _record(
        self, segment_id: str, users: Sequence[str], kind: type[MembersAdded | MembersRemoved]
    ) -> None:
        if not users:
            return
        some = tuple(users)
        event: RosterFact = (
            MembersAdded(segment_id=segment_id, user_ids=some, source=SegmentSource.MANUAL)
            if kind is MembersAdded
            else MembersRemoved(segment_id=segment_id, user_ids=some)
        )
        self._plan.propose(Proposed(event))
