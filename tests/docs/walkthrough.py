"""The steps of a page that shows how something is done, and taking them for real.

A step is a block in `sh` that asks the service by curl (`--data '…'`) or by a document for `ask`
(`<<'GRAPHQL'`), or that calls `.venv/bin/segments history`. The block after it, in `json` or
`text`, is what comes back. Commands that set the scene (make, the token) are left to the test.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from starlette.testclient import TestClient
from typer.testing import CliRunner

from service.cli import app
from tests.docs.pages import Block, blocks

_DATA = re.compile(r"--data '(.*?)'$", re.DOTALL | re.MULTILINE)
_DOCUMENT = re.compile(r"<<'GRAPHQL'\n(.*?)^GRAPHQL$", re.DOTALL | re.MULTILINE)
_SEGMENTS = re.compile(r"^\.venv/bin/segments (history .+)$", re.MULTILINE)

_DIFFERS = (
    (re.compile(r"\b(segment|person)_[0-9a-f]{32}\b"), r"\1_…"),
    (re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"), "TIME"),
    (re.compile(r'"remaining": \d+'), '"remaining": MANY'),
)
"""What is another each time."""


class Step(NamedTuple):
    """What to do, and what the page says comes of it (None: nothing is said)."""

    kind: str
    words: str
    shown: Block | None


def steps_of(page: str) -> list[Step]:
    """The steps of a page, in order."""
    all_blocks = blocks(page)
    following: list[Block | None] = [*all_blocks[1:], None]
    steps = []
    for block, after in zip(all_blocks, following, strict=True):
        shown = after if after is not None and after.language in ("json", "text") else None
        if block.language == "sh":
            steps += [Step(kind, words, shown) for kind, words in _commands(block.text)]
    return steps


def _commands(text: str) -> list[tuple[str, str]]:
    kinds = (("curl", _DATA), ("ask", _DOCUMENT), ("segments", _SEGMENTS))
    return [(kind, found[1]) for kind, pattern in kinds for found in pattern.finditer(text)]


class Walker:
    """Takes steps on a running service."""

    def __init__(self, http: TestClient, token: str, environment: Mapping[str, str]) -> None:
        self._http = http
        self._headers = {"Authorization": f"Bearer {token}"}
        self._environment = environment

    def take(self, step: Step) -> Any:
        """What comes back."""
        ways: dict[str, Callable[[str], Any]] = {
            "curl": self._curl,
            "ask": self._ask,
            "segments": self._segments,
        }
        return ways[step.kind](step.words)

    def _curl(self, body: str) -> Any:
        answer = self._http.post("/graphql", json=json.loads(body), headers=self._headers)
        assert answer.status_code == 200, answer.text
        # Nobody pastes as fast as this: what was done by then is seen by what is asked next.
        self._headers["Segments-Min-Position"] = answer.headers["Segments-Position"]
        return answer.json()

    def _ask(self, document: str) -> Any:
        answer = self._curl(json.dumps({"query": document}))
        assert "errors" not in answer, answer
        return answer["data"]

    def _segments(self, words: str) -> str:
        done = CliRunner().invoke(app, shlex.split(words), env=self._environment)
        assert done.exit_code == 0, done.output
        return done.stdout


def alike(answer: Any) -> Any:
    """An answer, or what a page shows of one, without what is another each time."""
    text = answer if isinstance(answer, str) else json.dumps(answer, sort_keys=True)
    for pattern, instead in _DIFFERS:
        text = pattern.sub(instead, text)
    return text.rstrip()


def shown_answer(block: Block) -> Any:
    """What a page shows, to be compared with an answer."""
    return json.loads(block.text) if block.language == "json" else block.text
