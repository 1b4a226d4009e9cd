"""Taking back what was done to people."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graph.undo.undo_client import UndoClient, conflicts_in

BO: dict[str, Any] = {"user": {"username": "bo"}}
DAN = {"username": "dan", "email": "dan@x.de", "firstName": "Dan", "lastName": "D", "code": "d"}
COMMANDS: dict[str, tuple[str, dict[str, Any]]] = {
    "a creation": ("createUser", {**DAN, "roles": ["LEARNER"]}),
    "an edit": ("updateUser", {**BO, "username": "bob", "lastName": "Jones", "code": None}),
    "an address": ("updateUser", {**BO, "email": "Bo@Elsewhere.example"}),
    "a suspension": ("updateUser", {**BO, "status": "SUSPENDED"}),
    "an edit and a suspension": ("updateUser", {**BO, "firstName": "B", "status": "SUSPENDED"}),
    "roles": ("assignRoles", {**BO, "roles": ["AUDITOR", "LEARNER"]}),
    "an admin": ("assignRoles", {**BO, "roles": ["SITE_ADMIN"]}),
}


@pytest.mark.parametrize(("mutation", "given"), COMMANDS.values(), ids=COMMANDS)
async def test_everything_is_as_it_was_and_as_it_was_before_that(
    hand: UndoClient, mutation: str, given: dict[str, Any]
) -> None:
    """After an undo, after the undo of that, and so on."""
    await hand.ask.done(
        "createUser",
        {**DAN, "username": "root", "email": "root@x.de", "code": None, "roles": ["SITE_ADMIN"]},
    )
    before = await hand.site()
    done = await hand.ask.done(mutation, given)
    after = await hand.site()
    assert after != before
    for expected in (before, after, before, after):
        done = await hand.undo_all(done)
        assert await hand.site() == expected


async def test_who_was_removed_is_off_the_site_and_keeps_their_name(hand: UndoClient) -> None:
    """By id they are still found; what they held is free for others."""
    done = await hand.ask.done("createUser", DAN)
    await hand.undo_all(done)
    query = "query ($id: ID!) { user(user: {id: $id}) { status displayName username } }"
    user = (await hand.ask(query, id=done["user"]["id"]))["user"]
    assert user == {"status": "REMOVED", "displayName": "Dan D", "username": "dan"}
    data = await hand.ask('{ user(user: {username: "dan"}) { id } users { totalCount } }')
    assert data == {"user": None, "users": {"totalCount": 3}}
    await hand.ask.done("createUser", DAN)


async def test_whose_name_was_taken_since_stays_removed(hand: UndoClient) -> None:
    """Each thing that was taken is told by the event that took it."""
    done = await hand.ask.done("createUser", DAN)
    removal = await hand.undo_all(done)
    await hand.ask.done("createUser", DAN)
    payload = await hand.undo(removal)
    reason = "It took what they are called by: somebody else has it."
    assert payload["undone"] == 0
    assert conflicts_in(payload) == [("user.created", reason)]


async def test_who_was_removed_can_be_erased(hand: UndoClient) -> None:
    """What is sealed of them is still there; then they cannot come back."""
    done = await hand.ask.done("createUser", DAN)
    removal = await hand.undo_all(done)
    ref = {"user": {"id": done["user"]["id"]}, "reason": "Asked."}
    erased = await hand.ask.done("eraseUser", ref)
    assert erased["user"]["displayName"] == "Erased user"
    payload = await hand.undo(removal)
    assert conflicts_in(payload) == [("user.erased", "Something else became of them since.")]


async def test_who_did_or_joined_something_since_is_not_removed(hand: UndoClient) -> None:
    """An edit, or a membership, even one that has ended."""
    done = await hand.ask.done("createUser", DAN)
    await hand.ask.add("sales", "dan")
    await hand.ask.remove("sales", "dan")
    await hand.ask.done("updateUser", {"user": {"username": "dan"}, "firstName": "Daniel"})
    payload = await hand.undo(done)
    assert payload["undone"] == 0
    kinds = ["members.added", "members.removed", "user.edited"]
    assert [event for event, _ in conflicts_in(payload)] == kinds


async def test_what_was_changed_again_stays(hand: UndoClient) -> None:
    """Field by field: what nobody has touched since is as it was."""
    done = await hand.ask.done("updateUser", {**BO, "firstName": "Bob", "lastName": "Jones"})
    await hand.ask.done("updateUser", {**BO, "firstName": "Bobby"})
    payload = await hand.undo(done)
    assert conflicts_in(payload) == [("user.edited", "It changed the first name again.")]
    data = await hand.ask('{ user(user: {username: "bo"}) { displayName } }')
    assert data["user"]["displayName"] == "Bobby Smith"


async def test_a_username_that_is_anothers_by_now_stays_theirs(hand: UndoClient) -> None:
    """The other fields are taken back."""
    edit = {**BO, "username": "bob", "lastName": "Jones"}
    done = await hand.ask.done("updateUser", edit)
    await hand.ask.done("createUser", {**DAN, "username": "bo"})
    payload = await hand.undo(done)
    assert payload["undone"] == 1
    expected = [("user.created", "It took the username that they had: it is another's.")]
    assert conflicts_in(payload) == expected
    data = await hand.ask('{ user(user: {username: "bob"}) { displayName } }')
    assert data["user"]["displayName"] == "Bo Smith"


async def test_an_erasure_cannot_be_undone(hand: UndoClient) -> None:
    """Nor can what it did to rosters: nobody is there to come back."""
    ann = {"user": {"username": "ann"}, "reason": "Asked."}
    done = await hand.ask.done("eraseUser", ann)
    before = await hand.site()
    payload = await hand.undo(done)
    assert payload["undone"] == 0
    assert conflicts_in(payload) == [
        ("user.erased", "An erasure cannot be undone."),
        ("user.erased", "Somebody who was taken out is off the site by now."),
    ]
    assert await hand.site() == before


@pytest.mark.parametrize(
    ("mutation", "given", "reason"),
    [
        ("createUser", {**DAN, "roles": ["SITE_ADMIN"]}, "The site needs one active site admin."),
        ("assignRoles", {**BO, "roles": ["SITE_ADMIN"]}, "The site needs one active site admin."),
    ],
    ids=["createUser", "assignRoles"],
)
async def test_the_last_site_admin_stays_one(
    hand: UndoClient, mutation: str, given: dict[str, Any], reason: str
) -> None:
    """The very event that made them one is told."""
    done = await hand.ask.done(mutation, given)
    payload = await hand.undo(done)
    assert [found for _, found in conflicts_in(payload)] == [reason]
