"""One row of the read model's segments, as the fold has it in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from domain.kernel.ids import SegmentId
from domain.segments.fields import EDITABLE
from domain.segments.state import Segment
from domain.segments.values import SegmentSource, SegmentStatus

SEGMENT_COLUMNS = ", ".join((*EDITABLE, "source", "status"))
"""The columns of a Segment, but its id and its version."""


def segment_of(
    segment_id: SegmentId, version: int, columns: Sequence[Any], *, deleted: bool = False
) -> Segment:
    """Returns the segment with SEGMENT_COLUMNS, in this order."""
    *fields, source, status = columns
    return Segment(
        *fields,
        id=segment_id,
        version=version,
        source=SegmentSource(source),
        status=SegmentStatus(status),
        deleted=deleted,
    )


class SegmentRow(msgspec.Struct):
    """The columns of `segments`, in the table's order. Ids are the hexadecimal digits of a UUID,
    times RFC 3339 texts: both go into COPY as they are.
    """

    number: int
    from_position: int
    id: str
    name: str
    name_key: bytes
    code: str | None
    code_key: str | None
    code_sort: bytes
    description: str
    visible: bool
    status: str
    source: str
    version: int
    created_at: str
    created_by: str
    updated_at: str
    updated_by: str
    search: str


COLUMNS = SegmentRow.__struct_fields__
"""The columns in the order of a row."""


def row_from(values: Sequence[Any]) -> SegmentRow:
    """Returns the row behind one fetched tuple, in the order of COLUMNS."""
    return SegmentRow(*values)
