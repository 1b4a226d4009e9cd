"""Base of the commands that add and remove members: finds the segment, the users, and which of them
are members.

The segment is found as for every command on one. The users and their memberships are taken from the
read model, then brought forward by the events since: the cost does not grow with the segment, and
the answer is exact however far behind the read model is.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from eventsourcing.dcb.domain import Selector

from domain.kernel.commands.append_condition import AppendCondition, FilteredSelector
from domain.kernel.commands.boundary_command import PrimedCommand
from domain.kernel.commands.proposed import Proposed
from domain.kernel.event import Event
from domain.kernel.ids import SegmentId
from domain.kernel.permission import Permission
from domain.kernel.rejections import CommandRejected
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.memberships.resolved_users import ResolvedUsers
from domain.memberships.snapshot import MemberLookup, RosterSnapshot
from domain.memberships.tags import roster_tag
from domain.memberships.user_refs import UserRefs
from domain.people.events import UserEdited, UserErased, UserRemoved
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.identifiers.lookup import UserKey
from domain.people.tags import PEOPLE
from domain.segments.segment_command import SegmentCommand, SegmentRef, reject_archived
from domain.segments.state import Segment

FEW_PEOPLE = 50
"""Entries, for each of which the log looks up two tags, in a tenth of a millisecond each."""


class RosterCommand(SegmentCommand, PrimedCommand[RosterSnapshot]):
    """A change of the members of the segment that `ref` names."""

    PERMISSION = Permission.CHANGE_MEMBERS

    def __init__(self, ref: SegmentRef, users: UserRefs, hashes: IdentifierHasher) -> None:
        self.users = users
        self._hashes = hashes
        super().__init__(ref)

    def reset(self) -> None:
        super().reset()
        self._known = ResolvedUsers(self.users.by, self._hashes)

    def content(self) -> dict[str, Any]:
        names = {"by": self.users.by.value, "keys": self.users.keys}
        return {"segment": self.ref.content(), "users": names}

    def needs_snapshot(self) -> bool:
        return self.segment_id is not None

    def load_snapshot(self, snapshot: RosterSnapshot) -> None:
        self._snapshot = snapshot
        wanted = self.users.distinct
        self._known.load(self._look_up(self.users.by, wanted), wanted)

    def recent_query(self) -> Sequence[Selector]:
        """Selects few users by their own tags: others may join by the thousand meanwhile."""
        few = len(self.users.keys) <= FEW_PEOPLE
        tags = sorted({*self._known.tags()}) if few else [PEOPLE]
        return [self._roster(), *(Selector(tags=[tag]) for tag in tags)]

    def append_condition(self) -> AppendCondition:
        """Returns the condition: the segment, and the users named. Users who were added meanwhile
        cannot be those who were found: they do not matter.
        """
        touches = self._known.is_touched_by
        return AppendCondition(
            self.consistency_boundary(),
            FilteredSelector(frozenset(self._roster().tags), touches),
            FilteredSelector({PEOPLE}, touches, (UserEdited, UserErased, UserRemoved)),
        )

    def apply_recent(self, event: Event) -> None:
        self._known.apply(event, self._is_in)

    def change(self, segment: Segment) -> Sequence[Proposed]:
        reject_archived(segment)
        unknown = self.users.unknown(self._known.found)
        if unknown:
            raise CommandRejected(*unknown)
        return self.change_members(segment.id)

    @abstractmethod
    def change_members(self, segment_id: SegmentId) -> Sequence[Proposed]:
        """Returns the events of the change, once all users are known."""

    def named_users(self) -> dict[str, bool]:
        """Returns the ids of the users named, each once, and whether they are in the segment."""
        found, members = self._known.found, self._known.members
        ids = dict.fromkeys(found[key] for key in self.users.distinct)
        return {user: user in members for user in ids}

    def _is_in(self, user: str) -> bool:
        return user in self._look_up(UserKey.ID, [user]).members

    def _look_up(self, by: UserKey, keys: Sequence[str]) -> MemberLookup:
        segment = self.segment_id or SegmentId("")
        return self._snapshot.look_up(segment, by, keys)

    def _roster(self) -> Selector:
        return Selector(tags=[roster_tag(self.segment_id or "")])


def changed_by(events: Sequence[Event]) -> int:
    """Counts the memberships that the events of one command began or ended."""
    return sum(len(f.user_ids) for f in events if isinstance(f, MembersAdded | MembersRemoved))
