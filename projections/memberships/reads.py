"""Queries of rosters, answered from the read model."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from domain.segments.values import SegmentSource
from projections.memberships.difference import Difference
from projections.memberships.members_query import MembersQuery
from projections.memberships.views import ExportedMember, MemberView
from projections.people.query import ORDER, past_the_nameless
from projections.people.reads import SELECTED, placed
from projections.people.views import UserView
from projections.sql.database import Database, Pool
from projections.sql.listing import FEW, Listing, QueryPlan, count_rows, is_few, page_rows
from projections.sql.member_counts import NOW, last_deletion, member_count
from projections.sql.paging import CursorKey, Page, PageRequest, page_of
from projections.sql.roster_conditions import membership_of

_EXPORTED = f"{', '.join(ORDER)}, username, first_name, last_name"


class MemberReads:
    """Reads of rosters, now or as of a position that the read model has reached."""

    def __init__(self, pool: Pool) -> None:
        self._database = Database(pool)

    async def page(
        self, roster: MembersQuery, page_request: PageRequest
    ) -> Page[tuple[MemberView, CursorKey]]:
        """Returns one page by the members' names; each with their cursor."""
        since = membership_of(roster.segment, roster.as_of)
        selected = f"({since}) AS since, {SELECTED}"
        # An erased user is no member now, but remains one in the past.
        walked = past_the_nameless(page_request) if roster.as_of is None else page_request
        rows = await page_rows(self._database, await self._listing(roster), walked, selected)
        changes = await self._changes({row[0] for row in rows})
        return page_of([_member(row, changes) for row in rows], page_request)

    async def count(self, roster: MembersQuery) -> int:
        """Returns the number of members that match the query."""
        if roster.is_whole:
            return await member_count(self._database, roster.segment, roster.as_of)
        return await count_rows(self._database, await self._listing(roster))

    async def difference(
        self, difference: Difference, page_request: PageRequest
    ) -> Page[tuple[UserView, CursorKey]]:
        """Returns one page of the members at one position and not at the other, by name."""
        listing = await self._differing(await self._known(difference))
        rows = await page_rows(self._database, listing, page_request, SELECTED)
        return page_of([placed(row) for row in rows], page_request)

    async def difference_count(self, difference: Difference) -> int:
        """Returns the number of members at one position and not at the other."""
        known = await self._known(difference)
        return await count_rows(self._database, known.listing(is_small=False))

    async def since(self, segment: int, user: int, as_of: int | None) -> int | None:
        """Returns the position of the event that added a user to a segment in which they are, or
        were then; both by their numbers. None when they are no member.
        """
        moment = NOW if as_of is None else as_of
        rows = await self._database.fetch(
            "SELECT from_position FROM memberships WHERE segment = %s AND member = %s"
            " AND from_position <= %s AND %s < to_position",
            [segment, user, moment, moment],
        )
        return int(rows[0][0]) if rows else None

    async def before(
        self, segment: int, user: int, ended: Collection[int]
    ) -> tuple[int, int] | None:
        """Returns the last membership that one of those events ended: its first and last
        position.
        """
        rows = await self._database.fetch(
            "SELECT from_position, to_position FROM memberships"
            " WHERE segment = %s AND member = %s AND to_position = ANY(%s)"
            " ORDER BY from_position DESC LIMIT 1",
            [segment, user, list(ended)],
        )
        return (int(rows[0][0]), int(rows[0][1])) if rows else None

    async def is_member(self, segment: int, user: int) -> bool:
        """Whether a user is in a segment now; both by their numbers."""
        query = "SELECT FROM members WHERE segment = %s AND member = %s"
        return bool(await self._database.fetch(query, [segment, user]))

    async def export(
        self, segment: int, after: CursorKey | None, limit: int
    ) -> list[ExportedMember]:
        """Returns the present members by name, after a cursor, at most `limit`: for writing all of
        them.
        """
        listing = await self._exporting(segment, limit)
        page_request = PageRequest(limit, after=after)
        rows = await page_rows(self._database, listing, page_request, _EXPORTED)
        return [ExportedMember(row[: len(ORDER)], *row[len(ORDER) :]) for row in rows[:limit]]

    async def _known(self, difference: Difference) -> Difference:
        """Adds the position of the segment's last deletion before each of the two."""
        there = await last_deletion(self._database, difference.segment, difference.there)
        absent = await last_deletion(self._database, difference.segment, difference.absent)
        return replace(difference, deleted=(there, absent))

    async def _differing(self, difference: Difference) -> Listing:
        source, values = difference.candidates()
        query = f"SELECT count(*) FROM (SELECT FROM {source} LIMIT {FEW + 1}) AS candidates"
        rows = await self._database.fetch_unprepared(query, values)
        return difference.listing(is_small=is_few(int(rows[0][0])))

    async def _listing(self, roster: MembersQuery) -> Listing:
        members = await member_count(self._database, roster.segment, roster.as_of)
        deleted = await last_deletion(self._database, roster.segment, roster.as_of)
        return roster.listing(is_small=is_few(members), deleted=deleted)

    async def _exporting(self, segment: int, limit: int) -> Listing:
        """Chooses for each part to gather all members, or to walk its share of the directory:
        whichever is less in the end. A walk is planned once more for each part.
        """
        members = await member_count(self._database, segment)
        people = await self._people()
        listing = await self._listing(MembersQuery(segment=segment))
        gathers = members * members <= people * limit
        return replace(listing, plan=QueryPlan.GATHER if gathers else QueryPlan.SCAN)

    async def _people(self) -> int:
        """Returns the number of people in the directory, approximately."""
        rows = await self._database.fetch("SELECT coalesce(max(number), 0) FROM users", [])
        return int(rows[0][0])

    async def _changes(self, positions: Collection[int]) -> dict[int, tuple[Any, ...]]:
        rows = await self._database.fetch(
            "SELECT position, recorded_at, actor, source FROM roster_changes"
            " WHERE position = ANY(%s)",
            [list(positions)],
        )
        return {row[0]: row[1:] for row in rows}


def _member(
    row: tuple[Any, ...], changes: dict[int, tuple[Any, ...]]
) -> tuple[MemberView, CursorKey]:
    user, place = placed(row[1:])
    at, by, source = changes[row[0]]
    return MemberView(user, at, by, SegmentSource(source)), place
