"""Take users out of a segment: those who are not in stay as they are."""

from __future__ import annotations

from domain.kernel.ids import SegmentId
from domain.memberships.events import ROSTERS, MembersRemoved, in_facts, roster_tag
from domain.memberships.roster_command import RosterCommand


class RemoveUsersFromSegment(RosterCommand):
    """Records `members.removed` for those who were in; for nobody else."""

    NAME = "removeUsersFromSegment"

    def change(self, segment_id: SegmentId) -> None:
        leaving = [user for user, is_in in self.meant().items() if is_in]
        for users in in_facts(leaving):
            self.trigger_event(
                MembersRemoved,
                [roster_tag(segment_id), ROSTERS],
                segment_id=segment_id,
                user_ids=users,
            )
