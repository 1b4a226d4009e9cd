"""Checkpoints: one a minute in which the log has grown, and one whenever somebody asks."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from graph.support.errors import QueryError
from projections.proofs.note import Verifier, opened
from projections.proofs.reads import StoredCheckpoint
from service.database.connections import service_conninfo
from service.proofs.checkpoints import EVERY, Checkpoints, EveryMinute, notary_for
from service.proofs.keys import FILE, log_keys
from service.proofs.published import whole_notes
from service.settings import Settings
from service.telemetry.metrics import CHECKPOINT_REFUSED, CHECKPOINT_SIZE
from tests.projections.proofs.logged import Logged

Make = Callable[..., Checkpoints]


@pytest.fixture
def logged(database_url: str) -> Logged:
    """The log of this test's database."""
    return Logged(database_url)


@pytest.fixture
def checkpoints(database_url: str, tmp_path: Path) -> Make:
    """Those of a process with such settings."""
    conninfo = service_conninfo(database_url, "pg_catalog")

    def connect() -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(conninfo)

    def make(**given: str) -> Checkpoints:
        settings = Settings(data_dir=tmp_path, **given)  # type: ignore[arg-type]
        return Checkpoints(connect, notary_for(settings, connect))

    return make


def sizes(tmp_path: Path, *vkeys: str) -> list[int]:
    """Of what was published, in order, as far as one of the keys has signed it."""
    folder = tmp_path / "checkpoints"
    lines = vkeys or (folder / "log.vkeys").read_text().splitlines()
    verifiers = [Verifier.from_vkey(line) for line in lines]
    notes, _ = whole_notes((folder / "log.checkpoints").read_text())
    return [opened(note, verifiers).size for note in notes]


class Clock:
    """Seconds, moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_one_for_every_minute_in_which_the_log_grew(
    logged: Logged, checkpoints: Make, tmp_path: Path
) -> None:
    """Looked at every second for five minutes; in the third and fourth nothing happens."""
    clock = Clock()
    tend = EveryMinute(checkpoints(), clock)
    published: list[float] = []
    for second in range(300):
        clock.now = float(second)
        if second // 60 not in (2, 3) and second % 20 == 1:
            logged.add(second)
        before = CHECKPOINT_SIZE._value.get()
        tend()
        if CHECKPOINT_SIZE._value.get() != before:
            published.append(clock.now)
    assert EVERY < 60
    assert {int(second // 60) for second in published} >= {0, 1, 4}
    assert sizes(tmp_path) == sorted(set(sizes(tmp_path)))


async def test_one_on_demand_is_of_the_log_as_it_is(
    logged: Logged, checkpoints: Make, tmp_path: Path
) -> None:
    """Whoever grows the tree; asked again, nothing new is signed."""
    logged.add(1, 2, 3)
    assert (await checkpoints().on_demand()).size == 3
    logged.add(7)
    kept = await checkpoints().on_demand()
    assert (kept.size, kept.position) == (4, 7)
    assert await checkpoints().on_demand() == kept
    assert sizes(tmp_path) == [3, 4]


async def test_those_who_ask_at_once_share_one(
    logged: Logged, checkpoints: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asks while one is being signed gets the next: of the log as it was when they asked."""
    logged.add(1)
    began, goes_on = threading.Event(), threading.Event()
    times: list[int] = []
    some = checkpoints()
    sign = some.sign

    def slow() -> StoredCheckpoint:
        times.append(1)
        began.set()
        assert goes_on.wait(20)
        return sign()

    monkeypatch.setattr(some, "sign", slow)
    first = asyncio.create_task(some.on_demand())
    assert await asyncio.to_thread(began.wait, 20)
    logged.add(2)
    others = [asyncio.create_task(some.on_demand()) for _ in range(20)]
    await asyncio.sleep(0)
    others[0].cancel()
    goes_on.set()
    kept = [await other for other in others[1:]]
    assert [one.size for one in kept] == [2] * 19
    assert (await first).size in (1, 2)
    assert len(times) == 2


def _key(folder: Path, name: str) -> Path:
    """A key of that name, as if an operator had made it."""
    log_keys(Settings(data_dir=folder / name))
    return folder / name / "keys" / FILE


def test_keys_are_rotated_as_the_walk_says(
    logged: Logged, checkpoints: Make, tmp_path: Path
) -> None:
    """docs/how-to/rotate-the-log-key.md: the old one, both, the new one alone. All that was
    published can be verified by the keys that stand beside it, and goes on from one to the next.
    """
    old, new = _key(tmp_path, "old"), _key(tmp_path, "new")
    for number, files in enumerate([[old], [new, old], [new]], 1):
        logged.add(number)
        checkpoints(log_key_files=os.pathsep.join(map(str, files))).sign()
    assert sizes(tmp_path) == [1, 2, 3]
    first, second = (tmp_path / "checkpoints" / "log.vkeys").read_text().splitlines()
    notes, _ = whole_notes((tmp_path / "checkpoints" / "log.checkpoints").read_text())
    assert [len(note.partition("\n\n")[2].splitlines()) for note in notes] == [1, 2, 1]
    assert opened(notes[1], [Verifier.from_vkey(first)]).size == 2
    assert opened(notes[2], [Verifier.from_vkey(second)]).size == 3


async def test_another_past_is_refused_and_said_by_a_metric(
    logged: Logged, checkpoints: Make, tmp_path: Path
) -> None:
    """On demand with UNAVAILABLE and a reason, and by the minute without an exception."""
    logged.add(1, 2, 3)
    checkpoints().sign()
    with psycopg.connect(logged.database_url) as superuser:
        superuser.execute("ALTER TABLE log.events_tt_main DISABLE TRIGGER ALL")
        superuser.execute("DELETE FROM log.events_tt_main WHERE id = 2")
        superuser.execute("TRUNCATE proofs.tiles, proofs.checkpoints")
        superuser.execute("UPDATE proofs.progress SET size = 0, position = 0")
    logged.add(4)
    with pytest.raises(QueryError, match="are not those that were published") as refused:
        await checkpoints().on_demand()
    assert (refused.value.extensions or {})["code"] == "UNAVAILABLE"
    EveryMinute(checkpoints())()
    assert CHECKPOINT_REFUSED._value.get() == 1
    assert sizes(tmp_path) == [3]


async def test_what_cannot_be_published_is_not_signed(
    logged: Logged, checkpoints: Make, tmp_path: Path
) -> None:
    """Nothing is told of where it was to go; the next one, if it can be, is."""
    (tmp_path / "checkpoints" / "log.checkpoints").mkdir(parents=True)
    logged.add(1)
    with pytest.raises(QueryError) as refused:
        await checkpoints().on_demand()
    assert str(tmp_path) not in refused.value.message
    EveryMinute(checkpoints())()
    shutil.rmtree(tmp_path / "checkpoints")
    assert (await checkpoints().on_demand()).size == 1
