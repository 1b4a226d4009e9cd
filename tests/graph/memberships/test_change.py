"""addUsersToSegment and removeUsersFromSegment: what both have in common."""

from __future__ import annotations

from typing import Any

import pytest

from domain.kernel.principal import Principal
from tests.graph.client import SEGMENT, GraphClient, error_codes, is_rejected_entirely, replayed
from tests.graph.memberships.member_queries import (
    ADD,
    REMOVE,
    UNKNOWN_SEGMENT,
    UNKNOWN_USER,
    change,
    names,
)
from tests.graph.principals import ADMIN, TRAINER, all_but, name_of

pytestmark = pytest.mark.parametrize("mutation", [ADD, REMOVE])

MAX_USERS = 100_000


@pytest.mark.parametrize("principal", all_but(ADMIN, TRAINER), ids=name_of)
async def test_who_may_not_change_members_is_refused(
    sales: GraphClient, mutation: str, principal: Principal
) -> None:
    """Before anything is looked at; nothing is recorded."""
    before = await sales.head()
    for given in (change("sales", usernames=["ann"]), change("none", usernames=["?"])):
        assert is_rejected_entirely(await sales.command(mutation, given, by=principal), "FORBIDDEN")
    assert await sales.head() == before


@pytest.mark.parametrize(
    ("by", "unknown"),
    [
        ("ids", [UNKNOWN_USER, "user_1", "segment_019ca9450de877e0bc6b8398cda33856", ""]),
        ("usernames", ["nobody", "no body", "", "u" * 101]),
        ("emails", ["nobody@example.org", "nowhere", "@", ""]),
        ("codes", ["none", "\0", "", "c" * 500]),
    ],
    ids=["ids", "usernames", "emails", "codes"],
)
async def test_each_unknown_one_is_told_with_its_place(
    sales: GraphClient, mutation: str, by: str, unknown: list[str]
) -> None:
    """Those that nobody could be called, too, each time they are named; nothing is recorded."""
    query = "{ users(first: 3) { nodes { id username email code } } }"
    ann, bo, cy = [user[by[:-1]] for user in (await sales(query))["users"]["nodes"]]
    before = await sales.head()
    given = [ann, *unknown, bo, unknown[0], cy]
    payload = await sales.command(mutation, change("sales", **{by: given}))
    places = [1, 2, 3, 4, 6]
    assert error_codes(payload) == [("NOT_FOUND", ["users", by, str(place)]) for place in places]
    assert {error["__typename"] for error in payload["errors"]} == {"NotFound"}
    assert (payload["segment"], payload["changed"], payload["unchanged"]) == (None, 0, 0)
    assert payload["position"] == await sales.head() == before
    assert await names(sales, "sales") == []


async def test_at_most_a_thousand_unknown_ones_are_told(sales: GraphClient, mutation: str) -> None:
    """The first of them."""
    nobody = [f"nobody-{n}" for n in range(1_500)]
    payload = await sales.command(mutation, change("sales", usernames=["ann", *nobody]))
    assert [error["path"][-1] for error in payload["errors"]] == [
        str(place) for place in range(1, 1_001)
    ]


async def test_more_than_a_hundred_thousand_entries_are_invalid(
    ask_late: GraphClient, mutation: str
) -> None:
    """Counted as given: one error, wherever; also beside what every input may carry."""
    for by in ("ids", "usernames", "emails", "codes"):
        given = change("sales", **{by: ["x"] * (MAX_USERS + 1)})
        assert error_codes(await ask_late.command(mutation, given)) == [("INVALID", ["users", by])]
    payload = await ask_late.command(mutation, {**given, "commandId": "?", "reason": "\0"})
    assert [error["path"][0] for error in payload["errors"]] == ["commandId", "reason", "users"]


async def test_a_hundred_thousand_entries_are_taken(sales: GraphClient, mutation: str) -> None:
    """Of people who are there; each counts once."""
    given = ["ann", "BO", "cy", "Ann"] * (MAX_USERS // 4)
    payload = await sales.done(mutation, change("sales", usernames=given))
    assert payload["changed"] + payload["unchanged"] == 3
    assert payload["changed"] == (3 if mutation == ADD else 0)


@pytest.mark.parametrize(
    ("ref", "path"),
    [
        ({"id": UNKNOWN_SEGMENT}, ["segment", "id"]),
        ({"id": "nonsense"}, ["segment", "id"]),
        ({"code": "unknown"}, ["segment", "code"]),
        ({"code": ""}, ["segment", "code"]),
    ],
    ids=["unknown id", "malformed id", "unknown code", "empty code"],
)
async def test_an_unknown_segment_is_not_found(
    sales: GraphClient, mutation: str, ref: dict[str, str], path: list[str]
) -> None:
    """Rather than the people, who are not looked up then."""
    for usernames in (["ann"], ["nobody"], []):
        given = {"segment": ref, "users": {"usernames": usernames}}
        assert error_codes(await sales.command(mutation, given)) == [("NOT_FOUND", path)]


async def test_a_deleted_segment_is_not_found(sales: GraphClient, mutation: str) -> None:
    """By its id; its code may be another's."""
    segment = await sales.create("Old", code="old")
    await sales.done("deleteUserSegment", {"segment": {"code": "old"}, "reason": "Closed."})
    for ref, by in (({"id": segment["id"]}, "id"), ({"code": "old"}, "code")):
        given = {"segment": ref, "users": {"usernames": ["ann"]}}
        assert error_codes(await sales.command(mutation, given)) == [("NOT_FOUND", ["segment", by])]


async def test_an_archived_segment_takes_no_change(sales: GraphClient, mutation: str) -> None:
    """It says so before it looks at people, also when nothing would change."""
    await sales.add("sales", "ann")
    await sales.done("archiveUserSegment", {"segment": {"code": "sales"}})
    before = await sales.head()
    for usernames in (["ann"], ["bo"], ["nobody"], []):
        payload = await sales.command(mutation, change("sales", usernames=usernames))
        assert error_codes(payload) == [("ARCHIVED", ["segment"])]
        assert is_rejected_entirely(payload, "ARCHIVED")
    assert await sales.head() == before
    assert await names(sales, "sales") == ["ann"]


async def test_erased_people_are_not_found(sales: GraphClient, mutation: str) -> None:
    """By nothing, not even by their id."""
    user = (await sales('{ user(user: {username: "ann"}) { id username email code } }'))["user"]
    await sales.done("eraseUser", {"user": {"username": "ann"}, "reason": "Left."})
    answers = {
        by: error_codes(await sales.command(mutation, change("sales", **{f"{by}s": [name]})))
        for by, name in user.items()
    }
    assert answers == {
        by: [("NOT_FOUND", ["users", f"{by}s", "0"])] for by in ("id", "username", "email", "code")
    }


async def test_nobody_is_nothing_to_do(sales: GraphClient, mutation: str) -> None:
    """An empty list is no mistake."""
    before = await sales.head()
    payload = await sales.done(mutation, change("sales", usernames=[]))
    assert (payload["changed"], payload["unchanged"], payload["position"]) == (0, 0, before)
    assert payload["segment"]["code"] == "sales"


@pytest.mark.parametrize(
    "users",
    [{}, {"usernames": None}, {"usernames": ["ann"], "emails": []}, {"usernames": [None]}],
    ids=["no way", "null", "two ways", "null within"],
)
async def test_people_are_named_in_exactly_one_way(
    ask_late: GraphClient, mutation: str, users: dict[str, Any]
) -> None:
    """Else it is an error of the operation, which never runs."""
    document = f"""mutation ($users: UserSet!) {{
        {mutation}(input: {{segment: {{code: "sales"}}, users: $users}}) {{ position }}
    }}"""
    assert await ask_late.codes(document, users=users) == ["INVALID"]


NOW = "query ($id: ID!) { userSegment(segment: {id: $id}) { ...Whole } }" + SEGMENT


@pytest.mark.parametrize("by", ["code", "id"])
async def test_the_same_again_gives_the_first_counts(
    sales: GraphClient, mutation: str, by: str
) -> None:
    """And the segment as it is now, whatever its code names by now."""
    if mutation == REMOVE:
        await sales.add("sales", "ann", "bo")
    else:
        await sales.add("sales", "cy")
    segment = (await sales('{ userSegment(segment: {code: "sales"}) { id code } }'))["userSegment"]
    given = {
        "segment": {by: segment[by]},
        "users": {"usernames": ["ann", "bo", "cy"]},
        "commandId": "c-1",
        "reason": "Because.",
    }
    first = await sales.done(mutation, given)
    assert (first["changed"], first["unchanged"]) == (2, 1)
    await sales.done("updateUserSegment", {"segment": {by: segment[by]}, "code": "else"})
    await sales.done("eraseUser", {"user": {"username": "ann"}, "reason": "Left."})
    await sales.create("Other", code="sales")
    head = await sales.head()
    await sales.settle()
    now = (await sales(NOW, id=segment["id"]))["userSegment"]
    assert now["code"] == "else"
    spelled = {"users": {"usernames": [" ANN", "bo", "Cy"]}}
    for again in (given, {**given, **spelled}):
        assert await sales.done(mutation, again) == replayed({**first, "segment": now})
    assert await sales.head() == head


async def test_other_content_under_the_same_command_id_is_refused(
    sales: GraphClient, mutation: str
) -> None:
    """Other people, or the same named otherwise, another segment, the opposite."""
    await sales.add("sales", "cy")
    await sales.create("Other", code="other")
    usernames = ["ann", "bo", "cy"]
    given: dict[str, Any] = {**change("sales", usernames=usernames), "commandId": "c-1"}
    await sales.done(mutation, given)
    before = await sales.head()
    for other in (
        change("other", usernames=usernames),
        change("sales", usernames=[*usernames[1:], "ann"]),
        change("sales", usernames=["ann"]),
        change("sales", emails=[f"{name}@example.org" for name in usernames]),
        {"reason": "Because."},
    ):
        payload = await sales.command(mutation, {**given, **other})
        assert error_codes(payload) == [("COMMAND_REUSED", ["commandId"])]
        assert is_rejected_entirely(payload, "COMMAND_REUSED")
    opposite = ADD if mutation == REMOVE else REMOVE
    assert is_rejected_entirely(await sales.command(opposite, given), "COMMAND_REUSED")
    assert is_rejected_entirely(await sales.command(mutation, given, by=TRAINER), "COMMAND_REUSED")
    assert await sales.head() == before


async def test_what_records_nothing_leaves_its_command_id_free(
    sales: GraphClient, mutation: str
) -> None:
    """Whether it was refused or had nothing to change."""
    unknown = {**change("sales", usernames=["nobody"]), "commandId": "c-1"}
    assert error_codes(await sales.command(mutation, unknown)) != []
    nothing = {**change("sales", usernames=[]), "commandId": "c-1"}
    assert (await sales.done(mutation, nothing))["commandId"] == "c-1"
    if mutation == REMOVE:
        await sales.add("sales", "ann")
    other = {**change("sales", usernames=["ann"]), "commandId": "c-1"}
    assert (await sales.done(mutation, other))["changed"] == 1


async def test_a_late_read_model_leaves_the_segment_to_be_asked_for(
    ask_late: GraphClient, mutation: str
) -> None:
    """The counts are those of the log, exact however late it is."""
    await ask_late.done("createUserSegment", {"name": "Sales", "code": "sales"})
    names = {"firstName": "A", "lastName": "B"}
    for user in ("ann", "bo"):
        fields = {"username": user, "email": f"{user}@example.org", **names}
        await ask_late.done("createUser", fields)
    added = await ask_late.done(ADD, change("sales", usernames=["ann"]))
    assert (added["segment"], added["changed"]) == (None, 1)
    payload = await ask_late.done(mutation, change("sales", usernames=["ann", "bo"]))
    assert (payload["segment"], payload["changed"], payload["unchanged"]) == (None, 1, 1)
