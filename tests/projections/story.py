"""Events put straight into the log, as commands would record them: a few words each."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from eventsourcing.dcb.domain import Selector
from psycopg import Connection

from domain.catalogue import CATALOGUE
from domain.kernel.change import Change
from domain.kernel.clock import Clock, format_instant
from domain.kernel.commands.proposed import Proposed
from domain.kernel.envelope import Channel, Envelope, stamp
from domain.kernel.event import Event
from domain.kernel.ids import new_segment_id, new_user_id
from domain.kernel.principal import SYSTEM, Role
from domain.log import EventLog, EventMapper
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.people.events import RolesAssigned, UserCreated, UserEdited, UserErased
from domain.people.identifiers.hashes import IdentifierHasher, IdentifierHashes
from domain.people.person import Person, apply_edit, changed, content_of, fields_of
from domain.people.values import UserStatus
from domain.segments.events import (
    SegmentArchived,
    SegmentCreated,
    SegmentDeleted,
    SegmentReinstated,
)
from domain.segments.values import SegmentSource, SegmentStatus
from projections.people.encryption import encrypt, new_key
from service.database.log_store.recorder import LogRecorder

KEEP_KEY = "INSERT INTO vault.person_keys (id, key) VALUES (%s, %s)"


class Story:
    """A site's log as it grows. What is told to it is taken to be true."""

    def __init__(self, owner: Connection[Any], recorder: LogRecorder, clock: Clock) -> None:
        self.hashes = IdentifierHasher(b"key")
        self._owner = owner
        self._log = EventLog(recorder, EventMapper(CATALOGUE))
        self._clock = clock
        self._commands = itertools.count(1)
        self._usernames = itertools.count(1)
        self._versions: dict[str, int] = {}
        self._keys: dict[str, bytes] = {}
        self.people: dict[str, Person] = {}
        self.position = 0

    def user(
        self, first: str, last: str, code: str | None = None, roles: Sequence[Role] = ()
    ) -> str:
        """Somebody is added, called by a username of their own; their id."""
        user, number = new_user_id(self._clock()), next(self._usernames)
        person = Person(
            username=f"user-{number}",
            email=f"User.{number}@Example.org",
            first_name=first,
            last_name=last,
            code=code,
        )
        self._keep_key(user)
        self.people[user], held = person, self.hashes.of(person)
        self.tell(
            UserCreated(
                user_id=user,
                version=self._next(user),
                sealed=encrypt(self._keys[user], user, content_of(person)),
                username_hash=held.username,
                email_hash=held.email,
                code_hash=held.code,
                roles=tuple(sorted(roles)),
            )
        )
        return user

    def edit(self, user: str, status: UserStatus | None = None, **fields: str | None) -> None:
        """Fields of theirs change; `status` is the one that they have from then on."""
        before = self.people[user]
        edit = changed(before, dict(fields))
        person = self.people[user] = apply_edit(before, edit)
        was, now = self.hashes.of(before), self.hashes.of(person)
        others = {UserStatus.ACTIVE: UserStatus.SUSPENDED, UserStatus.SUSPENDED: UserStatus.ACTIVE}
        told = fields_of(edit)
        self.tell(
            UserEdited(
                user_id=user,
                version=self._next(user),
                fields=told,
                sealed=encrypt(self._keys[user], user, content_of(edit)) if told else None,
                username_hash=_change(was.username, now.username),
                email_hash=_change(was.email, now.email),
                code_hash=None if was.code == now.code else Change(before=was.code, after=now.code),
                status=None if status is None else Change(before=others[status], after=status),
            )
        )

    def give(self, user: str, before: Sequence[Role], now: Sequence[Role]) -> None:
        """Their roles change."""
        roles = Change(before=tuple(sorted(before)), after=tuple(sorted(now)))
        self.tell(RolesAssigned(user_id=user, version=self._next(user), roles=roles))

    def erase(self, user: str) -> None:
        """They are forgotten; their memberships must have been ended before."""
        held = self.held(user)
        self.tell(
            UserErased(
                user_id=user,
                version=self._next(user),
                username_hash=held.username,
                email_hash=held.email,
                code_hash=held.code,
            )
        )

    def held(self, user: str) -> IdentifierHashes:
        """The hashes of what they hold."""
        return self.hashes.of(self.people[user])

    def segment(self, name: str, *, visible: bool = True) -> str:
        """A segment comes to be; its id."""
        segment = new_segment_id(self._clock())
        self.tell(
            SegmentCreated(
                segment_id=segment,
                version=self._next(segment),
                name=name,
                code=None,
                description="",
                visible=visible,
                source=SegmentSource.MANUAL,
            )
        )
        return segment

    def archive(self, segment: str) -> None:
        """It is put away."""
        self.tell(SegmentArchived(segment_id=segment, version=self._next(segment)))

    def delete(self, segment: str) -> None:
        """It leaves the site, with all its memberships."""
        version = self._next(segment)
        self.tell(SegmentDeleted(segment_id=segment, version=version, name="Gone", code=None))

    def reinstate(self, segment: str) -> None:
        """Its deletion is taken back; nobody is in it."""
        self.tell(
            SegmentReinstated(
                segment_id=segment,
                version=self._next(segment),
                name="Back",
                code=None,
                description="",
                visible=True,
                source=SegmentSource.MANUAL,
                status=SegmentStatus.ACTIVE,
            )
        )

    def add(self, segment: str, *users: str, source: SegmentSource = SegmentSource.MANUAL) -> None:
        """They, who were not in, are in the segment."""
        self.tell(MembersAdded(segment_id=segment, user_ids=users, source=source))

    def remove(self, segment: str, *users: str) -> None:
        """They, who were in, are not."""
        self.tell(MembersRemoved(segment_id=segment, user_ids=users))

    def tell(self, *events: Event) -> None:
        """Events of one command, as they are."""
        command = f"command-{next(self._commands)}"
        envelope = Envelope(
            actor=stamp(SYSTEM),
            on_behalf_of=None,
            channel=Channel.SYSTEM,
            reason=None,
            command_id=command,
            correlation_id="test",
            causation_id=None,
            recorded_at=format_instant(self._clock()),
            schema_version=1,
            request_hash="",
        )
        unless = [Selector(tags=[f"command:{command}"])]
        self.position = self._log.append([*map(Proposed, events)], envelope, unless, after=0)

    def _keep_key(self, user: str) -> None:
        self._keys[user] = new_key()
        self._owner.execute(KEEP_KEY, [UUID(hex=user.partition("_")[2]), self._keys[user]])

    def _next(self, thing: str) -> int:
        self._versions[thing] = self._versions.get(thing, 0) + 1
        return self._versions[thing]


def _change(before: str, now: str) -> Change[str] | None:
    return None if before == now else Change(before=before, after=now)
