"""Appending many at once: the library's promises, kept in another way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import count
from threading import Barrier
from typing import Any, ClassVar

import psycopg
import pytest
from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent, DCBQuery, DCBQueryItem
from eventsourcing.dcb.tests import DCBRecorderTestCase
from eventsourcing.persistence import DataError, IntegrityError, OperationalError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import Connection
from psycopg.rows import TupleRow

from domain.log import Counts, StoredRow
from service.database.log_store import bulk_append, condition_matcher
from service.database.log_store.bulk_append import BATCH_SIZE
from service.database.log_store.datastore import LOCK_TIMEOUT
from service.database.log_store.recorder import LogRecorder
from tests.conftest import COMMAND_THREADS
from tests.service.database.log_store.test_recorder import (
    WAIT_TIMEOUT_S,
    terminate_all,
    unless,
    wait_until_one_waits,
)

MANY = 200
WRITERS = 4
IN_BULK = -1

Answer = int | type[Exception]


class BulkRecorder(LogRecorder):
    """Appends in bulk whatever it can."""

    FEW: ClassVar[int] = 0


class LibraryRecorder(LogRecorder):
    """Appends as the library does, however much it is."""

    FEW: ClassVar[int] = 1_000_000


@pytest.fixture(params=["in memory", "by index"])
def looked_up(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Either way of checking a condition, and none but that."""
    few = 1_000_000 if request.param == "in memory" else -1_000_000
    monkeypatch.setattr(condition_matcher, "FEW_EVENTS", few)


@pytest.fixture
def bulk(database_url: str, looked_up: None) -> Iterator[BulkRecorder]:
    with BulkRecorder(database_url, COMMAND_THREADS) as recorder:
        yield recorder


@pytest.fixture
def superuser(database_url: str) -> Iterator[Connection[TupleRow]]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


def events(tag: str, number: int = MANY) -> list[DCBEvent]:
    return [DCBEvent("a.b", b"{}", [tag, f"{tag}-{n}"]) for n in range(number)]


def test_keeps_the_librarys_promises(bulk: BulkRecorder) -> None:
    """Reading, appending, and conditions: the library's own test case."""
    DCBRecorderTestCase()._test_append_read(bulk)


def test_keeps_the_librarys_promises_about_subscriptions(bulk: BulkRecorder) -> None:
    """The library's own test case: they are notified."""
    DCBRecorderTestCase()._test_append_subscribe(bulk)


tags = st.sampled_from(["a", "b", "c", "d"])
types = st.sampled_from(["one", "other"])
stored = st.builds(
    DCBEvent, types, st.binary(max_size=8), st.lists(st.sampled_from(["a", "b", "c", "Ω"]))
)
tagged_item = st.builds(
    DCBQueryItem, st.lists(types, max_size=2), st.lists(tags, min_size=1, max_size=3, unique=True)
)
items = st.lists(tagged_item, min_size=1, max_size=4) | st.builds(
    lambda type_: [DCBQueryItem(types=[type_])], types
)
step = st.tuples(st.lists(stored, min_size=1, max_size=5), items, st.none() | st.integers(0, 12))


@pytest.mark.usefixtures("looked_up")
def test_answers_and_stores_as_the_library(
    make_database: Callable[[str], str], template: str
) -> None:
    """Random appends under random conditions to two logs: no difference in anything."""
    urls = [make_database(template), make_database(template)]
    stories = count()
    with ExitStack() as opened:
        ours = opened.enter_context(BulkRecorder(urls[0], 1))
        librarys = opened.enter_context(LibraryRecorder(urls[1], 1))

        @settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
        @given(st.lists(step, min_size=1, max_size=8))
        def differ(steps: list[tuple[list[DCBEvent], list[DCBQueryItem], int | None]]) -> None:
            story, base = next(stories), ours.head()
            for written, wanted, after in steps:
                new = [DCBEvent(e.type, e.data, _of(story, e.tags)) for e in written]
                query = DCBQuery([DCBQueryItem(i.types, _of(story, i.tags)) for i in wanted])
                position = None if after is None else base + after
                condition = DCBAppendCondition(query, position)
                assert _answer(ours, new, condition) == _answer(librarys, new, condition)
            assert _rows(urls[0], base) == _rows(urls[1], base)

        differ()


def _of(story: int, tags: Sequence[str]) -> list[str]:
    """The logs grow from story to story, and no story is to meet the events of another."""
    return [f"{story}:{tag}" for tag in tags]


def _answer(log: LogRecorder, new: list[DCBEvent], condition: DCBAppendCondition) -> Answer:
    try:
        return log.append(new, condition)
    except IntegrityError:
        return IntegrityError


def _rows(url: str, after: int) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        main = "SELECT * FROM log.events_tt_main WHERE id > %s ORDER BY id"
        tag = "SELECT * FROM log.events_tt_tag WHERE main_id > %s ORDER BY main_id, tag"
        return [row for query in (main, tag) for row in connection.execute(query, [after])]


def test_takes_many_events_in_their_order(bulk: BulkRecorder) -> None:
    """More than are handed over at a time; their tags find them."""
    new = [DCBEvent("a.b", str(n).encode(), [f"n:{n}", "all"]) for n in range(2_500)]
    assert bulk.append(new) == 2_500
    assert [e.event for e in bulk.read()] == new
    [found] = bulk.read(DCBQuery([DCBQueryItem(tags=["n:1234", "all"])]))
    assert (found.position, found.event.data) == (1_235, b"1234")


def test_goes_the_librarys_way_for_few(
    recorder: LogRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few events under a condition of few items; more of either go in bulk."""
    monkeypatch.setattr(recorder, "append_many", lambda *_: IN_BULK)
    few, many = events("a", recorder.FEW), events("b", recorder.FEW + 1)
    items = [DCBQueryItem(tags=[tag]) for event in many for tag in event.tags]
    assert recorder.append(few, unless("c")) == len(few)
    assert recorder.append(many, unless("c")) == IN_BULK
    assert recorder.append(few, DCBAppendCondition(DCBQuery(items))) == IN_BULK


def test_of_thousands_of_items_one_is_enough(bulk: BulkRecorder) -> None:
    """With one tag each, or with a type or a second tag."""
    bulk.append(events("a"))
    taken = DCBQueryItem(types=["a.b"], tags=["a-7", "a"])
    plain = [DCBQueryItem(tags=[f"b-{n}"]) for n in range(3_000)]
    composite = [DCBQueryItem(types=["a.c"], tags=[f"a-{n}", "a"]) for n in range(300)]
    for hit in (taken, DCBQueryItem(tags=["a-7"]), DCBQueryItem(tags=["a-7", "a-7"])):
        query = DCBQuery([*plain, *composite, hit])
        with pytest.raises(IntegrityError):
            bulk.append(events("b"), DCBAppendCondition(query, after=7))
        assert bulk.append(events("c", 1), DCBAppendCondition(query, after=8)) > MANY
    assert bulk.append(events("b"), DCBAppendCondition(DCBQuery([*plain, *composite])))


def test_what_came_while_it_waited_for_the_lock_counts(
    bulk: BulkRecorder, database_url: str, superuser: Connection[TupleRow]
) -> None:
    """The condition was checked before, and is checked again for what has come since."""
    with (
        ThreadPoolExecutor(1) as threads,
        psycopg.connect(database_url) as rival,
    ):
        rival.execute("LOCK TABLE log.events_tt_main IN EXCLUSIVE MODE")
        waiting = threads.submit(bulk.append, events("a"), unless("a:1"))
        wait_until_one_waits(superuser, waiting)
        rival.execute(
            "SELECT log.dcb_unconditional_append_tt(ARRAY[('t', '', '{a:1}')::log.dcb_event_tt])"
        )
        rival.commit()
        with pytest.raises(IntegrityError):
            waiting.result(WAIT_TIMEOUT_S)
    assert bulk.head() == 1


# ---------------------------------------------------------------- looking closer


def naming(name: bytes) -> Counts:
    """Events whose data name somebody."""
    return lambda row: name in row[2]


@pytest.fixture(params=["few", "many"])
def to_append(request: pytest.FixtureRequest) -> list[DCBEvent]:
    """What the library appends at its first try, and what it is not asked to."""
    return events("b", 1 if request.param == "few" else MANY)


def test_what_meets_the_condition_and_does_not_count_is_let_pass(
    recorder: LogRecorder, to_append: list[DCBEvent]
) -> None:
    """One that counts is enough; those before the position do not."""
    after = recorder.append([DCBEvent("t", b"ann", ["a"])])
    recorder.append([DCBEvent("t", b"bo", ["a"])])
    recorder.append([DCBEvent("t", b"ann", ["other"])])
    condition = unless("a", after)
    with pytest.raises(IntegrityError):
        recorder.append(to_append, condition)
    with pytest.raises(IntegrityError):
        recorder.append(to_append, condition, naming(b"bo"))
    with pytest.raises(IntegrityError):
        recorder.append(to_append, unless("a", after - 1), naming(b"ann"))
    assert recorder.append(to_append, condition, naming(b"ann")) == recorder.head()
    assert [found.event for found in recorder.read()][3:] == to_append


def test_events_of_a_type_are_looked_at_however_they_are_tagged(
    recorder: LogRecorder, to_append: list[DCBEvent]
) -> None:
    """Those of other types are not, whatever they are about."""
    by_type = DCBAppendCondition(DCBQuery([DCBQueryItem(types=["t", "u"])]), after=0)
    recorder.append([DCBEvent("other", b"ann", ["a"]), DCBEvent("u", b"bo", ["b"])])
    with pytest.raises(IntegrityError):
        recorder.append(to_append, by_type, naming(b"bo"))
    assert recorder.append(to_append, by_type, naming(b"ann")) == recorder.head()
    assert [found.event for found in recorder.read()][2:] == to_append


@pytest.mark.parametrize("more", [0, 1], ids=["as many as at once", "one more"])
def test_each_that_has_come_is_looked_at(recorder: LogRecorder, more: int) -> None:
    """However many, and the last of them."""
    recorder.append([DCBEvent("t", b"bo", ["a"])] * (BATCH_SIZE + more - 1))
    recorder.append([DCBEvent("t", b"ann", ["a"])])
    looked: list[int] = []

    def counts(row: StoredRow) -> bool:
        looked.append(row[0])
        return row == (BATCH_SIZE + more, "t", b"ann", ["a"])

    with pytest.raises(IntegrityError):
        recorder.append(events("b", 1), unless("a"), counts)
    assert looked == list(range(1, BATCH_SIZE + more + 1))


@pytest.mark.parametrize(("name", "passes"), [(b"ann", False), (b"bo", True)], ids=["ann", "bo"])
def test_what_came_while_it_waited_for_the_lock_is_looked_at(
    bulk: BulkRecorder,
    database_url: str,
    superuser: Connection[TupleRow],
    name: bytes,
    passes: bool,
) -> None:
    """Under the lock: nothing can come between that look and the append."""
    with (
        ThreadPoolExecutor(1) as threads,
        psycopg.connect(database_url) as rival,
    ):
        rival.execute("LOCK TABLE log.events_tt_main IN EXCLUSIVE MODE")
        waiting = threads.submit(bulk.append, events("a"), unless("a:1"), naming(name))
        wait_until_one_waits(superuser, waiting)
        rival.execute(
            "SELECT log.dcb_unconditional_append_tt(ARRAY[('t', 'ann', '{a:1}')::log.dcb_event_tt])"
        )
        rival.commit()
        if passes:
            assert waiting.result(WAIT_TIMEOUT_S) == 1 + MANY
            return
        with pytest.raises(IntegrityError):
            waiting.result(WAIT_TIMEOUT_S)
    assert bulk.head() == 1


@pytest.mark.parametrize("more", [0, 1], ids=["as many as may be", "one more"])
def test_others_do_not_wait_while_many_are_looked_at(
    bulk: BulkRecorder,
    database_url: str,
    superuser: Connection[TupleRow],
    monkeypatch: pytest.MonkeyPatch,
    more: int,
) -> None:
    """More than a few are looked at with the lock given back, which is then taken again."""
    most = 3
    monkeypatch.setattr(bulk_append, "MAX_UNDER_LOCK", most)
    held: list[object] = []

    def counts(_: StoredRow) -> bool:
        query = "SELECT count(*) FROM pg_locks WHERE mode = 'ExclusiveLock' AND relation = %s"
        table = "log.events_tt_main"
        relation = superuser.execute("SELECT %s::regclass::oid", [table]).fetchone()
        held.append(superuser.execute(query, relation).fetchone())
        return False

    with (
        ThreadPoolExecutor(1) as threads,
        psycopg.connect(database_url) as rival,
    ):
        rival.execute("LOCK TABLE log.events_tt_main IN EXCLUSIVE MODE")
        waiting = threads.submit(bulk.append, events("a"), unless("a:1"), counts)
        wait_until_one_waits(superuser, waiting)
        for _ in range(most + more):
            rival.execute(
                "SELECT log.dcb_unconditional_append_tt("
                "ARRAY[('t', 'ann', '{a:1}')::log.dcb_event_tt])"
            )
        rival.commit()
        assert waiting.result(WAIT_TIMEOUT_S) == most + more + MANY
    assert held == [(0,) if more else (1,)] * (most + more)


def test_at_the_last_go_the_lock_is_kept(
    bulk: BulkRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many come, each time: it comes to an end."""
    monkeypatch.setattr(bulk_append, "MAX_UNDER_LOCK", 0)
    locked = bulk._append_locked
    goes: list[object] = []

    def one_more(connection: Connection[Any], *rest: Any) -> int | None:
        goes.append(rest[-1])
        connection.execute(
            "SELECT log.dcb_unconditional_append_tt(ARRAY[('t', '', '{}')::log.dcb_event_tt])"
        )
        return locked(connection, *rest)

    monkeypatch.setattr(bulk, "_append_locked", one_more)
    bulk.append(events("a"), unless("a:1"), lambda _: False)
    assert goes == [0] * (bulk_append.MAX_LOCK_ATTEMPTS - 1) + [None]


def test_of_those_that_conflict_one_wins(bulk: BulkRecorder, database_url: str) -> None:
    """In bulk and singly, all at once, round after round."""
    with LogRecorder(database_url, WRITERS) as single, ThreadPoolExecutor(2 * WRITERS) as threads:
        start = Barrier(2 * WRITERS, timeout=WAIT_TIMEOUT_S)

        def claim(place: int, tag: str) -> bool:
            recorder, number = (bulk, MANY) if place % 2 else (single, 1)
            start.wait()
            return _answer(recorder, events(tag, number), unless(tag)) is not IntegrityError

        for turn in range(10):
            claims = [threads.submit(claim, place, f"t{turn}") for place in range(2 * WRITERS)]
            assert sum(claimed.result(WAIT_TIMEOUT_S) for claimed in claims) == 1


def test_who_follows_the_log_misses_nothing(bulk: BulkRecorder, database_url: str) -> None:
    """Positions become visible in their order, whoever appends in whichever way."""
    with LogRecorder(database_url, WRITERS) as single, ThreadPoolExecutor(WRITERS) as threads:

        def write(place: int) -> int:
            recorder, number = (bulk, MANY) if place % 2 else (single, 3)
            for turn in range(15):
                recorder.append(events(f"w{place}-{turn}", number), unless(f"w{place}-{turn}"))
            return 15 * number

        writing = [threads.submit(write, place) for place in range(WRITERS)]
        seen: list[int] = []
        while not all(written.done() for written in writing):
            seen += [row[0] for row in single.follow(seen[-1] if seen else 0, 5_000, 2**40)]
        seen += [row[0] for row in single.follow(seen[-1], 1_000_000, 2**40)]
        total = sum(written.result() for written in writing)
    assert seen == list(range(1, total + 1))


def test_a_connection_lost_on_the_way_is_an_operational_error(
    bulk: BulkRecorder, superuser: Connection[TupleRow]
) -> None:
    """As with the library. Nothing is stored, and the next append goes well."""
    with ThreadPoolExecutor(1) as threads, superuser.transaction():
        superuser.execute("LOCK TABLE log.events_tt_main IN EXCLUSIVE MODE")
        appending = threads.submit(bulk.append, events("a"))
        wait_until_one_waits(superuser, appending)
        terminate_all(superuser)
        with pytest.raises(OperationalError):
            appending.result(WAIT_TIMEOUT_S)
    assert bulk.head() == 0
    assert bulk.append(events("a"), unless("a")) == MANY


def test_a_lock_that_is_not_to_be_had_is_an_operational_error(
    bulk: BulkRecorder, superuser: Connection[TupleRow], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the time that the library waits, too."""
    monkeypatch.setattr(bulk, "sql_set_local_lock_timeout", "SET LOCAL lock_timeout = '1ms'")
    with superuser.transaction():
        superuser.execute("LOCK TABLE log.events_tt_main IN EXCLUSIVE MODE")
        with pytest.raises(OperationalError, match="lock timeout"):
            bulk.append(events("a"))


def test_waits_for_the_lock_as_long_as_the_library(
    bulk: BulkRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And holds the same one when it has waited."""
    append_locked = bulk._append_locked
    found: list[object] = []

    def look(connection: Connection[Any], *rest: Any) -> int | None:
        found.append(connection.execute("SELECT current_setting('lock_timeout') AS s").fetchone())
        query = "SELECT mode FROM pg_locks WHERE relation = 'log.events_tt_main'::regclass"
        found.extend(connection.execute(query))
        return append_locked(connection, *rest)

    monkeypatch.setattr(bulk, "_append_locked", look)
    bulk.append(events("a"))
    assert found == [{"s": f"{LOCK_TIMEOUT}s"}, {"mode": "ExclusiveLock"}]


@pytest.mark.parametrize(
    "broken",
    [DCBEvent("a\0", b"", ["a"]), DCBEvent("a", b"", ["a\0"])],
    ids=["NUL in the type", "NUL in a tag"],
)
def test_what_postgresql_cannot_store_is_a_data_error(bulk: BulkRecorder, broken: DCBEvent) -> None:
    """As with the library; all events are refused."""
    with pytest.raises(DataError):
        bulk.append([*events("a"), broken])
    assert bulk.head() == 0
