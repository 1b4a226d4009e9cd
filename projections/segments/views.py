"""Views of segments: the answers to queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.kernel.ids import SegmentId, segment_id_of
from domain.segments.fields import SegmentFields
from domain.segments.values import SegmentSource, SegmentStatus


@dataclass(frozen=True, slots=True)
class SegmentView(SegmentFields):
    """A segment as it was at a position (`as_of`), or as it is now (None).

    Its fields are columns of the same names; `uuid` is the column `id`. The last three are not
    taken as they come (`view_of`).
    """

    number: int
    uuid: UUID
    version: int
    member_count: int
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str
    status: SegmentStatus
    source: SegmentSource
    as_of: int | None

    @property
    def id(self) -> SegmentId:
        """The public id."""
        return segment_id_of(self.uuid)


VIEW_COLUMNS = ", ".join(
    "id" if field.name == "uuid" else field.name
    for field in fields(SegmentView)
    if field.name != "as_of"
)
"""The columns of a view, in the order of its fields."""


def view_of(row: Sequence[Any], as_of: int | None) -> SegmentView:
    """Returns the view behind one row of VIEW_COLUMNS."""
    *values, status, source = row
    values += [SegmentStatus(status), SegmentSource(source), as_of]
    return SegmentView(*values)
