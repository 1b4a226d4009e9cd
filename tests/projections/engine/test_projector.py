"""The projector: every event once, in order, whatever happens to it."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import Connection

from domain.kernel.ids import SegmentId
from domain.kernel.rejections import CommandRejected
from domain.log import EventBatch, RecordedEvent
from projections.engine.names import READ_MODEL
from projections.engine.projector import LOCK_QUERY, Projector
from projections.segments.fold import SegmentsFold
from projections.site import SITE
from service.database.connections import service_conninfo
from service.database.migrations import migrate
from service.database.open_database import ensure_read_model
from tests.projections.commands import (
    archiving,
    creation,
    deletion,
    edit,
    restoring,
    segment_in,
)
from tests.projections.conftest import Do
from tests.projections.rebuilt import differences, projector, rebuild


def live_a_little(do: Do, chance: random.Random, steps: int) -> None:
    """A random history: what is refused on the way is refused."""
    segments: list[SegmentId] = []
    kinds = [archiving, archiving, archiving, restoring, deletion]
    for _ in range(steps):
        try:
            if not segments or chance.random() < 0.4:
                code = chance.choice([None, f"code-{chance.randrange(8)}"])
                segments.append(segment_in(do(creation(f"Segment {chance.random()}", code))))
            elif chance.random() < 0.6:
                code = chance.choice([None, f"code-{chance.randrange(8)}"])
                name = f"Segment {chance.random()}"
                do(edit(chance.choice(segments), name=name, code=code))
            else:
                do(chance.choice(kinds)(chance.choice(segments)))
        except CommandRejected:
            continue


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32), batch=st.integers(1, 40))
def test_rebuilt_equals_incremental_in_batches_of_any_size(
    database_url: str, do: Do, site_projector: Projector, seed: int, batch: int
) -> None:
    """The same rows come of following the log as it grows and of one run from its beginning."""
    chance = random.Random(seed)
    for _ in range(4):
        live_a_little(do, chance, 10)
        site_projector.catch_up()
    rebuild(database_url, batch)
    assert differences(database_url) == []


def test_states_of_a_segment_follow_each_other_without_gap_or_overlap(
    database_url: str, do: Do, site_projector: Projector
) -> None:
    """The fold keeps the ranges apart; no constraint of the database does."""
    live_a_little(do, random.Random(3), 120)
    site_projector.catch_up()
    with psycopg.connect(database_url) as connection:
        rows = connection.execute(
            "SELECT number, from_position, to_position, lead(from_position) OVER"
            " (PARTITION BY number ORDER BY from_position) FROM read_model.segment_states"
        ).fetchall()
    assert len(rows) > 60
    for _, begins, ends, next_begins in rows:
        assert begins < ends
        assert next_begins is None or next_begins == ends


def test_a_batch_is_written_with_its_position_or_not_at_all(
    database_url: str, do: Do, site_projector: Projector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure while writing leaves rows and position as they were; the next try writes both."""
    do(creation("First"))
    site_projector.catch_up()
    do(creation("Second"))

    def fail(*_: object) -> None:
        raise RuntimeError("out of luck")

    with monkeypatch.context() as patched:
        patched.setattr(SegmentsFold, "write", fail)
        with pytest.raises(RuntimeError, match="out of luck"):
            site_projector.catch_up()
    assert _names(database_url) == ["First"]
    site_projector.catch_up()
    assert _names(database_url) == ["First", "Second"]


def test_a_reading_ahead_that_fails_is_read_again(
    database_url: str, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The batch after a full one is read while that is written; a failure there is not for ever."""
    for number in range(3):
        do(creation(f"Segment {number}"))
    with projector(database_url, batch=1) as live:
        read = live._read

        def fail(after: int) -> EventBatch:
            if after == 1 and failures:
                raise failures.pop()
            return read(after)

        failures = [RuntimeError("the reader stumbled")]
        monkeypatch.setattr(live, "_read", fail)
        with pytest.raises(RuntimeError, match="the reader stumbled"):
            live.catch_up()
        live.catch_up()
    assert _names(database_url) == ["Segment 0", "Segment 1", "Segment 2"]


@pytest.mark.parametrize(
    ("batch", "batch_bytes", "sizes"),
    [(3, 2**40, [3, 3, 1]), (100, 1, [1] * 7), (100, 2**40, [7])],
    ids=["by number", "by weight", "by neither"],
)
def test_a_batch_ends_by_number_or_by_weight(
    database_url: str, do: Do, batch: int, batch_bytes: int, sizes: list[int]
) -> None:
    """The next one is read ahead after either; after one that neither ended there is none."""
    for number in range(7):
        do(creation(f"Segment {number}"))
    written: list[tuple[int, bool]] = []

    class Watched(Projector):
        def _write(
            self, connection: Connection[Any], position: int, events: Sequence[RecordedEvent]
        ) -> None:
            written.append((len(events), self._ahead[1] is not None))
            super()._write(connection, position, events)

    with projector(database_url) as one:
        watched = Watched(one._connect, one._log, SITE, batch=batch, batch_bytes=batch_bytes)
        assert watched.catch_up() == 7
    assert [size for size, _ in written] == sizes
    cut = [size == batch or batch_bytes == 1 for size in sizes]
    assert [is_read_ahead for _, is_read_ahead in written] == cut
    assert len(_names(database_url)) == 7


def test_redelivery_of_a_batch_is_refused(
    database_url: str, do: Do, site_projector: Projector
) -> None:
    """Two projectors that both believe they are the one: the later one's batch is not written."""
    do(creation("Once"))
    entered, first_done = threading.Event(), threading.Event()

    class Slow(Projector):
        def _write(self, connection: Connection[object], position: int, events: object) -> None:
            entered.set()
            assert first_done.wait(10)
            super()._write(connection, position, events)  # type: ignore[arg-type]

    with projector(database_url) as other:
        slow = Slow(other._connect, other._log, SITE)
        failures: list[BaseException] = []

        def run() -> None:
            try:
                slow.catch_up()
            except Exception as failure:  # noqa: BLE001 - it is looked at below
                failures.append(failure)

        thread = threading.Thread(target=run)
        thread.start()
        assert entered.wait(10)
        site_projector.catch_up()
        first_done.set()
        thread.join(10)
    assert len(failures) == 1
    assert _names(database_url) == ["Once"]


def test_a_running_projector_comes_back_when_its_connection_is_cut(
    database_url: str, do: Do, site_projector: Projector
) -> None:
    """It is supervised: after a lost connection it takes the lock again and goes on."""
    stop = threading.Event()
    thread = threading.Thread(target=site_projector.run, args=[stop])
    thread.start()
    try:
        do(creation("Before"))
        _until(lambda: _names(database_url) == ["Before"])
        before = _active_session(database_url)
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        _until(lambda: _try(lambda: do(creation("After"))))
        _until(lambda: _names(database_url) == ["After", "Before"])
        assert _active_session(database_url) != before
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()


def test_only_one_of_several_projectors_is_active(
    database_url: str, do: Do, site_projector: Projector
) -> None:
    """The other one stands by until the active one is gone."""
    with projector(database_url) as second:
        stops = [threading.Event(), threading.Event()]
        both = [site_projector, second]
        threads = [
            threading.Thread(target=p.run, args=[stop]) for p, stop in zip(both, stops, strict=True)
        ]
        for thread in threads:
            thread.start()
        try:
            _until(lambda: any(p.is_active for p in both))
            active = 0 if both[0].is_active else 1
            do(creation("One"))
            _until(lambda: _names(database_url) == ["One"])
            assert not both[1 - active].is_active
            stops[active].set()
            _until(lambda: both[1 - active].is_active)
            do(creation("Two"))
            _until(lambda: _names(database_url) == ["One", "Two"])
        finally:
            for stop in stops:
                stop.set()
            for thread in threads:
                thread.join(10)


def test_secondary_indexes_are_built_when_it_has_caught_up(
    empty_database_url: str,
) -> None:
    """A new schema has none of them, so that the first catching up is quick."""
    migrate(empty_database_url, partial(ensure_read_model, empty_database_url))
    assert "segments_by_name" not in _indexes(empty_database_url)
    with projector(empty_database_url) as new:
        new.catch_up()
    assert "segments_by_name" in _indexes(empty_database_url)


def _active_session(database_url: str) -> int:
    with psycopg.connect(database_url) as connection:
        row = connection.execute(LOCK_QUERY, [READ_MODEL]).fetchone()
    assert row is not None
    return int(row[0])


def _names(url: str) -> list[str]:
    with psycopg.connect(service_conninfo(url, "read_model")) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM segments ORDER BY name")]


def _indexes(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        query = "SELECT indexname FROM pg_indexes WHERE schemaname = 'read_model'"
        return {row[0] for row in connection.execute(query)}


def _try(deed: Callable[[], object]) -> bool:
    try:
        deed()
    except Exception:  # noqa: BLE001 - its connections were cut, too
        return False
    return True


def _until(true: Callable[[], bool], longest: float = 15.0) -> None:
    """Returns once it is so; fails when it does not become so."""
    pause = threading.Event()
    for _ in range(int(longest / 0.02)):
        if true():
            return
        pause.wait(0.02)
    pytest.fail("it did not come to be")
