"""Creating segments over HTTP, beside the library's own append."""

from __future__ import annotations

import asyncio
import os
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent, DCBQuery, DCBQueryItem

from bench.support.load import Result, load
from bench.support.report import Measurement
from bench.support.site import database, serving
from service.database.log_store.recorder import LogRecorder

CLIENTS = 16
REQUESTS = 4_000
TARGET = 1_000.0

QUERY = """
    mutation ($input: CreateUserSegmentInput!) {
        createUserSegment(input: $input) {
            position
            SEGMENT
            errors { code }
        }
    }
"""
READ_BACK = "segment { id name code version createdAt }"


def run() -> list[Measurement]:
    """16 clients create segments with a code; the last rows read each payload's segment back."""
    workers = max((os.cpu_count() or 2) - 1, 2)
    with database() as (url, _):
        appended = _library(url)
    with database() as (url, data_dir):
        with serving(url, data_dir) as one:
            blind = _created(one.url, one.token, "a", "")
            seen = _created(one.url, one.token, "b", READ_BACK)
        with serving(url, data_dir, workers) as several:
            many = _created(several.url, several.token, "c", READ_BACK)
    return [
        Measurement("library's conditional append alone, 16 threads", appended, "/s"),
        Measurement("create, 1 process", blind.rate, "/s", "target", TARGET),
        Measurement("create and read back, 1 process", seen.rate, "/s", "target", TARGET),
        Measurement(
            f"create and read back, {workers} processes", many.rate, "/s", "target", TARGET
        ),
        Measurement("  of these, the median", many.percentile(50), "ms"),
        Measurement("  of these, the 99th percentile", many.percentile(99), "ms"),
    ]


def _created(url: str, token: str, prefix: str, selection: str) -> Result:
    query = QUERY.replace("SEGMENT", selection)

    def body(number: int) -> dict[str, Any]:
        fields = {"name": f"Segment {number}", "code": f"{prefix}-{number}"}
        return {"query": query, "variables": {"input": fields}}

    asyncio.run(load(url, token, lambda n: body(-1 - n), CLIENTS, 200))
    return asyncio.run(load(url, token, body, CLIENTS, REQUESTS))


def _library(url: str) -> float:
    """Appends a second, one event of the same size and tags at a time, under a condition."""
    with LogRecorder(url, CLIENTS) as recorder:

        def append(number: int) -> None:
            tags = [f"bench:{number}", f"bench-code:{number}"]
            condition = DCBAppendCondition(DCBQuery([DCBQueryItem(tags=[tags[1]])]), after=0)
            recorder.append([DCBEvent("segment.archived", b"x" * 600, tags)], condition)

        with ThreadPoolExecutor(CLIENTS) as threads:
            list(threads.map(append, range(CLIENTS)))
            began = time.perf_counter()
            list(threads.map(append, range(CLIENTS, CLIENTS + 1_000)))
            return 1_000 / (time.perf_counter() - began)
