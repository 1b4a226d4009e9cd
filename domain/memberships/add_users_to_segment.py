"""Add users to a segment: those who are in already stay as they are."""

from __future__ import annotations

from domain.kernel.ids import SegmentId
from domain.memberships.events import ROSTERS, MembersAdded, in_facts, roster_tag
from domain.memberships.roster_command import RosterCommand
from domain.segments.values import SegmentSource


class AddUsersToSegment(RosterCommand):
    """Records `members.added` for those who were not in; for nobody else."""

    NAME = "addUsersToSegment"

    def change(self, segment_id: SegmentId) -> None:
        joining = [user for user, is_in in self.meant().items() if not is_in]
        for users in in_facts(joining):
            self.trigger_event(
                MembersAdded,
                [roster_tag(segment_id), ROSTERS],
                segment_id=segment_id,
                user_ids=users,
                source=SegmentSource.MANUAL,
            )
