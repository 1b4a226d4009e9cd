"""The service behind the console, from nothing to answering."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from tests.acceptance.service import SEGMENTS, free_port, token
from tests.web.answers import expect_answer

READY = "Uvicorn running"
MAX_LOG_CHARACTERS = 4_000
"""Characters of a log that are told."""

STATUS = "{ logStatus { head readModel } }"


class Site:
    """A service on a data directory of its own; it can be stopped and started again."""

    def __init__(
        self, data_dir: Path, *words: str, settings: Mapping[str, str] | None = None
    ) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._words = words
        self._settings = settings or {}
        self._running: subprocess.Popen[str] | None = None
        self._drain: subprocess.Popen[bytes] | None = None
        # No connection is kept: the service may be stopped and started between two questions.
        self._http = httpx2.Client(timeout=60, limits=httpx2.Limits(max_keepalive_connections=0))

    def start(self) -> None:
        """Returns once it answers."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("SEGMENTS_")}
        environment |= self._settings
        command = [str(SEGMENTS), "serve", "--data", str(self.data_dir), "--port", str(self.port)]
        log = (self.data_dir.parent / "service.log").open("a+")
        self._running = subprocess.Popen(
            [*command, *self._words], env=environment, stderr=subprocess.PIPE, text=True
        )
        assert self._running.stderr is not None
        for line in self._running.stderr:
            log.write(line)
            if READY in line:
                break
        else:
            log.seek(0)
            raise AssertionError(log.read())
        # What it says later is read, too: a full pipe would stop it.
        self._drain = subprocess.Popen(["cat"], stdin=self._running.stderr, stdout=log)
        self._running.stderr.close()
        log.close()

    def stop(self) -> None:
        """As an operator would: SIGTERM, and wait."""
        if self._running is None:
            return
        self._running.send_signal(signal.SIGTERM)
        self._running.wait(60)
        if self._drain is not None:
            self._drain.wait(10)
        self._running = None

    def token(self, role: str, user: str | None = None) -> str:
        """A token for the API: of the role's stand-in, or of a user of the directory."""
        return token(self.data_dir, role, user=user)

    def ask(self, query: str, role: str = "site-admin", **variables: Any) -> dict[str, Any]:
        """What the API answers, past the browser: to prepare, and to check what was recorded.

        All that was recorded before is in an answer, by whomever; what a command does is there for
        every question and every page after it.
        """
        if not query.lstrip().startswith("mutation"):
            self.catch_up()
            return self._answer(query, role, variables)
        data = self._answer(query, role, variables)
        self.catch_up()
        return data

    def catch_up(self) -> None:
        """Returns once the read model has all that is in the log."""
        expect_answer(self._lag).to_equal(0)

    def _lag(self) -> int:
        status = self._answer(STATUS, "site-admin", {})["logStatus"]
        return int(status["head"]) - int(status["readModel"])

    def _answer(self, query: str, role: str, variables: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token(role)}"}
        body = {"query": query, "variables": variables}
        answer = self._http.post(f"{self.url}/graphql", json=body, headers=headers).json()
        assert "errors" not in answer, f"{answer}\n{self._last_words()}"
        data: dict[str, Any] = answer["data"]
        return data

    def _last_words(self) -> str:
        """What the service logged last: a failure that hardly ever comes is told there."""
        return (self.data_dir.parent / "service.log").read_text()[-MAX_LOG_CHARACTERS:]


@contextmanager
def serving_console(
    data_dir: Path, *words: str, settings: Mapping[str, str] | None = None
) -> Iterator[Site]:
    """A site that answers, stopped at the end of the block."""
    data_dir.parent.mkdir(exist_ok=True)
    site = Site(data_dir, *words, settings=settings)
    try:
        site.start()
        yield site
    finally:
        site.stop()
