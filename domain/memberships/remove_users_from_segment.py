"""Removes users from a segment: those who are no members stay as they are."""

from __future__ import annotations

from collections.abc import Sequence

from domain.kernel.commands.proposed import Proposed
from domain.kernel.ids import SegmentId
from domain.memberships.events import MembersRemoved, batched_users
from domain.memberships.roster_command import RosterCommand


class RemoveUsersFromSegment(RosterCommand):
    """Records `members.removed` for those who were in; for nobody else."""

    NAME = "removeUsersFromSegment"

    def change_members(self, segment_id: SegmentId) -> Sequence[Proposed]:
        leaving = [user for user, is_in in self.named_users().items() if is_in]
        return [
            Proposed(MembersRemoved(segment_id=segment_id, user_ids=users))
            for users in batched_users(leaving)
        ]
