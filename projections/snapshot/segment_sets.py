"""Answers to the questions of commands on many segments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from domain.kernel.ids import SEGMENT, USER, SegmentId, uuid_in
from domain.kernel.values import CodeKey
from domain.segment_sets.segment_filter import SegmentFilter
from domain.segments.state import Segment
from projections.segments.query import SegmentQuery
from projections.segments.row import SEGMENT_COLUMNS, segment_of
from projections.snapshot.base import SqlSnapshot

_SEGMENT = f"replace(id::text, '-', ''), version, {SEGMENT_COLUMNS}"
_BY_ID = f"SELECT {_SEGMENT} FROM segments WHERE id = ANY(%s::text[]::uuid[])"
_BY_CODE = f"SELECT code_key, {_SEGMENT} FROM segments WHERE code_key = ANY(%s)"
_USER_NUMBER = "SELECT number FROM users WHERE id = %s"
_NOBODY = -1
"""A number that no user has: nobody is in a segment under it."""


class SqlSegmentSets(SqlSnapshot):
    """See domain.segment_sets.snapshot.SegmentSets."""

    def segments_by_id(self, ids: Collection[str]) -> dict[str, Segment]:
        """See SegmentSets."""
        digits = [segment_id.removeprefix(f"{SEGMENT}_") for segment_id in ids]
        found = map(_segment, self._rows(_BY_ID, [digits]))
        return {segment.id: segment for segment in found}

    def segments_by_code(self, keys: Collection[CodeKey]) -> dict[CodeKey, Segment]:
        """See SegmentSets."""
        rows = self._rows(_BY_CODE, [list(keys)])
        return {CodeKey(key): _segment(row) for key, *row in rows}

    def segments_in(self, wanted: SegmentFilter, most: int) -> Sequence[Segment]:
        """See SegmentSets."""
        listing = self._query(wanted).listing()
        query = f"SELECT {_SEGMENT} FROM {listing.source} {listing.where.sql()} LIMIT {most}"
        values = [*listing.given, *listing.where.values]
        # Planned for these very values, as the list is.
        rows = self._cursor.execute(query.encode(), values, prepare=False).fetchall()
        return sorted(map(_segment, rows), key=lambda segment: segment.id)

    def _query(self, wanted: SegmentFilter) -> SegmentQuery:
        """Returns the list's own query."""
        return SegmentQuery(
            search=wanted.search,
            statuses=frozenset(wanted.statuses),
            visible=wanted.visible,
            sources=None if wanted.sources is None else frozenset(wanted.sources),
            codes=wanted.code_keys,
            has_member=None if wanted.has_member is None else self._user_number(wanted.has_member),
        )

    def _user_number(self, user_id: str) -> int:
        rows = self._rows(_USER_NUMBER, [uuid_in(user_id, USER)])
        return int(rows[0][0]) if rows else _NOBODY


def _segment(row: Sequence[Any]) -> Segment:
    digits, version, *columns = row
    return segment_of(SegmentId(f"{SEGMENT}_{digits}"), version, columns)
