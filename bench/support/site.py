"""A real service for a benchmark: its own database with fsync on, its own processes, loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import psutil

from service.database.open_database import bring_up_to_date
from service.database.postgres.embedded import embedded
from service.settings import Settings

SEGMENTS = Path(sys.executable).with_name("segments")
BETWEEN_LOOKS = 0.005


@dataclass(frozen=True)
class Bench:
    """Where a benchmark's service is, and how to speak to it."""

    url: str
    token: str
    data_dir: Path
    pid: int
    """Of the process that answers; with several workers, of the one that keeps them."""

    def client(self, connections: int = 16, kept: int | None = None) -> httpx2.AsyncClient:
        """A client, signed in as a site admin."""
        limits = httpx2.Limits(max_connections=connections, max_keepalive_connections=kept)
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx2.AsyncClient(base_url=self.url, headers=headers, limits=limits, timeout=60)

    def session(self) -> httpx2.Client:
        """The same for one request after the other."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx2.Client(base_url=self.url, headers=headers, timeout=120)


@contextmanager
def database() -> Iterator[tuple[str, Path]]:
    """A migrated database that nothing else uses, and its data directory."""
    with tempfile.TemporaryDirectory(prefix="segments-bench-") as folder:
        data_dir = Path(folder) / "data"
        with embedded(data_dir) as url:
            bring_up_to_date(Settings(), url)
            yield url, data_dir


@contextmanager
def serving(
    url: str | None, data_dir: Path, workers: int = 1, *, is_bounded: bool = False
) -> Iterator[Bench]:
    """A ready service on a database, or on the data directory's own; with a bound to what one
    principal may ask for only if that is what is to be seen.
    """
    port = free_port()
    words = ["serve", "--no-demo", "--data", str(data_dir), "--port", str(port)]
    environment = {**os.environ, "SEGMENTS_DATABASE_URL": url or ""}
    if not is_bounded:
        environment["SEGMENTS_RATE_PER_SECOND"] = "0"
    process = subprocess.Popen(
        [str(SEGMENTS), *words, "--workers", str(workers)],
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        until_ready(address)
        yield Bench(address, _token(data_dir), data_dir, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def until_ready(address: str, longest: float = 60.0) -> float:
    """Seconds until the service says that it is ready."""
    started = time.perf_counter()
    while time.perf_counter() - started < longest:
        try:
            if httpx2.get(f"{address}/health/ready", timeout=5).status_code == 200:
                return time.perf_counter() - started
        except httpx2.TransportError:
            time.sleep(0.01)
    raise TimeoutError(f"not ready within {longest} s")


def _token(data_dir: Path) -> str:
    words = [str(SEGMENTS), "token", "--role", "site-admin", "--ttl", "1d"]
    words += ["--data", str(data_dir)]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def resident(pid: int) -> float:
    """The MiB of memory that a process takes up."""
    return float(psutil.Process(pid).memory_info().rss / 2**20)


@contextmanager
def peak(pid: int) -> Iterator[list[float]]:
    """The most MiB that it takes up while the block runs: one number, there after the block."""
    most, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(BETWEEN_LOOKS):
            most[0] = max(most[0], resident(pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()
