"""whyMember: the events that put somebody into a segment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from domain.catalogue import CATALOGUE
from domain.kernel.principal import Principal
from domain.log import EventLog, EventMapper
from service.database.log_store.recorder import LogRecorder
from tests.graph.audit.log_fixture import record
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN, AUDITOR, TRAINER, all_but, name_of
from tests.graph.undo.undo_client import UndoClient
from tests.graph.uploads.upload_client import MEMBERS, UploadClient

WHY = """
    query ($ref: SegmentRef!, $user: UserRef!, $asOf: AsOf, $at: LogPosition) {
        whyMember(segment: $ref, user: $user, asOf: $asOf, minPosition: $at) {
            since source file row
            because { position type actor { displayName } commandId reason }
        }
    }
"""


@pytest.fixture
def log(database_url: str) -> Iterator[EventLog]:
    """The site's log, to be read."""
    with LogRecorder(database_url, 1) as recorder:
        yield EventLog(recorder, EventMapper(CATALOGUE))


@pytest.fixture
def uploads(ask: GraphClient, log: EventLog) -> UploadClient:
    """Sends files to the running site."""
    return UploadClient(ask, log)


@pytest.fixture
def hand(ask: GraphClient, database_url: str) -> UndoClient:
    """Takes commands back."""
    return UndoClient(ask, database_url)


async def why(
    ask: GraphClient, code: str, username: str, by: Principal = AUDITOR, **more: Any
) -> dict[str, Any] | None:
    """Why that user is in the segment with that code."""
    await ask.settle()
    data = await ask(WHY, by, ref={"code": code}, user={"username": username}, **more)
    found: dict[str, Any] | None = data["whyMember"]
    return found


def chain(found: dict[str, Any] | None) -> list[tuple[int, str]]:
    """Where the events are, and what they are."""
    assert found is not None
    return [(event["position"], event["type"]) for event in found["because"]]


@pytest.mark.parametrize("by", all_but(ADMIN, TRAINER, AUDITOR), ids=name_of)
async def test_the_past_is_not_for_everybody(ask: GraphClient, by: Principal) -> None:
    """Learners, and whoever has no role, are told so."""
    await record(ask)
    given = {"ref": {"code": "sales"}, "user": {"username": "ann"}}
    assert await ask.codes(WHY, by, **given) == ["FORBIDDEN"]


@pytest.mark.parametrize("by", [ADMIN, TRAINER, AUDITOR], ids=name_of)
async def test_one_event_is_enough_for_who_was_added_by_hand(
    ask: GraphClient, by: Principal
) -> None:
    """It says when, who did it, by which command and why."""
    await ask.create("Sales", code="sales")
    await ask.create_user("ann")
    added = await ask.done(
        "addUsersToSegment",
        {"segment": {"code": "sales"}, "users": {"usernames": ["ann"]}, "reason": "New here."},
    )
    found = await why(ask, "sales", "ann", by)
    assert found is not None
    assert (found["source"], found["file"], found["row"]) == ("MANUAL", None, None)
    (event,) = found["because"]
    assert event == {
        "position": added["position"],
        "type": "members.added",
        "actor": {"displayName": ADMIN.display_name},
        "commandId": added["commandId"],
        "reason": "New here.",
    }


async def test_an_upload_is_named_by_file_and_row(ask: GraphClient, uploads: UploadClient) -> None:
    """The row is the line of the file on which the person stands."""
    await ask.create("Sales", code="sales")
    await ask.create_users("ann", "bob", "carl")
    await ask.add("sales", "bob")
    file = "segment,username\nsales,bob\nsales,carl\n\nsales,ann\n"
    await uploads.commit(MEMBERS, file, filename="march.csv")
    for username, row in (("carl", 3), ("ann", 5)):
        found = await why(ask, "sales", username)
        assert found is not None
        assert (found["source"], found["file"], found["row"]) == ("UPLOAD", "march.csv", row)
    by_hand = await why(ask, "sales", "bob")
    assert by_hand is not None
    assert (by_hand["source"], by_hand["file"], by_hand["row"]) == ("MANUAL", None, None)


async def test_who_is_not_in_has_no_reason(ask: GraphClient) -> None:
    """Nor do people or segments that are not there."""
    await record(ask)
    assert await why(ask, "sales", "bob") is None
    assert await why(ask, "sales", "nobody") is None
    assert await why(ask, "support", "ann") is None


async def test_it_is_answered_as_of_a_moment(ask: GraphClient) -> None:
    """Why somebody was in then, whatever came after; of a segment that is gone since, too."""
    await record(ask)
    assert await why(ask, "sales", "bob", asOf={"position": 4}) is None
    assert chain(await why(ask, "sales", "bob", asOf={"position": 6})) == [(5, "members.added")]
    assert chain(await why(ask, "support", "ann", asOf={"position": 9})) == [(6, "members.added")]


async def test_coming_back_has_a_reason_of_its_own(ask: GraphClient) -> None:
    """What had put them in before is not why they are in now."""
    await ask.create("Sales", code="sales")
    await ask.create_user("ann")
    await ask.add("sales", "ann")
    await ask.remove("sales", "ann")
    again = await ask.add("sales", "ann")
    assert chain(await why(ask, "sales", "ann")) == [(again["position"], "members.added")]


async def test_an_undone_removal_tells_the_whole_story(ask: GraphClient, hand: UndoClient) -> None:
    """Put in, taken out, put back: so are they told, and since when they are in again."""
    await ask.create("Sales", code="sales")
    await ask.create_user("ann")
    added = await ask.add("sales", "ann")
    removed = await ask.remove("sales", "ann")
    undone = await hand.undo_all(removed)
    assert chain(await why(ask, "sales", "ann")) == [
        (added["position"], "members.added"),
        (removed["position"], "members.removed"),
        (undone["position"], "members.added"),
    ]


async def test_undos_of_undos_are_followed_to_the_first_cause(
    ask: GraphClient, hand: UndoClient
) -> None:
    """Removed, put back, taken back once more and put back again: every link is there."""
    await ask.create("Sales", code="sales")
    await ask.create_user("ann")
    done = [await ask.add("sales", "ann"), await ask.remove("sales", "ann")]
    for _ in range(3):
        done.append(await hand.undo_all(done[-1]))
    assert [at for at, _ in chain(await why(ask, "sales", "ann"))] == [
        payload["position"] for payload in done
    ]


async def test_an_undone_deletion_is_part_of_the_story(ask: GraphClient, hand: UndoClient) -> None:
    """The deletion ended the membership; taking it back began it again."""
    await ask.create("Sales", code="sales")
    await ask.create_user("ann")
    added = await ask.add("sales", "ann")
    deleted = await ask.done(
        "deleteUserSegment", {"segment": {"code": "sales"}, "reason": "By mistake."}
    )
    await hand.undo_all(deleted)
    events = chain(await why(ask, "sales", "ann"))
    assert events[:2] == [
        (added["position"], "members.added"),
        (deleted["position"], "segment.deleted"),
    ]
    assert [kind for _, kind in events[2:]] == ["members.added"]
