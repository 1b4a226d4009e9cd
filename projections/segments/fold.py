"""Folds segment events into rows: the present list, and every state with the positions between
which it held.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from psycopg import Cursor

from domain.kernel.event import Event
from domain.kernel.values import code_key
from domain.log import RecordedEvent
from domain.memberships.events import MEMBERSHIP_EVENTS
from domain.segments.events import (
    SegmentArchived,
    SegmentCreated,
    SegmentDeleted,
    SegmentEdited,
    SegmentReinstated,
    SegmentRestored,
)
from domain.segments.fields import values_of
from domain.segments.values import SegmentStatus
from projections.segments.row import SegmentRow
from projections.segments.tables import SegmentTables
from projections.text.search_key import FIELD_END, search_key
from projections.text.sort_key import sort_key

NO_CODE = b"\xff"
"""Sorts after every sort key of a code, so that segments without one come last."""

SEARCHED = ("name", "code", "description")
"""The fields that a search looks into."""


class SegmentsFold:
    """Folds a batch of segment events; `number_of` tells other folds a segment's number."""

    def __init__(self) -> None:
        self._rows: dict[str, SegmentRow | None] = {}
        self._numbers: dict[str, int] = {}
        self._known: set[str] = set()
        self._gone: dict[str, SegmentRow] = {}
        self._new: dict[str, int] = {}
        self._next_number = 0
        self._ended: list[tuple[SegmentRow, int]] = []

    def load(self, cursor: Cursor[Any], events: Sequence[RecordedEvent]) -> None:
        ids = {
            hexadecimal(event) for recorded in events if is_segment_event(event := recorded.event)
        }
        tables = SegmentTables(cursor)
        found = tables.rows(ids)
        self._rows = dict(found)
        self._known = set(found)
        back = {hexadecimal(f.event) for f in events if isinstance(f.event, SegmentReinstated)}
        self._gone = tables.last_states(back - self._known)
        others = {
            hexadecimal(event) for recorded in events if has_segment(event := recorded.event)
        } - ids
        self._numbers = {row.id: row.number for row in found.values()} | tables.numbers(others)
        self._numbers |= {row.id: row.number for row in self._gone.values()}
        self._next_number = tables.next_number()

    def number_of(self, event: Event) -> int | None:
        """Returns the number of the segment that an event is about; None when it is about none."""
        return self._numbers.get(hexadecimal(event)) if has_segment(event) else None

    def fold(self, recorded: RecordedEvent) -> None:
        event = recorded.event
        if isinstance(event, SegmentCreated):
            self._hold(self._created(event, recorded))
            return
        if not is_segment_event(event):
            return
        if isinstance(event, SegmentReinstated):
            self._hold(_changed(self._gone.pop(hexadecimal(event)), event, recorded))
            return
        row = self._rows.get(hexadecimal(event))
        if row is None:
            raise ValueError(
                f"{event.TOPIC} at {recorded.position} is about no segment on the site"
            )
        if isinstance(event, SegmentDeleted):
            self._leave(row, recorded.position)
        else:
            self._hold(_changed(row, event, recorded))

    def write(self, cursor: Cursor[Any]) -> None:
        tables = SegmentTables(cursor)
        tables.add_past(self._ended)
        tables.add_numbers(self._new)
        tables.remove(
            self._known
        )  # rows that changed are deleted and inserted again, like new ones
        tables.add(row for row in self._rows.values() if row is not None)

    def _created(self, event: SegmentCreated, recorded: RecordedEvent) -> SegmentRow:
        number = self._next_number
        self._next_number += 1
        self._numbers[hexadecimal(event)] = self._new[hexadecimal(event)] = number
        at, by = recorded.envelope.recorded_at, recorded.envelope.actor.id
        return SegmentRow(
            number=number,
            from_position=recorded.position,
            id=hexadecimal(event),
            status=SegmentStatus.ACTIVE.value,
            source=event.source.value,
            version=event.version,
            created_at=at,
            created_by=by,
            updated_at=at,
            updated_by=by,
            **_columns(values_of(event)),
        )

    def _hold(self, row: SegmentRow) -> None:
        """Begins a state: from row.from_position on the segment is as `row` says."""
        before = self._rows.get(row.id)
        if before is not None:
            self._ended.append((before, row.from_position))
        self._rows[row.id] = row

    def _leave(self, row: SegmentRow, position: int) -> None:
        """Ends a state: from `position` on the segment is not on the site."""
        self._ended.append((row, position))
        self._rows[row.id] = None
        self._gone[row.id] = row


def is_segment_event(event: Event) -> bool:
    """Whether an event is one of a segment's own."""
    return event.TOPIC.startswith("segment.")


def has_segment(event: Event) -> bool:
    """Whether an event is about a segment: one of its own, or about its roster."""
    return is_segment_event(event) or isinstance(event, MEMBERSHIP_EVENTS)


def hexadecimal(event: Event) -> str:
    """Returns the digits of the id of the segment that an event is about."""
    identifier: str = event.segment_id  # type: ignore[attr-defined]  # every such event has one
    return identifier.partition("_")[2]


def _changed(row: SegmentRow, event: Event, recorded: RecordedEvent) -> SegmentRow:
    changes: dict[str, Any] = {
        "from_position": recorded.position,
        "version": row.version + 1,
        "updated_at": recorded.envelope.recorded_at,
        "updated_by": recorded.envelope.actor.id,
    }
    if isinstance(event, SegmentArchived):
        changes["status"] = SegmentStatus.ARCHIVED.value
    elif isinstance(event, SegmentRestored):
        changes["status"] = SegmentStatus.ACTIVE.value
    elif isinstance(event, SegmentReinstated):
        changes["version"] = event.version
    elif isinstance(event, SegmentEdited):
        changes |= _columns(event.afters, row)
    return msgspec.structs.replace(row, **changes)


def _columns(values: Mapping[str, Any], before: SegmentRow | None = None) -> dict[str, Any]:
    """The columns that these fields change: their own, and those that lists sort and search by."""
    columns = dict(values)
    if "name" in values:
        columns["name_key"] = sort_key(values["name"])
    if "code" in values:
        code = values["code"]
        columns["code_key"] = None if code is None else code_key(code)
        columns["code_sort"] = NO_CODE if code is None else sort_key(code)
    if not values.keys().isdisjoint(SEARCHED):
        known = values if before is None else values_of(before) | columns
        columns["search"] = search_key(FIELD_END.join(known[name] or "" for name in SEARCHED))
    return columns
