"""Live events to many subscribers over WebSocket, each event executed once."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit

from bench.support.report import Measurement
from bench.support.site import Bench, database, serving
from domain.kernel.principal import Role
from service.settings import Settings
from service.sign_in import issue_development_token

SUBSCRIBERS = 1_000
PROCESSES = 2
PEOPLE = 40
"""Of whom each follows with a share of the connections: one alone may not have so many."""
CONCURRENCY = 200
SINGLY = 30
TARGET = 20_000.0


def run() -> list[Measurement]:
    """1,000 subscribers; 200 events recorded at once, and 30 one after the other."""
    with database() as (url, data_dir), serving(url, data_dir) as bench:
        settings = Settings(database_url=url, data_dir=data_dir)
        port = urlsplit(bench.url).port or 0
        with _followers(settings, port) as followers:
            began = time.monotonic()
            _upload(bench, CONCURRENCY)
            recorded = time.monotonic()
            ended = max(_until(follower, CONCURRENCY) for follower in followers)
            delays = [_one(bench, followers, CONCURRENCY + n + 1) for n in range(SINGLY)]
    pushes = SUBSCRIBERS * CONCURRENCY
    name = f"{CONCURRENCY} events to {SUBSCRIBERS:,} subscribers"
    return [
        Measurement(
            f"{name}, from when they were recorded", pushes / (ended - recorded), "pushes/s"
        ),
        Measurement(
            f"{name}, upload included", pushes / (ended - began), "pushes/s", "target", TARGET
        ),
        Measurement("one event to all of them, median", 1000 * statistics.median(delays), "ms"),
        Measurement("one event to all of them, slowest", 1000 * max(delays), "ms"),
    ]


@contextmanager
def _followers(settings: Settings, port: int) -> Iterator[list[Iterator[str]]]:
    ttl = timedelta(hours=1)
    tokens = [
        issue_development_token(settings, [Role.AUDITOR], f"auditor-{n}", ttl)
        for n in range(PEOPLE)
    ]
    share = str(SUBSCRIBERS // PROCESSES)
    command = [sys.executable, "-m", "bench.support.following", str(port), share, ",".join(tokens)]
    processes = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(PROCESSES)
    ]
    try:
        outputs = [iter(process.stdout or ()) for process in processes]
        for output in outputs:
            if next(output).strip() != "ready":
                raise RuntimeError("the subscribers did not get in")
        yield outputs
    finally:
        for process in processes:
            process.kill()
            process.wait(10)


def _until(follower: Iterator[str], events: int) -> float:
    """When the last of this process's subscribers had so many events."""
    share = SUBSCRIBERS // PROCESSES
    for line in follower:
        count, at = line.split()
        if int(count) >= events * share:
            return float(at)
    raise RuntimeError("the subscribers ended")


def _one(bench: Bench, followers: list[Iterator[str]], events: int) -> float:
    began = time.monotonic()
    query = 'mutation { createUserSegment(input: {name: "One more"}) { errors { message } } }'
    with bench.session() as http:
        http.post("/graphql", json={"query": query}).raise_for_status()
    return max(_until(follower, events) for follower in followers) - began


def _upload(bench: Bench, segments: int) -> None:
    rows = "\n".join(f"Segment {n},s-{n}" for n in range(segments))
    query = """
        mutation ($file: Upload!) {
            uploadUserSegments(input: {file: $file, mode: COMMIT}) { created errors { message } }
        }
    """
    operations = {"query": query, "variables": {"file": None}}
    with bench.session() as http:
        answer = http.post(
            "/graphql",
            data={"operations": json.dumps(operations), "map": '{"0": ["variables.file"]}'},
            files={"0": ("segments.csv", f"name,code\n{rows}\n".encode(), "text/csv")},
            headers={"GraphQL-Require-Preflight": "1"},
        )
    created = answer.raise_for_status().json()["data"]["uploadUserSegments"]
    if created != {"created": segments, "errors": []}:
        raise RuntimeError(f"not uploaded: {created}")
