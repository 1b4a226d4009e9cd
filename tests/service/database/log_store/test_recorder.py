"""The log's store: what the library promises of it, and what was added."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from random import randbytes
from threading import Barrier, Event

import psycopg
import pytest
from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent, DCBQuery, DCBQueryItem
from eventsourcing.dcb.tests import DCBRecorderTestCase
from eventsourcing.persistence import IntegrityError, OperationalError, ProgrammingError
from psycopg import Connection
from psycopg.rows import TupleRow

from service.database.log_store.recorder import LogRecorder
from service.database.migrations import migrate
from service.database.postgres import watch
from service.database.postgres.embedded import embedded
from service.database.postgres.server import EmbeddedServer
from tests.conftest import COMMAND_THREADS
from tests.domain.memory_recorder import MemoryRecorder

WAIT_TIMEOUT_S = 20.0

TOAST_PAGES = """
    SELECT heap_blks_hit + heap_blks_read FROM pg_statio_all_tables WHERE relid =
        (SELECT reltoastrelid FROM pg_class WHERE oid = 'log.events_tt_main'::regclass)
"""

EVENT = DCBEvent("a.b", b"{}", ["a:1"])


def unless(tag: str, after: int | None = None) -> DCBAppendCondition:
    return DCBAppendCondition(DCBQuery([DCBQueryItem(tags=[tag])]), after=after)


@pytest.fixture
def superuser(database_url: str) -> Iterator[Connection[TupleRow]]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2 * COMMAND_THREADS) as threads:
        yield threads


def terminate_all(superuser: Connection[TupleRow]) -> int:
    """Ends every other connection to the database, and returns when they are gone."""
    query = (
        "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    row = superuser.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def wait_until_one_waits(superuser: Connection[TupleRow], future: Future[int]) -> None:
    """Until another connection waits for a lock, or the future is done, which it must not be."""
    query = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    while superuser.execute(query).fetchone() == (0,):
        assert not future.done()


def test_keeps_the_librarys_promises(recorder: LogRecorder) -> None:
    """Reading, appending, and conditions: the library's own test case."""
    DCBRecorderTestCase()._test_append_read(recorder)


def test_keeps_the_librarys_promises_about_subscriptions(recorder: LogRecorder) -> None:
    """The library's own test case."""
    DCBRecorderTestCase()._test_append_subscribe(recorder)


def test_the_head_is_the_last_position(recorder: LogRecorder) -> None:
    """0 when the log is empty."""
    assert recorder.head() == 0
    assert recorder.append([EVENT, EVENT]) == 2
    assert recorder.head() == 2


def test_a_condition_that_is_not_met_is_an_integrity_error(recorder: LogRecorder) -> None:
    """And nothing is stored."""
    recorder.append([EVENT], unless("a:1"))
    with pytest.raises(IntegrityError):
        recorder.append([EVENT], unless("a:1"))
    assert recorder.head() == 1
    assert recorder.append([EVENT], unless("a:1", after=1)) == 2


@pytest.mark.parametrize("most", [1, 2, 3, 50])
@pytest.mark.parametrize("wanted", ["", "a:1", "a:1 b:1", "none", "b:1 own"])
def test_what_is_tagged_is_read_by_pages(recorder: LogRecorder, wanted: str, most: int) -> None:
    """As from the store in memory: each event once, and all of one's own wherever they stand."""
    tags = wanted.split()
    every = [["a:1"], ["b:1"], ["a:1", "b:1"], ["own"], ["c:1"], ["own", "a:1"], ["b:1"], []]
    stored = [DCBEvent("a.b", b"%d" % number, each) for number, each in enumerate(every)]
    memory = MemoryRecorder()
    assert recorder.tagged(tags, "own", 0, most) == ([], 0)
    assert recorder.append(stored) == memory.append(stored)
    for after in range(len(every) + 1):
        rows, head = recorder.tagged(tags, "own", after, most)
        assert (rows, head) == memory.tagged(tags, "own", after, most)
        assert {4, 6} <= {row[0] for row in rows}


@pytest.mark.parametrize("limit", [1, 3, 50])
@pytest.mark.parametrize("max_bytes", [1, 5, 12, 10_000, 2**40])
def test_is_followed_by_number_and_by_weight(
    recorder: LogRecorder, limit: int, max_bytes: int
) -> None:
    """As the store in memory is, from wherever."""
    sizes = [1, 4, 0, 5, 3_000, 200_000, 9_999, 1, 0, 2, 12]
    stored = [DCBEvent("a.b", b"x" * size, ["a:1"] * (size % 3)) for size in sizes]
    memory = MemoryRecorder()
    assert recorder.append(stored) == memory.append(stored)
    for after in range(len(sizes) + 1):
        rows = recorder.follow(after, limit, max_bytes)
        assert rows == memory.follow(after, limit, max_bytes)
        assert bool(rows) == (after < len(sizes))


def test_weighing_events_does_not_fetch_them(
    database_url: str, superuser: Connection[TupleRow]
) -> None:
    """Of many large events as many are read as are asked for: the others' pages are not touched."""

    def pages_touched(recorder: LogRecorder) -> int:
        with recorder.datastore.cursor() as cursor:
            cursor.execute("SELECT pg_stat_force_next_flush()")
        row = superuser.execute(TOAST_PAGES).fetchone()
        assert row is not None
        return int(row[0])

    with LogRecorder(database_url, 1) as recorder:  # what it counts is its one connection's to tell
        recorder.append([DCBEvent("a.b", randbytes(100_000), []) for _ in range(20)])
        before = pages_touched(recorder)
        assert len(recorder.follow(0, 20, 150_000)) == 2
        a_few = pages_touched(recorder) - before
        assert len(recorder.follow(0, 20, 2**40)) == 20
        all_of_them = pages_touched(recorder) - before - a_few
    assert 0 < a_few < all_of_them / 5


def test_of_many_that_claim_one_tag_one_gets_it(
    recorder: LogRecorder, threads: ThreadPoolExecutor
) -> None:
    """The others are told."""

    def claim(_: int) -> bool:
        try:
            recorder.append([EVENT], unless("a:1"))
        except IntegrityError:
            return False
        return True

    assert sorted(threads.map(claim, range(50), timeout=WAIT_TIMEOUT_S)) == [False] * 49 + [True]


@pytest.mark.parametrize(
    "condition",
    [None, unless("a:1"), DCBAppendCondition()],
    ids=["no condition", "condition", "empty condition"],
)
def test_appends_only_under_the_lock(
    recorder: LogRecorder,
    superuser: Connection[TupleRow],
    threads: ThreadPoolExecutor,
    condition: DCBAppendCondition | None,
) -> None:
    """Without it a position could be committed after a greater one, which a reader has passed."""
    with superuser.transaction():
        superuser.execute("LOCK TABLE log.events_tt_main IN EXCLUSIVE MODE")
        appending = threads.submit(recorder.append, [EVENT], condition)
        wait_until_one_waits(superuser, appending)
    assert appending.result(WAIT_TIMEOUT_S) == 1


def test_makes_no_tables(empty_database_url: str, template: str) -> None:
    """That is for `segments migrate`, as it says."""
    assert template
    with pytest.raises(ProgrammingError, match="segments migrate"):
        LogRecorder(empty_database_url, 1)
    with psycopg.connect(empty_database_url) as connection:
        assert connection.execute("SELECT to_regnamespace('log')").fetchone() == (None,)


def test_those_with_one_key_come_one_by_one(
    recorder: LogRecorder, threads: ThreadPoolExecutor
) -> None:
    """As many as there are threads, each needing the log while it holds the key."""
    start = Barrier(COMMAND_THREADS, timeout=WAIT_TIMEOUT_S)

    def read_and_append(_: int) -> int:
        start.wait()
        with recorder.lock("a:1"):
            head = recorder.head()
            return recorder.append([EVENT], unless("a:1", after=head))

    positions = threads.map(read_and_append, range(COMMAND_THREADS), timeout=WAIT_TIMEOUT_S)
    assert sorted(positions) == list(range(1, COMMAND_THREADS + 1))


def test_a_key_counts_in_every_process(
    recorder: LogRecorder,
    database_url: str,
    superuser: Connection[TupleRow],
    threads: ThreadPoolExecutor,
) -> None:
    """Other processes have connections of their own, as another recorder has."""

    def head_in_line(other: LogRecorder) -> int:
        with other.lock("a:1"):
            return other.head()

    with LogRecorder(database_url, 1) as other:
        with recorder.lock("a:1"):
            waiting = threads.submit(head_in_line, other)
            wait_until_one_waits(superuser, waiting)
            recorder.append([EVENT])
        assert waiting.result(WAIT_TIMEOUT_S) == 1


def test_other_keys_do_not_wait(recorder: LogRecorder, threads: ThreadPoolExecutor) -> None:
    """Both are inside at once, or the barrier breaks."""
    inside = Barrier(2, timeout=WAIT_TIMEOUT_S)

    def meet(key: str) -> int:
        with recorder.lock(key):
            return inside.wait()

    assert sorted(threads.map(meet, ["a:1", "a:2"], timeout=WAIT_TIMEOUT_S)) == [0, 1]


def test_a_key_is_given_back_after_an_exception(
    recorder: LogRecorder, threads: ThreadPoolExecutor
) -> None:
    """Which comes through as it is."""
    with pytest.raises(LookupError), recorder.lock("a:1"):
        raise LookupError

    def again() -> bool:
        with recorder.lock("a:1"):
            return True

    assert threads.submit(again).result(WAIT_TIMEOUT_S)


def test_survives_that_its_connections_are_ended(
    recorder: LogRecorder, superuser: Connection[TupleRow]
) -> None:
    """As a restart or a failover of the server does: those in the pool are replaced unasked."""
    recorder.append([EVENT])
    assert terminate_all(superuser) >= 1
    assert recorder.head() == 1
    assert recorder.append([EVENT]) == 2
    with recorder.lock("a:1"):
        assert terminate_all(superuser) >= 1
        assert recorder.append([EVENT]) == 3
    with recorder.lock("a:1"):
        assert recorder.head() == 3


def test_a_connection_lost_on_the_way_is_an_operational_error(
    recorder: LogRecorder, superuser: Connection[TupleRow], threads: ThreadPoolExecutor
) -> None:
    """Whoever appends then looks its command up: it may be stored or not. Here it is not."""
    with superuser.transaction():
        superuser.execute("LOCK TABLE log.events_tt_main IN EXCLUSIVE MODE")
        appending = threads.submit(recorder.append, [EVENT])
        wait_until_one_waits(superuser, appending)
        terminate_all(superuser)
        with pytest.raises(OperationalError):
            appending.result(WAIT_TIMEOUT_S)
    assert recorder.head() == 0


def test_survives_a_restart_of_the_server(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it is down the answer is an OperationalError, soon; then everything goes on."""
    monkeypatch.setattr(watch, "LOOK", 3600.0)  # nobody else starts it again
    with embedded(data_dir) as url:
        migrate(url)
        server = EmbeddedServer(data_dir / "postgres", {})
        with LogRecorder(url, 2) as recorder:
            position = recorder.append([EVENT])
            server.stop()
            recorder.datastore.pool.timeout = 3600
            with pytest.raises(psycopg.OperationalError):  # who stops does not wait for a database
                recorder.wake_followers()
            recorder.datastore.pool.timeout = 0.1
            with pytest.raises(OperationalError):
                recorder.append([EVENT])
            recorder.datastore.pool.timeout = WAIT_TIMEOUT_S
            server.start()
            assert recorder.append([EVENT]) == position + 1


def test_closing_ends_its_connections(
    database_url: str, superuser: Connection[TupleRow], threads: ThreadPoolExecutor
) -> None:
    """At once, and no use is possible afterwards."""
    recorder = LogRecorder(database_url, 2)
    with recorder.lock("a:1"):
        recorder.append([EVENT])
    recorder.close()
    query = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'"
    )
    gone = Event()
    for _ in range(100):
        if superuser.execute(query).fetchone() == (0,):
            gone.set()
            break
        gone.wait(0.05)
    assert gone.is_set()
    with pytest.raises(OperationalError):
        recorder.head()
