"""Membership in a segment's history: each change of the roster is a sentence."""

from __future__ import annotations

from typing import Any

from tests.graph.client import GraphClient
from tests.graph.memberships.member_queries import ADD, change
from tests.graph.principals import AUDITOR, TRAINER

HISTORY = """
    query ($last: Int, $before: String) {
        userSegment(segment: {code: "sales"}) {
            history(last: $last, before: $before) {
                nodes {
                    type summary reason data channel commandId actor { displayName }
                    segment { code }
                }
                pageInfo { hasPreviousPage startCursor }
                totalCount
            }
        }
    }
"""


async def _history(ask: GraphClient, **page_request: Any) -> dict[str, Any]:
    data = await ask(HISTORY, AUDITOR, **page_request)
    found: dict[str, Any] = data["userSegment"]["history"]
    return found


async def test_who_came_and_went_is_told(sales: GraphClient) -> None:
    """By name up to three, by number beyond; who is erased by now has none."""
    await sales.create_users("dan", "eve")
    given = {**change("sales", usernames=["ann", "bo"]), "reason": "New.", "commandId": "c-1"}
    await sales.done(ADD, given, by=TRAINER)
    await sales.add("sales", "ann", "cy")
    await sales.remove("sales", "ann", "bo", "cy")
    await sales.add("sales", "ann", "bo", "cy", "dan")
    await sales.done("eraseUser", {"user": {"username": "bo"}, "reason": "Left."})
    history = await _history(sales)
    assert [event["summary"] for event in history["nodes"]] == [
        "Site Admin created the segment “Sales” with the ID “sales”.",
        "Training Manager added Ann Smith and Erased user to the segment.",
        "Site Admin added Cy Smith to the segment.",
        "Site Admin removed Ann Smith, Erased user and Cy Smith from the segment.",
        "Site Admin added 4 users to the segment.",
        "Site Admin removed Erased user from the segment.",
    ]
    assert history["totalCount"] == 6
    event = history["nodes"][1]
    assert (event["type"], event["reason"], event["commandId"]) == ("members.added", "New.", "c-1")
    assert (event["channel"], event["segment"]) == ("API", {"code": "sales"})
    assert [event["type"] for event in history["nodes"][3:]] == [
        "members.removed",
        "members.added",
        "members.removed",
    ]


async def test_what_changed_nothing_is_not_told(sales: GraphClient) -> None:
    """Only those for whom something changed are in an event."""
    await sales.add("sales", "ann")
    await sales.add("sales", "ann")
    await sales.add("sales", "ann", "bo")
    history = await _history(sales)
    assert [len(event["data"].get("userIds", ())) for event in history["nodes"]] == [0, 1, 1]


async def test_a_long_list_of_ids_is_cut(sales: GraphClient) -> None:
    """At a hundred, with its length beside it; of a hundred all are shown, without."""
    await sales.create_users(*(f"n-{n}" for n in range(101)))
    await sales.add("sales", *(f"n-{n}" for n in range(100)))
    await sales.remove("sales", *(f"n-{n}" for n in range(100)))
    await sales.add("sales", *(f"n-{n}" for n in range(101)))
    exact, _, cut = [event["data"] for event in (await _history(sales))["nodes"][1:]]
    assert len(exact["userIds"]) == len(cut["userIds"]) == 100
    assert "userIdsLength" not in exact
    assert cut["userIdsLength"] == 101
    assert cut["source"] == "manual"


async def test_it_ends_with_what_an_erasure_did(sales: GraphClient) -> None:
    """In pages backwards; the reason is the erasure's."""
    await sales.add("sales", "ann")
    await sales.done("eraseUser", {"user": {"username": "ann"}, "reason": "They asked."})
    last = await _history(sales, last=1)
    assert [(f["type"], f["reason"]) for f in last["nodes"]] == [("members.removed", "They asked.")]
    earlier = await _history(sales, last=5, before=last["pageInfo"]["startCursor"])
    assert [event["type"] for event in earlier["nodes"]] == ["segment.created", "members.added"]
