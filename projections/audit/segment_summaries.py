"""Summaries of events about segments."""

from __future__ import annotations

from domain.kernel.event import Event
from domain.segments.events import (
    SegmentArchived,
    SegmentCreated,
    SegmentDeleted,
    SegmentEdited,
    SegmentReinstated,
    SegmentRestored,
)
from projections.audit.summary_text import Names, Summarize, join_words


def _created(actor: str, event: SegmentCreated, _: Names) -> str:
    code = f" with the ID “{event.code}”" if event.code else ""
    return f"{actor} created the segment “{event.name}”{code}."


def _edited(actor: str, event: SegmentEdited, _: Names) -> str:
    deeds = (_renamed(event), _recoded(event), _reworded(event), _shown(event))
    told = [deed for deed in deeds if deed]
    return f"{actor} {join_words(told)}."


def _renamed(event: SegmentEdited) -> str:
    if event.name is None:
        return ""
    return f"renamed the segment from “{event.name.before}” to “{event.name.after}”"


def _recoded(event: SegmentEdited) -> str:
    if event.code is None:
        return ""
    if event.code.after is None:
        return f"cleared its ID “{event.code.before}”"
    if event.code.before is None:
        return f"gave it the ID “{event.code.after}”"
    return f"changed its ID from “{event.code.before}” to “{event.code.after}”"


def _reworded(event: SegmentEdited) -> str:
    if event.description is None:
        return ""
    return "changed its description" if event.description.after else "emptied its description"


def _shown(event: SegmentEdited) -> str:
    if event.visible is None:
        return ""
    return "made it visible" if event.visible.after else "hid it"


def _archived(actor: str, _: SegmentArchived, __: Names) -> str:
    return f"{actor} archived the segment."


def _restored(actor: str, _: SegmentRestored, __: Names) -> str:
    return f"{actor} restored the segment."


def _deleted(actor: str, event: SegmentDeleted, _: Names) -> str:
    return f"{actor} deleted the segment “{event.name}”."


def _reinstated(actor: str, event: SegmentReinstated, _: Names) -> str:
    return f"{actor} brought the deleted segment “{event.name}” back."


SUMMARIES: dict[type[Event], Summarize] = {
    SegmentCreated: _created,
    SegmentEdited: _edited,
    SegmentArchived: _archived,
    SegmentRestored: _restored,
    SegmentDeleted: _deleted,
    SegmentReinstated: _reinstated,
}
