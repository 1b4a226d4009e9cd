"""Views of segments: the answers to queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.kernel.ids import SegmentId, segment_id_of
from domain.segments.values import SegmentSource, SegmentStatus


@dataclass(frozen=True, slots=True)
class SegmentView:
    """A segment as it was at a position (`as_of`), or as it is now (None)."""

    number: int
    uuid: UUID
    name: str
    code: str | None
    description: str
    visible: bool
    status: SegmentStatus
    source: SegmentSource
    version: int
    member_count: int
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str
    as_of: int | None

    @property
    def id(self) -> SegmentId:
        """The public id."""
        return segment_id_of(self.uuid)


VIEW_COLUMNS = (
    "number, id, name, code, description, visible, status, source, version, member_count,"
    " created_at, created_by, updated_at, updated_by"
)


def view_of(row: tuple[Any, ...], as_of: int | None) -> SegmentView:
    """Returns the view behind one row of VIEW_COLUMNS."""
    values: list[Any] = list(row)
    values[6] = SegmentStatus(str(row[6]))
    values[7] = SegmentSource(str(row[7]))
    values.append(as_of)
    return SegmentView(*values)
