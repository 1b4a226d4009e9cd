"""Questions about segments, answered from the read model."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from domain.kernel.values import CodeKey
from projections.segments.query import SegmentQuestion
from projections.segments.views import VIEW_COLUMNS, SegmentView, view_of
from projections.sql.database import Pool, Questions
from projections.sql.listing import count_rows, page_rows
from projections.sql.paging import Page, Place, Window, page_of


class SegmentReads:
    """Reads of segments, now or as of a position that the read model has reached."""

    def __init__(self, pool: Pool) -> None:
        self._ask = Questions(pool)

    async def page(
        self, question: SegmentQuestion, window: Window
    ) -> Page[tuple[SegmentView, Place]]:
        """One page of the list; each segment with its place in the question's order."""
        columns = question.order.columns
        selected = f"{', '.join(columns)}, {VIEW_COLUMNS}"
        rows = await page_rows(self._ask, question.listing(), window, selected)
        width = len(columns)
        answers = [(view_of(row[width:], question.as_of), row[:width]) for row in rows]
        return page_of(answers, window)

    async def count(self, question: SegmentQuestion) -> int:
        """How many segments the question keeps."""
        return await count_rows(self._ask, question.listing())

    async def by_uuid(
        self, uuids: Collection[UUID], as_of: int | None = None
    ) -> dict[UUID, SegmentView]:
        """The segments with those ids that are (or were then) on the site."""
        views = await self._those("id", list(uuids), as_of)
        return {view.uuid: view for view in views}

    async def by_code(
        self, keys: Collection[CodeKey], as_of: int | None = None
    ) -> dict[str, SegmentView]:
        """The segments that hold (or held then) those codes."""
        wanted = list(keys)
        rows = await self._rows_with("code_key", f"code_key, {VIEW_COLUMNS}", wanted, as_of)
        return {row[0]: view_of(row[1:], as_of) for row in rows}

    async def number_of(self, uuid: UUID) -> int | None:
        """The number of the segment that is or ever was on the site under that id."""
        rows = await self._ask.ask("SELECT number FROM segment_numbers WHERE id = %s", [uuid])
        return int(rows[0][0]) if rows else None

    async def _those(self, column: str, values: list[Any], as_of: int | None) -> list[SegmentView]:
        rows = await self._rows_with(column, VIEW_COLUMNS, values, as_of)
        return [view_of(row, as_of) for row in rows]

    async def _rows_with(
        self, column: str, selected: str, values: list[Any], as_of: int | None
    ) -> list[tuple[Any, ...]]:
        listing = SegmentQuestion(statuses=None, as_of=as_of).listing()
        return await self._ask.ask(
            f"SELECT {selected} FROM {listing.source} WHERE {column} = ANY(%s)",
            [*listing.given, values],
        )
