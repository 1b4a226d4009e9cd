"""Names of actors, for people: kept beside the log, never in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from domain.kernel.ids import USER, uuid_in
from domain.kernel.principal import SYSTEM, ActorKind, Principal
from projections.people.reads import UserReads
from projections.sql.database import Database, Pool


@dataclass(frozen=True, slots=True)
class ActorView:
    """An actor with the name that people know."""

    id: str
    kind: ActorKind
    display_name: str


UNKNOWN = "Unknown actor"
"""Shown for an actor whose name is not, or no longer, kept."""


class ActorReads:
    """Reads and keeps the names of actors."""

    def __init__(self, pool: Pool, writing_pool: Pool, users: UserReads) -> None:
        self._database = Database(pool)
        self._users = users
        self._writing_pool = writing_pool
        self._noted: dict[str, str] = {}

    async def by_id(self, ids: Collection[str]) -> dict[str, ActorView]:
        """Returns a view for each of the ids; users of the directory have the name that it has
        now.
        """
        people = [actor for actor in ids if is_directory_user(actor)]
        found = {
            actor: ActorView(actor, ActorKind.USER, name)
            for actor, name in (await self._users.names(people) if people else {}).items()
        }
        others = [actor for actor in ids if actor not in found]
        found |= await self._noted_names(others) if others else {}
        return {actor: found.get(actor) or _without_name(actor) for actor in ids}

    async def known(self, actor: str) -> ActorView | None:
        """Returns a view of an actor who is no user: one whose name is kept, or who is recorded in
        the log; None for anybody else.
        """
        if actor == SYSTEM.id:
            return view_of(SYSTEM)
        named = (await self._noted_names([actor])).get(actor)
        if named is not None or not await self._is_recorded(actor):
            return named
        return _without_name(actor)

    async def _is_recorded(self, actor: str) -> bool:
        query = "SELECT FROM recorded_actors WHERE id = %s"
        return bool(await self._database.fetch(query, [actor]))

    async def _noted_names(self, ids: list[str]) -> dict[str, ActorView]:
        rows = await self._database.fetch(
            "SELECT id, kind, display_name FROM identity.actors WHERE id = ANY(%s)", [ids]
        )
        return {row[0]: ActorView(row[0], ActorKind(row[1]), row[2]) for row in rows}

    async def note(self, principal: Principal) -> None:
        """Keeps a principal's name, so that events can show it later.

        Not that of users in the directory: their names are there, until they are erased.
        """
        if self._noted.get(principal.id) == principal.display_name or principal is SYSTEM:
            return
        if is_directory_user(principal.id):
            return
        async with self._writing_pool.connection() as connection:
            await connection.execute(
                "SELECT identity.name_actor(%s, %s, %s, %s)",
                [
                    principal.id,
                    principal.kind.value,
                    principal.display_name,
                    list(principal.identifiers),
                ],
            )
        if len(self._noted) > 10_000:
            self._noted.clear()
        self._noted[principal.id] = principal.display_name


def is_directory_user(actor: str) -> bool:
    """Whether an actor's id is that of a user."""
    return uuid_in(actor, USER) is not None


def view_of(principal: Principal) -> ActorView:
    """Returns a principal as an actor."""
    return ActorView(principal.id, principal.kind, principal.display_name)


def _without_name(actor: str) -> ActorView:
    if actor == SYSTEM.id:
        return view_of(SYSTEM)
    return ActorView(actor, ActorKind.USER, UNKNOWN)
