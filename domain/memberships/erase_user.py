"""Erases a user: their memberships end, and their personal data can never be decrypted again.

It stands here because it ends memberships; the other commands on people are in domain/people. The
key itself is destroyed where the event is folded (projections/people/fold.py), so that it is done,
and done again, however often a process dies in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eventsourcing.dcb.domain import Selector

from domain.kernel.commands.append_condition import AppendCondition, FilteredSelector
from domain.kernel.commands.boundary_command import PrimedCommand
from domain.kernel.commands.proposed import Proposed
from domain.kernel.event import Event
from domain.kernel.permission import Permission
from domain.kernel.rejections import CommandRejected
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.memberships.snapshot import RosterSnapshot
from domain.memberships.tags import ROSTERS
from domain.people.active_site_admins import ActiveSiteAdmins
from domain.people.events import UserErased
from domain.people.rejections import last_site_admin
from domain.people.snapshot import PeopleSnapshot
from domain.people.state import User
from domain.people.tags import SITE_ADMINS, site_admin_tags
from domain.people.user_command import UserCommand
from domain.people.values import UserStatus
from domain.segments.events import SegmentDeleted
from domain.segments.tags import segment_tag


class EraseUser(UserCommand, PrimedCommand[RosterSnapshot]):
    """Records `members.removed` for each segment that they are in, archived ones too, and
    `user.erased`. The last active site admin stays.
    """

    NAME = "eraseUser"
    PERMISSION = Permission.CHANGE_USERS
    REASON_REQUIRED = True

    def reset(self) -> None:
        super().reset()
        self._admins = ActiveSiteAdmins()
        self._segments: set[str] = set()

    def restore(self, snapshot: PeopleSnapshot) -> None:
        super().restore(snapshot)
        self._admins.restore(snapshot)

    def consistency_boundary(self) -> Sequence[Selector]:
        return [*super().consistency_boundary(), Selector(tags=[SITE_ADMINS])]

    def apply(self, event: Event) -> None:
        super().apply(event)
        self._admins.apply(event)

    def needs_snapshot(self) -> bool:
        return self.user_id is not None

    def load_snapshot(self, snapshot: RosterSnapshot) -> None:
        self._segments = set(snapshot.segments_of(self.user_id or ""))

    def recent_query(self) -> None:
        """Returns None, for all events: events name too many users to be tagged with them, and a
        segment that the user joined after that position may have been deleted after it, too.
        """

    def append_condition(self) -> AppendCondition:
        """Returns the condition: the user's own events, their joining or leaving a segment, and the
        deletion of one that they are in.
        """
        segments = {segment_tag(segment) for segment in self._segments}
        return AppendCondition(
            super().consistency_boundary(),
            self._admins.other_departures(self.user_id or ""),
            FilteredSelector(
                {ROSTERS}, lambda event: self.user_id in getattr(event, "user_ids", ())
            ),
            FilteredSelector(segments, lambda event: isinstance(event, SegmentDeleted)),
        )

    def apply_recent(self, event: Event) -> None:
        match event:
            case MembersAdded(segment_id=segment, user_ids=users) if self.user_id in users:
                self._segments.add(segment)
            case MembersRemoved(segment_id=segment, user_ids=users) if self.user_id in users:
                self._segments.discard(segment)
            case SegmentDeleted(segment_id=segment):
                self._segments.discard(segment)

    def content(self) -> dict[str, Any]:
        return {"user": self.ref.content()}

    def can_be_named(self, user: User) -> bool:
        """Whether the user can be erased: a removed one can, too, as their sealed data is still
        there.
        """
        return user.status is not UserStatus.ERASED

    def change(self, user: User) -> Sequence[Proposed]:
        if self._admins.is_last(user.id):
            raise CommandRejected(last_site_admin("user"))
        removed = (
            MembersRemoved(segment_id=segment, user_ids=(user.id,))
            for segment in sorted(self._segments)
        )
        erased = UserErased(
            user_id=user.id,
            version=user.version + 1,
            username_hash=user.hashed.username,
            email_hash=user.hashed.email,
            code_hash=user.hashed.code,
        )
        return [*map(Proposed, removed), Proposed(erased, site_admin_tags(*user.roles))]
