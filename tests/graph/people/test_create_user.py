"""createUser: somebody new in the directory, who holds what nobody else does."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from domain.kernel.principal import Principal
from tests.graph.client import (
    NOT_REPLAYED,
    GraphClient,
    error_codes,
    is_rejected_entirely,
    replayed,
)
from tests.graph.principals import ADMIN, AUDITOR, all_but, name_of

CREATE = "createUser"
ANN = {"username": "ann", "email": "ann@example.org", "firstName": "Ann", "lastName": "Smith"}


@pytest.mark.parametrize("principal", all_but(ADMIN), ids=name_of)
async def test_only_site_admins_add_people(ask_late: GraphClient, principal: Principal) -> None:
    """The others are refused before the input is looked at; nothing is recorded."""
    for fields in (ANN, {**ANN, "username": ""}):
        payload = await ask_late.command(CREATE, fields, by=principal)
        assert is_rejected_entirely(payload, "FORBIDDEN")
    assert await ask_late.head() == 0


async def test_somebody_is_added(ask: GraphClient) -> None:
    """As typed, trimmed; the username case-folded, the roles each once."""
    payload = await ask.done(
        CREATE,
        {
            "username": " Ann.Smith+1@X ",
            "email": " Ann@Example.ORG ",
            "firstName": " Ann ",
            "lastName": " Ångström ",
            "code": " Pers 7 ",
            "roles": ["LEARNER", "AUDITOR", "LEARNER"],
            "reason": "New here.",
        },
    )
    user = payload["user"]
    assert (user["username"], user["email"]) == ("ann.smith+1@x", "Ann@Example.ORG")
    assert (user["firstName"], user["lastName"]) == ("Ann", "Ångström")
    assert user["displayName"] == "Ann Ångström"
    assert (user["code"], user["roles"]) == ("Pers 7", ["AUDITOR", "LEARNER"])
    assert (user["status"], user["version"]) == ("ACTIVE", 1)
    assert user["createdAt"] == user["updatedAt"]
    assert payload["position"] == 1
    assert payload["commandId"]


async def test_code_and_roles_need_not_be_given(ask: GraphClient) -> None:
    """Then there are none; a blank code is none, too."""
    nothing: list[dict[str, Any]] = [{}, {"code": None, "roles": None}, {"code": " ", "roles": []}]
    for number, fields in enumerate(nothing):
        user = await ask.create_user(f"user-{number}", **fields)
        assert (user["code"], user["roles"]) == (None, [])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("username", "", id="username empty"),
        pytest.param("username", " \t ", id="username blank"),
        pytest.param("username", "u" * 101, id="username too long"),
        pytest.param("username", "a b", id="username with a space"),
        pytest.param("username", "a/b", id="username with a slash"),
        pytest.param("username", "a\u202eb", id="username with a direction mark"),
        pytest.param("username", "nul\0", id="username with NUL"),
        pytest.param("email", "", id="email empty"),
        pytest.param("email", "nowhere", id="email without an at"),
        pytest.param("email", "a@b@c", id="email with two ats"),
        pytest.param("email", "a b@example.org", id="email with a space"),
        pytest.param(
            "email",
            f"a@{'d' * 60}.{'d' * 60}.{'d' * 60}.{'d' * 60}.{'d' * 60}",
            id="email too long",
        ),
        pytest.param("firstName", " ", id="first name blank"),
        pytest.param("firstName", "n" * 101, id="first name too long"),
        pytest.param("firstName", "two\nlines", id="first name of two lines"),
        pytest.param("lastName", "", id="last name empty"),
        pytest.param("lastName", "\u2066x", id="last name with a direction mark"),
        pytest.param("code", "c" * 101, id="code too long"),
        pytest.param("code", "tab\there", id="code with a tab"),
        pytest.param("commandId", "a b", id="command id with a space"),
        pytest.param("reason", "r" * 1001, id="reason too long"),
    ],
)
async def test_each_rule_is_refused_with_its_path(
    ask_late: GraphClient, field: str, value: str
) -> None:
    """As InvalidValue, in words; nothing is recorded."""
    payload = await ask_late.command(CREATE, {**ANN, field: value})
    assert error_codes(payload) == [("INVALID", [field])]
    assert payload["errors"][0]["__typename"] == "InvalidValue"
    assert payload["errors"][0]["message"]
    assert await ask_late.head() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("username", "u" * 100, id="username of 100 characters"),
        pytest.param("username", "ägypten-_.@+9", id="username of letters and signs"),
        pytest.param("email", "a@b", id="email of three characters"),
        pytest.param("email", "boss@mail.internal", id="email of a local domain"),
        pytest.param("email", "someone@example.test", id="email of a test domain"),
        pytest.param("email", "first.last+tag@sub.example.org", id="email with a tag"),
        pytest.param("firstName", "é" * 100, id="first name of 100 characters"),
        pytest.param("lastName", "O'Neill-Ødegård III.", id="last name with signs"),
        pytest.param("code", "0042", id="code of digits"),
        pytest.param("code", "𝒸" * 100, id="code of 100 characters"),
    ],
)
async def test_what_just_keeps_the_rules_is_taken(ask: GraphClient, field: str, value: str) -> None:
    """Addresses are not looked up; a code of digits is an ordinary one."""
    payload = await ask.done(CREATE, {**ANN, field: value})
    assert payload["user"][field] == value


async def test_all_that_is_wrong_is_told_at_once(ask_late: GraphClient) -> None:
    """The input's own fields, and those that every input may carry."""
    bad = dict.fromkeys((*ANN, "code", "commandId", "reason"), "\x00")
    payload = await ask_late.command(CREATE, bad)
    assert sorted(error_codes(payload)) == sorted(("INVALID", [name]) for name in bad)


async def test_what_somebody_holds_is_taken(ask: GraphClient) -> None:
    """In any spelling; the refusal names the holder, and all of it is told at once."""
    ann = await ask.create_user("ann", email="ann@example.org", code="Straße 7")
    other = {"username": "ANN", "email": "ANN@Example.org", "code": "\uff33TRASSE 7"}
    payload = await ask.command(CREATE, {**ANN, **other})
    codes = {"username": "USERNAME_TAKEN", "email": "EMAIL_TAKEN", "code": "CODE_TAKEN"}
    assert sorted(error_codes(payload)) == sorted((code, [field]) for field, code in codes.items())
    for error in payload["errors"]:
        assert error["__typename"] == "CodeTaken"
        assert error["heldBy"] == {"id": ann["id"]}
    assert payload["user"] is None
    assert await ask.head() == 1


async def test_codes_of_users_and_of_segments_have_nothing_to_do_with_each_other(
    ask: GraphClient,
) -> None:
    """Each is unique among its own."""
    await ask.create("Sales", code="s-1")
    assert (await ask.create_user("ann", code="s-1"))["code"] == "s-1"


async def test_what_was_given_up_is_free(ask: GraphClient) -> None:
    """By an edit, or because its holder was erased."""
    await ask.create_user("ann", code="7")
    edit = {"username": "anna", "email": "anna@example.org", "code": None}
    await ask.done("updateUser", {"user": {"username": "ann"}, **edit})
    await ask.create_user("ann", code="7")
    await ask.done("eraseUser", {"user": {"username": "ann"}, "reason": "Left."})
    assert (await ask.create_user("ann", code="7"))["version"] == 1


async def test_of_many_at_once_one_gets_the_username(ask: GraphClient) -> None:
    """The others are told who it was."""
    wanted = [
        {**ANN, "username": "ann" if n % 2 else "ANN", "email": f"ann-{n}@example.org"}
        for n in range(10)
    ]
    payloads = await asyncio.gather(*(ask.command(CREATE, fields) for fields in wanted))
    (winner,) = [payload["user"]["id"] for payload in payloads if not payload["errors"]]
    losers = [payload["errors"][0] for payload in payloads if payload["errors"]]
    assert {(e["code"], e["heldBy"]["id"]) for e in losers} == {("USERNAME_TAKEN", winner)}
    assert await ask.head() == 1


async def test_the_same_again_adds_nobody(ask: GraphClient) -> None:
    """The first result comes back; what is typed otherwise but means the same is the same."""
    given: dict[str, Any] = {**ANN, "roles": ["LEARNER", "AUDITOR"], "commandId": "c-1"}
    first = await ask.done(CREATE, given)
    assert await ask.done(CREATE, given) == replayed(first)
    spelled = {"username": " ANN", "firstName": "Ann ", "roles": ["AUDITOR", "LEARNER"]}
    assert await ask.done(CREATE, {**given, **spelled}) == replayed(first)
    others: list[dict[str, Any]] = [{"lastName": "Jones"}, {"roles": []}, {"reason": "Other."}]
    for other in others:
        payload = await ask.command(CREATE, {**given, **other})
        assert error_codes(payload) == [("COMMAND_REUSED", ["commandId"])]
        assert is_rejected_entirely(payload, "COMMAND_REUSED")
    assert await ask.head() == 1


async def test_a_late_read_model_leaves_the_user_to_be_asked_for(ask_late: GraphClient) -> None:
    """What was done is done."""
    payload = await ask_late.command(CREATE, {**ANN, "commandId": "c-1"})
    assert payload == {"user": None, "commandId": "c-1", "position": 1, **NOT_REPLAYED}
    taken = await ask_late.command(CREATE, ANN)
    assert taken["errors"][0]["heldBy"] is None


EVENT = """
    query ($id: ID!) { node(id: $id) { ... on RecordedEvent { type summary data actor { id } } } }
"""


async def test_the_event_is_told_to_those_who_may_read_the_log(ask: GraphClient) -> None:
    """What is sealed is opened for them; others do not see that it is there."""
    user = await ask.create_user("ann", code="7", roles=["LEARNER"])
    event = (await ask(EVENT, AUDITOR, id="event_1"))["node"]
    assert event["type"] == "user.created"
    assert event["summary"] == "Site Admin added the user Ann Smith."
    assert event["actor"] == {"id": ADMIN.id}
    data = event["data"]
    assert (data["userId"], [*data["roles"]]) == (user["id"], ["learner"])
    assert data["sealed"] == {**ANN, "code": "7"}
    for principal in all_but(ADMIN, AUDITOR):
        assert await ask(EVENT, principal, id="event_1") == {"node": None}
