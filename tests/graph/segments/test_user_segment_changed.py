"""A segment, told again each time it changes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from domain.kernel.principal import Role
from graph.support.shared_payloads import Payloads
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN, AUDITOR, TRAINER, acting_as, name_of
from tests.graph.support.execution.test_subscription import follow, rejection

CHANGED = """
    subscription ($id: ID!, $after: LogPosition) {
        userSegmentChanged(segment: $id, after: $after) {
            name memberCount members(first: 5) { nodes { username } totalCount }
        }
    }
"""


def segments(payloads: Payloads) -> list[dict[str, Any]]:
    """What was told, in short."""
    found = [json.loads(payload)["data"]["userSegmentChanged"] for payload in payloads]
    return [
        {
            "name": segment["name"],
            "memberCount": segment["memberCount"],
            "members": [member["username"] for member in segment["members"]["nodes"]],
        }
        for segment in found
    ]


async def next_of(following: AsyncIterator[Payloads]) -> dict[str, Any]:
    """The only thing of the next batch."""
    (segment,) = segments(await anext(following))
    return segment


async def ended(following: AsyncIterator[Payloads]) -> bool:
    """Whether nothing more comes."""
    return await anext(following, None) is None


async def test_its_fields_and_its_roster(ask: GraphClient) -> None:
    """Each change of either; of other segments nothing."""
    sales = await ask.create("Sales", code="sales")
    await ask.create_users("ann", "bob")
    await ask.settle()
    following = await follow(ask, CHANGED, TRAINER, id=sales["id"])
    await ask.create("Other", code="other")
    await ask.add("other", "ann")
    await ask.add("sales", "ann")
    assert await next_of(following) == {"name": "Sales", "memberCount": 1, "members": ["ann"]}
    await ask.done("updateUserSegment", {"segment": {"code": "sales"}, "name": "Sales Team"})
    assert (await next_of(following))["name"] == "Sales Team"
    await ask.remove("sales", "ann")
    assert (await next_of(following))["members"] == []


@pytest.mark.parametrize("by", [ADMIN, TRAINER, AUDITOR], ids=name_of)
async def test_it_completes_when_it_is_deleted(ask: GraphClient, by: Any) -> None:
    """And not when it is archived."""
    sales = await ask.create("Sales", code="sales")
    await ask.settle()
    following = await follow(ask, CHANGED, by, id=sales["id"])
    await ask.done("archiveUserSegment", {"segment": {"code": "sales"}})
    assert (await next_of(following))["name"] == "Sales"
    await ask.done("deleteUserSegment", {"segment": {"code": "sales"}, "reason": "Closed."})
    assert await ended(following)


async def test_since_a_position(ask: GraphClient) -> None:
    """As it is now, once for each change."""
    sales = await ask.create("Sales", code="sales")
    await ask.done("updateUserSegment", {"segment": {"code": "sales"}, "name": "Sales Team"})
    await ask.settle()
    following = await follow(ask, CHANGED, TRAINER, id=sales["id"], after=0)
    assert [segment["name"] for segment in segments(await anext(following))] == ["Sales Team"] * 2


async def joined(ask: GraphClient) -> tuple[str, Any]:
    """Sales, in which Ann and Bob are; its id, and Ann, who is nothing but a learner."""
    sales = await ask.create("Sales", code="sales")
    await ask.create_users("bob")
    ann = await ask.create_user("ann")
    await ask.add("sales", "ann", "bob")
    await ask.settle()
    return sales["id"], acting_as(ann, Role.LEARNER)


async def test_a_learner_sees_their_own_segment_change(ask: GraphClient) -> None:
    """And in it nobody but themself."""
    sales, ann = await joined(ask)
    following = await follow(ask, CHANGED, ann, id=sales)
    await ask.done("updateUserSegment", {"segment": {"code": "sales"}, "name": "Sales Team"})
    seen = await next_of(following)
    assert (seen["name"], seen["members"]) == ("Sales Team", ["ann"])


async def test_a_learner_is_not_told_how_often_it_changed(ask: GraphClient) -> None:
    """Since a position: how it is, once; then each change, as to others."""
    sales, ann = await joined(ask)
    following = await follow(ask, CHANGED, ann, id=sales, after=0)
    assert [segment["name"] for segment in segments(await anext(following))] == ["Sales"]
    await ask.done("updateUserSegment", {"segment": {"code": "sales"}, "name": "Sales Team"})
    assert (await next_of(following))["name"] == "Sales Team"


async def test_it_completes_when_a_learner_is_no_longer_in_it(ask: GraphClient) -> None:
    """For them; others go on."""
    sales, ann = await joined(ask)
    hers, ours = await follow(ask, CHANGED, ann, id=sales), await follow(ask, CHANGED, id=sales)
    await ask.remove("sales", "ann")
    assert await ended(hers)
    assert (await next_of(ours))["members"] == ["bob"]


async def test_it_completes_when_it_is_hidden_from_a_learner(ask: GraphClient) -> None:
    """As if it had been deleted."""
    sales, ann = await joined(ask)
    following = await follow(ask, CHANGED, ann, id=sales)
    await ask.done("updateUserSegment", {"segment": {"code": "sales"}, "visible": False})
    assert await ended(following)


async def test_a_segment_that_is_not_to_be_seen_is_not_there(ask: GraphClient) -> None:
    """Neither for a learner who is not in it, nor when there is none."""
    sales, ann = await joined(ask)
    await ask.remove("sales", "ann")
    await ask.settle()
    none = sales[:-1] + ("0" if sales[-1] != "0" else "1")
    assert await rejection(ask, CHANGED, ann, id=sales) == "NOT_FOUND"
    assert await rejection(ask, CHANGED, ADMIN, id=none) == "NOT_FOUND"
    assert await rejection(ask, CHANGED, ADMIN, id="nonsense") == "INVALID"
