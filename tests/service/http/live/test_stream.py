"""`POST /graphql/stream`: server-sent events."""

from __future__ import annotations

from collections.abc import Callable

import httpx2
import pytest

from domain.kernel.principal import Role
from service.http.live import connection_limits, stream
from service.settings import Settings
from tests.acceptance.service import create
from tests.service.http.live.talking import EVENTS, FORBIDDEN, TIMEOUT_S, denials, streamed
from tests.service.http.serving import token

Sign = Callable[..., str]

COUNT = "query ($n: Int!) { siteUserSegments(first: $n) { totalCount } }"


async def test_events_come_as_they_are_recorded(
    host: str, sign: Sign, writer: httpx2.AsyncClient
) -> None:
    """First what was there after the position, then each new one."""
    await create(writer, name="One")
    async with streamed(host, sign(Role.AUDITOR), EVENTS, after=0) as told:
        for position in (1, 2, 3):
            name, data = await anext(told)
            event = {"position": position, "type": "segment.created"}
            told_at = {"position": position}
            assert (name, data) == ("next", {"data": {"events": event}, "extensions": told_at})
            await create(writer, name="Next")


async def test_the_position_asked_for_is_waited_for_and_told(
    host: str, sign: Sign, writer: httpx2.AsyncClient
) -> None:
    """By header and in the body; the result says where it was read."""
    headers = {"Authorization": f"Bearer {sign()}", "Accept": "text/event-stream"}
    async with httpx2.AsyncClient(base_url=f"http://{host}", headers=headers) as http:
        for position in (1, 2):
            await create(writer, name="S")
            in_body = {"extensions": {"minPosition": position}} if position == 1 else {}
            answer = await http.post(
                "/graphql/stream",
                json={"query": COUNT, "variables": {"n": 1}, **in_body},
                headers={"Segments-Min-Position": str(position)} if position == 2 else {},
            )
            assert f'{{"totalCount":{position}}}' in answer.text
            assert answer.headers["Segments-Position"] == str(position)


async def test_any_operation_runs_and_completes(host: str, sign: Sign) -> None:
    """One result, then the end."""
    async with streamed(host, sign(), "{ logStatus { head } }") as told:
        name, result = await anext(told)
        assert (name, result["data"]) == ("next", {"logStatus": {"head": 0}})
        assert result["extensions"]["cost"] == 1
        assert await anext(told) == ("complete", None)


async def test_silence_is_filled_with_comments(
    host: str, sign: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that nothing in between takes it for dead."""
    monkeypatch.setattr(stream, "KEEP_ALIVE", 0.01)
    headers = {"Authorization": f"Bearer {sign()}", "Accept": "text/event-stream"}
    async with (
        httpx2.AsyncClient(base_url=f"http://{host}", headers=headers, timeout=TIMEOUT_S) as http,
        http.stream("POST", "/graphql/stream", json={"query": EVENTS}) as answer,
    ):
        assert [line async for line in _first(answer, 3)] == [":", "", ":"]


async def _first(answer: httpx2.Response, many: int):  # type: ignore[no-untyped-def]
    async for line in answer.aiter_lines():
        yield line
        many -= 1
        if not many:
            return


async def test_it_ends_with_the_token(host: str, settings: Settings) -> None:
    """And says why."""
    async with streamed(host, token(settings, Role.AUDITOR, seconds=2), EVENTS) as told:
        name, data = await anext(told)
        assert (name, data["errors"][0]["message"]) == (
            "next",
            "Sign in again: the token has expired.",
        )
        assert await anext(told) == ("complete", None)


@pytest.mark.parametrize(
    ("body", "accept", "status", "code"),
    [
        pytest.param({"query": EVENTS}, "application/json", 406, "INVALID", id="JSON accepted"),
        pytest.param(
            {"query": "{ nonsense }"}, "text/event-stream", 400, "INVALID", id="unknown field"
        ),
        pytest.param(
            {"query": "subscription { events { "},
            "text/event-stream",
            400,
            "INVALID",
            id="unfinished",
        ),
        pytest.param(
            {"query": COUNT, "variables": {"n": "one"}},
            "text/event-stream",
            400,
            "INVALID",
            id="variable of another type",
        ),
        pytest.param(
            {"query": "{ a" * 16 + " }" * 16}, "text/event-stream", 400, "LIMIT", id="too deep"
        ),
        pytest.param(
            {"query": EVENTS, "variables": {"after": 99}},
            "text/event-stream",
            400,
            "INVALID",
            id="beyond the log",
        ),
        pytest.param({"query": 5}, "text/event-stream", 400, "INVALID", id="query a number"),
        pytest.param(
            {"query": "{ viewer { id } }", "variables": []},
            "text/event-stream",
            400,
            "INVALID",
            id="variables a list",
        ),
        pytest.param([], "text/event-stream", 400, "INVALID", id="list"),
        pytest.param({}, "text/event-stream", 400, "INVALID", id="no query"),
    ],
)
async def test_what_cannot_be_run_is_refused(
    writer: httpx2.AsyncClient, body: object, accept: str, status: int, code: str
) -> None:
    """As JSON without `data`, before anything is streamed."""
    answer = await writer.post("/graphql/stream", json=body, headers={"Accept": accept})
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (status, code)
    assert answer.json().keys() == {"errors"}


async def test_what_is_forbidden_is_a_result(
    host: str, sign: Sign, writer: httpx2.AsyncClient
) -> None:
    """The field is null in it, since it was executed; a denial is noted once."""
    async with streamed(host, sign(Role.LEARNER), FORBIDDEN) as told:
        name, result = await anext(told)
        assert (name, result["data"]) == ("next", {"events": None})
        assert result["errors"][0]["extensions"]["code"] == "FORBIDDEN"
        assert await anext(told) == ("complete", None)
    assert await denials(writer) == ["events"]


@pytest.mark.parametrize("role", [Role.TRAINING_MANAGER, Role.LEARNER])
async def test_the_log_is_for_admins_and_auditors(host: str, sign: Sign, role: Role) -> None:
    """Others are told so; strangers are not asked in."""
    headers = {"Accept": "text/event-stream"}
    async with httpx2.AsyncClient(base_url=f"http://{host}", headers=headers) as http:
        body = {"query": EVENTS}
        assert (await http.post("/graphql/stream", json=body)).status_code == 401
        headers = {"Authorization": f"Bearer {sign(role)}"}
        answer = await http.post("/graphql/stream", json=body, headers=headers)
        assert answer.json()["errors"][0]["extensions"]["code"] == "FORBIDDEN"
        assert (await http.get("/graphql/stream", headers=headers)).status_code == 405


async def test_one_principal_may_have_so_many(
    host: str, sign: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that ends makes room."""
    monkeypatch.setattr(connection_limits, "MAX_OPERATIONS", 1)
    headers = {"Authorization": f"Bearer {sign()}", "Accept": "text/event-stream"}
    async with httpx2.AsyncClient(base_url=f"http://{host}", headers=headers) as http:
        body = {"query": EVENTS}
        async with http.stream("POST", "/graphql/stream", json=body) as first:
            assert first.status_code == 200
            assert (await http.post("/graphql/stream", json=body)).status_code == 429


async def test_graphql_itself_streams_nothing(writer: httpx2.AsyncClient) -> None:
    """Queries of clients that would take a stream, too, are answered plainly."""
    accept = (
        "application/graphql-response+json, application/json, text/event-stream, multipart/mixed"
    )
    query = {"query": "{ logStatus { head } }"}
    answer = await writer.post("/graphql", json=query, headers={"Accept": accept})
    assert answer.json()["data"] == {"logStatus": {"head": 0}}
    answer = await writer.post("/graphql", json={"query": EVENTS}, headers={"Accept": accept})
    assert answer.status_code == 400
    assert "/graphql/stream" in answer.json()["errors"][0]["message"]
