"""Answers to the questions of commands on segments."""

from __future__ import annotations

from domain.kernel.ids import SEGMENT, SegmentId, segment_id_of, uuid_in
from domain.kernel.values import CodeKey
from domain.segments.state import Segment
from projections.segments.row import SEGMENT_COLUMNS, segment_of
from projections.snapshot.base import SqlSnapshot

_SEGMENT = f"SELECT version, {SEGMENT_COLUMNS} FROM segments WHERE id = %s"
_CODE_HOLDER = "SELECT id FROM segments WHERE code_key = %s"


class SqlSegmentSnapshot(SqlSnapshot):
    """See domain.segments.snapshot.SegmentSnapshot."""

    def segment(self, segment_id: str) -> Segment | None:
        """See SegmentSnapshot."""
        for version, *columns in self._rows(_SEGMENT, [uuid_in(segment_id, SEGMENT)]):
            return segment_of(SegmentId(segment_id), version, columns)
        return None

    def code_owner(self, key: CodeKey) -> SegmentId | None:
        """See SegmentSnapshot."""
        return next((segment_id_of(uuid) for (uuid,) in self._rows(_CODE_HOLDER, [key])), None)
