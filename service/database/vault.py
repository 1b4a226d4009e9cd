"""The keys of people in the vault, and encryption with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from psycopg import Connection
from psycopg_pool import ConnectionPool

from domain.kernel.ids import USER, uuid_in
from projections.people.encryption import decrypt, encrypt, new_key
from service.database.log_store.datastore import LOCK_TIMEOUT

RETENTION = timedelta(hours=1)
"""The time for which the key of a person without events is kept."""
BATCH_SIZE = 1_000
"""Keys that are removed while no append can run: some milliseconds."""

Pool = ConnectionPool[Connection[Any]]

_KEEP = (
    "INSERT INTO vault.person_keys (id, key)"
    " SELECT * FROM unnest(%s::uuid[], %s::bytea[]) ON CONFLICT DO NOTHING"
)
_EVER = datetime.min.replace(tzinfo=UTC)
_UP_TO = "SELECT least(%s, clock_timestamp())"
"""The database's clock at the beginning: keys made later by it were not checked."""
_OF_NOBODY = """
    SELECT id FROM vault.person_keys WHERE made_at > %s AND made_at <= %s AND NOT EXISTS (
        SELECT FROM log.events_tt_tag WHERE tag = 'user:user_' || replace(id::text, '-', '')
    )
"""
_LOCK_THE_LOG = "LOCK TABLE log.events_tt_main IN EXCLUSIVE MODE"
_REMOVE = "SELECT vault.destroy_keys(%s)"
_FIND = "SELECT id, key FROM vault.person_keys WHERE id = ANY(%s)"


class PersonVault:
    """See domain.people.vault.Vault. Safe to share between threads.

    Keys are never kept in memory from one call to the next: a destroyed key is destroyed in all
    processes at once.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._looked_to = _EVER

    def encrypt_new(self, contents: Mapping[str, bytes]) -> dict[str, str]:
        """See Vault. A key that is there already, of an attempt before, is used again."""
        ids = [_uuid(user) for user in contents]
        with self._pool.connection() as connection:
            connection.execute(_KEEP, [ids, [new_key() for _ in ids]])
        return self.encrypt(contents)

    def purge(self, now: datetime) -> int:
        """Removes keys that are an hour old, of people whom no event names; returns their number. A
        key that this process has checked is not checked again, unless a clock was put back since.

        Their command was rejected after all, or lost a race. One that is still running, however
        long it has been, comes to no harm: its events are appended under the same lock as this, and
        only while the key is there (LogRecorder); else it makes another.
        """
        with self._pool.connection() as connection:
            [(until,)] = connection.execute(_UP_TO, [now - RETENTION]).fetchall()
            since = self._looked_to if self._looked_to <= until else _EVER
            rows = connection.execute(_OF_NOBODY, [since, until]).fetchall()
            ids = [uuid for (uuid,) in rows]
            chunks = (ids[n : n + BATCH_SIZE] for n in range(0, len(ids), BATCH_SIZE))
            removed = sum(_removed(connection, chunk) for chunk in chunks)
        self._looked_to = until
        return removed

    def encrypt(self, contents: Mapping[str, bytes]) -> dict[str, str]:
        """See Vault."""
        keys = self._keys(contents)
        return {
            user: encrypt(keys[uuid], user, content)
            for user, content in contents.items()
            if (uuid := _uuid(user)) in keys
        }

    def decrypt(self, ciphertexts: Sequence[tuple[str, str]]) -> list[bytes | None]:
        """See Vault."""
        keys = self._keys({user for user, _ in ciphertexts})
        return [
            _content(keys.get(_uuid(user)), user, ciphertext) for user, ciphertext in ciphertexts
        ]

    def _keys(self, users: Collection[str]) -> dict[UUID, bytes]:
        with self._pool.connection() as connection:
            cursor = connection.execute(_FIND, [[_uuid(user) for user in users]])
            return dict(cursor.fetchall())


def _removed(connection: Connection[Any], ids: list[UUID]) -> int:
    """Removes those of the keys that are still unused, under the lock, and returns their number:
    others are not destroyed.
    """
    with connection.transaction():
        connection.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}s'".encode())
        connection.execute(_LOCK_THE_LOG)
        [(removed,)] = connection.execute(_REMOVE, [ids]).fetchall()
        return int(removed)


def _uuid(user: str) -> UUID:
    uuid = uuid_in(user, USER)
    if uuid is None:
        raise ValueError("this is no id of a user")
    return uuid


def _content(key: bytes | None, user: str, ciphertext: str) -> bytes | None:
    """Decrypts the content; None as well for a ciphertext of an earlier key, which is destroyed."""
    try:
        return None if key is None else decrypt(key, user, ciphertext)
    except InvalidTag:
        return None
