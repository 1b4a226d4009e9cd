"""Segment commands from what a client types, as the API builds them."""

from __future__ import annotations

from typing import Any

from domain.kernel.ids import SegmentId
from domain.kernel.values import lookup_code
from domain.segments.archive_segment import ArchiveSegment
from domain.segments.create_segment import CreateSegment, NewSegment
from domain.segments.delete_segment import DeleteSegment
from domain.segments.restore_segment import RestoreSegment
from domain.segments.segment_command import SegmentRef
from domain.segments.update_segment import SegmentChanges, UpdateSegment
from tests.domain.segments.events import A


def create(
    segment: SegmentId = A,
    *,
    name: str = "Sales",
    code: str | None = None,
    description: str | None = None,
    visible: bool | None = True,
) -> CreateSegment:
    given = {"name": name, "code": code, "description": description, "visible": visible}
    return CreateSegment(segment, NewSegment.of(given))


def update(segment: SegmentRef, expected: int | None = None, **fields: Any) -> UpdateSegment:
    """Only the fields that are given; None for null."""
    return UpdateSegment(segment, SegmentChanges.of(fields), expected)


def archive(segment: SegmentRef, expected: int | None = None) -> ArchiveSegment:
    return ArchiveSegment(segment, expected)


def restore(segment: SegmentRef, expected: int | None = None) -> RestoreSegment:
    return RestoreSegment(segment, expected)


def delete(segment: SegmentRef, expected: int | None = None) -> DeleteSegment:
    return DeleteSegment(segment, expected)


def by_id(segment: SegmentId) -> SegmentRef:
    return SegmentRef(id=segment)


def by_code(code: str) -> SegmentRef:
    """Names a segment by its code, in any spelling."""
    return SegmentRef(code=lookup_code(code))
