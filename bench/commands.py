"""Lists of commands, by each filter, of a small log and of a large one."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Mapping
from functools import partial

import psycopg

from bench.support.history import life, write
from bench.support.report import Measurement
from bench.support.site import database
from domain.catalogue import CATALOGUE
from domain.kernel.envelope import Channel
from domain.kernel.principal import SYSTEM
from domain.log import EventLog, EventMapper
from projections.audit.reads import AuditReads
from projections.commands.query import CommandQuery
from projections.commands.reads import CommandReads
from projections.engine.projector import Projector
from projections.site import SITE
from projections.sql.paging import PageRequest
from service.database.connections import service_conninfo
from service.database.log_store.recorder import LogRecorder
from service.database.pools import read_pool
from service.settings import Settings

SIZES = (20_000, 1_000_000)
ROUNDS = 20
PAGE = 50
RARE = 100
"""Commands that came from the command line: one in so many."""

_SPREAD = f"UPDATE read_model.commands SET channel = 3 WHERE position % {RARE} = 0"


def run() -> list[Measurement]:
    """Pages of 50 commands from either end, in process; the median of 20. Flat: as quick in the
    large log as in the small one.
    """
    return [figure for size in SIZES for figure in _of(size)]


def _of(size: int) -> list[Measurement]:
    with database() as (url, _):
        write(url, life(size, random.Random(1)))
        with LogRecorder(url, 2) as recorder:
            log = EventLog(recorder, EventMapper(CATALOGUE))
            session = service_conninfo(url, "read_model")
            Projector(partial(psycopg.connect, session), log, SITE).catch_up()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(_SPREAD)
            connection.execute("VACUUM ANALYZE")
        return asyncio.run(_lists(url, size))


def _queries(size: int) -> Mapping[str, CommandQuery]:
    return {
        "all": CommandQuery(),
        "of a segment": CommandQuery(segment=size // 8),
        "by an actor": CommandQuery(actor=SYSTEM.id),
        "by nobody": CommandQuery(actor="user_nobody"),
        "of a common type": CommandQuery(types={"segment.edited"}),
        "of a type and an actor": CommandQuery(types={"segment.archived"}, actor=SYSTEM.id),
        "of a rare channel": CommandQuery(channels={Channel.CLI}),
        "of a channel without any": CommandQuery(channels={Channel.RULE}),
        "between two positions": CommandQuery(after=size // 3, up_to=2 * size // 3),
        "text, one hit": CommandQuery(text=str(size // 4 - 1)),
        "text, no hit": CommandQuery(text="unheard-of"),
        "text, common word": CommandQuery(text="genève"),
    }


async def _lists(url: str, size: int) -> list[Measurement]:
    figures = []
    async with read_pool(Settings(), url) as pool:
        reads = CommandReads(pool, AuditReads(pool, pool, EventMapper(CATALOGUE)))
        for name, query in _queries(size).items():
            for end, backward in (("oldest", False), ("newest", True)):
                took = await _median(reads, query, PageRequest(PAGE, backward=backward))
                figures.append(Measurement(f"{name}, {end} of {size:,}", 1000 * took, "ms"))
    return figures


async def _median(reads: CommandReads, query: CommandQuery, page_request: PageRequest) -> float:
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        await reads.page(query, page_request)
        seconds.append(time.perf_counter() - began)
    return sorted(seconds)[ROUNDS // 2]
