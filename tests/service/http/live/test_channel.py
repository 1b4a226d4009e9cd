"""X-Segments-Channel: what a client may say that it is, at each of the three doors."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx2
import psycopg
import pytest

from tests.service.http.live.talking import talk

MAKE = 'mutation { createUserSegment(input: {name: "S"}) { position errors { code } } }'


def _recorded(database_url: str) -> list[str]:
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("SELECT data FROM log.events_tt_main ORDER BY id").fetchall()
    return [json.loads(bytes(data))["envelope"]["channel"] for (data,) in rows]


@pytest.mark.parametrize(
    ("said", "recorded"),
    [("CONSOLE", "CONSOLE"), ("console", "CONSOLE"), ("CLI", "API"), ("SYSTEM", "API")],
    ids=["the console", "in small letters", "the command line", "the service"],
)
async def test_nobody_passes_for_the_command_line(
    said: str,
    recorded: str,
    host: str,
    sign: Callable[..., str],
    writer: httpx2.AsyncClient,
    database_url: str,
) -> None:
    """An auditor believes what stands there: but for the console it is the service's word."""
    claim = {"X-Segments-Channel": said}
    for path, accept in (
        ("/graphql", "application/json"),
        ("/graphql/stream", "text/event-stream"),
    ):
        headers = claim | {"Accept": accept}
        answer = await writer.post(path, json={"query": MAKE}, headers=headers)
        assert answer.status_code == 200, answer.text
    async with talk(host, sign(), additional_headers=claim) as talking:
        await talking.subscribe(MAKE)
        assert (await talking.next())["createUserSegment"] == {"position": 3, "errors": []}
    assert _recorded(database_url) == [recorded] * 3
