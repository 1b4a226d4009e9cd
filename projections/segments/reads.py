"""Queries of segments, answered from the read model."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from domain.kernel.values import CodeKey
from projections.segments.query import SegmentQuery
from projections.segments.views import VIEW_COLUMNS, SegmentView, view_of
from projections.sql.database import Database, Pool
from projections.sql.listing import count_rows, page_rows
from projections.sql.paging import CursorKey, Page, PageRequest, page_of


class SegmentReads:
    """Reads of segments, now or as of a position that the read model has reached."""

    def __init__(self, pool: Pool) -> None:
        self._database = Database(pool)

    async def page(
        self, query: SegmentQuery, page_request: PageRequest
    ) -> Page[tuple[SegmentView, CursorKey]]:
        """Returns one page of the list; each segment with its cursor in the query's order."""
        columns = query.order.columns
        selected = f"{', '.join(columns)}, {VIEW_COLUMNS}"
        rows = await page_rows(self._database, query.listing(), page_request, selected)
        width = len(columns)
        answers = [(view_of(row[width:], query.as_of), row[:width]) for row in rows]
        return page_of(answers, page_request)

    async def count(self, query: SegmentQuery) -> int:
        """Returns the number of segments that match the query."""
        return await count_rows(self._database, query.listing())

    async def by_uuid(
        self, uuids: Collection[UUID], as_of: int | None = None
    ) -> dict[UUID, SegmentView]:
        """Returns the segments with those ids that are (or were then) on the site."""
        views = await self._those("id", list(uuids), as_of)
        return {view.uuid: view for view in views}

    async def by_code(
        self, keys: Collection[CodeKey], as_of: int | None = None
    ) -> dict[str, SegmentView]:
        """Returns the segments that have (or had then) those codes."""
        wanted = list(keys)
        rows = await self._rows_with("code_key", f"code_key, {VIEW_COLUMNS}", wanted, as_of)
        return {row[0]: view_of(row[1:], as_of) for row in rows}

    async def number_of(self, uuid: UUID) -> int | None:
        """Returns the number of the segment that is or ever was on the site under that id."""
        rows = await self._database.fetch(
            "SELECT number FROM segment_numbers WHERE id = %s", [uuid]
        )
        return int(rows[0][0]) if rows else None

    async def _those(self, column: str, values: list[Any], as_of: int | None) -> list[SegmentView]:
        rows = await self._rows_with(column, VIEW_COLUMNS, values, as_of)
        return [view_of(row, as_of) for row in rows]

    async def _rows_with(
        self, column: str, selected: str, values: list[Any], as_of: int | None
    ) -> list[tuple[Any, ...]]:
        listing = SegmentQuery(statuses=None, as_of=as_of).listing()
        return await self._database.fetch(
            f"SELECT {selected} FROM {listing.source} WHERE {column} = ANY(%s)",
            [*listing.given, values],
        )
