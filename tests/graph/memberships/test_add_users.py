"""addUsersToSegment: who is in already stays as they are."""

from __future__ import annotations

import pytest

from domain.kernel.principal import Principal
from tests.graph.client import GraphClient
from tests.graph.memberships.member_queries import ADD, change, count, names, roster
from tests.graph.principals import ADMIN, TRAINER, name_of


@pytest.mark.parametrize("principal", [ADMIN, TRAINER], ids=name_of)
async def test_people_are_put_in(sales: GraphClient, principal: Principal) -> None:
    """By an admin or a training manager; the payload has the segment as it then is."""
    before = await sales.head()
    given = {**change("SALES", usernames=["ann", "bo"]), "reason": "New."}
    payload = await sales.done(ADD, given, by=principal)
    assert (payload["changed"], payload["unchanged"]) == (2, 0)
    assert payload["segment"]["memberCount"] == 2
    assert payload["segment"]["version"] == 1
    assert payload["segment"]["updatedAt"] == payload["segment"]["createdAt"]
    assert payload["position"] == before + 1
    assert await names(sales, "sales") == ["ann", "bo"]
    assert await count(sales, "sales") == 2


@pytest.mark.parametrize(
    ("by", "spelled"),
    [
        ("usernames", ["ANN", " bo "]),
        ("emails", ["Ann@EXAMPLE.org", " bo@example.org"]),
        ("codes", ["C-ANN", "ｃ-bo"]),
    ],
    ids=["usernames", "emails", "codes"],
)
async def test_people_are_named_in_any_spelling(
    sales: GraphClient, by: str, spelled: list[str]
) -> None:
    """By what they hold; the same one twice counts once."""
    plain = [name.strip().lower().replace("ｃ", "c") for name in spelled]
    payload = await sales.done(ADD, change("sales", **{by: [*spelled, *plain]}))
    assert (payload["changed"], payload["unchanged"]) == (2, 0)
    assert await names(sales, "sales") == ["ann", "bo"]


async def test_people_are_named_by_their_ids(sales: GraphClient) -> None:
    """Which have one spelling."""
    nodes = (await sales("{ users { nodes { id } } }"))["users"]["nodes"]
    ids = [node["id"] for node in nodes]
    payload = await sales.done(ADD, change("sales", ids=[*ids, ids[0]]))
    assert (payload["changed"], payload["unchanged"]) == (3, 0)
    assert await names(sales, "sales") == ["ann", "bo", "cy"]


async def test_who_is_in_already_is_unchanged(sales: GraphClient) -> None:
    """Added once, since then; when nobody is new nothing is recorded."""
    await sales.add("sales", "ann")
    (first,) = (await roster(sales, "sales"))["edges"]
    payload = await sales.add("sales", "ann", "bo", by=TRAINER)
    assert (payload["changed"], payload["unchanged"]) == (1, 1)
    before = await sales.head()
    again = await sales.add("sales", "bo", "ann")
    assert (again["changed"], again["unchanged"]) == (0, 2)
    assert (again["position"], again["segment"]["memberCount"]) == (before, 2)
    assert await sales.head() == before
    ann, bo = (await roster(sales, "sales"))["edges"]
    assert (ann["addedAt"], ann["addedBy"]["id"]) == (first["addedAt"], ADMIN.id)
    assert (bo["addedBy"]["id"], bo["source"]) == (TRAINER.id, "MANUAL")


async def test_the_suspended_can_be_added(sales: GraphClient) -> None:
    """The roster says what they are; being suspended ends no membership."""
    for username, status in (("ann", "SUSPENDED"), ("bo", "ACTIVE")):
        edit = {"user": {"username": username}, "status": status}
        await sales.done("updateUser", edit)
        await sales.add("sales", username)
    await sales.done("updateUser", {"user": {"username": "bo"}, "status": "SUSPENDED"})
    edges = (await roster(sales, "sales"))["edges"]
    assert [edge["node"]["status"] for edge in edges] == ["SUSPENDED", "SUSPENDED"]


async def test_somebody_is_found_by_what_they_hold_now(sales: GraphClient) -> None:
    """Not by what they have given up, which is another's."""
    await sales.done("updateUser", {"user": {"username": "ann"}, "username": "anna"})
    await sales.done("updateUser", {"user": {"username": "bo"}, "username": "ann"})
    await sales.add("sales", "ann")
    assert [edge["node"]["displayName"] for edge in (await roster(sales, "sales"))["edges"]] == [
        "Bo Smith"
    ]


async def test_another_mutation_of_the_operation_sees_it(sales: GraphClient) -> None:
    """They run in order, and each payload has the segment as of itself."""
    arguments = '(input: {segment: {code: "sales"}, users: {usernames: ["ann", "bo"]}})'
    document = f"""mutation {{
        first: addUsersToSegment{arguments} {{ changed segment {{ memberCount }} }}
        again: addUsersToSegment{arguments} {{ changed segment {{ memberCount }} }}
        gone: removeUsersFromSegment{arguments} {{ changed segment {{ memberCount }} }}
    }}"""
    data = await sales(document)
    assert [(p["changed"], p["segment"]["memberCount"]) for p in data.values()] == [
        (2, 2),
        (0, 2),
        (2, 0),
    ]
