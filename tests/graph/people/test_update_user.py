"""updateUser: only the given fields change; somebody is suspended, or reactivated."""

from __future__ import annotations

from typing import Any

import pytest

from domain.kernel.principal import Principal
from tests.graph.client import GraphClient, error_codes, is_rejected_entirely, replayed
from tests.graph.principals import ADMIN, all_but, name_of

UPDATE = "updateUser"
ANN: dict[str, Any] = {"user": {"username": "ann"}}
UNKNOWN = "user_019ca9450de877e0bc6b8398cda33856"


@pytest.mark.parametrize("principal", all_but(ADMIN), ids=name_of)
async def test_only_site_admins_change_people(ask: GraphClient, principal: Principal) -> None:
    """Whether there is such a user or not, also when it is oneself who asks."""
    await ask.create_user("ann")
    for username in ("ann", "no-such"):
        edit = {"user": {"username": username}, "lastName": "Other"}
        assert is_rejected_entirely(await ask.command(UPDATE, edit, by=principal), "FORBIDDEN")
    assert await ask.head() == 1


async def test_only_given_fields_change(ask: GraphClient) -> None:
    """The version grows by one and updatedAt moves; all else stays as it was."""
    before = await ask.create_user("ann", code="7", roles=["LEARNER"])
    payload = await ask.done(UPDATE, {"user": {"id": before["id"]}, "lastName": " Jones "})
    after = payload["user"]
    assert after["updatedAt"] > before["updatedAt"]
    changed = {"lastName": "Jones", "displayName": "Ann Jones", "version": 2}
    assert after == {**before, **changed, "updatedAt": after["updatedAt"]}


@pytest.mark.parametrize(
    ("change", "after"),
    [
        pytest.param({"username": " ANNA "}, {"username": "anna"}, id="username"),
        pytest.param({"email": "ANN@Example.ORG"}, {"email": "ANN@Example.ORG"}, id="email"),
        pytest.param(
            {"firstName": "Zoë"}, {"firstName": "Zoë", "displayName": "Zoë Smith"}, id="first name"
        ),
        pytest.param({"code": "８"}, {"code": "８"}, id="code"),
        pytest.param({"code": None}, {"code": None}, id="code null"),
        pytest.param({"code": " "}, {"code": None}, id="code blank"),
        pytest.param({"status": "SUSPENDED"}, {"status": "SUSPENDED"}, id="status"),
        pytest.param(
            {"status": "SUSPENDED", "code": "8"},
            {"status": "SUSPENDED", "code": "8"},
            id="status and code",
        ),
    ],
)
async def test_a_field_takes_its_new_value(
    ask: GraphClient, change: dict[str, Any], after: dict[str, Any]
) -> None:
    """In one event, whatever it is; null clears a code."""
    before = await ask.create_user("ann", code="7")
    payload = await ask.done(UPDATE, {**ANN, **change})
    expected = {**before, **after, "version": 2, "updatedAt": payload["user"]["updatedAt"]}
    assert payload["user"] == expected
    assert payload["position"] == 2


@pytest.mark.parametrize(
    "ref",
    [{"username": "ANN"}, {"email": "Ann@EXAMPLE.org"}, {"code": "pers ７"}],
    ids=["username", "email", "code"],
)
async def test_people_are_named_in_any_spelling(ask: GraphClient, ref: dict[str, str]) -> None:
    """By username, address or code."""
    before = await ask.create_user("ann", code="PERS 7")
    payload = await ask.done(UPDATE, {"user": ref, "lastName": "Jones"})
    assert (payload["user"]["id"], payload["user"]["version"]) == (before["id"], 2)


async def test_changing_nothing_records_nothing(ask: GraphClient) -> None:
    """And answers with the user at the present version; so does naming no field."""
    before = await ask.create_user("ann", code="7")
    nothing: list[dict[str, Any]] = [
        {},
        {"username": " Ann "},
        {"email": "ann@example.org", "firstName": "Ann", "lastName": "Smith", "code": "7"},
        {"status": "ACTIVE"},
    ]
    for same in nothing:
        payload = await ask.done(UPDATE, {**ANN, **same})
        assert (payload["user"], payload["position"]) == (before, 1)
    assert await ask.head() == 1


async def test_somebody_suspended_comes_back(ask: GraphClient) -> None:
    """Each an event of its own."""
    await ask.create_user("ann")
    await ask.done(UPDATE, {**ANN, "status": "SUSPENDED"})
    again = await ask.done(UPDATE, {**ANN, "status": "ACTIVE"})
    assert (again["user"]["status"], again["user"]["version"]) == ("ACTIVE", 3)


@pytest.mark.parametrize(
    ("fields", "paths"),
    [
        pytest.param({"username": None}, ["username"], id="username null"),
        pytest.param({"email": None}, ["email"], id="email null"),
        pytest.param({"firstName": None}, ["firstName"], id="first name null"),
        pytest.param({"lastName": None}, ["lastName"], id="last name null"),
        pytest.param({"status": None}, ["status"], id="status null"),
        pytest.param({"status": "ERASED"}, ["status"], id="status erased"),
        pytest.param({"status": "REMOVED"}, ["status"], id="status removed"),
        pytest.param(
            {"username": "a b", "email": "x", "firstName": "", "lastName": None, "code": "\0"},
            ["username", "email", "firstName", "lastName", "code"],
            id="five fields",
        ),
        pytest.param(
            {"lastName": "", "commandId": "?", "reason": "\0"},
            ["commandId", "reason", "lastName"],
            id="field, command id and reason",
        ),
    ],
)
async def test_bad_fields_are_refused_all_at_once(
    ask_late: GraphClient, fields: dict[str, Any], paths: list[str]
) -> None:
    """Null for anything but the code is one of them; nobody is erased by an update."""
    payload = await ask_late.command(UPDATE, {**ANN, **fields})
    assert error_codes(payload) == [("INVALID", [path]) for path in paths]


@pytest.mark.parametrize(
    ("ref", "path"),
    [
        pytest.param({"id": UNKNOWN}, ["user", "id"], id="unknown id"),
        pytest.param({"id": "user_of-no-shape"}, ["user", "id"], id="malformed id"),
        pytest.param(
            {"id": "segment_019ca9450de877e0bc6b8398cda33856"}, ["user", "id"], id="id of a segment"
        ),
        pytest.param({"username": "nobody"}, ["user", "username"], id="unknown username"),
        pytest.param({"username": "no body"}, ["user", "username"], id="malformed username"),
        pytest.param({"username": ""}, ["user", "username"], id="empty username"),
        pytest.param({"email": "nobody@example.org"}, ["user", "email"], id="unknown email"),
        pytest.param({"email": "nobody"}, ["user", "email"], id="malformed email"),
        pytest.param({"code": "none"}, ["user", "code"], id="unknown code"),
        pytest.param({"code": "c" * 500}, ["user", "code"], id="code too long"),
    ],
)
async def test_an_unknown_user_is_not_found(
    ask_late: GraphClient, ref: dict[str, str], path: list[str]
) -> None:
    """However they were named."""
    payload = await ask_late.command(UPDATE, {"user": ref, "lastName": "Other"})
    assert error_codes(payload) == [("NOT_FOUND", path)]
    assert payload["errors"][0]["__typename"] == "NotFound"


async def test_somebody_is_named_in_exactly_one_way(ask_late: GraphClient) -> None:
    """Neither or both is an error of the operation, which never runs."""
    mutation = "mutation ($ref: UserRef!) { updateUser(input: {user: $ref}) { position } }"
    for ref in ({}, {"id": UNKNOWN, "code": "7"}, {"username": None}):
        assert await ask_late.codes(mutation, ref=ref) == ["INVALID"]


async def test_what_another_holds_is_taken(ask: GraphClient) -> None:
    """All of it told at once, with its holder; one's own in another spelling is not taken."""
    ann = await ask.create_user("ann", code="7")
    bo = await ask.create_user("bo", code="8")
    edit = {"username": "Ann", "email": "ANN@example.org", "code": "７"}
    payload = await ask.command(UPDATE, {"user": {"id": bo["id"]}, **edit})
    assert sorted(error_codes(payload)) == [
        ("CODE_TAKEN", ["code"]),
        ("EMAIL_TAKEN", ["email"]),
        ("USERNAME_TAKEN", ["username"]),
    ]
    assert [error["heldBy"] for error in payload["errors"]] == [{"id": ann["id"]}] * 3
    own = await ask.done(UPDATE, {"user": {"id": ann["id"]}, **edit})
    assert (own["user"]["email"], own["user"]["code"]) == ("ANN@example.org", "７")


async def test_an_old_version_is_a_conflict_with_what_happened_since(ask: GraphClient) -> None:
    """Their own events after the expected version, oldest first; memberships are none of them."""
    user = await ask.create_user("ann")
    await ask.create("Sales", code="sales")
    await ask.done(UPDATE, {**ANN, "lastName": "Jones"})
    await ask.add("sales", "ann")
    await ask.done("assignRoles", {**ANN, "roles": ["AUDITOR"]})
    await ask.done(UPDATE, {**ANN, "status": "SUSPENDED"})
    payload = await ask.command(UPDATE, {**ANN, "lastName": "Mine", "expectedVersion": 2})
    assert error_codes(payload) == [("VERSION_CONFLICT", ["expectedVersion"])]
    (error,) = payload["errors"]
    assert (error["__typename"], error["currentVersion"]) == ("VersionConflict", 4)
    since = [(event["type"], event["position"]) for event in error["since"]]
    assert since == [("user.roles_assigned", 5), ("user.edited", 6)]
    for version in (1, 7):
        payload = await ask.command(UPDATE, {**ANN, "expectedVersion": version})
        assert len(payload["errors"][0]["since"]) == (3 if version == 1 else 0)
    assert await ask.head() == 6
    current = {"user": {"id": user["id"]}, "lastName": "Mine", "expectedVersion": 4}
    assert (await ask.done(UPDATE, current))["user"]["version"] == 5


async def test_the_last_active_site_admin_is_not_suspended(ask: GraphClient) -> None:
    """Another one who is suspended does not count; with one who is active it may be done."""
    for username in ("ann", "bo"):
        await ask.create_user(username, roles=["SITE_ADMIN"])
    bo = {"user": {"username": "bo"}}
    await ask.done(UPDATE, {**bo, "status": "SUSPENDED"})
    payload = await ask.command(UPDATE, {**ANN, "lastName": "Jones", "status": "SUSPENDED"})
    assert error_codes(payload) == [("INVALID", ["status"])]
    assert payload["user"] is None
    await ask.done(UPDATE, {**bo, "status": "ACTIVE"})
    await ask.done(UPDATE, {**ANN, "status": "SUSPENDED"})


@pytest.mark.parametrize(
    "ref",
    [{"username": "ann"}, {"email": "ann@example.org"}, {"code": "7"}],
    ids=["username", "email", "code"],
)
async def test_the_same_again_changes_nothing(ask: GraphClient, ref: dict[str, str]) -> None:
    """And answers with the user, though they may no longer be found by what they were named by."""
    await ask.create_user("ann", code="7")
    edit = {"username": "anna", "email": "anna@example.org", "code": None}
    given: dict[str, Any] = {"user": ref, **edit, "commandId": "c-1"}
    first = await ask.done(UPDATE, given)
    assert first["user"]["username"] == "anna"
    assert await ask.done(UPDATE, given) == replayed(first)
    assert await ask.head() == 2


async def test_other_content_under_the_same_command_id_is_refused(ask: GraphClient) -> None:
    """Another value, another field, or null where there was nothing."""
    await ask.create_user("ann", code="7")
    given: dict[str, Any] = {**ANN, "lastName": "Jones", "commandId": "c-1"}
    await ask.done(UPDATE, given)
    for other in ({"lastName": "Doe"}, {"firstName": "A"}, {"code": None}, {"expectedVersion": 1}):
        payload = await ask.command(UPDATE, {**given, **other})
        assert error_codes(payload) == [("COMMAND_REUSED", ["commandId"])]
        assert is_rejected_entirely(payload, "COMMAND_REUSED")
    assert await ask.head() == 2
