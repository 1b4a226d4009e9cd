"""Commands in few words."""

from __future__ import annotations

from typing import Any

from domain.command_result import CommandResult
from domain.kernel.ids import SegmentId, new_segment_id
from domain.segments.archive_segment import ArchiveSegment
from domain.segments.create_segment import CreateSegment, NewSegment
from domain.segments.delete_segment import DeleteSegment
from domain.segments.restore_segment import RestoreSegment
from domain.segments.segment_command import SegmentRef
from domain.segments.state import segment_of
from domain.segments.update_segment import SegmentChanges, UpdateSegment
from tests.projections.conftest import START


def creation(
    name: str, code: str | None = None, description: str = "", visible: bool = True
) -> CreateSegment:
    """A segment comes to be."""
    given = {"name": name, "code": code, "description": description, "visible": visible}
    return CreateSegment(new_segment_id(START), NewSegment.of(given))


def edit(segment: SegmentId, **fields: Any) -> UpdateSegment:
    """Fields of it change."""
    return UpdateSegment(SegmentRef(id=segment), SegmentChanges.of(fields))


def archiving(segment: SegmentId) -> ArchiveSegment:
    """It is put away."""
    return ArchiveSegment(SegmentRef(id=segment))


def restoring(segment: SegmentId) -> RestoreSegment:
    """It is taken out again."""
    return RestoreSegment(SegmentRef(id=segment))


def deletion(segment: SegmentId) -> DeleteSegment:
    """It leaves the site."""
    return DeleteSegment(SegmentRef(id=segment))


def segment_in(outcome: CommandResult) -> SegmentId:
    """The id of the segment that a command was about."""
    return SegmentId(segment_of(outcome.events[0]))
