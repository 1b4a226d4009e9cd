"""uploadSegmentMembers: each row puts somebody into a segment, or several."""

from __future__ import annotations

import pytest

from domain.kernel.principal import Principal
from domain.memberships.events import MAX_USERS_PER_EVENT, MembersAdded
from domain.segments.values import SegmentSource
from tests.acceptance.uploads import lines
from tests.forms import short_and_long
from tests.graph.client import error_codes
from tests.graph.principals import ADMIN, TRAINER, all_but, name_of
from tests.graph.uploads.upload_client import MEMBERS, USERS, UploadClient, counts, errors, people

PEOPLE = MAX_USERS_PER_EVENT + 1_000


@pytest.fixture
async def roster(uploads: UploadClient) -> UploadClient:
    """Two segments; Ann and Bob, of whom Ann is in one."""
    await uploads.ask.create("Sales", code="sales")
    await uploads.ask.create("Staff", code="staff")
    await uploads.user("ann", code="P-1")
    await uploads.user("bob", email="Bob@Example.org")
    await uploads.add("sales", "ann")
    return uploads


@pytest.mark.parametrize("mode", ["DRY_RUN", "COMMIT"])
@pytest.mark.parametrize("somebody", all_but(ADMIN, TRAINER), ids=name_of)
async def test_who_may_not(uploads: UploadClient, somebody: Principal, mode: str) -> None:
    """They are not even told who is there."""
    payload = await uploads.send(MEMBERS, "segment,username\na,b", by=somebody, mode=mode)
    assert error_codes(payload) == [("FORBIDDEN", [])]
    assert (counts(payload), payload["rowErrors"]) == ({}, [])


async def test_memberships_are_counted_once(roster: UploadClient) -> None:
    """Who is in already, and who stands there twice."""
    content = "segment,username\nSALES,ann\nsales,Bob\nstaff,ann\n sales , bob \nsales,ann\n"
    payload, events = await roster.both(MEMBERS, content, by=TRAINER)
    assert counts(payload) == {"rowsRead": 5, "rowsAccepted": 5, "created": 2, "unchanged": 1}
    first, second = (recorded.event for recorded in events)
    assert isinstance(first, MembersAdded)
    assert isinstance(second, MembersAdded)
    assert (first.rows, second.rows) == ((3,), (4,))
    assert first.source is SegmentSource.UPLOAD


@pytest.mark.parametrize(
    ("header", "name"),
    [("username", "BOB"), ("e-mail", "bob@example.ORG"), ("User code", "p-2")],
)
async def test_people_are_named_in_one_of_three_ways(
    uploads: UploadClient, header: str, name: str
) -> None:
    """In any spelling; suspended people as well."""
    await uploads.ask.create("Sales", code="sales")
    await uploads.user("bob", email="Bob@Example.org", code="P-2")
    await uploads.tell("updateUser", user={"username": "bob"}, status="SUSPENDED")
    payload, _ = await uploads.both(MEMBERS, f"{header},Cohort\n{name},sales\n")
    assert (payload["created"], payload["ignoredColumns"]) == (1, [])


async def test_segments_are_named_by_id_too(roster: UploadClient) -> None:
    """A code of the same spelling goes before."""
    named = await roster.ask.create("Named")
    payload, events = await roster.both(MEMBERS, f"segment,username\n{named['id']},ann\n")
    assert payload["created"] == 1
    event = events[0].event
    assert isinstance(event, MembersAdded)
    assert event.segment_id == named["id"]


async def test_what_is_not_there_is_that_rows_error(roster: UploadClient) -> None:
    """Segments are never created; all errors of a row are told, and columns as they are typed."""
    archived = await roster.ask.create("Old", code="old")
    await roster.ask.done("archiveUserSegment", {"segment": {"id": archived["id"]}})
    content = "User Segment ID,User name\nnone,nobody\nold,ann\nstaff,ann\n,bob\nsales,\n"
    payload, _ = await roster.both(MEMBERS, content, badRows="SKIP_ROWS")
    assert errors(payload) == [
        (2, "User Segment ID", "NOT_FOUND", "none"),
        (2, "User name", "NOT_FOUND", "nobody"),
        (3, "User Segment ID", "ARCHIVED", "old"),
        (5, "User Segment ID", "INVALID", ""),
        (6, "User name", "INVALID", ""),
    ]
    assert (payload["created"], payload["rowsAccepted"], payload["rowsRejected"]) == (1, 1, 4)


async def test_erased_people_are_not_there(roster: UploadClient) -> None:
    """Nobody can be put anywhere by a name that they had."""
    await roster.tell("eraseUser", user={"username": "bob"}, reason="They asked for it.")
    payload, _ = await roster.both(MEMBERS, "segment,username\nsales,bob\n")
    assert errors(payload) == [(2, "username", "NOT_FOUND", "bob")]


async def test_several_segments_in_a_row(roster: UploadClient) -> None:
    """One that is not there spoils the row, not only its cell."""
    content = "username,cohort1,cohort2\nbob,sales,staff\nann,sales,none\n"
    payload, events = await roster.both(MEMBERS, content, badRows="SKIP_ROWS")
    assert errors(payload) == [(3, "cohort2", "NOT_FOUND", "none")]
    assert (payload["created"], len(events)) == (2, 2)


async def test_the_preview_names_segments(roster: UploadClient) -> None:
    """And people as the file does."""
    payload, _ = await roster.both(MEMBERS, "segment,username\nSALES,Bob\nsales,ann\n")
    assert payload["preview"] == [
        {"row": 2, "outcome": "create", "segment": "Sales", "user": "Bob"},
        {"row": 3, "outcome": "unchanged", "segment": "Sales", "user": "ann"},
    ]


@short_and_long("unknown", 7_777, 77_777)
async def test_an_unknown_user_on_a_late_row(uploads: UploadClient, unknown: int) -> None:
    """Is found there; the others are recorded when that was asked for, thousands in an event."""
    await uploads.ask.create("Sales", code="sales")
    await uploads.commit(
        USERS, people(*((f"user-{n}", f"u{n}@example.org", "G", "F") for n in range(PEOPLE)))
    )
    names = [f"user-{row % PEOPLE}" for row in range(2, unknown + 1_000)]
    names[unknown - 2] = "nobody"
    content = lines("segment,username", (f"sales,{name}" for name in names))
    payload, events = await uploads.both(MEMBERS, content, badRows="SKIP_ROWS")
    assert errors(payload) == [(unknown, "username", "NOT_FOUND", "nobody")]
    assert counts(payload) == {
        "rowsRead": len(names),
        "rowsAccepted": len(names) - 1,
        "rowsRejected": 1,
        "created": PEOPLE,
    }
    added = [recorded.event for recorded in events if isinstance(recorded.event, MembersAdded)]
    sizes = [len(event.user_ids) for event in added]
    assert sizes == [MAX_USERS_PER_EVENT, PEOPLE - MAX_USERS_PER_EVENT]
