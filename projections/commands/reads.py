"""Questions about commands: pages of the list, and single ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from domain.kernel.envelope import command_tag
from projections.audit.reads import AuditReads
from projections.commands import statements
from projections.commands.query import COMMAND_AT, CommandQuery
from projections.commands.text_match import TextMatch
from projections.commands.views import CommandView, TypeCount
from projections.sql.database import Database, Pool
from projections.sql.listing import FEW, NEAR
from projections.sql.paging import Page, PageRequest, page_of

_ROWS = "SELECT position, last_position FROM commands WHERE position = ANY(%s)"
_COUNTS = """
    SELECT command, topic, events, memberships, segments
    FROM command_counts JOIN recorded_types ON number = type
    WHERE command = ANY(%s) ORDER BY command, topic
"""
_UNDONE_BY = "SELECT undone, max(position) FROM undos WHERE undone = ANY(%s) GROUP BY undone"
_BY_ID = """
    SELECT tag, min(main_id) FROM log.events_tt_tag JOIN commands ON position = main_id
    WHERE tag = ANY(%s) GROUP BY tag
"""
_OF_EVENTS = f"""
    SELECT at, own.position FROM unnest(%s::bigint[]) AS at
    CROSS JOIN LATERAL ({COMMAND_AT.format("at")}) AS own
"""


class CommandReads:
    """Reads commands from the read model, and their first events from the log."""

    def __init__(self, pool: Pool, audit: AuditReads) -> None:
        self._database = Database(pool)
        self._audit = audit

    async def page(self, query: CommandQuery, page_request: PageRequest) -> Page[CommandView]:
        """Returns one page of commands, oldest first; cursors are positions of first events."""
        page = page_of(await self._positions(query, page_request), page_request)
        found = await self.by_position(page.rows)
        rows = [found[position] for position in page.rows if position in found]
        return Page(rows, page.has_next, page.has_previous)

    async def count(self, query: CommandQuery) -> int:
        """Returns the number of commands that match the query."""
        rows = await self._database.fetch_unprepared(*statements.count(query))
        return int(rows[0][0])

    async def by_position(self, positions: Collection[int]) -> dict[int, CommandView]:
        """Returns the commands whose first events are there, by these positions."""
        if not positions:
            return {}
        wanted = list(positions)
        events = await self._audit.found_at(wanted)
        ids = [recorded.envelope.command_id for recorded in events.values()]
        last = {
            int(first): int(last) for first, last in await self._database.fetch(_ROWS, [wanted])
        }
        undone: dict[str, int] = dict(await self._database.fetch(_UNDONE_BY, [ids]))
        counts = await self._counts([first for first, end in last.items() if end > first])
        return {
            at: CommandView(event, last[at], counts[at], undone.get(event.envelope.command_id))
            for at, event in events.items()
            if at in last
        }

    async def by_id(self, ids: Collection[str]) -> dict[str, CommandView]:
        """Returns the commands that recorded something, by their own ids."""
        tags = [command_tag(command) for command in ids]
        rows = await self._database.fetch(_BY_ID, [tags]) if tags else []
        found = await self.by_position([int(position) for _, position in rows])
        return {view.id: view for view in found.values()}

    async def of_events(self, positions: Collection[int]) -> dict[int, CommandView]:
        """Returns the commands that recorded the events, by the events' positions."""
        rows = await self._database.fetch(_OF_EVENTS, [list(positions)])
        found = await self.by_position({int(first) for _, first in rows})
        return {int(at): found[int(first)] for at, first in rows if int(first) in found}

    async def _positions(self, query: CommandQuery, page_request: PageRequest) -> list[int]:
        if query.user is not None:
            return await self._fetched(statements.gather(query, page_request))
        if query.is_by_event:
            return await self._fetched(statements.walk(query, page_request))
        if query.match is not None:
            return await self._matching(query, query.match, page_request)
        rows = await self._database.fetch(*statements.in_order(query, page_request))
        return [int(row[0]) for row in rows]

    async def _matching(
        self, query: CommandQuery, match: TextMatch, page_request: PageRequest
    ) -> list[int]:
        """Finds a text in the three steps of projections/sql/listing.py."""
        if match.has_index:
            statement = statements.few(query, match, page_request, FEW)
            ((are_many, page),) = await self._database.fetch_unprepared(*statement)
            if not are_many:
                return [int(position) for position in page]
        found = await self._fetched(statements.near(query, match, page_request, NEAR))
        if len(found) > page_request.size:
            return found
        return await self._fetched(statements.gather(query, page_request))

    async def _fetched(self, statement: statements.Statement) -> list[int]:
        rows = await self._database.fetch_unprepared(*statement)
        return [int(row[0]) for row in rows]

    async def _counts(self, commands: list[int]) -> defaultdict[int, list[TypeCount]]:
        counts: defaultdict[int, list[TypeCount]] = defaultdict(list)
        if commands:
            for command, *count in await self._database.fetch(_COUNTS, [commands]):
                counts[int(command)].append(TypeCount(*count))
        return counts
