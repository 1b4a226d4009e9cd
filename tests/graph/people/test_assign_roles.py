"""assignRoles: exactly these, whatever they were."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from domain.kernel.principal import Principal
from tests.graph.client import GraphClient, error_codes, is_rejected_entirely
from tests.graph.principals import ADMIN, all_but, name_of

ASSIGN = "assignRoles"
ANN: dict[str, Any] = {"user": {"username": "ann"}}


@pytest.mark.parametrize("principal", all_but(ADMIN), ids=name_of)
async def test_only_site_admins_give_roles(ask: GraphClient, principal: Principal) -> None:
    """Nobody makes themself a site admin."""
    await ask.create_user("ann")
    payload = await ask.command(ASSIGN, {**ANN, "roles": ["SITE_ADMIN"]}, by=principal)
    assert is_rejected_entirely(payload, "FORBIDDEN")
    assert await ask.head() == 1


async def test_the_roles_are_exactly_these(ask: GraphClient) -> None:
    """Each once; those they had go. It counts as a change of theirs."""
    before = await ask.create_user("ann", roles=["LEARNER"])
    roles = ["TRAINING_MANAGER", "AUDITOR", "AUDITOR"]
    after = (await ask.done(ASSIGN, {**ANN, "roles": roles}))["user"]
    assert after["roles"] == ["AUDITOR", "TRAINING_MANAGER"]
    changed = {"roles": after["roles"], "version": 2, "updatedAt": after["updatedAt"]}
    assert after == {**before, **changed}
    assert after["updatedAt"] > before["updatedAt"]
    assert (await ask.done(ASSIGN, {**ANN, "roles": []}))["user"]["roles"] == []


async def test_the_same_roles_change_nothing(ask: GraphClient) -> None:
    """In any order; nothing is recorded."""
    before = await ask.create_user("ann", roles=["LEARNER", "AUDITOR"])
    payload = await ask.done(ASSIGN, {**ANN, "roles": ["LEARNER", "AUDITOR", "LEARNER"]})
    assert (payload["user"], payload["position"]) == (before, 1)
    assert await ask.head() == 1


async def test_all_that_is_wrong_is_told_at_once(ask_late: GraphClient) -> None:
    """The user who is not there is, with what every input may carry."""
    bad = {"user": {"email": "nobody"}, "roles": [], "commandId": "?", "reason": "\0"}
    assert error_codes(await ask_late.command(ASSIGN, bad)) == [
        ("INVALID", ["commandId"]),
        ("INVALID", ["reason"]),
        ("NOT_FOUND", ["user", "email"]),
    ]
    unknown = {"user": {"username": "nobody"}, "roles": []}
    assert error_codes(await ask_late.command(ASSIGN, unknown)) == [
        ("NOT_FOUND", ["user", "username"])
    ]


async def test_an_old_version_is_a_conflict(ask: GraphClient) -> None:
    """With what happened since."""
    await ask.create_user("ann")
    await ask.done("updateUser", {**ANN, "lastName": "Jones"})
    payload = await ask.command(ASSIGN, {**ANN, "roles": ["AUDITOR"], "expectedVersion": 1})
    assert error_codes(payload) == [("VERSION_CONFLICT", ["expectedVersion"])]
    (error,) = payload["errors"]
    assert (error["currentVersion"], error["since"]) == (
        2,
        [{"type": "user.edited", "position": 2}],
    )
    await ask.done(ASSIGN, {**ANN, "roles": ["AUDITOR"], "expectedVersion": 2})


async def test_the_last_active_site_admin_stays_one(ask: GraphClient) -> None:
    """More roles may be given to them; once there is another, the role can go."""
    await ask.create_user("ann", roles=["SITE_ADMIN"])
    await ask.create_user("bo")
    payload = await ask.command(ASSIGN, {**ANN, "roles": ["AUDITOR"]})
    assert error_codes(payload) == [("INVALID", ["roles"])]
    await ask.done(ASSIGN, {**ANN, "roles": ["AUDITOR", "SITE_ADMIN"]})
    await ask.done(ASSIGN, {"user": {"username": "bo"}, "roles": ["SITE_ADMIN"]})
    assert (await ask.done(ASSIGN, {**ANN, "roles": []}))["user"]["roles"] == []


async def test_two_who_are_demoted_at_once_leave_one(ask: GraphClient) -> None:
    """However close together: of the last two site admins one stays."""
    for username in ("ann", "bo"):
        await ask.create_user(username, roles=["SITE_ADMIN"])
    demoted = ({"user": {"username": username}, "roles": []} for username in ("ann", "bo"))
    payloads = await asyncio.gather(*(ask.command(ASSIGN, fields) for fields in demoted))
    assert sorted(error_codes(payload) for payload in payloads) == [[], [("INVALID", ["roles"])]]


@pytest.mark.parametrize("by", ["username", "id"])
async def test_the_same_again_changes_nothing(ask: GraphClient, by: str) -> None:
    """Though the roles may be others by now; the user is answered, however they were named."""
    user = await ask.create_user("ann")
    given = {"user": {by: user[by]}, "roles": ["AUDITOR"], "commandId": "c-1"}
    first = await ask.done(ASSIGN, given)
    await ask.done(ASSIGN, {**ANN, "roles": []})
    again = await ask.done(ASSIGN, given)
    assert (again["position"], again["user"]["id"]) == (first["position"], user["id"])
    payload = await ask.command(ASSIGN, {**given, "roles": ["LEARNER"]})
    assert is_rejected_entirely(payload, "COMMAND_REUSED")
    assert await ask.head() == 3
