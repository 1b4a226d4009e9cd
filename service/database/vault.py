"""The keys of people in the vault, and what is sealed with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from psycopg import Connection
from psycopg_pool import ConnectionPool

from domain.kernel.ids import USER, uuid_in
from projections.people.sealing import new_key, opened, seal

Pool = ConnectionPool[Connection[Any]]

_KEEP = (
    "INSERT INTO vault.person_keys (id, key)"
    " SELECT * FROM unnest(%s::uuid[], %s::bytea[]) ON CONFLICT DO NOTHING"
)
_FIND = "SELECT id, key FROM vault.person_keys WHERE id = ANY(%s)"


class PersonVault:
    """See domain.people.vault.Vault. Safe to share between threads.

    Keys are never kept in memory from one call to the next: what is destroyed is destroyed in all
    processes at once.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def seal_new(self, contents: Mapping[str, bytes]) -> dict[str, str]:
        """See Vault. A key that is there already, of an attempt before, is used again."""
        ids = [_uuid(user) for user in contents]
        with self._pool.connection() as connection:
            connection.execute(_KEEP, [ids, [new_key() for _ in ids]])
        return self.seal(contents)

    def seal(self, contents: Mapping[str, bytes]) -> dict[str, str]:
        """See Vault."""
        keys = self._keys(contents)
        return {
            user: seal(keys[uuid], user, content)
            for user, content in contents.items()
            if (uuid := _uuid(user)) in keys
        }

    def open(self, boxes: Sequence[tuple[str, str]]) -> list[bytes | None]:
        """See Vault."""
        keys = self._keys({user for user, _ in boxes})
        return [_content(keys.get(_uuid(user)), user, box) for user, box in boxes]

    def _keys(self, users: Collection[str]) -> dict[UUID, bytes]:
        with self._pool.connection() as connection:
            cursor = connection.execute(_FIND, [[_uuid(user) for user in users]])
            return dict(cursor.fetchall())


def _uuid(user: str) -> UUID:
    uuid = uuid_in(user, USER)
    if uuid is None:
        raise ValueError("this is no id of a user")
    return uuid


def _content(key: bytes | None, user: str, box: str) -> bytes | None:
    """None as well for a box of an earlier key: what it was sealed with is gone."""
    try:
        return None if key is None else opened(key, user, box)
    except InvalidTag:
        return None
