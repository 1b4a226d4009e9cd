"""Searching 50,000 and 1,000,000 segments."""

from __future__ import annotations

import asyncio
import random
import time
from functools import partial

import psycopg

from bench.support.history import creations, write
from bench.support.report import Measurement
from bench.support.site import database
from domain.catalogue import CATALOGUE
from domain.log import EventLog, EventMapper
from projections.engine.projector import Projector
from projections.segments.query import SegmentQuery
from projections.segments.reads import SegmentReads
from projections.site import SITE
from projections.sql.paging import PageRequest
from service.database.connections import service_conninfo
from service.database.log_store.recorder import LogRecorder
from service.database.pools import read_pool
from service.settings import Settings

SIZES = (50_000, 1_000_000)
ROUNDS = 30
MOODLE = 14.0
"""Searches a second with one hit in 50,000 that Moodle 4.5 did (measured during the design)."""


def run() -> list[Measurement]:
    """First page of 50 and total count, one search at a time, in process; the median of 30."""
    figures: list[Measurement] = []
    for size in SIZES:
        with database() as (url, _):
            write(url, creations(size, random.Random(1)))
            with LogRecorder(url, 2) as recorder:
                log = EventLog(recorder, EventMapper(CATALOGUE))
                session = service_conninfo(url, "read_model")
                Projector(partial(psycopg.connect, session), log, SITE).catch_up()
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE")
            figures += asyncio.run(_searches(url, size))
    return figures


async def _searches(url: str, size: int) -> list[Measurement]:
    terms = {
        "one hit": f" {size - 1}",
        "no hit": "unheard-of",
        "common word": "genève",
        "two letters": "ge",
    }
    figures = []
    async with read_pool(Settings(), url) as pool:
        reads = SegmentReads(pool)
        for what, term in terms.items():
            rate = 1 / await _median(reads, SegmentQuery(search=term))
            target = ("target (100 x Moodle)", 100 * MOODLE) if what == "one hit" else ("", None)
            figures.append(Measurement(f"search, {what} in {size:,}", rate, "/s", *target))
        rate = 1 / await _median(reads, SegmentQuery())
        figures.append(Measurement(f"no search, {size:,}", rate, "/s"))
    return figures


async def _median(reads: SegmentReads, query: SegmentQuery) -> float:
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        await reads.page(query, PageRequest(50))
        await reads.count(query)
        seconds.append(time.perf_counter() - began)
    return sorted(seconds)[ROUNDS // 2]
