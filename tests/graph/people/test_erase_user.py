"""eraseUser: somebody is forgotten; what happened stays, about “Erased user”."""

from __future__ import annotations

from typing import Any

import pytest

from domain.kernel.principal import Principal, Role
from tests.graph.client import GraphClient, error_codes, is_rejected_entirely, replayed
from tests.graph.principals import ADMIN, AUDITOR, acting_as, all_but, name_of

ERASE = "eraseUser"
ANN: dict[str, Any] = {"user": {"username": "ann"}, "reason": "They asked for it."}

MEMBERS = """
    query ($code: String!, $asOf: AsOf) {
        userSegment(segment: {code: $code}, asOf: $asOf) {
            memberCount
            members { totalCount edges { addedBy { displayName } node { id displayName status } } }
        }
    }
"""
HISTORY = """{
    userSegment(segment: {code: "sales"}) { history { nodes { type summary data } } }
}"""
EVENT = "query ($id: ID!) { node(id: $id) { ... on RecordedEvent { summary data } } }"


async def _roster(ask: GraphClient, code: str, position: int | None = None) -> dict[str, Any]:
    moment = None if position is None else {"position": position}
    found: dict[str, Any] = (await ask(MEMBERS, code=code, asOf=moment))["userSegment"]
    return found


@pytest.mark.parametrize("principal", all_but(ADMIN), ids=name_of)
async def test_only_site_admins_erase(ask: GraphClient, principal: Principal) -> None:
    """Whether there is such a user or not."""
    await ask.create_user("ann")
    for username in ("ann", "nobody"):
        erasure = {**ANN, "user": {"username": username}}
        assert is_rejected_entirely(await ask.command(ERASE, erasure, by=principal), "FORBIDDEN")
    assert await ask.head() == 1


async def test_nothing_of_theirs_is_shown_any_more(ask: GraphClient) -> None:
    """Every text is empty, there is no code and no role; the id and the times stay."""
    before = await ask.create_user("ann", code="7", roles=["LEARNER"])
    payload = await ask.done(ERASE, ANN)
    after = payload["user"]
    nothing = dict.fromkeys(("username", "email", "firstName", "lastName"), "")
    left: dict[str, Any] = {
        "displayName": "Erased user",
        "code": None,
        "roles": [],
        "status": "ERASED",
    }
    assert after == {
        **before,
        **nothing,
        **left,
        "version": 2,
        "updatedAt": after["updatedAt"],
    }
    assert after["updatedAt"] > before["updatedAt"]


@pytest.mark.parametrize("reason", ["", " \n "], ids=["empty", "blank"])
async def test_a_reason_is_needed(ask: GraphClient, reason: str) -> None:
    """A blank one is none; one that cannot be recorded is told once."""
    await ask.create_user("ann")
    assert error_codes(await ask.command(ERASE, {**ANN, "reason": reason})) == [
        ("INVALID", ["reason"])
    ]
    assert error_codes(await ask.command(ERASE, {**ANN, "reason": "\0"})) == [
        ("INVALID", ["reason"])
    ]
    assert await ask.head() == 1


async def test_all_that_is_wrong_is_told_at_once(ask_late: GraphClient) -> None:
    """Without a reason, and under no good commandId."""
    bad = {"user": {"username": "ann"}, "reason": " ", "commandId": "?"}
    assert error_codes(await ask_late.command(ERASE, bad)) == [
        ("INVALID", ["commandId"]),
        ("INVALID", ["reason"]),
    ]


async def test_who_is_not_there_is_not_found(ask: GraphClient) -> None:
    """Nor who was erased already, by what they held or by their id."""
    user = await ask.create_user("ann", code="7")
    await ask.done(ERASE, ANN)
    refs = {"username": "ann", "email": "ann@example.org", "code": "7", "id": user["id"]}
    for by, name in refs.items():
        payload = await ask.command(ERASE, {**ANN, "user": {by: name}})
        assert error_codes(payload) == [("NOT_FOUND", ["user", by])]
        edit = {"user": {by: name}, "lastName": "Back"}
        assert error_codes(await ask.command("updateUser", edit)) == [("NOT_FOUND", ["user", by])]
    assert await ask.head() == 2


async def test_the_last_active_site_admin_cannot_be_erased(ask: GraphClient) -> None:
    """Once there is another, they can."""
    await ask.create_user("ann", roles=["SITE_ADMIN"])
    assert error_codes(await ask.command(ERASE, ANN)) == [("INVALID", ["user"])]
    await ask.create_user("bo", roles=["SITE_ADMIN"])
    assert (await ask.done(ERASE, ANN))["user"]["status"] == "ERASED"


async def test_all_memberships_end(ask: GraphClient) -> None:
    """In archived segments, too, each by an event of its own under one command; others stay."""
    await ask.create_users("ann", "bo")
    for code in ("sales", "old", "other"):
        await ask.create(code.title(), code=code)
    await ask.add("sales", "ann", "bo")
    await ask.add("old", "ann", "bo")
    await ask.add("other", "bo")
    await ask.done("archiveUserSegment", {"segment": {"code": "old"}})
    before = await ask.head()
    payload = await ask.done(ERASE, ANN)
    assert payload["position"] == before + 3
    for code in ("sales", "old", "other"):
        now = await _roster(ask, code)
        assert now["memberCount"] == now["members"]["totalCount"] == 1
        assert [e["node"]["displayName"] for e in now["members"]["edges"]] == ["Bo Smith"]
    then = await _roster(ask, "sales", before)
    assert then["memberCount"] == then["members"]["totalCount"] == 2
    assert {e["node"]["displayName"] for e in then["members"]["edges"]} == {
        "Erased user",
        "Bo Smith",
    }


async def test_who_they_acted_as_is_not_shown_either(ask: GraphClient) -> None:
    """What they did stays theirs, by an id that has no name any more."""
    user = await ask.create_user("ann", roles=["TRAINING_MANAGER"])
    await ask.create_user("bo")
    themself = acting_as(user, Role.TRAINING_MANAGER)
    segment = await ask.create("Sales", by=themself, code="sales")
    assert segment["createdBy"]["displayName"] == "Ann Smith"
    await ask.add("sales", "ann", "bo", by=themself)
    await ask.done(ERASE, ANN)
    query = '{ userSegment(segment: {code: "sales"}) { createdBy { id displayName kind } } }'
    creator = (await ask(query))["userSegment"]["createdBy"]
    assert creator == {"id": user["id"], "displayName": "Erased user", "kind": "USER"}
    (edge,) = (await _roster(ask, "sales"))["members"]["edges"]
    assert edge["addedBy"]["displayName"] == "Erased user"


async def test_the_history_tells_of_an_erased_user(ask: GraphClient) -> None:
    """What was sealed about them is null."""
    await ask.create_user("ann")
    await ask.create("Sales", code="sales")
    await ask.add("sales", "ann")
    await ask.done("updateUser", {"user": {"username": "ann"}, "lastName": "Jones"})
    await ask.done(ERASE, ANN)
    history = (await ask(HISTORY, AUDITOR))["userSegment"]["history"]["nodes"]
    assert [event["summary"] for event in history[1:]] == [
        "Site Admin added Erased user to the segment.",
        "Site Admin removed Erased user from the segment.",
    ]
    created, edited, erased = [
        (await ask(EVENT, AUDITOR, id=f"event_{position}"))["node"] for position in (1, 4, 6)
    ]
    assert created["summary"] == "Site Admin added the user Erased user."
    assert created["data"]["sealed"] is edited["data"]["sealed"] is None
    assert [*edited["data"]["fields"]] == ["last_name"]
    assert erased["summary"] == "Site Admin erased a user: nothing personal is left of them."


@pytest.mark.parametrize("by", ["username", "email", "code", "id"])
async def test_the_same_again_is_answered_as_at_first(ask: GraphClient, by: str) -> None:
    """Though nobody is found by that name any more, or somebody else."""
    user = await ask.create_user("ann", code="7")
    given = {**ANN, "user": {by: user[by]}, "commandId": "c-1"}
    first = await ask.done(ERASE, given)
    await ask.create_user("ann", code="7")
    assert await ask.done(ERASE, given) == replayed(first)
    assert first["user"]["id"] == user["id"]
    payload = await ask.command(ERASE, {**given, "reason": "Other."})
    assert is_rejected_entirely(payload, "COMMAND_REUSED")
    assert await ask.head() == 3
