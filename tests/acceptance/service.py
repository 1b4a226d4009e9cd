"""Real service processes, and a client that speaks to them as any other would."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import httpx2
import psycopg

from domain.kernel.principal import Role
from service.settings import Settings
from service.sign_in import issue_development_token

SEGMENTS = Path(sys.executable).with_name("segments")
START_TIMEOUT_S = 120.0
"""Seconds, on a machine with much else to do; 2 are usual."""
ANSWER_TIMEOUT_S = 120.0
MAX_TIMES_BEHIND = 20
GOOD_FOR = timedelta(hours=1)
"""What a token is."""


class Service:
    """One `segments serve` process on a database that is shared or not."""

    def __init__(self, database_url: str, data_dir: Path, *words: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        environment = {**os.environ, "SEGMENTS_DATABASE_URL": database_url}
        environment["SEGMENTS_RATE_PER_SECOND"] = "0"  # tests ask more than one may
        command = [str(SEGMENTS), "serve", "--no-demo"]
        command += ["--data", str(data_dir), "--port", str(self.port)]
        self._process = subprocess.Popen(
            [*command, *words], env=environment, stderr=subprocess.PIPE, text=True
        )
        self._heard = threading.Condition()
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_until_ready(self) -> Self:
        """Returns once the process has said that it answers."""
        self.has_said("Uvicorn running")
        return self

    def has_said(self, words: str, times: int = 1) -> None:
        """Returns once it has, in so many lines."""

        def often() -> bool:
            return sum(words in line for line in self.lines) >= times

        with self._heard:
            assert self._heard.wait_for(often, START_TIMEOUT_S), "\n".join(self.lines)

    @property
    def pid(self) -> int:
        """Of the process that was started."""
        return self._process.pid

    def send(self, number: signal.Signals) -> None:
        """A signal."""
        self._process.send_signal(number)

    def ended(self) -> int:
        """The exit code, once it has ended by itself and all its lines are there."""
        code = self._process.wait(ANSWER_TIMEOUT_S)
        self._reader.join(ANSWER_TIMEOUT_S)
        return code

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        self._process.wait(10)

    def stop(self) -> None:
        """SIGTERM, and wait; a process that will not end is killed."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()
        self._reader.join(10)
        assert self._process.stderr is not None
        self._process.stderr.close()

    def _read(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            with self._heard:
                self.lines.append(line.rstrip())
                self._heard.notify_all()


@contextmanager
def serving(database_url: str, data_dir: Path, *words: str) -> Iterator[Service]:
    """A ready service process, stopped at the end of the block."""
    service = Service(database_url, data_dir, *words)
    try:
        yield service.wait_until_ready()
    finally:
        service.stop()


def token(data_dir: Path, *roles: str, user: str | None = None) -> str:
    """What `segments token` prints, for a user of the directory or for the roles' stand-in."""
    found = [Role[role.upper().replace("-", "_")] for role in roles]
    return issue_development_token(Settings(data_dir=data_dir), found, user, GOOD_FOR)


def client(url: str, bearer: str) -> httpx2.AsyncClient:
    """An HTTP client of one service, signed in."""
    headers = {"Authorization": f"Bearer {bearer}"}
    limits = httpx2.Limits(max_connections=100)
    return httpx2.AsyncClient(
        base_url=url, headers=headers, limits=limits, timeout=ANSWER_TIMEOUT_S
    )


async def ask(http: httpx2.AsyncClient, query: str, **variables: Any) -> dict[str, Any]:
    """The data of a query that is answered without errors. While the read model is behind it is
    asked again, as clients do: on a busy machine it may be for longer than one answer waits.
    """
    for _ in range(MAX_TIMES_BEHIND):
        answer = await http.post("/graphql", json={"query": query, "variables": variables})
        body = answer.json()
        assert answer.status_code == 200, body
        if not _is_behind(body):
            break
    assert "errors" not in body, body
    data: dict[str, Any] = body["data"]
    return data


def _is_behind(body: dict[str, Any]) -> bool:
    codes = [error["extensions"].get("code") for error in body.get("errors", [])]
    return codes == ["READ_MODEL_BEHIND"]


CREATE = """
    mutation ($input: CreateUserSegmentInput!) {
        createUserSegment(input: $input) {
            commandId
            position
            segment { id name code version }
            errors { code path ... on CodeTaken { heldBy { id } } }
        }
    }
"""


REPEATED = {"LIMIT", "UNAVAILABLE"}
"""Codes of errors that say: the same command again, with its commandId."""


async def create(http: httpx2.AsyncClient, **fields: Any) -> dict[str, Any]:
    """The payload of one createUserSegment, which is repeated as long as a busy service says so."""
    wanted = {"query": CREATE, "variables": {"input": {"commandId": uuid4().hex, **fields}}}
    async with asyncio.timeout(ANSWER_TIMEOUT_S):
        while True:
            body = (await http.post("/graphql", json=wanted)).json()
            if "errors" not in body:
                payload: dict[str, Any] = body["data"]["createUserSegment"]
                return payload
            assert {error["extensions"]["code"] for error in body["errors"]} <= REPEATED, body


async def until_somebody_waits(database_url: str) -> None:
    """For a lock of the database."""
    query = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    async with (
        asyncio.timeout(ANSWER_TIMEOUT_S),
        await psycopg.AsyncConnection.connect(database_url, autocommit=True) as looking,
    ):
        while True:
            cursor = await looking.execute(query)
            if await cursor.fetchone() != (0,):
                return


async def until_nobody_listens(port: int) -> None:
    """Returns once nobody new is let in."""
    async with asyncio.timeout(ANSWER_TIMEOUT_S):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except ConnectionError:  # refused, or reset while it was still in the queue
                return
            writer.close()


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
