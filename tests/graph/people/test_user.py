"""user: one person of the directory."""

from __future__ import annotations

import pytest

from domain.kernel.principal import Role
from tests.graph.client import USER, GraphClient
from tests.graph.principals import ADMIN, AUDITOR, LEARNER, NOBODY, TRAINER, acting_as

ONE = "query ($ref: UserRef!) { user(user: $ref) { ...Person } }" + USER
NODE = "query ($id: ID!) { node(id: $id) { __typename id } }"
LIST = "{ users { nodes { username } totalCount } }"


async def test_who_may_not_see_people_finds_nobody(ask: GraphClient) -> None:
    """As if there were none; those who may, do."""
    user = await ask.create_user("ann", code="7")
    refs = [{name: user[name]} for name in ("id", "username", "email", "code")]
    for ref in refs:
        for principal in (LEARNER, NOBODY):
            assert await ask(ONE, principal, ref=ref) == {"user": None}
        for principal in (ADMIN, TRAINER, AUDITOR):
            assert await ask(ONE, principal, ref=ref) == {"user": user}
    for principal in (LEARNER, NOBODY):
        assert await ask(NODE, principal, id=user["id"]) == {"node": None}


async def test_a_learner_sees_only_themself(ask: GraphClient) -> None:
    """By whatever they hold, on the list, and by node; nobody else."""
    ann, bo = await ask.create_user("ann", code="7"), await ask.create_user("bo", code="8")
    learner = acting_as(ann, Role.LEARNER)
    for name in ("id", "username", "email", "code"):
        assert await ask(ONE, learner, ref={name: ann[name]}) == {"user": ann}
        assert await ask(ONE, learner, ref={name: bo[name]}) == {"user": None}
    assert await ask(LIST, learner) == {"users": {"nodes": [{"username": "ann"}], "totalCount": 1}}
    assert await ask(NODE, learner, id=ann["id"]) == {"node": {"__typename": "User", **_id(ann)}}
    assert await ask(NODE, learner, id=bo["id"]) == {"node": None}


async def test_without_a_role_nobody_sees_even_themself(ask: GraphClient) -> None:
    """Signed in is not yet anything."""
    ann = await ask.create_user("ann")
    assert await ask(ONE, acting_as(ann), ref=_id(ann)) == {"user": None}
    assert (await ask(LIST, acting_as(ann)))["users"]["totalCount"] == 0


@pytest.mark.parametrize("search", ["bo", "smith"])
async def test_a_learner_s_own_search_finds_nobody_else(ask: GraphClient, search: str) -> None:
    """However many others are called so."""
    ann = await ask.create_user("ann")
    await ask.create_user("bo")
    query = "query ($term: String) { users(search: $term) { nodes { username } totalCount } }"
    found = (await ask(query, acting_as(ann, Role.LEARNER), term=search))["users"]
    expected = [{"username": "ann"}] if search == "smith" else []
    assert found == {"nodes": expected, "totalCount": len(expected)}


async def test_a_learner_is_not_told_of_segments_that_they_may_not_see(ask: GraphClient) -> None:
    """By no filter: an invisible segment that they are in is to them as one that there is not."""
    ann = await ask.create_user("ann")
    await ask.create_user("bo")
    query = """query ($in: UserFilter, $out: UserFilter) {
        in: users(filter: $in) { totalCount }
        out: users(filter: $out) { totalCount }
    }"""
    for visible, members, counts in (
        (False, ["ann"], (0, 1)),
        (False, ["bo"], (0, 1)),
        (True, ["bo"], (0, 1)),
        (True, ["ann"], (1, 0)),
    ):
        segment = await ask.create("Sales", code=f"{visible}-{members}", visible=visible)
        await ask.add(segment["code"], *members)
        asked = {"in": {"inSegment": segment["id"]}, "out": {"notInSegment": segment["id"]}}
        found = await ask(query, acting_as(ann, Role.LEARNER), **asked)
        assert (found["in"]["totalCount"], found["out"]["totalCount"]) == counts


async def test_everybody_is_found_in_any_spelling(ask: GraphClient) -> None:
    """By username, address or code."""
    ann = await ask.create_user("ann", email="Ann@Example.org", code="Straße 7")
    for ref in (
        {"username": " ANN "},
        {"email": "ann@EXAMPLE.org"},
        {"code": "STRASSE ７"},
        {"id": ann["id"]},
    ):
        assert await ask(ONE, ref=ref) == {"user": ann}


async def test_who_is_not_there_is_null(ask: GraphClient) -> None:
    """Nor is somebody found by what they have given up."""
    await ask.create_user("ann", code="7")
    edit = {"username": "anna", "email": "anna@example.org", "code": None}
    await ask.done("updateUser", {"user": {"username": "ann"}, **edit})
    for ref in (
        {"id": "user_019ca9450de877e0bc6b8398cda33856"},
        {"username": "ann"},
        {"email": "ann@example.org"},
        {"code": "7"},
    ):
        assert await ask(ONE, ref=ref) == {"user": None}


@pytest.mark.parametrize(
    "ref",
    [
        pytest.param({}, id="no field"),
        pytest.param({"id": None}, id="id null"),
        pytest.param({"username": "ann", "code": "7"}, id="two fields"),
        pytest.param({"id": "nonsense"}, id="malformed id"),
        pytest.param({"id": "segment_019ca9450de877e0bc6b8398cda33856"}, id="id of a segment"),
        pytest.param({"username": "a b"}, id="malformed username"),
        pytest.param({"email": "nowhere"}, id="malformed email"),
        pytest.param({"code": ""}, id="empty code"),
    ],
)
async def test_what_can_name_nobody_is_invalid(ask_late: GraphClient, ref: dict[str, str]) -> None:
    """For whoever asks."""
    for principal in (ADMIN, LEARNER, NOBODY):
        assert await ask_late.codes(ONE, principal, ref=ref) == ["INVALID"]


async def test_who_was_erased_is_found_by_id_alone(ask: GraphClient) -> None:
    """With nothing in it; off every list, whatever status is asked for."""
    ann = await ask.create_user("ann", code="7", roles=["AUDITOR"])
    await ask.done("eraseUser", {"user": _id(ann), "reason": "Left."})
    user = (await ask(ONE, AUDITOR, ref=_id(ann)))["user"]
    assert user == {
        **ann,
        **dict.fromkeys(("username", "email", "firstName", "lastName"), ""),
        "displayName": "Erased user",
        "code": None,
        "roles": [],
        "status": "ERASED",
        "version": 2,
        "updatedAt": user["updatedAt"],
    }
    assert await ask(NODE, id=ann["id"]) == {"node": {"__typename": "User", **_id(ann)}}
    for name in ("username", "email", "code"):
        assert await ask(ONE, ref={name: ann[name]}) == {"user": None}
    query = "{ users(filter: {status: [ERASED, REMOVED]}) { totalCount } }"
    assert await ask(query) == {"users": {"totalCount": 0}}
    assert (await ask(LIST))["users"]["totalCount"] == 0


async def test_min_position_is_waited_for(ask: GraphClient) -> None:
    """And one that is not there yet is READ_MODEL_BEHIND."""
    payload = await ask.done(
        "createUser",
        {"username": "ann", "email": "a@example.org", "firstName": "A", "lastName": "S"},
    )
    query = """query ($at: LogPosition) {
        user(user: {username: "ann"}, minPosition: $at) { id }
        users(minPosition: $at) { totalCount }
    }"""
    found = await ask(query, at=payload["position"])
    assert found == {"user": {"id": payload["user"]["id"]}, "users": {"totalCount": 1}}


async def test_a_late_read_model_says_so(ask_late: GraphClient) -> None:
    """After a while."""
    query = '{ user(user: {username: "ann"}, minPosition: 1) { id } }'
    assert await ask_late.codes(query) == ["READ_MODEL_BEHIND"]
    assert await ask_late.codes("{ users(minPosition: 1) { totalCount } }") == ["READ_MODEL_BEHIND"]


def _id(user: dict[str, str]) -> dict[str, str]:
    return {"id": user["id"]}
