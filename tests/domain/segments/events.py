"""Segment events, short enough to be read as a story, and the tags that each must carry."""

from __future__ import annotations

from typing import Any, TypeVar

from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.kernel.ids import SegmentId
from domain.kernel.values import code_key
from domain.segments.events import (
    SegmentArchived,
    SegmentCreated,
    SegmentDeleted,
    SegmentEdited,
    SegmentReinstated,
    SegmentRestored,
)
from domain.segments.values import SegmentSource, SegmentStatus

T = TypeVar("T")

A = SegmentId("segment_0192f0c17a9b7c3d8e4f5061728394aa")
B = SegmentId("segment_0192f0c17a9b7c3d8e4f5061728394bb")
C = SegmentId("segment_0192f0c17a9b7c3d8e4f5061728394cc")


def created(
    segment: SegmentId = A,
    *,
    name: str = "Sales",
    code: str | None = None,
    description: str = "",
    visible: bool = True,
) -> SegmentCreated:
    return SegmentCreated(
        segment_id=segment,
        version=1,
        name=name,
        code=code,
        description=description,
        visible=visible,
        source=SegmentSource.MANUAL,
    )


def edited(segment: SegmentId, version: int, **changes: tuple[Any, Any]) -> SegmentEdited:
    """Each change as (before, after)."""
    fields = {name: change(*pair) for name, pair in changes.items()}
    return SegmentEdited(segment_id=segment, version=version, **fields)


def change(before: T, after: T) -> Change[T]:
    return Change(before=before, after=after)


def archived(segment: SegmentId, version: int) -> SegmentArchived:
    return SegmentArchived(segment_id=segment, version=version)


def restored(segment: SegmentId, version: int) -> SegmentRestored:
    return SegmentRestored(segment_id=segment, version=version)


def deleted(
    segment: SegmentId, version: int, *, name: str = "Sales", code: str | None = None
) -> SegmentDeleted:
    return SegmentDeleted(segment_id=segment, version=version, name=name, code=code)


def reinstated(
    segment: SegmentId,
    version: int,
    *,
    name: str = "Sales",
    code: str | None = None,
    status: SegmentStatus = SegmentStatus.ACTIVE,
) -> SegmentReinstated:
    return SegmentReinstated(
        segment_id=segment,
        version=version,
        name=name,
        code=code,
        description="",
        visible=True,
        source=SegmentSource.MANUAL,
        status=status,
    )


def tags_of(event: Event) -> set[str]:
    """A segment's own, each code taken or freed, and `codes` when one is taken."""
    tags = {f"segment:{getattr(event, 'segment_id', None)}"}
    match event:
        case SegmentCreated(code=str(taken)) | SegmentReinstated(code=str(taken)):
            tags |= {f"code:{code_key(taken)}", "codes"}
        case SegmentEdited(code=Change(before=before, after=after)):
            tags |= {f"code:{code_key(code)}" for code in (before, after) if code}
            tags |= {"codes"} if after else set()
        case SegmentDeleted(code=str(freed)):
            tags |= {f"code:{code_key(freed)}"}
    return tags
