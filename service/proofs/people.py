"""Checks that the data of every person whom the log has not erased can be decrypted with the
vault's keys.

Keys are in no tree. Without one, or with another in its place, a person's data is gone as if they
had been erased, and nothing in the log says so: of each person one ciphertext is tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from psycopg import Connection, IsolationLevel

from domain.catalogue import CATALOGUE
from domain.kernel.ids import USER, uuid_in
from domain.log import EventMapper
from domain.people.events import UserCreated, UserErased
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.person import person_in
from projections.people.encryption import decrypt

Found = tuple[int, str]
"""A position, and the error there."""

MAX_LISTED = 10

_BATCH_SIZE = 1_000
_EVENTS = "SELECT id, type, data FROM log.events_tt_main WHERE type = %s AND id > 0 ORDER BY id"
_KEYS = "SELECT id, key FROM vault.person_keys WHERE id = ANY(%s)"
_FOLDED = "SELECT position FROM read_model.progress"


class PeopleAndKeys:
    """Reads the log and the vault, as of one moment."""

    def __init__(self, connection: Connection[Any], hashes: IdentifierHasher) -> None:
        self._connection = connection
        self._hashes = hashes
        self._mapper = EventMapper(CATALOGUE)

    def findings(self) -> list[Found]:
        """Yields the first errors, by position."""
        self._connection.isolation_level = IsolationLevel.REPEATABLE_READ
        with self._connection.transaction():
            [(folded,)] = self._connection.execute(_FOLDED).fetchall()
            erased = {
                event.user_id: at
                for at, event in self._events(UserErased.TOPIC)
                if isinstance(event, UserErased)
            }
            return list(islice(self._differences(erased, folded), MAX_LISTED))

    def _differences(self, erased: dict[str, int], folded: int) -> Iterator[Found]:
        created = self._events(UserCreated.TOPIC)
        while some := list(islice(created, _BATCH_SIZE)):
            people = [(at, event) for at, event in some if isinstance(event, UserCreated)]
            keys = self._keys([event.user_id for _, event in people])
            for at, event in people:
                key = keys.get(event.user_id)
                end = erased.get(event.user_id)
                told = self._lost(event, key) if end is None else _kept(end, key, folded)
                if told:
                    yield at if end is None else end, f"{told}: {event.user_id}"

    def _lost(self, event: UserCreated, key: bytes | None) -> str | None:
        if key is None:
            return "somebody's key is gone, and no event says that they were erased"
        try:
            person = person_in(decrypt(key, event.user_id, event.sealed))
        except (InvalidTag, ValueError):
            return "somebody's key does not open what was sealed for them"
        if self._hashes.of(person).username != event.username_hash:
            return "the vault's key of hashes is not the one that somebody was recorded with"
        return None

    def _keys(self, users: Sequence[str]) -> dict[str, bytes]:
        uuids: dict[UUID | None, str] = {uuid_in(user, USER): user for user in users}
        rows = self._connection.execute(_KEYS, [[uuid for uuid in uuids if uuid]]).fetchall()
        return {uuids[uuid]: bytes(key) for uuid, key in rows}

    def _events(self, topic: str) -> Iterator[tuple[int, object]]:
        """Yields the events that can be read: of the others, their leaf tells."""
        with self._connection.cursor(f"verified_{topic}".replace(".", "_"), binary=True) as cursor:
            cursor.itersize = _BATCH_SIZE
            for at, found, data in cursor.execute(_EVENTS, [topic]):
                try:
                    yield at, self._mapper.to_recorded(found, data, (), at).event
                except (msgspec.MsgspecError, TypeError, KeyError):
                    continue


def _kept(erased: int, key: bytes | None, folded: int) -> str | None:
    """Returns the keys. The projector destroys keys: of erasures that it has not reached it
    will.
    """
    if key is None or erased > folded:
        return None
    return "somebody was erased, and their key is there still"
