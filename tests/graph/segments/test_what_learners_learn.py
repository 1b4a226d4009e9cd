"""What a learner may not see cannot be told from what is not there, by times or by cursors."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest

from domain.kernel.principal import Principal, Role
from projections.sql.database import Database
from tests.graph.client import GraphClient
from tests.graph.principals import acting_as

BY_CODE = "query ($code: String!) { userSegment(segment: {code: $code}) { code } }"
BY_COUNT = """query ($after: String, $before: String, $last: Int, $first: Int) {
    siteUserSegments(orderBy: {field: MEMBER_COUNT}, first: $first, after: $after, last: $last,
        before: $before) { edges { cursor node { code } } } }"""


@pytest.fixture
async def ann(ask: GraphClient) -> Principal:
    """A learner, who is in one segment that is visible, and in a hidden one."""
    user = await ask.create_user("ann")
    for code in ("mine", "other", "hidden"):
        await ask.create(code.title(), code=code, visible=code != "hidden")
    await ask.add("mine", "ann")
    await ask.add("hidden", "ann")
    await ask.settle()
    return acting_as(user, Role.LEARNER)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that the database was asked."""
    queries: list[str] = []
    ask = Database.fetch

    async def noted(self: Database, query: str, *more: Any, **named: Any) -> Any:
        queries.append(query)
        return await ask(self, query, *more, **named)

    monkeypatch.setattr(Database, "fetch", noted)
    return queries


async def test_a_code_takes_the_same_whether_or_not_it_is_there(
    ask: GraphClient, ann: Principal, asked: list[str]
) -> None:
    """The very same questions are asked of the database."""
    taken: dict[str, list[str]] = {}
    for code in ("none", "other", "hidden"):
        asked.clear()
        assert await ask(BY_CODE, ann, code=code) == {"userSegment": None}
        taken[code] = list(asked)
    assert taken["none"] == taken["other"] == taken["hidden"]
    assert taken["none"]
    assert await ask(BY_CODE, ann, code="mine") == {"userSegment": {"code": "mine"}}


def _values(cursor: str) -> Iterator[Any]:
    padded = cursor + "=" * (-len(cursor) % 4)
    yield from json.loads(base64.urlsafe_b64decode(padded))


async def test_a_cursor_holds_no_running_number(ask: GraphClient, ann: Principal) -> None:
    """Which would tell how many segments there were before."""
    data = await ask(BY_COUNT, ann, first=10)
    (edge,) = data["siteUserSegments"]["edges"]
    order, count, identifier = _values(edge["cursor"])
    assert (order, count) == ("MEMBER_COUNT", 1)
    assert len(identifier) == 32


@pytest.mark.usefixtures("ann")
async def test_pages_by_member_count_follow_each_other(ask: GraphClient) -> None:
    """Both ways, also after what was deleted since."""
    everything = [edge["node"]["code"] for edge in (await _page(ask, first=10))]
    assert len(everything) == 3
    first, *_ = await _page(ask, first=1)
    rest = await _page(ask, first=10, after=first["cursor"])
    assert [edge["node"]["code"] for edge in rest] == everything[1:]
    back = await _page(ask, last=10, before=rest[-1]["cursor"])
    assert [edge["node"]["code"] for edge in back] == everything[:-1]
    gone = {"segment": {"code": first["node"]["code"]}, "reason": "Over."}
    await ask.done("deleteUserSegment", gone)
    await ask.settle()
    again = await _page(ask, first=10, after=first["cursor"])
    assert [edge["node"]["code"] for edge in again] == everything[1:]


async def test_a_cursor_of_no_segment_is_none(ask: GraphClient) -> None:
    made = json.dumps(["MEMBER_COUNT", 1, "0" * 32])
    cursor = base64.urlsafe_b64encode(made.encode()).decode().rstrip("=")
    error = await ask.only_error(BY_COUNT, first=1, after=cursor)
    assert error["extensions"] == {"code": "INVALID", "argument": "after"}


async def _page(ask: GraphClient, **page_request: Any) -> list[dict[str, Any]]:
    edges: list[dict[str, Any]] = (await ask(BY_COUNT, **page_request))["siteUserSegments"]["edges"]
    return edges
