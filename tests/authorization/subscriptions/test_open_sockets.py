"""Whoever is let in no more, or as less, while their socket is open: nothing is done or told then.

Generated from the schema: each query, command and subscription, once a socket. Nobody watches here
what happens to idle connections, so that it is the question itself that finds out.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from tests.authorization.callers import Caller
from tests.authorization.each_field import ASKED, SUBSCRIPTIONS
from tests.authorization.site import Seeded
from tests.authorization.subscriptions.ends import ENDS, comes, ends
from tests.service.http.live.talking import Talk, leave_unwatched, talk

pytestmark = pytest.mark.asyncio(loop_scope="module")
_PLACE = re.compile(r"after: (0|\$position)")
each_end = pytest.mark.parametrize("reason", ENDS)


@pytest.fixture(autouse=True)
def unwatched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Idle connections stay open."""
    leave_unwatched(monkeypatch)


@each_end
async def test_nothing_is_done_any_more(
    served: Seeded, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is asked closes the socket at once."""
    held = await comes(served, reason, "asks")
    async with AsyncExitStack() as stack:
        talks = [await stack.enter_async_context(talk(served.host, held)) for _ in ASKED]
        await ends(served, reason, "asks", monkeypatch)
        before = await served.head()
        for talking, (kind, row) in zip(talks, ASKED, strict=True):
            given = served.given(row, Caller.ADMIN)
            await talking.subscribe(row.document(kind, Caller.ADMIN), **given)
        heard = [await talking.rest() for talking in talks]
    assert heard == [([], (4403, f"Forbidden: {reason}"))] * len(ASKED)
    assert await served.head() == before


@each_end
async def test_nothing_is_told_any_more(
    served: Seeded, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even that this has happened: it closes the socket instead."""
    held = await comes(served, reason, "follows")
    async with AsyncExitStack() as stack:
        talks = [await stack.enter_async_context(talk(served.host, held)) for _ in SUBSCRIPTIONS]
        head = await served.head()
        for talking, row in zip(talks, SUBSCRIPTIONS.values(), strict=True):
            now = replace(row, text=_PLACE.sub(f"after: {head}", row.text))
            given = served.given(now, Caller.ADMIN)
            await talking.subscribe(now.document("subscription"), **given)
            await _has_begun(talking)
        await ends(served, reason, "follows", monkeypatch)
        changed = {"segment": {"code": "mine"}, "name": f"Mine, as {reason}"}
        await served.do("updateUserSegment", "UpdateUserSegmentInput", **changed)
        heard = await asyncio.gather(*(talking.rest() for talking in talks))
    assert heard == [([], (4403, f"Forbidden: {reason}"))] * len(SUBSCRIPTIONS)


async def _has_begun(talking: Talk) -> None:
    """What was sent before this is under way: the server takes one message after the other."""
    await talking.subscribe("{ logStatus { head } }", "status")
    assert (await talking.hear())["type"] == "next"
    assert (await talking.hear())["type"] == "complete"
