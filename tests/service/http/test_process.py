"""A served process: what it logs, and how it stops."""

from __future__ import annotations

import asyncio
import json
import signal
from pathlib import Path
from typing import Any

import psycopg

from domain.kernel.principal import Role
from service.settings import Settings
from tests.acceptance.service import (
    ANSWER_TIMEOUT_S,
    Service,
    client,
    create,
    until_nobody_listens,
    until_somebody_waits,
)
from tests.service.http.serving import token


def _logged(service: Service) -> list[dict[str, Any]]:
    """Its log lines, after the greeting for people."""
    return [json.loads(line) for line in service.lines if line.startswith("{")]


async def test_logs_hold_the_requests_id_and_nothing_that_people_said(
    service: Service, database_url: str, data_dir: Path
) -> None:
    """JSON lines; not even an unexpected failure tells names, codes, or what was searched for."""
    bearer = token(Settings(data_dir=data_dir), Role.SITE_ADMIN, user="ada.lovelace")
    words = {"name": "Quiet Team", "code": "hush-1", "description": "Whispers.", "reason": "Shh."}
    async with client(service.url, bearer) as http:
        http.headers["X-Request-ID"] = "request-77"
        await create(http, **words)
        await create(http, **words)
        with psycopg.connect(database_url) as owner:
            owner.execute("ALTER TABLE read_model.segments RENAME TO gone")
        search = '{ siteUserSegments(search: "murmur") { totalCount } }'
        answer = await http.post("/graphql", json={"query": search})
        assert answer.json()["errors"][0]["extensions"] == {
            "code": "INTERNAL",
            "requestId": "request-77",
        }
    service.stop()
    lines = [line for line in _logged(service) if line.get("request_id") == "request-77"]
    events = ["answered", "answered", "unexpected failure", "answered"]
    assert [line["event"] for line in lines] == events
    assert all({"level", "logger", "timestamp"} <= line.keys() for line in lines)
    assert "UndefinedTable" in lines[2]["exception"]
    told = "\n".join(service.lines).lower()
    said = [*words.values(), "murmur", "ada", "lovelace", bearer]
    assert [word for word in said if word.lower() in told] == []


async def test_a_read_that_takes_long_does_not_keep_it_from_stopping(
    service: Service, database_url: str, data_dir: Path
) -> None:
    """Whoever asked is told to ask again, and the statement ends."""
    bearer = token(Settings(data_dir=data_dir), Role.SITE_ADMIN)
    with psycopg.connect(database_url) as holder:
        holder.execute("LOCK TABLE read_model.segments")
        async with client(service.url, bearer) as http:
            query = {"query": "{ siteUserSegments { totalCount } }"}
            reading = asyncio.create_task(http.post("/graphql", json=query))
            await until_somebody_waits(database_url)
            service._process.send_signal(signal.SIGTERM)
            assert (await asyncio.wait_for(reading, ANSWER_TIMEOUT_S)).status_code == 503
        assert await asyncio.to_thread(service._process.wait, ANSWER_TIMEOUT_S) == 0


async def test_a_command_that_was_taken_is_finished_after_sigterm(
    service: Service, database_url: str, data_dir: Path
) -> None:
    """It is answered and recorded, nobody new is let in, and the process ends well."""
    bearer = token(Settings(data_dir=data_dir), Role.SITE_ADMIN)
    with psycopg.connect(database_url) as holder:
        holder.execute("LOCK TABLE log.events_tt_main IN SHARE ROW EXCLUSIVE MODE")
        async with client(service.url, bearer) as http:
            creating = asyncio.create_task(create(http, name="Sales"))
            await until_somebody_waits(database_url)
            service._process.send_signal(signal.SIGTERM)
            await until_nobody_listens(service.port)
            assert not creating.done()
            holder.rollback()
            payload = await asyncio.wait_for(creating, ANSWER_TIMEOUT_S)
        assert (payload["position"], payload["errors"]) == (1, [])
        assert payload["segment"]["name"] == "Sales"
        recorded = holder.execute("SELECT count(*) FROM log.events_tt_main").fetchone()
    assert recorded == (1,)
    assert service._process.wait(ANSWER_TIMEOUT_S) == 0
