"""Writes the tables of commands, within the projector's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from psycopg import Cursor

from projections.commands.row import CommandRow, TypeCounts
from projections.engine.copying import copy_numbers, copy_rows

_LAST_ID = "SELECT command_id FROM last_command"
_LAST = """
    SELECT position, last_position, ordinal, actor, channel, memberships FROM commands
    ORDER BY position DESC LIMIT 1
"""
_COUNTS = "SELECT type, events, memberships FROM command_counts WHERE command = %s"
_ONLY_TYPE = "SELECT type, 1, %s::integer FROM recorded_events WHERE position = %s"
_SEGMENTS = """
    SELECT DISTINCT type, segment FROM recorded_events
    WHERE position BETWEEN %s AND %s AND segment IS NOT NULL
"""
_COPY = "COPY commands (position, last_position, ordinal, actor, channel, memberships) FROM STDIN"
_COPY_COUNTS = "COPY command_counts (command, type, events, memberships, segments) FROM STDIN"


class CommandTables:
    """Reads the last command, and writes those that are new."""

    def __init__(self, cursor: Cursor[Any]) -> None:
        self._cursor = cursor

    def last_id(self) -> str | None:
        """Returns the id of the last event's command; None for an empty log."""
        row = self._cursor.execute(_LAST_ID).fetchone()
        return None if row is None else str(row[0])

    def last(self) -> CommandRow | None:
        """Returns the last command, without its counts."""
        row = self._cursor.execute(_LAST).fetchone()
        return None if row is None else CommandRow(*row)

    def load_counts(self, command: CommandRow) -> None:
        """Loads what the events so far did: a batch has cut the command in two."""
        first, last = command.position, command.last_position
        self._cursor.execute(_COUNTS, [first])
        found = self._cursor.fetchall()
        if not found:
            found = self._cursor.execute(_ONLY_TYPE, [command.memberships, first]).fetchall()
        counts = {int(kind): TypeCounts(events, moved) for kind, events, moved in found}
        for kind, segment in self._cursor.execute(_SEGMENTS, [first, last]):
            counts[kind].segments.add(segment)
        command.counts = counts

    def remove(self, position: int) -> None:
        """Removes a command that is to be written again."""
        self._cursor.execute("DELETE FROM commands WHERE position = %s", [position])
        self._cursor.execute("DELETE FROM command_counts WHERE command = %s", [position])

    def add(self, commands: list[CommandRow]) -> None:
        """Adds commands."""
        copy_numbers(self._cursor, _COPY, (command.columns for command in commands), 6)
        counts = chain.from_iterable(c.counts_rows() for c in commands if c.counts)
        copy_numbers(self._cursor, _COPY_COUNTS, counts, 5)

    def add_undos(self, undos: Iterable[tuple[int, str]]) -> None:
        """Adds undos, each with the id of what it undid."""
        copy_rows(self._cursor, "COPY undos (position, undone) FROM STDIN", undos)

    def add_texts(self, texts: Iterable[tuple[int, str]]) -> None:
        """Adds the search keys of reasons and files."""
        copy_rows(self._cursor, "COPY command_texts (position, text) FROM STDIN", texts)

    def add_deleted(self, deleted: Iterable[tuple[int, int, str]]) -> None:
        """Adds the search keys of deleted segments."""
        statement = "COPY deleted_segment_texts (position, segment, text) FROM STDIN"
        copy_rows(self._cursor, statement, deleted)

    def set_last(self, position: int, command_id: str) -> None:
        """Says which command the last event is of."""
        self._cursor.execute("DELETE FROM last_command")
        values = [position, command_id]
        self._cursor.execute("INSERT INTO last_command VALUES (%s, %s)", values)
