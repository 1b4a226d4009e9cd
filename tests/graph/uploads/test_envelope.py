"""What the log says of an upload, and what the site shows of it."""

from __future__ import annotations

import psycopg
import pytest

from domain.kernel.envelope import Channel, UploadSummary
from domain.memberships.events import MembersAdded
from tests.acceptance.database_dump import told
from tests.graph.principals import TRAINER
from tests.graph.uploads.upload_client import MEMBERS, SEGMENTS, USERS, UploadClient

CONTENT = "name,code\nSales,s-1\n,s-2\nStaff,s-3\n"


async def test_every_event_names_its_row_and_the_first_its_file(uploads: UploadClient) -> None:
    """One command, by whom, why, from an upload."""
    payload = await uploads.commit(
        SEGMENTS, CONTENT, by=TRAINER, badRows="SKIP_ROWS", reason="New year.", filename="new.csv"
    )
    events = uploads.events()
    notes = [recorded.envelope.upload for recorded in events]
    assert [note and note.row for note in notes] == [2, 4]
    assert [note and note.file for note in notes] == [
        UploadSummary(
            name="new.csv",
            rows_read=3,
            rows_rejected=1,
            created=2,
            updated=0,
            unchanged=0,
        ),
        None,
    ]
    for envelope in (recorded.envelope for recorded in events):
        assert envelope.channel is Channel.UPLOAD
        assert (envelope.actor.id, envelope.reason) == (TRAINER.id, "New year.")
        assert envelope.command_id == payload["commandId"]
    assert payload["position"] == events[-1].position


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (USERS, "username,email,firstname,lastname\nann,a@example.org,A,A\n"),
        (MEMBERS, "segment,username\nsales,zoe\n"),
        (SEGMENTS, "name,password\nStaff,p4ss\n"),
    ],
    ids=["users", "members", "segments"],
)
async def test_no_guess_at_a_file_is_confirmed_by_the_log(
    uploads: UploadClient, database_url: str, kind: str, content: str
) -> None:
    """A file of one row is as good as the row: no digest of it that takes no key is kept."""
    await uploads.ask.create("Sales", code="sales")
    await uploads.user("zoe")
    await uploads.commit(kind, content, filename="one-row.csv")
    with psycopg.connect(database_url) as owner:
        rows = owner.execute("SELECT data FROM log.events_tt_main ORDER BY id").fetchall()
    stored = b"\n".join(bytes(data) for (data,) in rows)
    assert told(stored, ["one-row.csv", content]) == ["one-row.csv"]


async def test_a_files_name_is_one_plain_line(uploads: UploadClient) -> None:
    """The end of it, when it is a whole path; nothing that could be taken for something else."""
    name = "x" * 300 + "\n\u202egnp.csv\x00"
    await uploads.commit(SEGMENTS, CONTENT, badRows="SKIP_ROWS", filename=name)
    note = uploads.events()[0].envelope.upload
    assert note is not None
    assert note.file is not None
    assert note.file.name == "x" * 248 + "gnp.csv"


async def test_events_about_several_rows_name_them_themselves(uploads: UploadClient) -> None:
    """The envelope names none."""
    await uploads.ask.create("Sales", code="sales")
    await uploads.user("ann")
    await uploads.user("bob")
    before = await uploads.ask.head()
    await uploads.commit(MEMBERS, "segment,username\nsales,ann\nsales,bob\n")
    (recorded,) = uploads.events(before)
    assert recorded.envelope.upload is not None
    assert (recorded.envelope.upload.row, recorded.envelope.upload.file is None) == (None, False)
    assert isinstance(recorded.event, MembersAdded)
    assert recorded.event.rows == (2, 3)


MEMBERS_OF = """
    query ($position: LogPosition) {
        userSegment(segment: {code: "sales"}, minPosition: $position) {
            memberCount
            members { edges { source addedBy { id } node { username } } }
            history(last: 1) { nodes { channel summary commandId } }
        }
    }
"""


async def test_members_came_by_upload(uploads: UploadClient) -> None:
    """So say the roster and the history."""
    await uploads.ask.create("Sales", code="sales")
    content = "username,email,firstname,lastname,cohort1\nann,a@example.org,A,A,sales\n"
    payload = await uploads.commit(USERS, content)
    found = (await uploads.ask(MEMBERS_OF, position=payload["position"]))["userSegment"]
    assert found["memberCount"] == 1
    (edge,) = found["members"]["edges"]
    assert (edge["source"], edge["node"]["username"]) == ("UPLOAD", "ann")
    (event,) = found["history"]["nodes"]
    assert (event["channel"], event["commandId"]) == ("UPLOAD", payload["commandId"])
