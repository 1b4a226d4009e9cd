"""Changing many segments by one command, and the read that sees it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx2

from bench.support.report import Measurement
from bench.support.site import database, serving
from bench.writes.undo import UNDO
from bench.writes.upload import sent, until_seen

SIZES = (10_000, 100_000)

CHANGE = """
    mutation ($input: INPUT!) {
        result: MUTATION(input: $input) {
            changed planHash commandId position errors { message }
        }
    }
"""
CHANGES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("archiveUserSegments", "SegmentsCommandInput", {}),
    ("updateUserSegments", "UpdateUserSegmentsInput", {"visible": False}),
    ("deleteUserSegments", "DeleteUserSegmentsInput", {"reason": "Bench."}),
)


def run() -> list[Measurement]:
    """10,000 and 100,000 segments by a filter: each command and its undo, beside their upload."""
    return [measured for size in SIZES for measured in _of(size)]


def _of(size: int) -> Iterator[Measurement]:
    work = f"{size:,} segments"
    with database() as (url, data_dir), serving(url, data_dir) as bench, bench.session() as http:
        began = time.perf_counter()
        done = sent(http, "uploadUserSegments", _file(size), mode="COMMIT")
        until_seen(http, done["position"])
        yield Measurement(f"{work}: upload, visible", time.perf_counter() - began, "s")
        for mutation, kind, change in CHANGES:
            query = CHANGE.replace("MUTATION", mutation).replace("INPUT", kind)
            given = {"segments": {"filter": {}}, **change}
            dry, plan = _timed(http, query, {**given, "mode": "DRY_RUN"}, size)
            commit, done = _timed(http, query, {**given, "planHash": plan["planHash"]}, size)
            undone = {"command": done["commandId"], "reason": "Bench."}
            undo, _ = _timed(http, UNDO, undone, size)
            yield Measurement(f"{work}: {mutation}, dry run", dry, "s")
            yield Measurement(f"{work}: {mutation}, visible", commit, "s")
            yield Measurement(f"{work}: its undo, visible", undo, "s")


def _file(size: int) -> bytes:
    rows = (f"Segment {n},code-{n},Described,yes" for n in range(size))
    return "\n".join(["name,code,description,visible", *rows, ""]).encode()


def _timed(
    http: httpx2.Client, query: str, given: dict[str, Any], size: int
) -> tuple[float, dict[str, Any]]:
    """Seconds until a read sees it, and the payload."""
    began = time.perf_counter()
    body = http.post("/graphql", json={"query": query, "variables": {"input": given}}).json()
    payload: dict[str, Any] = body["data"]["result"]
    if size not in (payload.get("changed"), payload.get("undone")):
        raise RuntimeError(payload)
    if given.get("mode") != "DRY_RUN":
        until_seen(http, payload["position"])
    return time.perf_counter() - began, payload
