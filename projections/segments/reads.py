"""Questions about segments, answered from the read model."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from domain.kernel.values import CodeKey
from projections.engine.paging import Page, Place, Window, bound, order_by, page_of
from projections.segments.question import SegmentQuestion
from projections.segments.search import found
from projections.segments.views import VIEW_COLUMNS, SegmentView, view_of

Pool = AsyncConnectionPool[AsyncConnection[Any]]


class SegmentReads:
    """Reads of segments, now or as of a position that the read model has reached."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def page(
        self, question: SegmentQuestion, window: Window
    ) -> Page[tuple[SegmentView, Place]]:
        """One page of the list; each segment with its place in the question's order."""
        columns = question.order.columns
        selected = f"{', '.join(columns)}, {VIEW_COLUMNS}"
        if question.term is not None:
            rows = await found(self._planned_anew, question, window, question.term, selected)
        else:
            where = question.conditions()
            bound(where, columns, window, question.descending)
            rows = await self._fetch(
                f"SELECT {selected} FROM {question.table} {where.sql()}"
                f" {order_by(columns, window, question.descending)}",
                where.values,
            )
        width = len(columns)
        answers = [(view_of(row[width:], question.as_of), row[:width]) for row in rows]
        return page_of(answers, window)

    async def count(self, question: SegmentQuestion) -> int:
        """How many segments the question keeps."""
        where = question.conditions()
        fetch = self._fetch if question.term is None else self._planned_anew
        rows = await fetch(f"SELECT count(*) FROM {question.table} {where.sql()}", where.values)
        return int(rows[0][0])

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
        rows = await self._fetch("SELECT number FROM segment_numbers WHERE id = %s", [uuid])
        return int(rows[0][0]) if rows else None

    async def _those(self, column: str, values: list[Any], as_of: int | None) -> list[SegmentView]:
        rows = await self._rows_with(column, VIEW_COLUMNS, values, as_of)
        return [view_of(row, as_of) for row in rows]

    async def _rows_with(
        self, column: str, selected: str, values: list[Any], as_of: int | None
    ) -> list[tuple[Any, ...]]:
        question = SegmentQuestion(statuses=None, as_of=as_of)
        where = question.conditions()
        where.add(f"{column} = ANY(%s)", values)
        return await self._fetch(
            f"SELECT {selected} FROM {question.table} {where.sql()}", where.values
        )

    async def _planned_anew(self, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """For searches. A prepared one may come to be planned once for every term: 5 s for a term
        that stands in one text of a million, and is looked for in all of them.
        """
        return await self._fetch(query, values, prepare=False)

    async def _fetch(
        self, query: str, values: Sequence[Any], prepare: bool | None = None
    ) -> list[tuple[Any, ...]]:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(query.encode(), values, prepare=prepare)
            return await cursor.fetchall()
