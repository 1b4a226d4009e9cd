"""Appends many events, or under a condition of many items, faster than the library does.

Its guarantees are the library's, and so is the lock: appends of either kind wait for each other. As
much as possible is done before the lock is taken: the rows are packed, the condition is checked up
to the log's head; under the lock only events since then are checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID

from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent
from eventsourcing.dcb.postgres_tt import PostgresDCBRecorderTT
from eventsourcing.persistence import IntegrityError
from psycopg import Connection, Cursor
from psycopg.rows import TupleRow, tuple_row
from psycopg.sql import SQL

from domain.log import Counts, StoredRow
from service.database.log_store.condition_matcher import ConditionMatcher
from service.database.log_store.copy_encoding import PackedEvents, number_of, positions_from

RECENT = SQL("SELECT type, tags FROM {schema}.{events_table} WHERE id > %s")

RECENT_IN_ORDER = SQL(
    "SELECT id, type, tags FROM {schema}.{events_table} WHERE id > %s ORDER BY id LIMIT %s"
)
WHOLE = SQL("SELECT id, type, data, tags FROM {schema}.{events_table} WHERE id = ANY(%s)")

BATCH_SIZE = 5_000
"""Events whose tags are read at once."""

MAX_UNDER_LOCK = 1_000
"""Events that are read, one by one, while others wait; more than that are read before the lock is
taken again.
"""

MAX_LOCK_ATTEMPTS = 5
"""Times that the lock is taken; at the last it is held, however many events there are."""

FEW_WHOLE = 50
"""Events whose data are read at once: up to 200 kB each."""

ANY_OF = SQL("SELECT 1 FROM {schema}.{tags_table} WHERE tag = ANY(%s) AND main_id > %s LIMIT 1")

BY_INDEX = "SET LOCAL enable_seqscan = off"
"""Forces the index: the planner may expect that of a hundred thousand tags one is soon found in the
bare table.
"""

COPY_EVENTS = SQL("COPY {schema}.{events_table} (type, data, tags) FROM STDIN (FORMAT binary)")
POSITIONS = SQL(
    "SELECT string_agg(int8send(id), '' ORDER BY id) FROM {schema}.{events_table} WHERE id > %s"
)
"""Selects positions given by the database, row by row: the service's role chooses none."""
COPY_TAGS = SQL("COPY {schema}.{tags_table} (tag, main_id) FROM STDIN (FORMAT binary)")
NOTIFY = SQL("NOTIFY {channel}")
KEYS = "SELECT count(*) FROM vault.person_keys WHERE id = ANY(%s)"


Check = Callable[[Connection[Any], int], int]


class BulkAppend(PostgresDCBRecorderTT):
    """The library's recorder with one more way to append."""

    def append_many(
        self,
        events: Sequence[DCBEvent],
        condition: DCBAppendCondition,
        counts: Counts | None = None,
        people: Sequence[UUID] = (),
    ) -> int:
        """Appends events; returns the position of the last one. IntegrityError when an event meets
        the condition's query and `counts`, if that is given; or when one of the people has no key
        in the vault (any more). Items without a tag require `counts`.

        Nothing is tried twice: after a lost reply (OperationalError) all may be stored, or none.
        """
        matcher = ConditionMatcher(condition.fail_if_events_match)
        check = partial(self._check, matcher, counts)
        checked, position, goes = condition.after or 0, None, 0
        most = None if counts is None else MAX_UNDER_LOCK
        with self.datastore.get_connection() as connection:
            packed = PackedEvents(events, connection.info.encoding)
            while position is None:
                checked, goes = check(connection, checked), goes + 1
                most = most if goes < MAX_LOCK_ATTEMPTS else None
                with connection.transaction():
                    connection.execute(self.sql_set_local_lock_timeout)
                    connection.execute(self.sql_lock_table)
                    self._require_keys(connection, people)
                    position = self._append_locked(connection, check, checked, packed, most)
        return position

    def _require_keys(self, connection: Connection[Any], people: Sequence[UUID]) -> None:
        """Requires the keys to exist, under the log's lock, which the removal of unused keys holds,
        too (ADR 36).
        """
        if people:
            [(keys,)] = _tuples(connection).execute(KEYS, [list(people)])
            if keys < len(people):
                raise IntegrityError

    def _append_locked(
        self,
        connection: Connection[Any],
        check: Check,
        after: int,
        packed: PackedEvents,
        most: int | None,
    ) -> int | None:
        """Appends under the lock; None when more than `most` events came since, which must not be
        read here.
        """
        if most is not None and self._head(connection) - after > most:
            return None
        check(connection, after)
        head = self._head(connection)
        cursor = _tuples(connection)
        self._copy(cursor, COPY_EVENTS, packed.main_rows())
        [(joined,)] = cursor.execute(self.format(POSITIONS), [head])
        positions = positions_from(joined)
        self._copy(cursor, COPY_TAGS, packed.tag_rows(positions))
        cursor.execute(self.format(NOTIFY))
        return number_of(positions[-1])

    def _check(
        self,
        matcher: ConditionMatcher,
        counts: Counts | None,
        connection: Connection[Any],
        after: int,
    ) -> int:
        """Returns the log's head, when no event up to there meets the condition; else
        IntegrityError.

        Positions are committed in order: one that is not visible below the greatest never will be.
        """
        head = self._head(connection)
        if head <= after:
            return after
        if counts is None:
            is_met = self._is_met(connection, matcher, after, head - after)
        else:
            found = self._found(connection, matcher, after)
            is_met = any(map(counts, self._whole(connection, found)))
        if is_met:
            raise IntegrityError
        return head

    def _head(self, connection: Connection[Any]) -> int:
        row = _tuples(connection).execute(self.sql_select_max_id).fetchone()
        return (row and row[0]) or 0

    def _found(
        self, connection: Connection[Any], matcher: ConditionMatcher, after: int
    ) -> Iterator[int]:
        """Returns the positions of the events that meet the query."""
        full = True
        while full:
            query = self.format(RECENT_IN_ORDER)
            rows = _tuples(connection).execute(query, [after, BATCH_SIZE]).fetchall()
            yield from (number for number, topic, tags in rows if matcher.is_met_by(topic, tags))
            full = len(rows) == BATCH_SIZE
            after = rows[-1][0] if full else after

    def _whole(self, connection: Connection[Any], positions: Iterable[int]) -> Iterator[StoredRow]:
        left = iter(positions)
        while some := list(islice(left, FEW_WHOLE)):
            yield from _tuples(connection).execute(self.format(WHOLE), [some])

    def _is_met(
        self, connection: Connection[Any], matcher: ConditionMatcher, after: int, events: int
    ) -> bool:
        if matcher.is_for_memory(events):
            rows = _tuples(connection).execute(self.format(RECENT), [after])
            return any(matcher.is_met_by(topic, tags) for topic, tags in rows)
        with connection.transaction():
            connection.execute(BY_INDEX)
            return self._is_tag_there(connection, matcher, after) or self._is_other_there(
                connection, matcher, after
            )

    def _is_tag_there(
        self, connection: Connection[Any], matcher: ConditionMatcher, after: int
    ) -> bool:
        if not matcher.tags:
            return False
        found = _tuples(connection).execute(self.format(ANY_OF), [list(matcher.tags), after])
        return found.fetchone() is not None

    def _is_other_there(
        self, connection: Connection[Any], matcher: ConditionMatcher, after: int
    ) -> bool:
        """Whether an event meets one of the other items, found in the library's way."""
        if not matcher.others.items:
            return False
        cursor = connection.cursor()
        found, _ = self._read(cursor, matcher.others, after=after, limit=1, return_head=False)
        return bool(found)

    def _copy(self, cursor: Cursor[TupleRow], statement: SQL, rows: Iterable[bytes]) -> None:
        with cursor.copy(self.format(statement)) as copy:
            for piece in rows:
                copy.write(piece)


def _tuples(connection: Connection[Any]) -> Cursor[TupleRow]:
    return connection.cursor(binary=True, row_factory=tuple_row)
