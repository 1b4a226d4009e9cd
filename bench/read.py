"""Reading over HTTP, beside Strawberry as shipped."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx2

from bench.support.history import creations, write
from bench.support.load import load
from bench.support.report import Measurement
from bench.support.site import database, free_port, serving

SEGMENTS = 50_000
CLIENTS = 16
REQUESTS = 2_000

LIST = "{ siteUserSegments(first: 50) { nodes { id name code visible status version updatedAt } } }"
ONE = "query ($code: String!) { userSegment(segment: {code: $code}) { id name code version } }"


def run() -> list[Measurement]:
    """50,000 segments; first page of 50 rows x 7 fields, and one segment by its code; 1 process."""
    with database() as (url, data_dir):
        write(url, creations(SEGMENTS, random.Random(1)))
        with serving(url, data_dir) as site:
            pages, ones = _rates(site.url, site.token)
            with _shipped(url) as address:
                peer_pages, peer_ones = _rates(address, "none")
    return [
        Measurement("first page of the list", pages, "/s", "Strawberry as shipped", peer_pages),
        Measurement("one segment by code", ones, "/s", "Strawberry as shipped", peer_ones),
    ]


def _rates(url: str, token: str) -> tuple[float, float]:
    return (
        _rate(url, token, lambda _: {"query": LIST}),
        _rate(url, token, lambda n: {"query": ONE, "variables": {"code": f"seg-{n * 10}"}}),
    )


def _rate(url: str, token: str, bodies: Callable[[int], dict[str, Any]]) -> float:
    asyncio.run(load(url, token, bodies, CLIENTS, 200))
    return asyncio.run(load(url, token, bodies, CLIENTS, REQUESTS)).rate


@contextmanager
def _shipped(url: str) -> Iterator[str]:
    port = free_port()
    words = [
        "-m",
        "uvicorn",
        "bench.support.shipped:app",
        "--port",
        str(port),
        "--log-level",
        "error",
    ]
    environment = {**os.environ, "SEGMENTS_DATABASE_URL": url}
    process = subprocess.Popen([sys.executable, *words, "--no-access-log"], env=environment)
    try:
        address = f"http://127.0.0.1:{port}"
        _until_it_answers(address)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _until_it_answers(address: str, longest: float = 30.0) -> None:
    began = time.perf_counter()
    while time.perf_counter() - began < longest:
        try:
            httpx2.post(f"{address}/graphql", json={"query": LIST}, timeout=5).raise_for_status()
            return
        except httpx2.HTTPError:
            time.sleep(0.05)
    raise TimeoutError("the peer does not answer")
