"""`commands` and `Command`: what somebody did at once, listed, read, linked and undone."""

from __future__ import annotations

from typing import Any

import pytest

from domain.kernel.principal import Principal
from tests.graph.audit.log_fixture import History
from tests.graph.audit.test_command import NODE, OF_EVENT
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN, AUDITOR, LEARNER, TRAINER

COMMANDS = """
    query ($first: Int, $after: String, $last: Int, $before: String, $filter: CommandFilter) {
        commands(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
            nodes { id summary }
            edges { cursor node { id } }
            pageInfo { hasNextPage hasPreviousPage endCursor }
            totalCount
        }
    }
"""


async def _commands(ask: GraphClient, by: Principal = AUDITOR, **given: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await ask(COMMANDS, by, **given))["commands"]
    return found


async def _summaries(history: History, **filter: Any) -> list[str]:
    found = await _commands(history.ask, filter=filter)
    assert found["totalCount"] == len(found["nodes"])
    return [node["summary"] for node in found["nodes"]]


@pytest.mark.asyncio(loop_scope="module")
async def test_the_log_is_a_line_a_command(history: History) -> None:
    """Oldest first, in pages both ways."""
    first = await _commands(history.ask, first=3)
    assert first["totalCount"] == 11
    assert [node["summary"] for node in first["nodes"]] == [
        "Site Admin created the segment “Sales” with the ID “sales”.",
        "Training Manager created the segment “Support” with the ID “support”.",
        "Site Admin added the user Ann Smith.",
    ]
    assert first["nodes"][0]["id"] == "command_found-sales"
    rest = await _commands(history.ask, after=first["pageInfo"]["endCursor"])
    assert len(rest["nodes"]) == 8
    newest = await _commands(history.ask, last=1)
    assert newest["nodes"] == rest["nodes"][-1:]


@pytest.mark.asyncio(loop_scope="module")
async def test_each_filter_keeps_what_it_names(history: History) -> None:
    """And all of them together."""
    ids = history.ids
    assert len(await _summaries(history, segment=ids.sales)) == 5
    assert len(await _summaries(history, user=ids.bob)) == 4
    assert len(await _summaries(history, actor=TRAINER.id)) == 3
    assert len(await _summaries(history, types=["members.added", "members.removed"])) == 3
    assert len(await _summaries(history, channel=["API"])) == 11
    assert await _summaries(history, channel=["CLI", "UPLOAD"]) == []
    assert len(await _summaries(history, after={"position": 2}, upTo={"position": 5})) == 3
    assert len(await _summaries(history, text="team sales")) == 5
    assert len(await _summaries(history, text="SUPPORT")) == 3
    assert await _summaries(history, text="closed") == ["Site Admin deleted the segment “Support”."]
    together = {"segment": ids.support, "actor": TRAINER.id, "text": "support"}
    assert await _summaries(history, **together, types=["members.added"], channel=["API"]) == [
        "Training Manager added Ann Smith to the segment."
    ]


@pytest.mark.asyncio(loop_scope="module")
async def test_what_there_cannot_be_is_invalid(history: History) -> None:
    """The error names the filter."""
    for given in ({"types": ["segment.sung"]}, {"segment": "user_1"}, {"text": "\0"}):
        error = await history.ask.only_error(COMMANDS, AUDITOR, filter=given)
        assert error["extensions"] == {"code": "INVALID", "argument": "filter"}
    assert await history.ask.codes(COMMANDS, LEARNER) == ["FORBIDDEN"]


@pytest.mark.asyncio(loop_scope="module")
async def test_a_training_manager_lists_their_own(history: History) -> None:
    """Whatever they ask for; of others they see what they see of their events."""
    own = await _commands(history.ask, TRAINER)
    assert (own["totalCount"], len(own["nodes"])) == (3, 3)
    others = await _commands(history.ask, TRAINER, filter={"actor": ADMIN.id})
    assert (others["totalCount"], others["nodes"]) == (0, [])
    assert await history.ask(NODE, TRAINER, id="command_found-sales") == {"node": None}
    assert (await history.ask(OF_EVENT, TRAINER, id="event_1"))["node"]["command"] == {
        "id": "command_found-sales",
        "summary": "Site Admin created the segment “Sales” with the ID “sales”.",
        "actor": {"id": ADMIN.id},
        "undoneBy": None,
        "events": {"nodes": [{"type": "segment.created"}], "totalCount": 1},
    }
