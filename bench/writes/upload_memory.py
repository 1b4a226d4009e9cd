"""The largest uploads that are taken, and the memory that their worker needs at most."""

from __future__ import annotations

import json
import time

import httpx2

from bench.support.people import fill_directory
from bench.support.report import Measurement
from bench.support.site import Bench, database, peak, serving

USERS = 100_000
SEGMENTS = 10
ROWS = USERS * SEGMENTS
MAX_FILE_BYTES = 64 * 2**20
TARGET = 300.0
BETWEEN_LOOKS = 0.005
HEADER = "segment,username,note"

UPLOAD = """
    mutation ($input: UploadInput!) {
        result: MUTATION(input: $input) { rowsRead rowsRejected created errors { message } }
    }
"""


def run() -> list[Measurement]:
    """A million rows of members, 64 MiB: all of them good, or all of them bad."""
    figures = []
    with database() as (url, data_dir):
        fill_directory(url, USERS)
        segments = [f"Segment {n},s-{n}" for n in range(SEGMENTS)]
        with serving(url, data_dir) as bench, bench.session() as http:
            _sent(http, "uploadUserSegments", "COMMIT", "\n".join(["name,code", *segments]))
        for what, prefix in (("all bad", "nobody"), ("all good", "user")):
            content = _members(prefix)
            for mode in ("DRY_RUN", "COMMIT"):
                with serving(url, data_dir) as bench:
                    seconds, most = _measured(bench, mode, content)
                work = f"{mode} of a million rows, {what}"
                figures += [
                    Measurement(f"{work}: memory", most, "MiB", "target", TARGET, True),
                    Measurement(f"{work}: time", seconds, "s"),
                ]
    return figures


def _measured(bench: Bench, mode: str, content: str) -> tuple[float, float]:
    """Seconds, and MiB at most."""
    began = time.perf_counter()
    with bench.session() as http, peak(bench.pid) as most:
        _sent(http, "uploadSegmentMembers", mode, content)
    return time.perf_counter() - began, most[0]


def _members(prefix: str) -> str:
    """Padded to the largest file that is taken."""
    rows = [f"s-{n % SEGMENTS},{prefix}-{n // SEGMENTS + 1}," for n in range(ROWS)]
    disk_space = MAX_FILE_BYTES - len(HEADER) - sum(map(len, rows)) - len(rows)
    padding = "x" * (disk_space // len(rows))
    return "\n".join([HEADER, *(row + padding for row in rows)])


def _sent(http: httpx2.Client, mutation: str, mode: str, content: str) -> None:
    query = UPLOAD.replace("MUTATION", mutation)
    given = {"file": None, "mode": mode, "badRows": "SKIP_ROWS"}
    operation = {"query": query, "variables": {"input": given}}
    fields = {"operations": json.dumps(operation), "map": '{"0": ["variables.input.file"]}'}
    files = {"0": ("bench.csv", content.encode(), "text/csv")}
    headers = {"GraphQL-Require-Preflight": "1"}
    body = http.post("/graphql", data=fields, files=files, headers=headers).json()
    result = body["data"]["result"]
    if result["errors"] or result["rowsRead"] != result["rowsRejected"] + result["created"]:
        raise RuntimeError(body)
