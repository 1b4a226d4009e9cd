"""Taking back a file: 100,000 memberships, and the read that sees it."""

from __future__ import annotations

import time
from typing import Any

import httpx2

from bench.support.people import fill_directory
from bench.support.report import Measurement
from bench.support.site import database, serving
from bench.writes.upload import MEMBERSHIPS, members_file, segments_file, sent

UNDO = """
    mutation ($input: UndoCommandInput!) {
        result: undoCommand(input: $input) { undone commandId position errors { message } }
    }
"""
SEEN = """
    query ($position: LogPosition!) {
        result: siteUserSegments(minPosition: $position, first: 1) { totalCount }
    }
"""


def run() -> list[Measurement]:
    """A file of 100,000 memberships: what its undo would do, the undo, and the undo of that."""
    with database() as (url, data_dir):
        fill_directory(url, MEMBERSHIPS)
        with serving(url, data_dir) as bench, bench.session() as http:
            sent(http, "uploadUserSegments", segments_file("run"), mode="COMMIT")
            done = sent(http, "uploadSegmentMembers", members_file("run"), mode="COMMIT")
            dry, _ = _undone(http, done["commandId"], "DRY_RUN")
            undo, payload = _undone(http, done["commandId"], "COMMIT")
            redo, _ = _undone(http, payload["commandId"], "COMMIT")
    work = f"{MEMBERSHIPS:,} memberships"
    return [
        Measurement(f"{work}: dry run of their undo", dry, "s"),
        Measurement(f"{work}: undo, visible", undo, "s"),
        Measurement(f"{work}: undo of the undo, visible", redo, "s"),
    ]


def _undone(http: httpx2.Client, command: str, mode: str) -> tuple[float, dict[str, Any]]:
    began = time.perf_counter()
    given = {"command": command, "reason": "Bench.", "mode": mode}
    payload = _asked(http, UNDO, {"input": given})
    if payload["undone"] != MEMBERSHIPS:
        raise RuntimeError(payload)
    if mode == "COMMIT":
        _asked(http, SEEN, {"position": payload["position"]})
    return time.perf_counter() - began, payload


def _asked(http: httpx2.Client, query: str, variables: dict[str, Any]) -> dict[str, Any]:
    body = http.post("/graphql", json={"query": query, "variables": variables}).json()
    result: dict[str, Any] = body["data"]["result"]
    return result
