"""Commands on many segments from what a client gives, as the API builds them."""

from __future__ import annotations

from typing import Any, TypeVar

from domain.segment_sets.archive_segments import ArchiveSegments
from domain.segment_sets.delete_segments import DeleteSegments
from domain.segment_sets.restore_segments import RestoreSegments
from domain.segment_sets.segment_filter import SegmentFilter
from domain.segment_sets.segment_refs import NamedBy, SegmentRefs
from domain.segment_sets.segments_command import SegmentsCommand, SegmentSet
from domain.segment_sets.update_segments import UpdateSegments
from domain.segments.update_segment import SegmentChanges
from tests.domain.given import Story, request

C = TypeVar("C", bound=SegmentsCommand)


def ids(*given: str) -> SegmentRefs:
    """Segments by their ids."""
    return SegmentRefs(NamedBy.IDS, given)


def codes(*given: str) -> SegmentRefs:
    """Segments by their codes, in any spelling."""
    return SegmentRefs(NamedBy.CODES, given)


def filtered(**given: Any) -> SegmentFilter:
    """Segments as the list shows them."""
    return SegmentFilter(**given)


def archive(segments: SegmentSet, plan: str | None = None) -> ArchiveSegments:
    return ArchiveSegments(segments, plan)


def restore(segments: SegmentSet, plan: str | None = None) -> RestoreSegments:
    return RestoreSegments(segments, plan)


def delete(segments: SegmentSet, plan: str | None = None) -> DeleteSegments:
    return DeleteSegments(segments, plan)


def show(segments: SegmentSet, visible: bool, plan: str | None = None) -> UpdateSegments:
    return UpdateSegments(segments, SegmentChanges.of({"visible": visible}), plan)


def planned(story: Story, command: C) -> C:
    """The command after a dry run on the site as it stands, bound to its plan."""
    before = story.head
    story.dispatcher().dry_run(command, request(command))
    assert story.head == before
    command.plan_hash = command.plan.hash
    return command
