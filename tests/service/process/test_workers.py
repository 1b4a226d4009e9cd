"""Several workers: who dies is replaced, who does not come up is tried again, later each time."""

from __future__ import annotations

import signal
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg import sql
from uvicorn import Config

from service.process import workers
from service.process.workers import (
    FIRST_PAUSE,
    MAX_PAUSE_S,
    SILENCE_TIMEOUT_S,
    Worker,
    Workers,
    WorkerSlot,
)
from tests.acceptance.service import ANSWER_TIMEOUT_S, Service, serving
from tests.forms import only_long

pytestmark = pytest.mark.slow

PAUSES = [1, 2, 4, 8, 16, 30, 30]


class Made(Worker):
    """A worker without a process."""

    def __init__(self, pid: int) -> None:
        super().__init__(Config("nowhere"), [])
        self.number = pid
        self.is_there = True
        self.was_killed = False

    @property
    def pid(self) -> int:
        return self.number

    def lives(self) -> bool:
        return self.is_there

    def kill(self) -> None:
        self.was_killed = True

    def join(self) -> None:
        assert self.was_killed


class Story:
    """A place whose workers are made here, at a time that is told."""

    def __init__(self) -> None:
        self.now = 100.0
        self.made: list[Made] = []
        self.place = WorkerSlot(self._begin, lambda: self.now)

    def _begin(self) -> Made:
        self.made.append(Made(len(self.made) + 1))
        return self.made[-1]

    def dies(self) -> None:
        """The one that is in the place."""
        self.made[-1].is_there = False
        self.place.look()

    def later(self, seconds: float) -> int:
        """How many there have been by then."""
        self.now += seconds
        self.place.look()
        return len(self.made)


@pytest.fixture
def story(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Story:
    """It begins with one worker."""
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    return Story()


def test_who_does_not_come_up_is_tried_again_later_each_time(story: Story) -> None:
    """Twice as late, up to a bound; not a moment earlier."""
    assert (PAUSES[0], PAUSES[-1]) == (FIRST_PAUSE, MAX_PAUSE_S)
    for count, pause in enumerate(PAUSES, start=1):
        story.dies()
        assert story.place.failures == count
        assert story.later(pause - 0.01) == count
        assert story.later(0.01) == count + 1
    assert len(story.made) == len(PAUSES) + 1
    assert not story.place.has_served


def test_who_has_served_is_replaced_at_once(story: Story) -> None:
    """And the failures before are forgotten."""
    story.dies()
    assert story.later(FIRST_PAUSE) == 2
    story.made[-1].has_started = True
    story.place.look()
    assert (story.place.failures, story.place.has_served) == (0, True)
    story.dies()
    assert story.later(0) == 3


def test_a_worker_that_died_projects_no_more(story: Story, tmp_path: Path) -> None:
    """What it said of itself goes with it; of others it stays."""
    for pid in (1, 2):
        (tmp_path / f"gauge_livesum_{pid}.db").touch()
    story.dies()
    assert [path.name for path in tmp_path.iterdir()] == ["gauge_livesum_2.db"]


class Silent:
    """In the place of a process that runs, and of a pipe on which nothing comes."""

    exitcode = None

    def is_alive(self) -> bool:
        return True


@pytest.mark.parametrize(("seconds", "lives"), [(59.9, True), (60, False)])
def test_who_is_silent_for_too_long_counts_as_hung(
    monkeypatch: pytest.MonkeyPatch, seconds: float, lives: bool
) -> None:
    """From the first question that is not answered. Nobody waits for the answer meanwhile."""
    now = [100.0]
    monkeypatch.setattr(workers, "monotonic", lambda: now[0])
    worker = Worker(Config("nowhere"), [])
    worker.process = Silent()  # type: ignore[assignment]
    assert worker.lives()
    now[0] += seconds
    assert worker.lives() is lives


class Hurried(Made):
    """A worker that ends when it is told to hurry; or, else, after some looks."""

    LOOKS = 5

    def __init__(self) -> None:
        super().__init__(1)
        self.told: list[str] = []
        self.process = self  # type: ignore[assignment]
        self._looks = 0

    def is_alive(self, timeout: float = 0) -> bool:
        self._looks += 1
        return self._looks < self.LOOKS and "hurry" not in self.told

    def terminate(self) -> None:
        self.told.append("stop")

    def interrupt(self) -> None:
        self.told.append("hurry")


@pytest.mark.parametrize(
    ("signals", "told"),
    [
        ([signal.SIGTERM], ["stop"]),
        ([signal.SIGINT], ["stop"]),
        ([signal.SIGINT, signal.SIGINT], ["stop", "hurry"]),
    ],
    ids=["SIGTERM", "SIGINT", "SIGINT twice"],
)
def test_a_second_interrupt_is_passed_on_however_soon_it_comes(
    monkeypatch: pytest.MonkeyPatch, signals: list[int], told: list[str]
) -> None:
    """Also when it is there before the workers are told of the first."""
    monkeypatch.setattr(workers, "sleep", lambda _: None)
    worker = Hurried()
    supervisor = Workers(Config("nowhere"))
    supervisor._signals.extend(signals)
    supervisor._stop([worker])
    assert worker.told == told


class Hanging(Hurried):
    """A worker that stops for nobody."""

    def is_alive(self, timeout: float = 0) -> bool:
        return "kill" not in self.told

    def kill(self) -> None:
        self.told.append("kill")


def test_who_does_not_stop_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """After as long as anybody may be silent."""
    now = [100.0]
    monkeypatch.setattr(workers, "monotonic", lambda: now[0])
    monkeypatch.setattr(workers, "sleep", lambda _: now.append(now.pop() + SILENCE_TIMEOUT_S / 2))
    worker = Hanging()
    Workers(Config("nowhere"))._stop([worker])
    assert worker.told == ["stop", "kill"]
    assert now == [100 + 2 * SILENCE_TIMEOUT_S]


def _workers(service: Service) -> set[int]:
    """The processes that serve."""
    found = set()
    for child in psutil.Process(service.pid).children():
        with suppress(psutil.Error):  # it ends just now
            if "spawn_main" in " ".join(child.cmdline()):
                found.add(child.pid)
    return found


def test_a_worker_that_cannot_start_does_not_end_the_others(
    database_url: str, server_url: str, tmp_path: Path
) -> None:
    """Without its database; with it again, it comes up. What serves goes on meanwhile."""
    name = sql.Identifier(database_url.partition("?")[0].rpartition("/")[2])
    allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    with (
        serving(database_url, tmp_path / "data", "--workers", "2") as service,
        psycopg.connect(server_url, autocommit=True) as other,
    ):
        service.has_said("Application startup complete", times=2)
        killed = min(_workers(service))
        other.execute(allow.format(name, sql.SQL("false")))
        psutil.Process(killed).kill()
        service.has_said("did not start")
        assert len(_workers(service) - {killed}) >= 1
        other.execute(allow.format(name, sql.SQL("true")))
        service.has_said("Application startup complete", times=3)
        assert len(_workers(service)) == 2


@only_long
def test_workers_whose_supervisor_is_gone_stop(database_url: str, tmp_path: Path) -> None:
    """Else they would go on to hold the port, and nobody would look after them."""
    service = Service(database_url, tmp_path / "data", "--workers", "2")
    try:
        service.has_said("Application startup complete", times=2)
        left = [psutil.Process(pid) for pid in _workers(service)]
        service.kill()
        _, still_there = psutil.wait_procs(left, ANSWER_TIMEOUT_S)
        assert (len(left), still_there) == (2, [])
    finally:
        service.stop()


@only_long
def test_when_none_comes_up_it_ends_and_says_so(database_url: str, tmp_path: Path) -> None:
    """With 1, so that whoever looks after the service knows."""
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute("DROP TABLE vault.secrets CASCADE")
    service = Service(database_url, tmp_path / "data", "--workers", "2")
    try:
        assert service.ended() == 1
        service.has_said("No worker could start")
    finally:
        service.stop()
