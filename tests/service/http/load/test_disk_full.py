"""A database without room: told as such, by commands and by readiness, and gone with it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import httpx2
import psycopg
import pytest
from starlette.types import ASGIApp

from service.database import disk_space
from service.http import health
from tests.service.http.serving import client

FULL = """
    CREATE FUNCTION public.no_room() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE 'could not extend file: No space left on device' USING ERRCODE = '53100';
        END $$;
    CREATE TRIGGER no_room BEFORE INSERT ON {table} EXECUTE FUNCTION public.no_room();
"""
"""PostgreSQL says so itself when it is; with an event the log's table grows first."""

NO_ROOM = """
    DO $$ BEGIN
        RAISE 'could not write to file: No space left on device' USING ERRCODE = '53100';
    END $$
"""
TIMEOUT_S = 20.0
"""Seconds for what a projector does when it tries again."""

CREATE = """mutation ($id: ID!) {
    createUserSegment(input: {name: "S", commandId: $id}) { position errors { code } }
}"""


@contextmanager
def full(database_url: str, table: str) -> Iterator[None]:
    """There is no room for that table while the block runs."""
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute(FULL.format(table=table))
        try:
            yield
        finally:
            owner.execute("DROP FUNCTION public.no_room CASCADE")


@pytest.fixture(autouse=True)
def looked_at_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readiness."""
    monkeypatch.setattr(health, "GOOD_FOR", 0.0)
    monkeypatch.setattr(health, "ROOM_FOR", 0.0)


async def _ready(app: ASGIApp) -> str:
    async with client(app) as http:
        answer = await http.get("/health/ready")
    return str(answer.json().get("reason", answer.json()["status"]))


async def test_commands_and_readiness_say_that_the_disk_is_full(
    app: ASGIApp, admin: httpx2.AsyncClient, database_url: str
) -> None:
    """With the id to repeat the command by; once there is room that is all it takes."""
    command = str(uuid4())
    given = {"query": CREATE, "variables": {"id": command}}
    with full(database_url, "log.events_tt_main"):
        (error,) = (await admin.post("/graphql", json=given)).json()["errors"]
        assert "disk is full" in error["message"]
        assert error["extensions"] == {"code": "UNAVAILABLE", "commandId": command}
        assert await _ready(app) == "the database's disk is full"
        metrics = (await admin.get("/metrics")).text
        outcome = 'segments_commands_total{mutation="createUserSegment",outcome="DISK_FULL"}'
        assert outcome in metrics
    answer = (await admin.post("/graphql", json=given)).json()
    assert answer["data"]["createUserSegment"] == {"position": 1, "errors": []}
    assert await _ready(app) == "ready"


async def test_reads_need_no_room(
    app: ASGIApp, admin: httpx2.AsyncClient, database_url: str
) -> None:
    """It is ready as long as nobody found out."""
    with full(database_url, "log.events_tt_main"):
        query = {"query": "{ siteUserSegments { totalCount } }"}
        answer = (await admin.post("/graphql", json=query)).json()
        assert answer["data"]["siteUserSegments"]["totalCount"] == 0
        assert await _ready(app) == "ready"


async def test_readiness_says_so_though_the_projector_alone_lacks_room(
    app: ASGIApp, admin: httpx2.AsyncClient, database_url: str
) -> None:
    """Not that the read model is behind, which it is: what it takes is room."""
    given = {"query": CREATE, "variables": {"id": str(uuid4())}}
    with full(database_url, "read_model.segments"):
        await admin.post("/graphql", json=given)
        async with asyncio.timeout(TIMEOUT_S):
            while await _ready(app) != "the database's disk is full":
                pass
    async with asyncio.timeout(TIMEOUT_S):
        while await _ready(app) != "ready":
            pass


async def test_readiness_finds_out_though_nothing_is_asked_of_this_process(
    app: ASGIApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It tries, each time that it is asked."""
    with monkeypatch.context() as patched:
        patched.setattr(disk_space, "_TRY", NO_ROOM)
        assert await _ready(app) == "the database's disk is full"
        assert await _ready(app) == "the database's disk is full"
    assert await _ready(app) == "ready"
