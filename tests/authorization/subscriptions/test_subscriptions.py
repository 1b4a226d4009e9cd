"""Every subscription, by everybody, over a WebSocket and as server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable

import pytest
from websockets.exceptions import ConnectionClosed

from tests.authorization.callers import Caller
from tests.authorization.outcomes import compared, told, told_by
from tests.authorization.rows import NOT_LET_IN, Cells, CommandResult, Row
from tests.authorization.seen import too_much
from tests.authorization.site import Seeded
from tests.authorization.subscriptions.rows import COMMAND, QUERY, SUBSCRIPTIONS
from tests.service.http.live.talking import Talk, talk

pytestmark = pytest.mark.asyncio(loop_scope="module")
Ask = Callable[[Seeded, str, Row, Caller], Awaitable[CommandResult]]
KINDS = [
    *(pytest.param("subscription", row, id=name) for name, row in SUBSCRIPTIONS.items()),
    pytest.param("query", QUERY, id=QUERY.name),
    pytest.param("mutation", COMMAND, id=COMMAND.name),
]


@pytest.mark.parametrize(("kind", "row"), KINDS)
async def test_each_is_told_over_a_socket_what_they_may_know(
    served: Seeded, kind: str, row: Row
) -> None:
    """Who is not let in is closed out with 4403."""
    assert await _by_all(over_a_socket, served, kind, row) == row.cells


@pytest.mark.parametrize(("kind", "row"), KINDS)
async def test_each_is_told_by_a_stream_what_they_may_know(
    served: Seeded, kind: str, row: Row
) -> None:
    """Who is not let in is answered 401."""
    assert await _by_all(by_a_stream, served, kind, row) == row.cells


async def _by_all(ask: Ask, site: Seeded, kind: str, row: Row) -> Cells:
    """At the same time: each waits for the network more than for anything else."""
    told = await asyncio.gather(*(ask(site, kind, row, caller) for caller in Caller))
    return {
        caller: compared(outcome, row.cells[caller])
        for caller, outcome in zip(Caller, told, strict=True)
    }


async def over_a_socket(site: Seeded, kind: str, row: Row, caller: Caller) -> CommandResult:
    """What the first message of the operation comes to."""
    held = site.tokens[caller]
    async with talk(site.host) as talking:
        header = {} if held is None else {"Authorization": f"Bearer {held}"}
        await talking.say("connection_init", payload=header)
        if not await _is_let_in(talking):
            return NOT_LET_IN
        await talking.subscribe(row.document(kind, caller), "1", **site.given(row, caller))
        return await _first(talking, site, kind, row, caller)


async def _is_let_in(talking: Talk) -> bool:
    try:
        assert await talking.hear() == {"type": "connection_ack"}
    except ConnectionClosed:
        code, reason = await talking.closed()
        assert (code, reason.partition(":")[0]) == (4403, "Forbidden")
        return False
    return True


async def _first(talking: Talk, site: Seeded, kind: str, row: Row, caller: Caller) -> CommandResult:
    message = await talking.hear()
    if message["type"] == "error":
        return told_by({"errors": message["payload"]}, site.names)
    assert too_much(kind, row, caller, message["payload"]) == []
    return told_by(message["payload"], site.names)


async def by_a_stream(site: Seeded, kind: str, row: Row, caller: Caller) -> CommandResult:
    """What the answer, or the first event, comes to."""
    headers = {**site.bearer(caller), "Accept": "text/event-stream"}
    operation = {"query": row.document(kind, caller), "variables": site.given(row, caller)}
    stream = site.http.stream("POST", "/graphql/stream", json=operation, headers=headers)
    async with stream as answer:
        if not answer.headers["content-type"].startswith("text/event-stream"):
            await answer.aread()
            return told(answer, site.names)
        async for line in answer.aiter_lines():
            if line.startswith("data: "):
                result = json.loads(line.removeprefix("data: "))
                assert too_much(kind, row, caller, result) == []
                return told_by(result, site.names)
    raise AssertionError("nothing was told")
