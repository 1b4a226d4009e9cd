"""The log's store: the eventsourcing library's DCB recorder, on PostgreSQL."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import ClassVar, Self
from uuid import UUID

import psycopg
from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent, DCBQuery, DCBQueryItem
from eventsourcing.persistence import IntegrityError
from psycopg import Connection
from psycopg.rows import DictRow, tuple_row
from psycopg.sql import SQL

from domain.kernel.ids import USER, uuid_in
from domain.log import Counts, StoredRow
from domain.people.events import UserCreated
from service.database.connections import (
    STATEMENT_TIMEOUT_S,
    ending_after,
    on_primary,
    service_conninfo,
)
from service.database.log_store.bulk_append import NOTIFY, BulkAppend
from service.database.log_store.datastore import LOCK_TIMEOUT, LOG_SCHEMA, LogDatastore

EVENTS_TABLE = "events"

NOTHING = DCBAppendCondition(DCBQuery([DCBQueryItem(tags=["unconditional"])]))
"""A condition that no event meets: the log's own tags are all `<word>:<value>`."""

NEXT_BY_WEIGHT = SQL("""
    SELECT id, type, data, tags FROM (
        SELECT id, type, data, tags,
            sum(octet_length(data)) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING)
                - octet_length(data) AS before
        FROM (
            SELECT id, type, data, tags FROM {schema}.{events_table}
            WHERE id > %s ORDER BY id LIMIT %s
        ) AS next
    ) AS weighed
    WHERE before < %s ORDER BY id
""")
"""Reads the length of data that is stored apart (TOAST) without fetching it."""

TAGGED = SQL("""
    WITH asked AS (
        SELECT DISTINCT next.main_id
        FROM unnest(%(tags)s::text[]) AS wanted (tag) CROSS JOIN LATERAL (
            SELECT main_id FROM {schema}.{tags_table} AS tags
            WHERE tags.tag = wanted.tag AND main_id > %(after)s
            ORDER BY main_id LIMIT %(most)s
        ) AS next
        ORDER BY main_id LIMIT %(most)s
    )
    SELECT id, type, data, tags FROM {schema}.{events_table} WHERE id = ANY(ARRAY(
        SELECT main_id FROM asked
        UNION ALL SELECT main_id FROM {schema}.{tags_table} WHERE tag = %(own)s
    ))
    UNION ALL SELECT coalesce(max(id), 0), NULL, NULL, NULL FROM {schema}.{events_table}
    ORDER BY id, type NULLS LAST
""")
"""Reads no more than `most` entries of each tag, however many events have it. The last row is the
log's head: all of it is of one moment.
"""

USER_TAG = "user:"

RELEASE_TIMEOUT_S = 0.5
"""Seconds that may be spent on releasing what is of no use later."""

log = logging.getLogger(__name__)


class LogRecorder(BulkAppend):
    """Reads and appends as the service's role. Close it when done; safe to share between threads.

    `pool_size` threads may use it at a time: as many connections for the log, as many for waiting
    in line. It neither creates tables nor changes any; ProgrammingError when there are none. The
    errors are the library's: IntegrityError when the append condition is not met, OperationalError
    or InterfaceError when the database cannot be reached, or does not reply.

    Up to `FEW` events, and items of the condition, are appended in the library's way, which is one
    statement; from there on ours is faster, under many items by far.

    With `people_have_keys` nobody is created whose key is not in the vault: IntegrityError, too.
    """

    FEW: ClassVar[int] = 100

    def __init__(self, url: str, pool_size: int, *, people_have_keys: bool = False) -> None:
        self._people_have_keys = people_have_keys
        session = service_conninfo(url, LOG_SCHEMA, **ending_after(STATEMENT_TIMEOUT_S))
        conninfo = on_primary(session)
        waiting = on_primary(service_conninfo(url, LOG_SCHEMA, lock_timeout=f"{LOCK_TIMEOUT}s"))
        self._line = LogDatastore(waiting, "line", min_size=0, max_size=pool_size)
        datastore = LogDatastore(conninfo, "log", min_size=1, max_size=pool_size)
        try:
            super().__init__(datastore, events_table_name=EVENTS_TABLE)
            datastore.check_complete()
        except BaseException:
            datastore.close()
            raise

    def close(self) -> None:
        """Closes the connections; running statements are ended first."""
        self.datastore.close()
        self._line.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(
        self,
        events: Sequence[DCBEvent],
        condition: DCBAppendCondition | None = None,
        counts: Counts | None = None,
    ) -> int:
        """See domain.log.Recorder. Always under the lock.

        The library's unconditional append takes none: positions can then be committed out of order,
        and a follower of the log misses those that come late. Nor can it examine events more
        closely: it finds out whether there are any, mostly not, and those that there are, are
        examined after that. It has no way to look for events by types alone.
        """
        condition = condition or NOTHING
        query = condition.fail_if_events_match
        people = _new_people(events) if self._people_have_keys else []
        by_types = counts is not None and not self.all_query_items_have_tags(query)
        if people or by_types or (events and self._is_for_bulk(len(events), query)):
            return self.append_many(events, condition, counts, people)
        try:
            return super().append(events, condition)
        except IntegrityError:
            if counts is None:
                raise
        return self.append_many(events, condition, counts)

    def _is_for_bulk(self, events: int, query: DCBQuery) -> bool:
        return max(events, len(query.items)) > self.FEW and self.all_query_items_have_tags(query)

    def follow(self, after: int, limit: int, max_bytes: int) -> Sequence[StoredRow]:
        """See domain.log.Recorder."""
        with self.datastore.get_connection() as connection:
            cursor = connection.cursor(binary=True, row_factory=tuple_row)
            query = self.format(NEXT_BY_WEIGHT)
            return cursor.execute(query, [after, limit, max_bytes]).fetchall()

    def tagged(
        self, tags: Sequence[str], own: str, after: int, limit: int
    ) -> tuple[Sequence[StoredRow], int]:
        """See domain.log.Recorder."""
        values = {"tags": list(tags), "own": own, "after": after, "most": limit}
        with self.datastore.get_connection() as connection:
            cursor = connection.cursor(binary=True, row_factory=tuple_row)
            *rows, (head, *_) = cursor.execute(self.format(TAGGED), values).fetchall()
        return rows, head

    def wake_followers(self) -> None:
        """Wakes all who wait for events, as after an append: to see that they are to stop, say.

        psycopg's OperationalError when no connection is available at once.
        """
        with self.datastore.pool.connection(RELEASE_TIMEOUT_S) as connection:
            connection.execute(self.format(NOTIFY))

    def head(self) -> int:
        """Returns the greatest position, 0 for an empty log."""
        with self.datastore.cursor() as cursor:
            row = cursor.execute(self.sql_select_max_id).fetchone()
        return 0 if row is None else row["max"] or 0

    @contextmanager
    def lock(self, key: str) -> Iterator[None]:
        """Lets nobody else, in any process, hold the same key while the block runs.

        The lock is a session's, on a connection of a pool of its own: its holder needs a connection
        of the log next, and could never have one if those that wait for the lock had taken them
        all. Not to be nested: two in each other would need two of these. OperationalError when the
        line does not move for ten seconds.
        """
        number = _lock_number(key)
        with self._line.get_connection() as connection:
            _lock(connection, number)
            try:
                yield
            finally:
                _unlock(connection, number)


def _new_people(events: Sequence[DCBEvent]) -> list[UUID]:
    created = (event for event in events if event.type == UserCreated.TOPIC)
    tags = (tag for event in created for tag in event.tags if tag.startswith(USER_TAG))
    uuids = (uuid_in(tag.removeprefix(USER_TAG), USER) for tag in tags)
    return [uuid for uuid in uuids if uuid is not None]


def _lock_number(key: str) -> int:
    """Returns the lock's number. Advisory locks are known by 64 bits; two keys that share a number
    merely wait in one line.
    """
    digest = hashlib.blake2b(key.encode(), digest_size=8, person=b"boundary").digest()
    return int.from_bytes(digest, signed=True)


def _lock(connection: Connection[DictRow], number: int) -> None:
    try:
        connection.execute("SELECT pg_advisory_lock(%s)", [number])
    except BaseException:
        connection.close()  # the lock may be held all the same, and would be for ever in the pool
        raise


def _unlock(connection: Connection[DictRow], number: int) -> None:
    """Releases the lock. A lost connection has released it; what was done under it had the append's
    condition.
    """
    try:
        connection.execute("SELECT pg_advisory_unlock(%s)", [number])
    except psycopg.Error:
        log.warning("the connection that held a boundary's lock was lost")
        connection.close()
