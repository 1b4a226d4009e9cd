"""Taking back what was done to segments."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graph.undo.undo_client import UndoClient, conflicts_in

SALES = {"segment": {"code": "sales"}}
EDIT = {**SALES, "name": "Retail", "code": None, "description": "", "visible": False}
COMMANDS: dict[str, tuple[str, dict[str, Any]]] = {
    "a creation": ("createUserSegment", {"name": "New", "code": "new"}),
    "an edit": ("updateUserSegment", EDIT),
    "another code": ("updateUserSegment", {**SALES, "code": "vendors"}),
    "an archiving": ("archiveUserSegment", SALES),
    "a deletion": ("deleteUserSegment", {**SALES, "reason": "Closed."}),
}


@pytest.mark.parametrize(("mutation", "given"), COMMANDS.values(), ids=COMMANDS)
async def test_everything_is_as_it_was_and_as_it_was_before_that(
    hand: UndoClient, mutation: str, given: dict[str, Any]
) -> None:
    """After an undo, after the undo of that, and so on; members and code included."""
    before = await hand.site()
    done = await hand.ask.done(mutation, given)
    after = await hand.site()
    assert after != before
    for expected in (before, after, before, after):
        done = await hand.undo_all(done)
        assert await hand.site() == expected


async def test_a_restoring_is_taken_back(hand: UndoClient) -> None:
    """The segment is archived again."""
    await hand.ask.done("archiveUserSegment", SALES)
    before = await hand.site()
    done = await hand.ask.done("restoreUserSegment", SALES)
    assert (await hand.undo_all(done))["undone"] == 1
    assert await hand.site() == before


async def test_an_archived_segment_comes_back_archived(hand: UndoClient) -> None:
    """With its members, whom it keeps; each counts as put back."""
    await hand.ask.done("archiveUserSegment", SALES)
    before = await hand.site()
    done = await hand.ask.done("deleteUserSegment", {**SALES, "reason": "Closed."})
    assert (await hand.undo_all(done))["undone"] == 2
    assert await hand.site() == before


async def test_a_segment_that_was_used_since_is_not_taken_back(hand: UndoClient) -> None:
    """Whatever came after its creation stands in the way: an edit, a member."""
    done = await hand.ask.done("createUserSegment", {"name": "New", "code": "new"})
    await hand.ask.done("updateUserSegment", {"segment": {"code": "new"}, "name": "Newer"})
    await hand.ask.add("new", "bo")
    before = await hand.site()
    payload = await hand.undo(done)
    reason = "It came after the segment, and would be lost with it."
    assert conflicts_in(payload) == [("segment.edited", reason), ("members.added", reason)]
    assert payload["undone"] == 0
    assert await hand.site() == before


async def test_what_was_changed_again_stays(hand: UndoClient) -> None:
    """Field by field: what nobody has touched since is as it was."""
    done = await hand.ask.done("updateUserSegment", {**SALES, "name": "Retail", "visible": False})
    await hand.ask.done("updateUserSegment", {**SALES, "name": "Shops"})
    payload = await hand.undo(done)
    assert payload["undone"] == 1
    assert conflicts_in(payload) == [("segment.edited", "It changed the name again.")]
    data = await hand.ask('{ userSegment(segment: {code: "sales"}) { name visible } }')
    assert data["userSegment"] == {"name": "Shops", "visible": True}


async def test_a_code_that_is_anothers_by_now_is_not_taken_back(hand: UndoClient) -> None:
    """Neither by undoing its change nor by undoing a deletion."""
    edit = await hand.ask.done("updateUserSegment", {**SALES, "code": None, "name": "Retail"})
    await hand.ask.create("Other", code="SALES")
    payload = await hand.undo(edit)
    expected = [("segment.created", "The user segment ID “sales” is another's by now.")]
    assert conflicts_in(payload) == expected
    data = await hand.ask("{ siteUserSegments { nodes { name code } } }")
    assert data["siteUserSegments"]["nodes"] == [
        {"name": "Other", "code": "SALES"},
        {"name": "Sales", "code": None},
    ]


async def test_a_deleted_segment_whose_code_was_taken_stays_deleted(hand: UndoClient) -> None:
    """Until the code is free again."""
    before = await hand.site()
    done = await hand.ask.done("deleteUserSegment", {**SALES, "reason": "Closed."})
    other = await hand.ask.done("createUserSegment", {"name": "Other", "code": "sales"})
    payload = await hand.undo(done)
    expected = [("segment.created", "The user segment ID “sales” is another's by now.")]
    assert conflicts_in(payload) == expected
    await hand.undo_all(other)
    await hand.undo_all(done)
    assert await hand.site() == before


async def test_who_was_erased_does_not_come_back_with_the_segment(hand: UndoClient) -> None:
    """The segment does, and the other members; the erasure is told."""
    await hand.ask.add("sales", "bo", "cy")
    done = await hand.ask.done("deleteUserSegment", {**SALES, "reason": "Closed."})
    await hand.ask.done("eraseUser", {"user": {"username": "bo"}, "reason": "Asked."})
    payload = await hand.undo(done)
    assert payload["undone"] == 3
    assert conflicts_in(payload) == [
        ("user.erased", "A member of the segment is off the site by now.")
    ]
    data = await hand.ask('{ userSegment(segment: {code: "sales"}) { memberCount } }')
    assert data["userSegment"] == {"memberCount": 2}


@pytest.mark.parametrize(
    ("mutation", "given"),
    [("archiveUserSegment", {}), ("deleteUserSegment", {"reason": "Closed."})],
    ids=["archived", "deleted"],
)
async def test_a_closed_segment_takes_no_changes_back(
    hand: UndoClient, mutation: str, given: dict[str, Any]
) -> None:
    """What closed it stands in the way, for its fields and for its roster."""
    edit = await hand.ask.done("updateUserSegment", {**SALES, "name": "Retail"})
    joined = await hand.ask.add("sales", "bo")
    closing = await hand.ask.done(mutation, {**SALES, **given})
    kind = "segment.archived" if mutation.startswith("archive") else "segment.deleted"
    for done in (edit, joined):
        payload = await hand.undo(done)
        assert payload["undone"] == 0
        assert [event for event, _ in conflicts_in(payload)] == [kind]
    await hand.undo_all(closing)


async def test_what_is_undone_already_is_in_the_way_itself(hand: UndoClient) -> None:
    """A second undo does nothing, and says by what."""
    for mutation, given in (COMMANDS["a creation"], COMMANDS["an archiving"]):
        done = await hand.ask.done(mutation, given)
        await hand.undo_all(done)
        payload = await hand.undo(done)
        assert payload["undone"] == 0
        assert len(payload["conflicts"]) == 1
