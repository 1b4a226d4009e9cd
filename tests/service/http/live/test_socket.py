"""`/graphql` by WebSocket."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from gql import Client, gql
from gql.transport.websockets import WebsocketsTransport
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from domain.kernel.principal import Role
from service.http.live import connection_limits, socket
from service.settings import Settings
from tests.acceptance.service import create
from tests.service.http.live.talking import CHANGES, EVENTS, FORBIDDEN, denials, do, talk
from tests.service.http.serving import token

Sign = Callable[..., str]

REFUSED = 4403


async def test_events_come_as_they_are_recorded(
    host: str, sign: Sign, writer: httpx2.AsyncClient
) -> None:
    """First what was there after the position, then each new one."""
    await create(writer, name="One")
    async with talk(host, sign()) as talking:
        await talking.subscribe(EVENTS, after=0)
        assert await talking.next() == {"events": {"position": 1, "type": "segment.created"}}
        await create(writer, name="Two")
        assert await talking.next() == {"events": {"position": 2, "type": "segment.created"}}


async def test_without_a_position_it_begins_now(
    host: str, sign: Sign, writer: httpx2.AsyncClient
) -> None:
    """What was recorded before is not told."""
    first = await create(writer, name="One")
    async with talk(host, sign()) as talking:
        wait = "query ($p: LogPosition) { siteUserSegments(minPosition: $p) { totalCount } }"
        await talking.subscribe(wait, id="wait", p=first["position"])
        assert await talking.next("wait") == {"siteUserSegments": {"totalCount": 1}}
        assert (await talking.hear())["type"] == "complete"
        await talking.subscribe(EVENTS)
        await talking.say("ping")
        assert (await talking.hear())["type"] == "pong"
        await talking.subscribe("{ logStatus { head } }", id="status")
        assert await talking.next("status") == {"logStatus": {"head": 1}}
        assert (await talking.hear())["type"] == "complete"
        await create(writer, name="Two")
        assert (await talking.next())["events"]["position"] == 2


async def test_an_operation_waits_for_the_position_of_its_message(
    host: str, sign: Sign, writer: httpx2.AsyncClient
) -> None:
    """And its result tells where it was read; what is no position is refused, by name."""
    await create(writer, name="One")
    async with talk(host, sign()) as talking:
        for position in (1, -1):
            payload = {
                "query": "{ siteUserSegments { totalCount } }",
                "extensions": {"minPosition": position},
            }
            await talking.say("subscribe", id=f"at {position}", payload=payload)
            if position == 1:
                told = (await talking.hear())["payload"]
                assert told["data"] == {"siteUserSegments": {"totalCount": 1}}
                assert told["extensions"]["position"] == 1
                assert (await talking.hear())["type"] == "complete"
        assert (await talking.error())["extensions"] == {
            "code": "INVALID",
            "argument": "extensions.minPosition",
        }


async def test_a_push_tells_the_position_of_its_snapshot(
    host: str, sign: Sign, writer: httpx2.AsyncClient
) -> None:
    """In which the segment and its roster are read."""
    segment = (await create(writer, name="Sales", code="sales"))["segment"]
    async with talk(host, sign(Role.TRAINING_MANAGER)) as talking:
        await talking.subscribe(CHANGES, segment=segment["id"], after=1)
        await talking.say("ping")
        assert (await talking.hear())["type"] == "pong"
        rename = (
            "mutation ($i: UpdateUserSegmentInput!) { updateUserSegment(input: $i) { position } }"
        )
        given = {"segment": {"id": segment["id"]}, "name": "Sales Team"}
        await writer.post("/graphql", json={"query": rename, "variables": {"i": given}})
        told = (await talking.hear())["payload"]
        assert told["data"]["userSegmentChanged"]["name"] == "Sales Team"
        assert told["extensions"] == {"position": 2}


async def test_a_segment_is_told_again_until_it_is_deleted(
    host: str, sign: Sign, writer: httpx2.AsyncClient
) -> None:
    """Then the subscription completes."""
    segment = (await create(writer, name="Sales", code="sales"))["segment"]
    async with talk(host, sign(Role.TRAINING_MANAGER)) as talking:
        await talking.subscribe(CHANGES, segment=segment["id"])
        await talking.subscribe("{ logStatus { head } }", "2")
        assert (await talking.hear())["type"] == "next"
        assert (await talking.hear())["type"] == "complete"
        rename = (
            "mutation ($i: UpdateUserSegmentInput!) { updateUserSegment(input: $i) { position } }"
        )
        given = {"segment": {"id": segment["id"]}, "name": "Sales Team"}
        await writer.post("/graphql", json={"query": rename, "variables": {"i": given}})
        assert await talking.next() == {
            "userSegmentChanged": {"name": "Sales Team", "memberCount": 0}
        }
        delete = (
            "mutation ($i: DeleteUserSegmentInput!) { deleteUserSegment(input: $i) { position } }"
        )
        given = {"segment": {"id": segment["id"]}, "reason": "Closed."}
        await writer.post("/graphql", json={"query": delete, "variables": {"i": given}})
        assert await talking.hear() == {"type": "complete", "id": "1"}


async def test_gql_follows(host: str, sign: Sign, writer: httpx2.AsyncClient) -> None:
    """A client of somebody else's."""
    transport = WebsocketsTransport(
        url=f"ws://{host}/graphql", init_payload={"Authorization": f"Bearer {sign()}"}
    )
    await create(writer, name="One")
    await create(writer, name="Two")
    positions: list[int] = []
    async with Client(transport=transport) as session:
        query = gql(EVENTS)
        query.variable_values = {"after": 0}
        async for told in session.subscribe(query):
            positions.append(told["events"]["position"])
            if len(positions) == 2:
                break
    assert positions == [1, 2]


@pytest.mark.parametrize(
    ("role", "query", "code"),
    [
        pytest.param(Role.TRAINING_MANAGER, EVENTS, "FORBIDDEN", id="as training manager"),
        pytest.param(Role.LEARNER, EVENTS, "FORBIDDEN", id="as learner"),
        pytest.param(
            Role.SITE_ADMIN, "subscription { events { nonsense } }", "INVALID", id="unknown field"
        ),
        pytest.param(
            Role.SITE_ADMIN, "subscription { events { position ", "INVALID", id="unfinished"
        ),
        pytest.param(
            Role.SITE_ADMIN,
            "subscription { events(after: 99) { position } }",
            "INVALID",
            id="after the end",
        ),
        pytest.param(
            Role.SITE_ADMIN,
            'subscription { userSegmentChanged(segment: "x") { id } }',
            "INVALID",
            id="segment is no id",
        ),
        pytest.param(
            Role.SITE_ADMIN,
            "subscription { events { id } a: events { id } }",
            "INVALID",
            id="two root fields",
        ),
        pytest.param(
            Role.SITE_ADMIN,
            "query ($n: Int!) { siteUserSegments(first: $n) { totalCount } }",
            "INVALID",
            id="variable missing",
        ),
    ],
)
async def test_what_cannot_be_run_ends_with_an_error(
    host: str, sign: Sign, role: Role, query: str, code: str
) -> None:
    """That carries a code; the connection goes on."""
    async with talk(host, sign(role)) as talking:
        await talking.subscribe(query)
        assert (await talking.error())["extensions"]["code"] == code
        await talking.say("ping")
        assert await talking.hear() == {"type": "pong"}


async def test_what_is_forbidden_is_a_result(
    host: str, sign: Sign, writer: httpx2.AsyncClient
) -> None:
    """The field is null in it, since it was executed; a denial is noted once."""
    async with talk(host, sign(Role.LEARNER)) as talking:
        await talking.subscribe(FORBIDDEN)
        message = await talking.hear()
        assert (message["type"], message["payload"]["data"]) == ("next", {"events": None})
        assert message["payload"]["errors"][0]["extensions"]["code"] == "FORBIDDEN"
        assert (await talking.hear())["type"] == "complete"
    assert await denials(writer) == ["events"]


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param({"Authorization": "Bearer TOKEN"}, id="top level"),
        pytest.param({"authorization": "bearer TOKEN"}, id="lower case"),
        pytest.param({"headers": {"Authorization": "Bearer TOKEN"}}, id="below headers"),
        pytest.param(
            {"Authorization": "Bearer TOKEN", "headers": {"Authorization": "Bearer no"}},
            id="top level first",
        ),
    ],
)
async def test_the_token_stands_where_clients_put_it(
    host: str, sign: Sign, payload: dict[str, Any]
) -> None:
    """In the first message, as a header is written."""
    said = json.loads(json.dumps(payload).replace("TOKEN", sign(Role.LEARNER)))
    async with talk(host) as talking:
        await talking.say("connection_init", payload=said)
        assert await talking.hear() == {"type": "connection_ack"}


async def test_the_token_may_come_with_the_upgrade(host: str, sign: Sign) -> None:
    """From clients that are no browsers; one in the first message counts before it."""
    headers = {"Authorization": f"Bearer {sign(Role.LEARNER)}"}
    for payload in ({}, {"other": 1}, {"headers": None}):
        async with talk(host, additional_headers=headers) as talking:
            await talking.say("connection_init", payload=payload)
            assert await talking.hear() == {"type": "connection_ack"}
    async with talk(host, additional_headers=headers) as talking:
        await talking.say("connection_init", payload={"Authorization": "Bearer nonsense"})
        _, (code, _) = await talking.rest()
        assert code == 4403


async def test_nobody_who_is_not_signed_in_is_let_in(host: str) -> None:
    """Nor does anything run before signing in."""
    for payload in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic x"}, None):
        async with talk(host) as talking:
            await talking.say("connection_init", payload=payload)
            code, reason = await talking.closed()
            assert (code, reason.startswith("Forbidden: ")) == (REFUSED, True)
    async with talk(host) as talking:
        await talking.subscribe(EVENTS)
        assert await talking.closed() == (4401, "Unauthorized")


async def test_who_says_nothing_is_let_go(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a moment."""
    monkeypatch.setattr(socket, "SILENCE_TIMEOUT", socket.SILENCE_TIMEOUT / 1000)
    async with talk(host) as talking:
        assert (await talking.closed())[0] == 4408


@pytest.mark.parametrize("protocols", [["graphql-ws"], []], ids=["graphql-ws", "none"])
async def test_other_subprotocols_are_refused(host: str, protocols: list[str]) -> None:
    """The older graphql-ws first of all."""
    offered = [Subprotocol(name) for name in protocols] or None
    with pytest.raises(InvalidStatus) as refused:
        async with connect(f"ws://{host}/graphql", subprotocols=offered):
            pass
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    "message",
    [
        pytest.param("nonsense", id="no JSON"),
        pytest.param("[]", id="list"),
        pytest.param('"text"', id="text"),
        pytest.param('{"type": "nonsense"}', id="unknown type"),
        pytest.param('{"type": "subscribe", "id": "1"}', id="no payload"),
        pytest.param(
            '{"type": "subscribe", "id": 1, "payload": {"query": "{ logStatus { head } }"}}',
            id="id a number",
        ),
        pytest.param(
            '{"type": "subscribe", "id": "1", "payload": {"query": "{ x }", "variables": 5}}',
            id="variables a number",
        ),
        pytest.param(
            '{"type": "subscribe", "id": "1", "payload": {"query": null}}', id="query null"
        ),
        pytest.param('{"type": "complete"}', id="no id"),
    ],
)
async def test_what_is_no_message_closes(host: str, sign: Sign, message: str) -> None:
    """With the protocol's own code."""
    async with talk(host, sign()) as talking:
        await talking.socket.send(message)
        assert (await talking.closed())[0] == 4400


async def test_an_id_is_used_once_at_a_time(host: str, sign: Sign) -> None:
    """Again once it was completed."""
    async with talk(host, sign()) as talking:
        await talking.subscribe(EVENTS)
        await talking.say("complete", id="1")
        await talking.subscribe(EVENTS)
        await talking.subscribe(EVENTS)
        assert (await talking.closed())[0] == 4409


async def test_it_closes_when_the_token_ends(host: str, settings: Settings) -> None:
    """Whatever is being followed."""
    async with talk(host, token(settings, Role.AUDITOR, seconds=2)) as talking:
        await talking.subscribe(EVENTS)
        assert await talking.closed() == (REFUSED, "Forbidden: the token has expired")


async def test_it_closes_when_its_bearer_is_suspended(
    host: str, settings: Settings, writer: httpx2.AsyncClient
) -> None:
    """At once, though nothing is asked or told; so it does when roles change."""
    await do(writer, "createUser", "CreateUserInput", **_person("ada"))
    async with talk(host, token(settings, Role.LEARNER, user="ada")) as talking:
        roles = {"user": {"username": "ada"}, "roles": ["AUDITOR"]}
        await do(writer, "assignRoles", "AssignRolesInput", **roles)
        assert await talking.closed() == (REFUSED, "Forbidden: the roles have changed")
    async with talk(host, token(settings, Role.LEARNER, user="ada")) as talking:
        gone = {"user": {"username": "ada"}, "status": "SUSPENDED"}
        await do(writer, "updateUser", "UpdateUserInput", **gone)
        assert await talking.closed() == (REFUSED, "Forbidden: the user is suspended")


async def test_one_principal_may_have_so_many(
    host: str, sign: Sign, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Connections, and operations on all of them; others are not in their way. It is no failure of
    ours: nothing of the kind is in the log.
    """
    monkeypatch.setattr(connection_limits, "MAX_SOCKETS", 2)
    monkeypatch.setattr(connection_limits, "MAX_OPERATIONS", 1)
    mine, other = sign(), sign(Role.AUDITOR)
    async with talk(host, mine) as first, talk(host, mine) as second, talk(host) as third:
        await third.say("connection_init", payload={"Authorization": f"Bearer {mine}"})
        assert (await third.closed())[0] == 4429
        await first.subscribe(EVENTS)
        await first.say("ping")
        assert await first.hear() == {"type": "pong"}
        await second.subscribe(EVENTS)
        assert (await second.error())["extensions"]["code"] == "LIMIT"
        async with talk(host, other) as somebody:
            await somebody.subscribe("{ logStatus { head } }")
            assert await somebody.next() == {"logStatus": {"head": 0}}
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_mutations_run_too(host: str, sign: Sign) -> None:
    """With all that holds for them by HTTP."""
    make = 'mutation { createUserSegment(input: {name: "A"}) { position errors { code } } }'
    async with talk(host, sign(Role.LEARNER)) as talking:
        await talking.subscribe(make)
        payload = (await talking.next())["createUserSegment"]
        assert [error["code"] for error in payload["errors"]] == ["FORBIDDEN"]
    async with talk(host, sign(Role.TRAINING_MANAGER)) as talking:
        await talking.subscribe(make)
        assert (await talking.next())["createUserSegment"] == {"position": 1, "errors": []}


def _person(username: str) -> dict[str, str]:
    email = f"{username}@example.org"
    return {"username": username, "email": email, "firstName": "Ada", "lastName": "L"}
