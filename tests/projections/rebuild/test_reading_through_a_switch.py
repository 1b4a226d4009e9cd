"""Those who read while the read model is switched: each sees one of the two, and never less."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from projections.engine.projector import Projector
from projections.engine.snapshot import snapshot
from projections.rebuild import switch as switching
from projections.rebuild.switch import CannotSwitch, switch, switch_back
from service.database.connections import service_conninfo
from service.database.pools import READ_SEARCH_PATH, PrimingPool, priming_pool
from tests.projections.commands import creation
from tests.projections.conftest import Do
from tests.projections.rebuilt import rebuild, rebuild_context

TABLE = "SELECT tableoid::regclass::oid, name FROM segments WHERE name <> %s ORDER BY name"
BOTH = "SELECT position, (SELECT count(*) FROM segments) FROM progress"


@pytest.fixture
def primes(database_url: str) -> Iterator[PrimingPool]:
    """Connections that commands are primed on."""
    with priming_pool(database_url, 2) as pool:
        yield pool


def opened(url: str) -> psycopg.Connection:
    """A connection like those that reads are answered from."""
    return psycopg.connect(service_conninfo(url, READ_SEARCH_PATH), autocommit=True)


def look(url: str, over: threading.Event) -> list[tuple[int, int]]:
    """Every position that is seen, with how many segments there were."""
    with opened(url) as reader:
        seen = reader.execute(BOTH).fetchall()
        while not over.is_set():
            seen += reader.execute(BOTH).fetchall()
    return seen


def test_a_snapshot_is_of_one_read_model(
    database_url: str, do: Do, site_projector: Projector, primes: PrimingPool
) -> None:
    """Whoever reads several times holds the switch back until they are done."""
    do(creation("First"))
    site_projector.catch_up()
    rebuild(database_url)
    switched = threading.Event()

    def change() -> None:
        with rebuild_context(database_url) as there:
            switch(there)
        switched.set()

    with ThreadPoolExecutor(1) as others:
        with snapshot(primes) as (position, cursor):
            before = cursor.execute(TABLE, [""]).fetchall()
            do(creation("Second"))
            site_projector.catch_up()
            done = others.submit(change)
            assert not switched.wait(0.5)
            assert cursor.execute(TABLE, [""]).fetchall() == before
        done.result(30)
    assert position == 1
    with snapshot(primes) as (position, cursor):
        after = cursor.execute(TABLE, [""]).fetchall()
    assert position == 2
    assert [name for _, name in after] == ["First", "Second"]
    assert after[0][0] != before[0][0]


def test_a_switch_gives_up_when_there_is_no_moment_for_it(
    database_url: str, primes: PrimingPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing has changed then."""
    rebuild(database_url)
    monkeypatch.setattr(switching, "WAIT_TIMEOUT_S", 0.1)
    with (
        snapshot(primes),
        rebuild_context(database_url) as there,
        pytest.raises(CannotSwitch, match="without a pause"),
    ):
        switch(there)
    with rebuild_context(database_url) as there:
        assert switch(there) == 0


def test_prepared_statements_are_planned_anew(
    database_url: str, do: Do, site_projector: Projector
) -> None:
    """A connection that has asked the same many times asks the other tables from then on."""
    do(creation("First"))
    site_projector.catch_up()
    rebuild(database_url)
    with rebuild_context(database_url) as there, opened(database_url) as reader:

        def table() -> int:
            ((oid, _),) = reader.execute(TABLE, [""], prepare=True).fetchall()
            return int(oid)

        old = {table() for _ in range(10)}
        switch(there)
        new = {table() for _ in range(10)}
        assert len(old) == len(new) == 1
        assert old != new
        switch_back(there)
        assert {table() for _ in range(10)} == old


def test_position_and_rows_belong_together_and_never_fall(
    database_url: str, do: Do, site_projector: Projector
) -> None:
    """However often it is switched while a projector writes."""
    stop, over = threading.Event(), threading.Event()
    rebuild(database_url)

    def write() -> int:
        written = 0
        while not over.is_set():
            written += 1
            do(creation(f"Segment {written}"))
        return written

    with ThreadPoolExecutor(4) as others:
        others.submit(site_projector.run, stop)
        looks = [others.submit(look, database_url, over) for _ in range(2)]
        writing = others.submit(write)
        try:
            with rebuild_context(database_url) as there:
                switch(there)
                for _ in range(8):
                    switch_back(there)
        finally:
            over.set()
        written = writing.result(30)
        for looked in looks:
            seen = looked.result(30)
            assert seen == sorted(seen)
            assert all(position == count for position, count in seen)
        stop.set()
    site_projector.catch_up()
    with opened(database_url) as reader:
        assert reader.execute(BOTH).fetchone() == (written, written)


def test_a_projector_of_another_release_writes_no_more(
    database_url: str, do: Do, site_projector: Projector
) -> None:
    """Once the read model is one that it does not know."""
    do(creation("First"))
    with psycopg.connect(database_url) as owner:
        owner.execute("UPDATE read_model.progress SET version = version + 1")
    with pytest.raises(RuntimeError, match="another release"):
        site_projector.catch_up()
