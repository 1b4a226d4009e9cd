"""logStatusChanged: that something shown may have changed."""

from __future__ import annotations

from collections.abc import Callable

import httpx2
import pytest

from domain.kernel.principal import Role
from service.settings import Settings
from tests.acceptance.service import create
from tests.service.http.live.talking import streamed, talk
from tests.service.http.serving import token

CHANGED = """
    subscription ($after: LogPosition) { logStatusChanged(after: $after) { head readModel } }
"""
Sign = Callable[..., str]


@pytest.mark.parametrize("role", Role)
async def test_everybody_with_a_role_is_told(
    host: str, sign: Sign, writer: httpx2.AsyncClient, role: Role
) -> None:
    """That it moved, and how far; not what it was."""
    async with talk(host, sign(role)) as talking:
        await talking.subscribe(CHANGED, after=0)
        await create(writer, name="One")
        assert await talking.next() == {"logStatusChanged": {"head": 1, "readModel": 1}}
        await create(writer, name="Two")
        assert await talking.next() == {"logStatusChanged": {"head": 2, "readModel": 2}}


async def test_without_a_role_nobody_is(host: str, settings: Settings) -> None:
    """FORBIDDEN, as logStatus is."""
    async with talk(host, token(settings)) as talking:
        await talking.subscribe(CHANGED)
        assert (await talking.error())["extensions"] == {"code": "FORBIDDEN"}


async def test_who_comes_back_is_told_at_once(
    host: str, sign: Sign, writer: httpx2.AsyncClient
) -> None:
    """If it has moved on since where they were: what they show is old."""
    await create(writer, name="One")
    await create(writer, name="Two")
    async with streamed(host, sign(Role.LEARNER), CHANGED, after=1) as events:
        name, told = await anext(events)
    status = told["data"]["logStatusChanged"]
    assert (name, status["head"]) == ("next", 2)


async def test_a_position_that_is_not_there_yet_is_invalid(host: str, sign: Sign) -> None:
    """Rather than a silence for ever."""
    async with talk(host, sign()) as talking:
        await talking.subscribe(CHANGED, after=5)
        error = await talking.error()
        assert error["extensions"] == {"code": "INVALID", "argument": "after"}
