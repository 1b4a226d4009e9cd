"""Summaries of events about segments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.segments.events import (
    SegmentArchived,
    SegmentCreated,
    SegmentDeleted,
    SegmentEdited,
    SegmentReinstated,
    SegmentRestored,
)
from domain.segments.fields import FIELDS
from projections.audit.summary_text import Names, Summarize, join_words


def _created(actor: str, event: SegmentCreated, _: Names) -> str:
    code = f" with the ID “{event.code}”" if event.code else ""
    return f"{actor} created the segment “{event.name}”{code}."


def _edited(actor: str, event: SegmentEdited, _: Names) -> str:
    told = [
        _WORDED[field](change) if field in _WORDED else _changed(field, change)
        for field, change in event.changes.items()
    ]
    return f"{actor} {join_words(told)}."


def _renamed(name: Change[str]) -> str:
    return f"renamed the segment from “{name.before}” to “{name.after}”"


def _recoded(code: Change[str | None]) -> str:
    if code.after is None:
        return f"cleared its ID “{code.before}”"
    if code.before is None:
        return f"gave it the ID “{code.after}”"
    return f"changed its ID from “{code.before}” to “{code.after}”"


def _shown(visible: Change[bool]) -> str:
    return "made it visible" if visible.after else "hid it"


def _changed(field: str, change: Change[Any]) -> str:
    verb = "changed" if change.after or change.after is False else "emptied"
    return f"{verb} its {FIELDS[field].label}"


_WORDED: dict[str, Callable[[Change[Any]], str]] = {
    "name": _renamed,
    "code": _recoded,
    "visible": _shown,
}
"""The fields whose change has words of its own."""


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
