"""removeUsersFromSegment: who is not in stays as they are."""

from __future__ import annotations

import pytest

from domain.kernel.principal import Principal
from tests.graph.client import GraphClient
from tests.graph.memberships.member_queries import REMOVE, change, count, names, roster
from tests.graph.principals import ADMIN, TRAINER, name_of


@pytest.mark.parametrize("principal", [ADMIN, TRAINER], ids=name_of)
async def test_people_are_taken_out(sales: GraphClient, principal: Principal) -> None:
    """Those who are in; the others are unchanged. In the past they stay."""
    await sales.add("sales", "ann", "bo")
    before = await sales.head()
    payload = await sales.done(REMOVE, change("sales", usernames=["bo", "CY", "Bo"]), by=principal)
    assert (payload["changed"], payload["unchanged"]) == (1, 1)
    assert (payload["segment"]["memberCount"], payload["position"]) == (1, before + 1)
    assert await names(sales, "sales") == ["ann"]
    assert await names(sales, "sales", before) == ["ann", "bo"]


async def test_who_is_not_in_is_unchanged(sales: GraphClient) -> None:
    """Nothing is recorded when nobody is."""
    before = await sales.head()
    payload = await sales.remove("sales", "ann", "bo")
    assert (payload["changed"], payload["unchanged"], payload["position"]) == (0, 2, before)
    assert await sales.head() == before


async def test_who_comes_back_is_in_since_then(sales: GraphClient) -> None:
    """A membership of its own; the first one stands in the past."""
    await sales.add("sales", "ann")
    first = (await roster(sales, "sales"))["edges"][0]["addedAt"]
    await sales.remove("sales", "ann")
    gone = await sales.head()
    await sales.add("sales", "ann", by=TRAINER)
    (edge,) = (await roster(sales, "sales"))["edges"]
    assert edge["addedAt"] > first
    assert edge["addedBy"]["id"] == TRAINER.id
    assert [await count(sales, "sales", position) for position in (gone - 1, gone, gone + 1)] == [
        1,
        0,
        1,
    ]


async def test_the_suspended_can_be_removed(sales: GraphClient) -> None:
    """As anybody."""
    await sales.add("sales", "ann")
    await sales.done("updateUser", {"user": {"username": "ann"}, "status": "SUSPENDED"})
    assert (await sales.remove("sales", "ann"))["changed"] == 1
    assert await names(sales, "sales") == []
