"""Building the read model anew, beside the one that is read, from half a million events."""

from __future__ import annotations

import random
import time

from bench.history import life, write
from bench.report import Figure
from bench.site import database
from projections.engine.names import READ_MODEL
from projections.rebuild.beside import build
from projections.rebuild.comparison import compare
from projections.rebuild.switch import switch
from service.database.rebuilding import place_to_build
from service.settings import Settings

EVENTS = 500_000
TARGET = 100_000.0


def run() -> list[Figure]:
    """Segment facts, a quarter of them creations: filled, compared row by row, and switched to."""
    with database() as (url, _):
        write(url, life(EVENTS, random.Random(1)))
        with place_to_build(Settings(), url) as place:
            if place.position(READ_MODEL) != EVENTS:
                raise RuntimeError("the read model is not there")
            began = time.perf_counter()
            build(place)
            built = time.perf_counter()
            _, compared = compare(place)
            ended = time.perf_counter()
            switch(place)
            switched = time.perf_counter()
    if any(one.differing for one in compared):
        raise RuntimeError("they differ")
    rows = sum(one.rows for one in compared)
    return [
        Figure("rebuild, indexes included", EVENTS / (built - began), "events/s", "target", TARGET),
        Figure("  the whole log", built - began, "s"),
        Figure("compare row by row", rows / (ended - built), "rows/s"),
        Figure("switch", (switched - ended) * 1000, "ms"),
    ]
