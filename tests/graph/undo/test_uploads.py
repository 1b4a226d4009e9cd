"""Taking back whole files, as the one command that each of them is."""

from __future__ import annotations

from collections import defaultdict

import pytest

from domain.catalogue import CATALOGUE
from domain.log import EventLog, EventMapper
from domain.people.state import user_of
from domain.undo import undo_command
from service.database.log_store.recorder import LogRecorder
from tests.graph.undo.undo_client import UndoClient, conflicts_in
from tests.graph.uploads.upload_client import UploadClient

FILES = {
    "segments": (
        "uploadUserSegments",
        "name,code,visible\nSales & Co,sales,no\nNew,new,yes\nNameless,,yes\n",
    ),
    "members": ("uploadSegmentMembers", "username,segment\nann,sales\nbo,sales\ncy,sales\n"),
    "people": (
        "uploadUsers",
        """username,email,firstname,lastname,roles,cohort1
bo,bo@elsewhere.org,Bo,Jones,auditor,sales
dan,dan@x.de,Dan,D,learner,sales
""",
    ),
}


@pytest.fixture
def uploads(hand: UndoClient, database_url: str) -> UploadClient:
    """Sends files to the site."""
    recorder = LogRecorder(database_url, 1)
    return UploadClient(hand.ask, EventLog(recorder, EventMapper(CATALOGUE)))


@pytest.mark.parametrize(("mutation", "content"), FILES.values(), ids=FILES)
async def test_everything_is_as_it_was_and_as_it_was_before_that(
    hand: UndoClient, uploads: UploadClient, mutation: str, content: str
) -> None:
    """After an undo, after the undo of that, and so on."""
    before = await hand.site()
    done = await uploads.commit(mutation, content, existing="UPDATE")
    after = await hand.site()
    assert after != before
    for expected in (before, after, before, after):
        done = await hand.undo_all(done)
        assert await hand.site() == expected


async def test_a_roster_is_as_it_was_but_for_what_later_commands_changed(
    hand: UndoClient, uploads: UploadClient
) -> None:
    """Those are told, with the event that changed them."""
    before = {row for row in await hand.site() if row[0] == "member"}
    done = await uploads.commit(*FILES["members"])
    await hand.ask.remove("sales", "cy")
    await hand.ask.add("sales", "cy")
    again = {row for row in await hand.site() if row[0] == "member"}
    payload = await hand.undo(done)
    assert payload["undone"] == 1
    reason = "It changed the membership of one of these users since."
    assert conflicts_in(payload) == [("members.removed", reason)]
    members = {row for row in await hand.site() if row[0] == "member"}
    assert members > before
    assert len(members - before) == 1
    assert members < again


@pytest.mark.parametrize("at_once", [1, 3, 500])
async def test_versions_count_on_where_a_file_is_taken_back_in_parts(
    hand: UndoClient, uploads: UploadClient, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """Two events about each person, looked at apart or together, are one version each; so they are
    when the undo is undone.
    """
    monkeypatch.setattr(undo_command, "BATCH_SIZE", at_once)
    people = "".join(f"{name},Other,auditor\n" for name in ("ann", "bo", "cy"))
    before = await hand.site()
    done = await uploads.commit(
        "uploadUsers", f"username,firstname,roles\n{people}", existing="UPDATE"
    )
    done = await hand.undo_all(done)
    assert await hand.site() == before
    await hand.undo_all(done)
    versions: defaultdict[str, list[int]] = defaultdict(list)
    for event in (recorded.event for recorded in uploads.events()):
        if user := user_of(event):
            versions[user].append(event.version)  # type: ignore[attr-defined]
    assert list(versions.values()) == [[*range(1, 8)]] * 3


async def test_who_stays_in_a_segment_stays_on_the_site(
    hand: UndoClient, uploads: UploadClient
) -> None:
    """Archived since, the segment keeps them."""
    done = await uploads.commit(*FILES["people"], existing="SKIP")
    await hand.ask.done("archiveUserSegment", {"segment": {"code": "sales"}})
    payload = await hand.undo(done)
    assert payload["undone"] == 0
    assert conflicts_in(payload) == [
        ("user.created", "They stay in a segment that the command put them into."),
        ("segment.archived", "The members of the segment do not change any more."),
    ]
