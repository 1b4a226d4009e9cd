"""How large a message over a WebSocket may be."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress

import pytest
from websockets.exceptions import ConnectionClosed

from domain.kernel.principal import Role
from service.http.middleware.bodies import MAX_BODY_BYTES, MAX_JSON_BYTES
from service.http.operations import LIMITS, LIMITS_OF_OTHERS
from tests.service.http.live.talking import talk

Sign = Callable[..., str]

TOO_BIG = 1009
VIEWER = "query ($x: ID!) { viewer { kind } node(id: $x) { id } }"


def _padded(size: int) -> str:
    message = json.dumps({"type": "ping"})
    return message + " " * (size - len(message))


def _nested(containers: int) -> str:
    """A message with so many lists and objects, most of them within each other."""
    many, rest = divmod(containers - 3, 500)
    lists = ",".join("[" * size + "]" * size for size in [*[500] * many, rest or 500])
    return f'{{"type": "ping", "payload": {{"x": [{lists}]}}}}'


@pytest.mark.parametrize(
    ("role", "largest"),
    [
        (Role.LEARNER, MAX_BODY_BYTES),
        (Role.AUDITOR, MAX_BODY_BYTES),
        (Role.TRAINING_MANAGER, MAX_JSON_BYTES),
        (Role.SITE_ADMIN, MAX_JSON_BYTES),
    ],
)
async def test_the_bound_is_by_role(host: str, sign: Sign, role: Role, largest: int) -> None:
    """As that of a body."""
    async with talk(host, sign(role)) as talking:
        await talking.socket.send(_padded(largest))
        assert await talking.hear() == {"type": "pong"}
        with suppress(ConnectionClosed):
            await talking.socket.send(_padded(largest + 1))
        assert (await talking.closed())[0] == TOO_BIG


async def test_values_are_counted_before_they_are_read(host: str, sign: Sign) -> None:
    async with talk(host, sign()) as talking:
        for many in (LIMITS.values - 10, LIMITS.values + 10):
            await talking.subscribe(VIEWER, x=[1] * many)
            if many < LIMITS.values:
                assert (await talking.error())["extensions"] == {"code": "LIMIT"}
        assert (await talking.closed())[0] == TOO_BIG


async def test_lists_are_counted_before_they_are_read(host: str, sign: Sign) -> None:
    for role, most in ((Role.SITE_ADMIN, LIMITS), (Role.LEARNER, LIMITS_OF_OTHERS)):
        async with talk(host, sign(role)) as talking:
            for many in (most.containers, most.containers + 1):
                await talking.socket.send(_nested(many))
                if many == most.containers:
                    assert await talking.hear() == {"type": "pong"}
            assert (await talking.closed())[0] == TOO_BIG


async def test_large_variables_are_for_sets(host: str, sign: Sign) -> None:
    """A message says how large they are."""
    async with talk(host, sign()) as talking:
        await talking.subscribe(VIEWER, x="a" * MAX_BODY_BYTES)
        assert (await talking.error())["extensions"] == {"code": "LIMIT"}
        await talking.subscribe(VIEWER, id="2", x="event_1")
        assert await talking.next("2") == {"viewer": {"kind": "USER"}, "node": None}
