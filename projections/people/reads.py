"""Queries of people, answered from the read model."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from domain.kernel.ids import USER, user_id_of, uuid_in
from domain.people.identifiers.lookup import UserKey
from domain.people.values import UserStatus
from projections.people.query import ORDER, UserQuery, past_the_nameless
from projections.people.views import VIEW_COLUMNS, UserView, display_name, view_of
from projections.sql.database import Database, Pool
from projections.sql.listing import Listing, count_rows, is_few, page_rows
from projections.sql.member_counts import last_deletion, member_count
from projections.sql.paging import CursorKey, Page, PageRequest, page_of

SELECTED = f"{', '.join(ORDER)}, {VIEW_COLUMNS}"
"""The cursor's columns, then those of a view."""

_IS_THERE = "status IN ('active', 'suspended')"
_OUTSIDE = f"""
    SELECT (SELECT count(*) FROM users WHERE {_IS_THERE})
        - coalesce((SELECT member_count FROM rosters WHERE number = %s), 0)
"""

_HASHES = {
    UserKey.USERNAME: "username_hash",
    UserKey.EMAIL: "email_hash",
    UserKey.CODE: "code_hash",
}
_BY_HASH = f"""
    SELECT place, {VIEW_COLUMNS}
    FROM unnest(%s::text[]) WITH ORDINALITY AS wanted (hash, place)
    CROSS JOIN LATERAL (
        SELECT {VIEW_COLUMNS} FROM users
        WHERE {{column}} = wanted.hash ORDER BY {_IS_THERE} DESC, number DESC LIMIT 1
    ) AS found
"""


class UserReads:
    """Reads the directory as it is now."""

    def __init__(self, pool: Pool) -> None:
        self._database = Database(pool)

    async def page(
        self, query: UserQuery, page_request: PageRequest
    ) -> Page[tuple[UserView, CursorKey]]:
        """Returns one page by name; each user with their cursor."""
        listing, named = await self._listing(query), past_the_nameless(page_request)
        rows = await page_rows(self._database, listing, named, SELECTED)
        return page_of([placed(row) for row in rows], page_request)

    async def count(self, query: UserQuery) -> int:
        """Returns the number of users that match the query."""
        if query.is_by_segment_alone:
            return await self._known_count(query)
        return await count_rows(self._database, await self._listing(query))

    async def by_uuid(self, uuids: Collection[UUID]) -> dict[UUID, UserView]:
        """Returns the users with those ids, erased ones too."""
        rows = await self._database.fetch(
            f"SELECT {VIEW_COLUMNS} FROM users WHERE id = ANY(%s)", [list(uuids)]
        )
        return {view.uuid: view for view in map(view_of, rows)}

    async def by_username(self, usernames: Collection[str]) -> dict[str, UserView]:
        """Returns those on the site, by their usernames."""
        return await self._by("username", usernames)

    async def by_email_key(self, keys: Collection[str]) -> dict[str, UserView]:
        """Returns those on the site, by the keys of their addresses."""
        return await self._by("email_key", keys)

    async def by_code_key(self, keys: Collection[str]) -> dict[str, UserView]:
        """Returns those on the site, by the keys of their codes."""
        return await self._by("code_key", keys)

    async def by_hash(self, by: UserKey, hashes: Sequence[str]) -> list[UserView | None]:
        """Returns for each hash, in the same order, the user on the site who owns an identifier of
        that kind with it; else the last owner, until they were erased or removed; None for nobody.
        """
        query = _BY_HASH.format(column=_HASHES[by])
        rows = await self._database.fetch(query, [list(hashes)])
        found = {int(row[0]): view_of(row[1:]) for row in rows}
        return [found.get(place) for place in range(1, len(hashes) + 1)]

    async def number_of(self, uuid: UUID) -> int | None:
        """Returns the number of the user who is or ever was on the site under that id."""
        rows = await self._database.fetch("SELECT number FROM users WHERE id = %s", [uuid])
        return int(rows[0][0]) if rows else None

    async def names(self, ids: Collection[str]) -> dict[str, str]:
        """Returns the display names of the users with those public ids; one who never was is not
        among the keys.
        """
        uuids = [uuid for user in ids if (uuid := uuid_in(user, USER)) is not None]
        rows = await self._database.fetch(
            "SELECT id, status, first_name, last_name FROM users WHERE id = ANY(%s)", [uuids]
        )
        return {
            user_id_of(uuid): display_name(UserStatus(status), first_name, last_name)
            for uuid, status, first_name, last_name in rows
        }

    async def _known_count(self, query: UserQuery) -> int:
        """Counts by the segment's own count: every member is on the site, so the number of those in
        it is known, and that of those not in it.
        """
        if query.in_segment is not None:
            return await member_count(self._database, query.in_segment)
        rows = await self._database.fetch(_OUTSIDE, [query.not_in_segment])
        return int(rows[0][0])

    async def _listing(self, query: UserQuery) -> Listing:
        inside, outside = query.in_segment, query.not_in_segment
        deleted = await self._deleted(inside), await self._deleted(outside)
        if inside is None:
            return query.listing(deleted=deleted)
        members = await member_count(self._database, inside)
        return query.listing(segment_is_small=is_few(members), deleted=deleted)

    async def _deleted(self, segment: int | None) -> int:
        return 0 if segment is None else await last_deletion(self._database, segment)

    async def _by(self, column: str, keys: Collection[str]) -> dict[str, UserView]:
        rows = await self._database.fetch(
            f"SELECT {column}, {VIEW_COLUMNS} FROM users WHERE {column} = ANY(%s) AND {_IS_THERE}",
            [list(keys)],
        )
        return {row[0]: view_of(row[1:]) for row in rows}


def placed(row: tuple[Any, ...]) -> tuple[UserView, CursorKey]:
    """Returns a user and their cursor, from a row of SELECTED."""
    return view_of(row[len(ORDER) :]), row[: len(ORDER)]
