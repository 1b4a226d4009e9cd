"""A log to write to and a read model to fill, in a database of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from domain.catalogue import CATALOGUE
from domain.dispatch import Dispatcher, Outcome
from domain.kernel.command import Command
from domain.kernel.envelope import Channel, Request
from domain.kernel.principal import SYSTEM
from domain.log import EventLog, EventMapper
from projections.engine.projector import Projector
from service.database.log_recorder import LogRecorder
from tests.projections.rebuilt import projector

Do = Callable[[Command], Outcome]
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Ticking:
    """A clock that moves a second each time somebody looks; `now` may be set back."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Ticking:
    """The clock of `do`."""
    return Ticking()


@pytest.fixture
def do(recorder: LogRecorder, clock: Ticking) -> Do:
    """Runs a command as the system; its facts are in the log afterwards, not in the read model."""
    dispatcher = Dispatcher(EventLog(recorder, EventMapper(CATALOGUE)), clock, b"key")
    request = Request(principal=SYSTEM, channel=Channel.SYSTEM, correlation_id="test")
    return lambda command: dispatcher.dispatch(command, request)


@pytest.fixture
def site_projector(database_url: str, recorder: LogRecorder) -> Iterator[Projector]:
    """The projector of the read model, to be run by hand."""
    with projector(database_url) as live:
        yield live
