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
"""The length of what is stored apart (TOAST) is known without fetching it."""

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
"""However many events have one of the tags, no more than `most` entries of each are looked at. The
last row is the log's head: all of it is of one moment.
"""

USER_TAG = "user:"

RELEASE_TIMEOUT_S = 0.5
"""Seconds, for what is of no use later."""

log = logging.getLogger(__name__)


class LogRecorder(BulkAppend):
    """Reads and appends as the service's role. Close it when done; safe to share between threads.

    `pool_size` threads may use it at a time: as many connections for the log, as many for standing
    in line. Making it neither makes tables nor changes any; ProgrammingError when there are none.
    The errors are the library's: IntegrityError when the condition of an append is not met,
    OperationalError or InterfaceError when the database cannot be reached, or does not reply.

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
        """Closes the connections; what runs is ended first."""
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
        """See domain.log.Recorder. Never without the lock.

        The library's unconditional append takes none: positions can then be committed out of order,
        and whoever follows the log misses those that come late. Nor can it look closer: it finds
        out that there is nothing to look at, mostly, and what there is, is looked at after that.
        """
        condition = condition or NOTHING
        query = condition.fail_if_events_match
        people = _new_people(events) if self._people_have_keys else []
        if people or (events and self._is_for_bulk(len(events), query)):
            return self.append_many(events, condition, counts, people)
        try:
            return super().append(events, condition)
        except IntegrityError:
            if counts is None or not self.all_query_items_have_tags(query):
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
        """Whoever waits for events looks up, as after an append: to see that it is to stop, say.

        psycopg's OperationalError when there is no connection to be had at once.
        """
        with self.datastore.pool.connection(RELEASE_TIMEOUT_S) as connection:
            connection.execute(self.format(NOTIFY))

    def head(self) -> int:
        """The greatest position, 0 for an empty log."""
        with self.datastore.cursor() as cursor:
            row = cursor.execute(self.sql_select_max_id).fetchone()
        return 0 if row is None else row["max"] or 0

    @contextmanager
    def lock(self, key: str) -> Iterator[None]:
        """Holds every other holder of the same key back, in all processes, while the block runs.

        The lock is a session's, on a connection of a pool of its own: whoever holds it needs a
        connection of the log next, and could never have one if those that wait for the lock had
        taken them all. Not to be nested: two in each other would need two of these.
        OperationalError when the line does not move for ten seconds.
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
    """Advisory locks are known by 64 bits; two keys that share a number merely wait in one line."""
    digest = hashlib.blake2b(key.encode(), digest_size=8, person=b"boundary").digest()
    return int.from_bytes(digest, signed=True)


def _lock(connection: Connection[DictRow], number: int) -> None:
    try:
        connection.execute("SELECT pg_advisory_lock(%s)", [number])
    except BaseException:
        connection.close()  # the lock may be held all the same, and would be for ever in the pool
        raise


def _unlock(connection: Connection[DictRow], number: int) -> None:
    """A lost connection has given the lock back; what was done under it had the append's guard."""
    try:
        connection.execute("SELECT pg_advisory_unlock(%s)", [number])
    except psycopg.Error:
        log.warning("the connection that held a boundary's lock was lost")
        connection.close()
