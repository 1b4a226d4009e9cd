"""Reverts the addition of members to segments, and their removal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from domain.kernel.commands.proposed import Proposed
from domain.log import RecordedEvent
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.people.tags import user_tag
from domain.segments.values import SegmentSource
from domain.undo.affected_segments import AffectedSegments
from domain.undo.plan import MAX_CONFLICTS, UndoPlan
from domain.undo.reasons import REMOVED_USER_ABSENT, ROSTER_CLOSED, membership_changed
from domain.undo.snapshot import UndoSnapshot

MembershipEvent = MembersAdded | MembersRemoved


class RostersUndo:
    """Reverts a batch of a command's events. Every event is reverted by itself."""

    def __init__(self, plan: UndoPlan, site: UndoSnapshot, segments: AffectedSegments) -> None:
        self._plan = plan
        self._site = site
        self._segments = segments

    def revert(self, recorded: RecordedEvent) -> None:
        """Plans the opposite of one event for all users without a conflict."""
        event = recorded.event
        if not isinstance(event, MembershipEvent) or self._segments.is_created_by_command(
            event.segment_id
        ):
            return  # the segment goes as a whole, or not at all
        self._plan.watch_memberships_of(event.user_ids)
        closed = self._segments.closing_event(event.segment_id)
        is_closed = self._plan.add_conflict(closed, ROSTER_CLOSED)
        users = [] if is_closed else self._unchanged_since(recorded, event)
        if isinstance(event, MembersAdded):
            self._plan.users_kept.update(set(event.user_ids).difference(users))
            self._record(event.segment_id, users, MembersRemoved)
        else:
            self._record(event.segment_id, self._present(users), MembersAdded)

    def _unchanged_since(self, recorded: RecordedEvent, event: MembershipEvent) -> list[str]:
        """Returns those whose membership nothing has changed since."""
        segment_id, position = event.segment_id, recorded.position
        changed = dict(
            self._segments.membership_changes_since(segment_id, position, event.user_ids)
        )
        if isinstance(event, MembersAdded):
            # A deletion names nobody, and ends all memberships. Its undo names the users whom it
            # put back; those who were off the site were not.
            for deleted in self._segments.deletions_since(segment_id, position)[:1]:
                changed = dict.fromkeys(event.user_ids, deleted.position) | changed
        counts = Counter(changed.values())
        for later in self._site.events_at(sorted(counts)[:MAX_CONFLICTS]):
            self._plan.add_conflict([later], membership_changed(counts[later.position]))
        return [user for user in event.user_ids if user not in changed]

    def _present(self, users: Sequence[str]) -> list[str]:
        gone = self._site.absent_users(users) - self._plan.users_restored
        last = self._site.last_events([user_tag(user) for user in gone])
        self._plan.add_conflict(last, REMOVED_USER_ABSENT)
        return [user for user in users if user not in gone]

    def _record(
        self, segment_id: str, users: Sequence[str], kind: type[MembersAdded | MembersRemoved]
    ) -> None:
        if not users:
            return
        some = tuple(users)
        event: MembershipEvent = (
            MembersAdded(segment_id=segment_id, user_ids=some, source=SegmentSource.MANUAL)
            if kind is MembersAdded
            else MembersRemoved(segment_id=segment_id, user_ids=some)
        )
        self._plan.propose(Proposed(event))
