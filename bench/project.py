"""Building the read model from a log of a million events."""

from __future__ import annotations

import random
import time

import psycopg

from bench.support.history import life, write
from bench.support.report import Measurement
from bench.support.site import database
from domain.catalogue import CATALOGUE
from domain.log import EventLog, EventMapper
from projections.engine.projector import Projector
from projections.site import SITE
from service.database.connections import service_conninfo
from service.database.log_store.recorder import LogRecorder

EVENTS = 1_000_000
TARGET = 50_000.0


def run() -> list[Measurement]:
    """A million segment events, a quarter of them creations, from position 0, in one thread."""
    with database() as (url, _):
        write(url, life(EVENTS, random.Random(1)))
        with LogRecorder(url, 2) as recorder:
            log = EventLog(recorder, EventMapper(CATALOGUE))
            reading = _reading(log)
            session = service_conninfo(url, "read_model")
            began = time.perf_counter()
            reached = Projector(lambda: psycopg.connect(session), log, SITE).catch_up()
            seconds = time.perf_counter() - began
        if reached != EVENTS:
            raise RuntimeError(f"reached {reached}")
    return [
        Measurement("read and decode alone", reading, "events/s"),
        Measurement("project, indexes included", EVENTS / seconds, "events/s", "target", TARGET),
        Measurement("  the whole log", seconds, "s"),
    ]


def _reading(log: EventLog) -> float:
    count, after = 0, 0
    began = time.perf_counter()
    while count < EVENTS // 5:
        events = list(log.follow(after=after, limit=2_000))
        count, after = count + len(events), events[-1].position
    return count / (time.perf_counter() - began)
