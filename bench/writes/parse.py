"""Reading files row by row: parsed and checked, nothing looked up and nothing recorded."""

from __future__ import annotations

import csv
import io
import time
import tracemalloc
from collections.abc import Iterator
from typing import BinaryIO

from bench.support.report import Measurement
from domain.uploads.csv.row_errors import BadRow
from domain.uploads.csv.row_file import RowFile
from domain.uploads.csv.text import MAX_FILE_BYTES
from domain.uploads.member_file import MemberFile
from domain.uploads.options import UploadOptions
from domain.uploads.segment_file import SegmentFile
from domain.uploads.user_file import UserFile

SEGMENTS = 100_000
USERS = 100_000
MEMBERS = 1_000_000
IN_ROSTERS = 100
RUNS = 3


def run() -> list[Measurement]:
    """100,000 segments, 100,000 users, a million members; one row of 64 MiB."""
    return [
        *_measured(SegmentFile, "segment rows", _segments()),
        *_measured(UserFile, "user rows", _users()),
        *_measured(MemberFile, "member rows", _members()),
        Measurement("64 MiB that are one row: refused", _one_row(b"x"), "s"),
        Measurement("64 MiB that are one row of quoted cells: refused", _one_row(b'"x",'), "s"),
    ]


def _measured(kind: type[RowFile[object]], what: str, content: bytes) -> Iterator[Measurement]:
    rows, seconds = min((_read(kind, content) for _ in range(RUNS)), key=lambda run: run[1])
    alone = min(_split(content) for _ in range(RUNS))
    yield Measurement(f"{rows:,} {what}", seconds, "s", "csv alone", alone, less_is_better=True)
    yield Measurement(f"{rows:,} {what}", rows / seconds, "rows/s")
    yield Measurement(f"{rows:,} {what}: memory", _peak(kind, content), "MiB at most")


def _read(kind: type[RowFile[object]], content: bytes) -> tuple[int, float]:
    began = time.perf_counter()
    file = kind(io.BytesIO(content), UploadOptions())
    bad = sum(isinstance(row, BadRow) for row in file.rows())
    seconds = time.perf_counter() - began
    if bad:
        raise RuntimeError(f"{bad} of {file.rows_read} rows are bad")
    return file.rows_read, seconds


def _one_row(again: bytes) -> float:
    """Seconds until the end of a row is found that is as long as the largest file."""
    content = b"name,code\n" + again * (MAX_FILE_BYTES // len(again) - 10)
    began = time.perf_counter()
    (row,) = SegmentFile(io.BytesIO(content), UploadOptions()).rows()
    seconds = time.perf_counter() - began
    if not isinstance(row, BadRow):
        raise TypeError(row)
    return seconds


def _split(content: bytes) -> float:
    """Seconds that the standard library takes to find the cells."""
    began = time.perf_counter()
    for _ in csv.reader(io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline="")):
        pass
    return time.perf_counter() - began


def _peak(kind: type[RowFile[object]], content: bytes) -> float:
    """What reading takes beside the file itself; the rows are let go one by one."""
    stream: BinaryIO = io.BytesIO(content)
    tracemalloc.start()
    for _ in kind(stream, UploadOptions()).rows():
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


def _segments() -> bytes:
    rows = (f"Segment {n},S-{n},“Described” by a sentence,yes" for n in range(SEGMENTS))
    return "\n".join(["name,idnumber,description,visible", *rows, ""]).encode()


def _users() -> bytes:
    rows = (f"user-{n},user-{n}@example.org,Zoë,Number {n},run-{n % 100}" for n in range(USERS))
    return "\n".join(["username,email,firstname,lastname,cohort1", *rows, ""]).encode()


def _members() -> bytes:
    rows = (f"run-{n % IN_ROSTERS},user-{n + 1}" for n in range(MEMBERS))
    return "\n".join(["segment,username", *rows, ""]).encode()
