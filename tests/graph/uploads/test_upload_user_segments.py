"""uploadUserSegments: a segment each row."""

from __future__ import annotations

from typing import Any

import pytest

from domain.kernel.principal import Principal
from domain.segments.events import SegmentCreated, SegmentEdited
from tests.graph.client import error_codes
from tests.graph.principals import ADMIN, TRAINER, all_but, name_of
from tests.graph.uploads.upload_client import SEGMENTS, UploadClient, counts, errors

SEGMENT = """
    query ($code: String!, $position: LogPosition) {
        userSegment(segment: {code: $code}, minPosition: $position) {
            name code description visible source version memberCount
        }
    }
"""


async def segment(uploads: UploadClient, code: str) -> dict[str, Any]:
    """The segment that holds a code now."""
    head = await uploads.ask.head()
    found: dict[str, Any] = (await uploads.ask(SEGMENT, code=code, position=head))["userSegment"]
    return found


@pytest.mark.parametrize("somebody", [ADMIN, TRAINER], ids=name_of)
async def test_who_may(uploads: UploadClient, somebody: Principal) -> None:
    """Those who may create segments."""
    payload = await uploads.commit(SEGMENTS, "name\nSales", by=somebody)
    assert payload["created"] == 1


@pytest.mark.parametrize("mode", ["DRY_RUN", "COMMIT"])
@pytest.mark.parametrize("somebody", all_but(ADMIN, TRAINER), ids=name_of)
async def test_who_may_not(uploads: UploadClient, somebody: Principal, mode: str) -> None:
    """They are not even told what would come of it."""
    payload = await uploads.send(SEGMENTS, "name\nSales", by=somebody, mode=mode)
    assert error_codes(payload) == [("FORBIDDEN", [])]
    assert (counts(payload), payload["preview"], payload["planHash"]) == ({}, [], None)
    assert await uploads.ask.head() == 0


async def test_each_row_creates_a_segment(uploads: UploadClient) -> None:
    """As it was typed, but trimmed; visible unless told otherwise."""
    content = 'name,code,description,visible\n Sales , s-1 ,"Two\nlines",no\nÉcole,,,\n'
    payload, events = await uploads.both(SEGMENTS, content)
    assert counts(payload) == {"rowsRead": 2, "rowsAccepted": 2, "created": 2}
    first, second = (recorded.event for recorded in events)
    assert isinstance(first, SegmentCreated)
    assert isinstance(second, SegmentCreated)
    assert (second.name, second.code, second.visible) == ("École", None, True)
    assert await segment(uploads, "s-1") == {
        "name": "Sales",
        "code": "s-1",
        "description": "Two\nlines",
        "visible": False,
        "source": "UPLOAD",
        "version": 1,
        "memberCount": 0,
    }


async def test_the_preview_shows_rows_as_they_were_understood(uploads: UploadClient) -> None:
    """With the line at which each begins, and what would become of it; twenty of them."""
    await uploads.ask.create("Old", code="old")
    rows = "".join(f"Segment {n},s-{n}\n" for n in range(30))
    content = f"name,code\nNew,OLD\n\n{rows}"
    payload, _ = await uploads.both(SEGMENTS, content, existing="UPDATE")
    first, second, *others = payload["preview"]
    update = {"row": 2, "outcome": "update", "name": "New", "code": "OLD"}
    create = {"row": 4, "outcome": "create", "name": "Segment 0", "code": "s-0"}
    assert first == {**update, "description": None, "visible": None}
    assert second == {**create, "description": None, "visible": None}
    assert len(others) == 18


async def test_what_exists_is_an_error_unless_told_otherwise(uploads: UploadClient) -> None:
    """In any spelling; archived or not. A commit that meets it records nothing at all."""
    archived = await uploads.ask.create("Old", code="straße")
    await uploads.ask.done("archiveUserSegment", {"segment": {"id": archived["id"]}})
    payload, events = await uploads.both(SEGMENTS, "Segment Name;name;ID number\n;Sales; STRASSE\n")
    assert counts(payload) == {"rowsRead": 1, "rowsRejected": 1}
    assert errors(payload) == [(2, "ID number", "CODE_TAKEN", "STRASSE")]
    assert payload["ignoredColumns"] == ["Segment Name"]
    assert events == []


async def test_update_changes_what_is_given(uploads: UploadClient) -> None:
    """An empty cell leaves the value, and so does an absent column; the code stays as it was."""
    await uploads.ask.create("Old", code="s-1", description="Told", visible=False)
    await uploads.ask.create("Same", code="s-2")
    content = "name,code,description,visible\nNew,S-1,,\nSame,s-2,,yes\nThird,s-3,,\n"
    payload, events = await uploads.both(SEGMENTS, content, existing="UPDATE")
    assert (payload["created"], payload["updated"], payload["unchanged"]) == (1, 1, 1)
    edit = events[0].event
    assert isinstance(edit, SegmentEdited)
    assert edit.version == 2
    found = await segment(uploads, "s-1")
    assert (found["name"], found["description"], found["visible"]) == ("New", "Told", False)
    assert (found["code"], found["source"], found["version"]) == ("s-1", "MANUAL", 2)


async def test_update_of_an_archived_segment_is_an_error(uploads: UploadClient) -> None:
    """It takes no change before it is restored."""
    archived = await uploads.ask.create("Old", code="s-1")
    await uploads.ask.done("archiveUserSegment", {"segment": {"id": archived["id"]}})
    payload, _ = await uploads.both(
        SEGMENTS, "name,code\nNew,s-1\nOther,s-2\n", existing="UPDATE", badRows="SKIP_ROWS"
    )
    assert errors(payload) == [(2, "code", "ARCHIVED", "s-1")]
    assert counts(payload) == {
        "rowsRead": 2,
        "rowsAccepted": 1,
        "rowsRejected": 1,
        "created": 1,
    }


async def test_skip_passes_over_what_exists(uploads: UploadClient) -> None:
    """It is unchanged, archived or not."""
    await uploads.ask.create("Old", code="s-1")
    payload, _ = await uploads.both(SEGMENTS, "name,code\nNew,s-1\nOther,s-2\n", existing="SKIP")
    assert (payload["created"], payload["unchanged"]) == (1, 1)
    assert (await segment(uploads, "s-1"))["name"] == "Old"


async def test_the_code_of_a_deleted_segment_is_free(uploads: UploadClient) -> None:
    """As everywhere."""
    gone = await uploads.ask.create("Old", code="s-1")
    ref = {"segment": {"id": gone["id"]}, "reason": "Closed."}
    await uploads.ask.done("deleteUserSegment", ref)
    payload, _ = await uploads.both(SEGMENTS, "name,code\nNew,s-1\n")
    assert payload["created"] == 1


BAD = "name,code,visible\n,s-1,maybe\nGood,s-2,yes\nTwice,S-2,no\nShort\n"


async def test_bad_rows_keep_a_file_out(uploads: UploadClient) -> None:
    """All that is wrong with each of them is told, and nothing is recorded."""
    payload, events = await uploads.both(SEGMENTS, BAD)
    assert errors(payload) == [
        (2, "name", "INVALID", ""),
        (2, "visible", "INVALID", "maybe"),
        (4, "code", "CODE_TAKEN", "S-2"),
        (5, None, "INVALID", None),
    ]
    assert counts(payload) == {"rowsRead": 4, "rowsAccepted": 1, "rowsRejected": 3}
    assert events == []


async def test_bad_rows_can_be_passed_over(uploads: UploadClient) -> None:
    """The good ones are recorded."""
    payload, events = await uploads.both(SEGMENTS, BAD, badRows="SKIP_ROWS")
    assert (payload["created"], payload["rowsRejected"]) == (1, 3)
    assert [recorded.envelope.upload and recorded.envelope.upload.row for recorded in events] == [3]


async def test_at_most_a_thousand_errors_are_told(uploads: UploadClient) -> None:
    """The first ones; all rejected rows are counted."""
    rows = "".join(f"Segment {n},maybe\n" for n in range(1_500))
    payload = await uploads.send(SEGMENTS, f"name,visible\n{rows}")
    assert (len(payload["rowErrors"]), payload["rowsRejected"]) == (1_000, 1_500)
    assert payload["rowErrors"][-1]["row"] == 1_001


async def test_moodles_everyday_file_goes_in_unchanged(uploads: UploadClient) -> None:
    """As its page "Upload cohorts" describes it: with columns for contexts, which mean nothing."""
    content = (
        "name,idnumber,description,descriptionformat,visible,context,theme\r\n"
        '"Cohort, one",c1,<p>About</p>,1,1,System,boost\r\n'
        "Cohort two,c2,,1,0,System,\r\n"
    )
    payload, events = await uploads.both(SEGMENTS, content)
    assert payload["ignoredColumns"] == ["descriptionformat", "context", "theme"]
    assert counts(payload) == {"rowsRead": 2, "rowsAccepted": 2, "created": 2}
    assert len(events) == 2
    assert (await segment(uploads, "c2"))["visible"] is False
