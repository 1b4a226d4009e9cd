"""Folds events into commands: one row for the neighbours in the log that a command recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import Cursor

from domain.kernel.envelope import Envelope
from domain.log import RecordedEvent
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.segments.events import SegmentDeleted
from projections.audit.fold import RecordedEventsFold
from projections.commands.channels import CHANNEL_NUMBERS
from projections.commands.row import CommandRow, TypeCounts
from projections.commands.tables import CommandTables
from projections.engine.fold import SegmentNumbers
from projections.text.search_key import FIELD_END, search_key


class CommandsFold:
    """Folds commands. A batch may end within one: the next goes on with its row."""

    def __init__(self, segments: SegmentNumbers, events: RecordedEventsFold) -> None:
        self._segments = segments
        self._events = events
        self._id: str | None = None
        self._ordinal = 0
        self._current: CommandRow | None = None
        self._resumed: CommandRow | None = None
        self._first: RecordedEvent | None = None
        self._rows: list[CommandRow] = []
        self._undos: list[tuple[int, str]] = []
        self._texts: list[tuple[int, str]] = []
        self._deleted: list[tuple[int, int, str]] = []

    def load(self, cursor: Cursor[Any], events: Sequence[RecordedEvent]) -> None:
        tables = CommandTables(cursor)
        self._id = tables.last_id()
        last = tables.last()
        if last is None:
            return
        self._ordinal = last.ordinal
        if events[0].envelope.command_id == self._id:
            tables.load_counts(last)
            self._current = self._resumed = last
            self._rows.append(last)

    def fold(self, recorded: RecordedEvent) -> None:
        if self._current is not None and recorded.envelope.command_id == self._id:
            self._go_on(self._current, recorded)
        else:
            self._begin(recorded)
        if isinstance(recorded.event, SegmentDeleted):
            self._delete(recorded.event, recorded.position)

    def write(self, cursor: Cursor[Any]) -> None:
        tables = CommandTables(cursor)
        if self._resumed is not None:
            tables.remove(self._resumed.position)
        tables.add(self._rows)
        tables.add_undos(self._undos)
        tables.add_texts(self._texts)
        tables.add_deleted(self._deleted)
        if self._current is not None and self._id is not None:
            tables.set_last(self._current.position, self._id)

    def _begin(self, recorded: RecordedEvent) -> None:
        envelope, position = recorded.envelope, recorded.position
        self._id, self._first = envelope.command_id, recorded
        self._ordinal += 1
        self._current = CommandRow(
            position,
            position,
            self._ordinal,
            self._events.actor_of(recorded),
            CHANNEL_NUMBERS[envelope.channel],
            _memberships_of(recorded),
        )
        self._rows.append(self._current)
        if envelope.causation_id is not None:
            self._undos.append((position, envelope.causation_id))
        if text := _text_of(envelope):
            self._texts.append((position, text))

    def _go_on(self, command: CommandRow, recorded: RecordedEvent) -> None:
        if command.counts is None:  # until now there was nothing to tell apart by type
            command.counts = {}
            if self._first is not None:
                self._count(command.counts, self._first)
        self._count(command.counts, recorded)
        command.last_position = recorded.position
        command.memberships += _memberships_of(recorded)

    def _count(self, counts: dict[int, TypeCounts], recorded: RecordedEvent) -> None:
        kind = self._events.type_of(recorded)
        segment = self._segments.number_of(recorded.event)
        counts.setdefault(kind, TypeCounts()).add(_memberships_of(recorded), segment)

    def _delete(self, event: SegmentDeleted, position: int) -> None:
        number = self._segments.number_of(event)
        if number is not None:
            text = search_key(FIELD_END.join([event.name, event.code or ""]))
            self._deleted.append((position, number, text))


def _memberships_of(recorded: RecordedEvent) -> int:
    event = recorded.event
    return len(event.user_ids) if isinstance(event, MembersAdded | MembersRemoved) else 0


def _text_of(envelope: Envelope) -> str:
    """Returns the search key of the file's name and the reason; empty without both."""
    if envelope.reason is None and envelope.upload is None:
        return ""
    file = envelope.upload.file if envelope.upload is not None else None
    words = [word for word in (file.name if file else None, envelope.reason) if word]
    return search_key(FIELD_END.join(words))
