"""Uploading files over HTTP until a read sees what they brought."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx2
from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent, DCBQuery, DCBQueryItem
from eventsourcing.dcb.postgres_tt import PostgresDCBRecorderTT

from bench.support.people import fill_directory
from bench.support.report import Measurement
from bench.support.site import Bench, database, serving
from service.database.log_store.recorder import LogRecorder

SEGMENTS = 10_000
MEMBERSHIPS = 100_000
IN_ROSTERS = 100
SEGMENTS_TARGET = 0.45
MEMBERSHIPS_TARGET = 3.0

UPLOAD = """
    mutation ($input: UploadInput!) {
        result: MUTATION(input: $input) {
            created rowsRejected planHash commandId position errors { message }
        }
    }
"""
SEEN = """
    query ($position: LogPosition!, $search: String!) {
        result: siteUserSegments(minPosition: $position, search: $search, first: 1) { totalCount }
    }
"""


def run() -> list[Measurement]:
    """10,000 segments and 100,000 memberships: dry run, commit, and the read that sees them."""
    with database() as (url, data_dir):
        plain = _library(url, "segment.created", SEGMENTS)
    with database() as (url, data_dir):
        each = _library(url, "members.added", MEMBERSHIPS)
    with database() as (url, data_dir):
        fill_directory(url, MEMBERSHIPS)
        with serving(url, data_dir) as bench:
            segments = min(
                (
                    _timed(bench, "uploadUserSegments", segments_file(f"run{n}"), f"run{n}")
                    for n in range(3)
                ),
                key=sum,
            )
            members = _timed(bench, "uploadSegmentMembers", members_file("run0"), "run0")
    return [
        Measurement("library: append of 10,000 creations, nothing else", plain, "s"),
        Measurement("10,000 segments: dry run", segments[0], "s"),
        Measurement("10,000 segments: commit, visible", segments[1], "s"),
        Measurement("10,000 segments: both", sum(segments), "s", "target", SEGMENTS_TARGET, True),
        Measurement(
            "library: append of 100,000 memberships, an event each, nothing else", each, "s"
        ),
        Measurement("100,000 memberships: dry run", members[0], "s"),
        Measurement(
            "100,000 memberships: commit, visible",
            members[1],
            "s",
            "target",
            MEMBERSHIPS_TARGET,
            True,
        ),
    ]


def _library(url: str, kind: str, number: int) -> float:
    with LogRecorder(url, 1) as recorder:
        events = [
            DCBEvent(kind, b"x" * 650, [f"segment:{n}", f"code:{n}", "codes", "c:1"])
            for n in range(number)
        ]
        condition = DCBAppendCondition(DCBQuery([DCBQueryItem(tags=["none:such"])]), after=0)
        began = time.perf_counter()
        PostgresDCBRecorderTT.append(recorder, events, condition)
        return time.perf_counter() - began


def segments_file(name: str) -> bytes:
    """10,000 segments whose codes begin with that."""
    rows = (f"Segment {n} of {name},{name}-{n},Described,yes" for n in range(SEGMENTS))
    return "\n".join(["name,idnumber,description,visible", *rows, ""]).encode()


def members_file(name: str) -> bytes:
    """100,000 memberships in a hundred of them."""
    rows = (f"{name}-{n % IN_ROSTERS},user-{n + 1}" for n in range(MEMBERSHIPS))
    return "\n".join(["segment,username", *rows, ""]).encode()


def _timed(bench: Bench, mutation: str, content: bytes, search: str) -> tuple[float, float]:
    """Seconds of the dry run, and of the commit with the read after it."""
    with bench.session() as http:
        began = time.perf_counter()
        dry = sent(http, mutation, content)
        planned = time.perf_counter()
        done = sent(http, mutation, content, mode="COMMIT", planHash=dry["planHash"])
        variables = {"position": done["position"], "search": f"of {search}"}
        seen = http.post("/graphql", json={"query": SEEN, "variables": variables}).json()
        ended = time.perf_counter()
    if dry["created"] != done["created"] or not seen["data"]["result"]["totalCount"]:
        raise RuntimeError((dry, done, seen))
    return planned - began, ended - planned


def sent(
    http: httpx2.Client, mutation: str, content: bytes, mode: str = "DRY_RUN", **choices: Any
) -> dict[str, Any]:
    """The payload of one upload, without bad rows."""
    query = UPLOAD.replace("MUTATION", mutation)
    operation = {"query": query, "variables": {"input": {"file": None, "mode": mode, **choices}}}
    fields = {"operations": json.dumps(operation), "map": '{"0": ["variables.input.file"]}'}
    files = {"0": ("bench.csv", content, "text/csv")}
    headers = {"GraphQL-Require-Preflight": "1"}
    body = http.post("/graphql", data=fields, files=files, headers=headers).json()
    result: dict[str, Any] = body["data"]["result"]
    if result["errors"] or result["rowsRejected"]:
        raise RuntimeError(result)
    return result


def until_seen(http: httpx2.Client, position: int) -> None:
    """Asks until the read model is there: one read waits for five seconds."""
    body = {"query": SEEN, "variables": {"position": position, "search": ""}}
    while "errors" in http.post("/graphql", json=body).json():
        pass
