"""Random histories of a few segments and people who keep meeting, and commands on them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from eventsourcing.dcb.domain import Selector

from domain.boundary_reader import Boundary, BoundaryReader
from domain.dispatch import Dispatcher
from domain.kernel.commands.proposed import Proposed
from domain.kernel.event import Event
from domain.kernel.ids import SegmentId, UserId, new_segment_id, new_user_id
from domain.kernel.principal import Role
from domain.kernel.rejections import CommandRejected
from domain.kernel.values import code_key
from domain.log import EventLog
from domain.memberships.erase_user import EraseUser
from domain.people.assign_roles import AssignRoles
from domain.people.create_user import CreateUser, NewUser
from domain.people.event_factories import user_reinstated, user_removed
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.identifiers.lookup import UserKey
from domain.people.state import User
from domain.people.state import evolve as user_after
from domain.people.tags import identifier_tags, user_tag
from domain.people.update_user import UpdateUser, UserChanges
from domain.people.user_command import UserRef
from domain.people.values import UserStatus
from domain.people.vault import Vault
from domain.segments.archive_segment import ArchiveSegment
from domain.segments.create_segment import CreateSegment, NewSegment
from domain.segments.delete_segment import DeleteSegment
from domain.segments.events import SegmentReinstated
from domain.segments.restore_segment import RestoreSegment
from domain.segments.segment_command import SegmentRef
from domain.segments.state import Segment
from domain.segments.state import evolve as segment_after
from domain.segments.tags import segment_tag
from domain.segments.update_segment import SegmentChanges, UpdateSegment
from domain.snapshot import Snapshots
from tests.domain.given import HISTORY
from tests.domain.snapshots import StoodStill
from tests.projections.conftest import REQUEST, START, Ticking

CODES = ("a", "A", "b")
NAMES = ("ann", "bo", "cy")
STATUSES = (UserStatus.ACTIVE, UserStatus.SUSPENDED)
ROLES: tuple[tuple[Role, ...], ...] = ((), (Role.LEARNER,), (Role.SITE_ADMIN,))

Decided = list[tuple[Event, Sequence[str]]] | tuple[Any, ...]


class Histories:
    """Makes events and commands, as `chance` has it."""

    def __init__(
        self,
        log: EventLog,
        vault: Vault,
        chance: random.Random,
        snapshots: Snapshots | None = None,
    ) -> None:
        self._log = log
        self._vault = vault
        self._chance = chance
        self._hashes = IdentifierHasher(b"key")
        known = snapshots or StoodStill(log, 0)
        self._dispatcher = Dispatcher(log, Ticking(), b"key", known)
        self._segments: list[SegmentId] = []
        self._users: list[UserId] = []

    def live(self, steps: int) -> int:
        """Some of so many commands are carried out, others refused; where the log stands then."""
        for _ in range(steps):
            if self._chance.random() < 0.2:
                self._bring_back_or_remove()
            else:
                try:
                    self._dispatcher.dispatch(self.command(), REQUEST, waits=False)
                except CommandRejected:
                    continue
        return self._log.read([]).head

    def command(self) -> Boundary:
        """Any command on any of them, named in any way."""
        ways = self._ways()
        return self._chance.choice(ways)()

    def decided(self, reader: BoundaryReader, command: Boundary) -> Decided:
        """What a command would record, its ciphertexts opened; or what it is refused for."""
        command.reset()  # it may have found out before whom it is about
        reader.bring_forward(command, "nobody's")
        try:
            return [(self.opened(proposed.event), proposed.tags) for proposed in command.decide()]
        except CommandRejected as refused:
            return refused.rejections

    def _ways(self) -> list[Callable[[], Boundary]]:
        version = self._chance.choice([None, None, 1, 2])
        return [
            self._new_segment,
            self._new_user,
            lambda: UpdateSegment(self._segment(), self._segment_edit(), version),
            lambda: UpdateSegment(self._segment(), self._segment_edit()),
            lambda: ArchiveSegment(self._segment(), version),
            lambda: RestoreSegment(self._segment()),
            lambda: DeleteSegment(self._segment()),
            lambda: UpdateUser(self._user(), self._user_edit(), self._hashes, self._vault, version),
            lambda: UpdateUser(self._user(), self._user_edit(), self._hashes, self._vault),
            lambda: AssignRoles(self._user(), self._chance.choice(ROLES)),
            lambda: AssignRoles(self._user(), self._chance.choice(ROLES), version),
            lambda: EraseUser(self._user()),
        ]

    def _new_segment(self) -> Boundary:
        self._segments.append(new_segment_id(START))
        code = self._chance.choice([*CODES, None])
        return CreateSegment(self._segments[-1], NewSegment.of({"name": "New", "code": code}))

    def _new_user(self) -> Boundary:
        self._users.append(new_user_id(START))
        name, code = self._chance.choice(NAMES), self._chance.choice([*CODES, None])
        roles = self._chance.choice(ROLES)
        draft = NewUser.of(name, f"{name}@example.org", name, "Smith", code, roles)
        return CreateUser(self._users[-1], draft, self._hashes, self._vault)

    def _segment(self) -> SegmentRef:
        if self._segments and self._chance.random() < 0.6:
            return SegmentRef(id=self._chance.choice(self._segments))
        return SegmentRef(code=code_key(self._chance.choice(CODES)))

    def _user(self) -> UserRef:
        if self._users and self._chance.random() < 0.5:
            return UserRef.of(UserKey.ID, self._chance.choice(self._users), self._hashes)
        by = self._chance.choice([UserKey.USERNAME, UserKey.EMAIL, UserKey.CODE])
        name = self._chance.choice(CODES if by is UserKey.CODE else NAMES)
        return UserRef.of(by, f"{name}@example.org" if by is UserKey.EMAIL else name, self._hashes)

    def _segment_edit(self) -> SegmentChanges:
        fields: dict[str, Any] = {
            "name": f"{self._chance.random()}",
            "code": self._chance.choice([*CODES, None]),
        }
        return SegmentChanges.of(self._some_of(fields | {"visible": self._chance.random() < 0.5}))

    def _user_edit(self) -> UserChanges:
        name = self._chance.choice(NAMES)
        fields: dict[str, Any] = {"username": name, "last_name": f"{self._chance.random()}"}
        fields |= {"code": self._chance.choice([*CODES, None]), "email": f"{name}@example.org"}
        return UserChanges.of(self._some_of(fields | {"status": self._chance.choice(STATUSES)}))

    def _some_of(self, fields: dict[str, Any]) -> dict[str, Any]:
        return {name: v for name, v in fields.items() if self._chance.random() < 0.4}

    def _bring_back_or_remove(self) -> None:
        """What only undos record: taken to be so, if nothing that it takes is taken."""
        if self._segments and self._chance.random() < 0.5:
            self._bring_back(self._chance.choice(self._segments))
        elif self._users:
            self._remove_or_reinstate(self._chance.choice(self._users))

    def _bring_back(self, segment_id: SegmentId) -> None:
        segment: Segment | None = None
        for event in self._told(segment_tag(segment_id)):
            segment = segment_after(segment, event)
        if segment is None or not segment.deleted or segment.code is not None:
            return
        back = SegmentReinstated(
            segment_id=segment.id,
            version=segment.version + 1,
            name=segment.name,
            code=segment.code,
            description=segment.description,
            visible=segment.visible,
            source=segment.source,
            status=segment.status,
        )
        self._tell(Proposed(back))

    def _remove_or_reinstate(self, user_id: UserId) -> None:
        user: User | None = None
        for event in self._told(user_tag(user_id)):
            user = user_after(user, event)
        if user is None or user.status not in (UserStatus.ACTIVE, UserStatus.REMOVED):
            return
        removed = user.status is UserStatus.REMOVED
        held = identifier_tags(user.hashed.username, user.hashed.email, user.hashed.code)
        last = [told[-1] for tag in held if (told := self._told(tag))]
        if removed and any(getattr(event, "user_id", "") != user_id for event in last):
            return
        about = (user.id, user.version + 1, user.hashed, tuple(sorted(user.roles)))
        self._tell(Proposed(user_reinstated(*about)) if removed else user_removed(*about))

    def _told(self, tag: str) -> list[Event]:
        return [recorded.event for recorded in self._log.read([Selector(tags=[tag])]).events]

    def _tell(self, proposed: Proposed) -> None:
        unless = [Selector(tags=["never:recorded"])]
        self._log.append([proposed], HISTORY, unless, 0)

    def opened(self, event: Any) -> Event:
        """With what is sealed in it in the clear."""
        sealed = getattr(event, "sealed", None)
        if sealed is None:
            return event  # type: ignore[no-any-return]
        [content] = self._vault.decrypt([(event.user_id, sealed)])
        return msgspec.structs.replace(event, sealed=str(content))  # type: ignore[no-any-return]
