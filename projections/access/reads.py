"""Questions about the access log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.kernel.principal import Role
from projections.access.entry import AccessEntry
from projections.sql.database import Database, Pool
from projections.sql.paging import Conditions, Page, PageRequest, apply_cursors, order_by, page_of

CURSOR_COLUMNS = ("id",)
"""Entries stand in the order in which they were written, whatever the clock said: a client that
pages on misses none, also after the clock was put back.
"""

_COLUMNS = "id, at, actor, roles, operation, about, outcome, channel, request_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessQuery:
    """The entries to be returned. None in a field: it does not matter."""

    actor: str | None = None
    operation: str | None = None
    outcomes: frozenset[str] | None = None
    after: datetime | None = None
    up_to: datetime | None = None

    def conditions(self) -> Conditions:
        """Returns the WHERE clause."""
        where = Conditions()
        for column in ("actor", "operation"):
            value = getattr(self, column)
            if value is not None:
                where.add(f"{column} = %s", value)
        if self.outcomes is not None:
            _among(where, sorted(self.outcomes))
        if self.after is not None:
            where.add("at > %s", self.after)
        if self.up_to is not None:
            where.add("at <= %s", self.up_to)
        return where


class AccessReads:
    """Reads of the access log."""

    def __init__(self, pool: Pool) -> None:
        self._database = Database(pool)

    async def page(self, query: AccessQuery, page_request: PageRequest) -> Page[AccessEntry]:
        """Returns one page, oldest first."""
        where = query.conditions()
        apply_cursors(where, CURSOR_COLUMNS, page_request, descending=False)
        order = order_by(CURSOR_COLUMNS, page_request, descending=False)
        sql = f"SELECT {_COLUMNS} FROM access.entries {where.sql()} {order}"
        rows = await self._database.fetch_unprepared(sql, where.values)
        return page_of([_entry(row) for row in rows], page_request)

    async def count(self, query: AccessQuery) -> int:
        """Returns the number of entries that match the query."""
        where = query.conditions()
        sql = f"SELECT count(*) FROM access.entries {where.sql()}"
        return int((await self._database.fetch_unprepared(sql, where.values))[0][0])


def _among(where: Conditions, outcomes: list[str]) -> None:
    """Keeps to these outcomes; one alone is read from the index in order."""
    if len(outcomes) == 1:
        where.add("outcome = %s", outcomes[0])
    else:
        where.add("outcome = ANY(%s)", outcomes)


def _entry(row: tuple[Any, ...]) -> AccessEntry:
    values: list[Any] = list(row)
    values[3] = [Role(role) for role in row[3]]
    return AccessEntry(*values)
