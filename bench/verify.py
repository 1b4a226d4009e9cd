"""Exporting a log of a million events, and verifying the export as an auditor does."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from bench.proofs import FILL
from bench.support.report import Measurement
from bench.support.site import database
from projections.proofs.export import LogExport
from service.proofs.signed import connection_for, signed_now
from service.settings import Settings
from verifier import verify

EVENTS = 1_000_000
TARGET = 60.0


def run() -> list[Measurement]:
    """1,000,000 events of 600 bytes: into the tree, out into a file, and verified by the script."""
    with database() as (url, data_dir):
        with psycopg.connect(url) as connection:
            connection.execute(FILL, [EVENTS])
        settings = Settings(database_url=url, data_dir=data_dir)
        began = time.perf_counter()
        signed, _ = signed_now(settings, url)
        grown = time.perf_counter()
        file = data_dir / "log.jsonl"
        with psycopg.connect(connection_for(url)) as connection, file.open("wb") as stream:
            stream.writelines(line + b"\n" for line in LogExport(connection, signed).lines())
        exported = time.perf_counter()
        _verified(file, data_dir / "checkpoints")
        verified = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        Measurement("the tree over them, signed", grown - began, "s"),
        Measurement("the export", exported - grown, "s"),
        Measurement("verified by the script", verified - exported, "s", "target", TARGET, True),
        Measurement("memory of the largest child process", memory, "MiB"),
    ]


def _verified(file: Path, published: Path) -> None:
    words = ["--vkey", str(published / "log.vkeys")]
    words += ["--checkpoints", str(published / "log.checkpoints")]
    subprocess.run([sys.executable, verify.__file__ or "", str(file), *words], check=True)
