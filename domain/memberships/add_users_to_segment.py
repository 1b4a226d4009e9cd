"""Adds users to a segment: those who are members already stay as they are."""

from __future__ import annotations

from collections.abc import Sequence

from domain.kernel.commands.proposed import Proposed
from domain.kernel.ids import SegmentId
from domain.memberships.events import MembersAdded, batched_users
from domain.memberships.roster_command import RosterCommand
from domain.segments.values import SegmentSource


class AddUsersToSegment(RosterCommand):
    """Records `members.added` for those who were not in; for nobody else."""

    NAME = "addUsersToSegment"

    def change_members(self, segment_id: SegmentId) -> Sequence[Proposed]:
        joining = [user for user, is_in in self.named_users().items() if not is_in]
        return [
            Proposed(
                MembersAdded(segment_id=segment_id, user_ids=users, source=SegmentSource.MANUAL)
            )
            for users in batched_users(joining)
        ]
