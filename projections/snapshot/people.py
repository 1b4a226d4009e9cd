"""Answers to the questions of commands on people."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from domain.kernel.ids import USER, user_id_of, uuid_in
from domain.kernel.principal import Role
from domain.people.identifiers.lookup import UserKey
from domain.people.state import User
from projections.people.row import HASH_COLUMNS, USER_COLUMNS, user_of
from projections.snapshot.base import ON_THE_SITE, SqlSnapshot

_USER = f"SELECT {USER_COLUMNS} FROM users WHERE id = %s"
_IDENTIFIER_HOLDER = f"SELECT id FROM users u WHERE {{column}} = %s AND {ON_THE_SITE}"
_SITE_ADMINS = f"SELECT id FROM users u WHERE roles @> ARRAY[%s] AND {ON_THE_SITE}"
_SUSPENDED = "SELECT id FROM users WHERE id = ANY(%s) AND status = 'suspended'"


class SqlPeopleSnapshot(SqlSnapshot):
    """See domain.people.snapshot.PeopleSnapshot."""

    def user(self, user_id: str) -> User | None:
        """See PeopleSnapshot."""
        for columns in self._rows(_USER, [uuid_in(user_id, USER)]):
            return user_of(user_id, columns)
        return None

    def identifier_owner(self, by: UserKey, hashed: str) -> str | None:
        """See PeopleSnapshot."""
        query = _IDENTIFIER_HOLDER.format(column=HASH_COLUMNS[by])
        return next((user_id_of(uuid) for (uuid,) in self._rows(query, [hashed])), None)

    def site_admins(self) -> AbstractSet[str]:
        """See PeopleSnapshot."""
        rows = self._rows(_SITE_ADMINS, [Role.SITE_ADMIN.value])
        return {user_id_of(uuid) for (uuid,) in rows}

    def suspended(self, user_ids: AbstractSet[str]) -> AbstractSet[str]:
        """See PeopleSnapshot."""
        uuids = [uuid_in(user_id, USER) for user_id in user_ids]
        return {user_id_of(uuid) for (uuid,) in self._rows(_SUSPENDED, [uuids])}
