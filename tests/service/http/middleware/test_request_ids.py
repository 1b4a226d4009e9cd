"""X-Request-ID: taken or made, returned, and recorded as the correlation id."""

from __future__ import annotations

import json

import httpx2
import psycopg
import pytest

CREATE = {"query": 'mutation { createUserSegment(input: {name: "S"}) { position } }'}


def _recorded(database_url: str) -> list[str]:
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("SELECT data FROM log.events_tt_main ORDER BY id").fetchall()
    found = [json.loads(bytes(data)) for (data,) in rows]
    return [event["envelope"]["correlationId"] for event in found]


async def test_it_is_recorded_with_what_was_done(
    admin: httpx2.AsyncClient, database_url: str
) -> None:
    """Given by the client, or made; and returned as it was recorded."""
    given = await admin.post("/graphql", json=CREATE, headers={"X-Request-ID": "trace.1:2_3-4"})
    made = await admin.post("/graphql", json=CREATE)
    assert given.headers["X-Request-ID"] == "trace.1:2_3-4"
    assert len(made.headers["X-Request-ID"]) == 32
    assert _recorded(database_url) == ["trace.1:2_3-4", made.headers["X-Request-ID"]]


@pytest.mark.parametrize(
    "given",
    ["", "a b", "x" * 129, "näme", "a\tb", "{}"],
    ids=["empty", "space", "too long", "not ASCII", "tab", "braces"],
)
async def test_one_that_does_not_do_is_replaced(admin: httpx2.AsyncClient, given: str) -> None:
    """It goes into logs and the log as it is."""
    answer = await admin.get("/health/live", headers={b"X-Request-ID": given.encode("latin-1")})
    returned = answer.headers["X-Request-ID"]
    assert returned != given
    assert len(returned) == 32


async def test_every_answer_has_one(admin: httpx2.AsyncClient) -> None:
    """Refusals and what is not there, too."""
    answers = [
        await admin.get("/nothing"),
        await admin.put("/graphql"),
        await admin.post("/graphql", content=b"{", headers={"Content-Type": "application/json"}),
        await admin.post("/graphql", json=CREATE, headers={"Authorization": "none"}),
    ]
    assert [answer.status_code for answer in answers] == [404, 405, 400, 401]
    ids = {answer.headers["X-Request-ID"] for answer in answers}
    assert len(ids) == len(answers)
