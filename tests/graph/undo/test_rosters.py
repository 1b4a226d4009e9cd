"""Taking back who was put into segments, and who was taken out."""

from __future__ import annotations

from tests.graph.undo.undo_client import UndoClient, conflicts_in


async def test_who_was_added_goes_and_who_was_removed_comes_back(hand: UndoClient) -> None:
    """After an undo, after the undo of that, and so on."""
    for command in (hand.ask.add, hand.ask.remove):
        before = await hand.site()
        done = await command("sales", "bo", "cy")
        after = await hand.site()
        assert done["changed"] == 2
        for expected in (before, after, before, after):
            done = await hand.undo_all(done)
            assert done["undone"] == 2
            assert await hand.site() == expected


async def test_who_was_in_before_stays_in(hand: UndoClient) -> None:
    """Ann was: adding her was no event."""
    before = await hand.site()
    done = await hand.ask.add("sales", "ann", "bo")
    assert (await hand.undo_all(done))["undone"] == 1
    assert await hand.site() == before


async def test_whom_others_moved_since_stay_where_they_are(hand: UndoClient) -> None:
    """The rest is taken back, and the others are told of, once for each event."""
    done = await hand.ask.add("sales", "bo", "cy")
    await hand.ask.remove("sales", "bo")
    await hand.ask.add("sales", "bo")
    payload = await hand.undo(done)
    assert payload["undone"] == 1
    assert conflicts_in(payload) == [
        ("members.removed", "It changed the membership of one of these users since.")
    ]
    query = '{ userSegment(segment: {code: "sales"}) { members { nodes { username } } } }'
    members = (await hand.ask(query))["userSegment"]["members"]["nodes"]
    assert {member["username"] for member in members} == {"ann", "bo"}


async def test_who_is_off_the_site_does_not_come_back(hand: UndoClient) -> None:
    """Their erasure is told."""
    await hand.ask.add("sales", "bo", "cy")
    done = await hand.ask.remove("sales", "bo", "cy")
    await hand.ask.done("eraseUser", {"user": {"username": "bo"}, "reason": "Asked."})
    payload = await hand.undo(done)
    assert payload["undone"] == 1
    expected = [("user.erased", "Somebody who was taken out is off the site by now.")]
    assert conflicts_in(payload) == expected


async def test_a_suspended_user_comes_back(hand: UndoClient) -> None:
    """Being suspended does not touch memberships."""
    before = await hand.site()
    done = await hand.ask.remove("sales", "ann")
    ann = {"user": {"username": "ann"}}
    await hand.ask.done("updateUser", {**ann, "status": "SUSPENDED"})
    await hand.undo_all(done)
    await hand.ask.done("updateUser", {**ann, "status": "ACTIVE"})
    assert await hand.site() == before


async def test_who_did_not_come_back_with_their_segment_is_not_taken_out_of_it(
    hand: UndoClient,
) -> None:
    """Bo was erased while it was deleted: the deletion ended that membership, and names nobody."""
    added = await hand.ask.add("sales", "bo", "cy")
    segment = {"segment": {"code": "sales"}, "reason": "Closed."}
    deleted = await hand.ask.done("deleteUserSegment", segment)
    await hand.ask.done("eraseUser", {"user": {"username": "bo"}, "reason": "Asked."})
    assert (await hand.undo(deleted))["undone"] == 3  # the segment, with Ann and Cy
    before = await hand.site()
    payload = await hand.undo(added)
    assert payload["undone"] == 0
    why = "It changed the membership of one of these users since."
    assert conflicts_in(payload) == [("segment.deleted", why), ("members.added", why)]
    assert await hand.site() == before
