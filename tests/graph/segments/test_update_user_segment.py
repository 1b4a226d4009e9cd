"""updateUserSegment: only the given fields change."""

from __future__ import annotations

from typing import Any

import pytest

from domain.command_result import CommandResult
from domain.kernel.commands.command import Command
from domain.kernel.envelope import CommandRequest
from tests.graph.client import GraphClient, error_codes, is_rejected_entirely
from tests.graph.principals import ADMIN, TRAINER, all_but

UPDATE = "updateUserSegment"


async def test_whoever_may_not_change_segments_is_refused(ask: GraphClient) -> None:
    """Whether the segment exists or not."""
    segment = await ask.create("Sales", code="sales")
    for principal in all_but(ADMIN, TRAINER):
        for code in ("sales", "no-such"):
            edit = {"segment": {"code": code}, "name": "Other"}
            assert is_rejected_entirely(await ask.command(UPDATE, edit, by=principal), "FORBIDDEN")
    assert await ask.head() == segment["version"]


async def test_only_given_fields_change(ask: GraphClient) -> None:
    """The version grows by one, updatedAt and updatedBy move; the creation stays as it was."""
    before = await ask.create("Sales", code="sales", description="All.", visible=False)
    edit = {"segment": {"id": before["id"]}, "name": "Sales Team"}
    after = (await ask.done(UPDATE, edit, by=TRAINER))["segment"]
    assert after["updatedAt"] > before["updatedAt"]
    assert after["updatedBy"]["displayName"] == TRAINER.display_name
    changed = {"name": "Sales Team", "version": 2}
    changed |= {name: after[name] for name in ("updatedAt", "updatedBy")}
    assert after == {**before, **changed}


@pytest.mark.parametrize(
    ("change", "after"),
    [
        pytest.param({"code": "new"}, {"code": "new"}, id="code"),
        pytest.param({"code": None}, {"code": None}, id="code null"),
        pytest.param({"code": " "}, {"code": None}, id="code blank"),
        pytest.param({"description": "New."}, {"description": "New."}, id="description"),
        pytest.param({"description": None}, {"description": ""}, id="description null"),
        pytest.param({"visible": False}, {"visible": False}, id="visible"),
    ],
)
async def test_a_field_takes_its_new_value(
    ask: GraphClient, change: dict[str, Any], after: dict[str, Any]
) -> None:
    """Null clears a code and empties a description."""
    await ask.create("Sales", code="sales", description="All.")
    payload = await ask.done(UPDATE, {"segment": {"code": "SALES"}, **change})
    assert payload["segment"] == {**payload["segment"], **after, "version": 2}


async def test_changing_nothing_records_nothing(ask: GraphClient) -> None:
    """And answers with the segment at its present version; so does naming no field."""
    before = await ask.create("Sales", code="sales")
    for same in ({"name": " Sales "}, {"code": "sales", "visible": True}, {}):
        payload = await ask.done(UPDATE, {"segment": {"id": before["id"]}, **same})
        assert payload["segment"] == before
        assert payload["position"] == 1
    assert await ask.head() == 1


@pytest.mark.parametrize(
    ("fields", "paths"),
    [
        pytest.param({"name": None}, ["name"], id="name null"),
        pytest.param({"visible": None}, ["visible"], id="visible null"),
        pytest.param(
            {"name": "", "code": "\0", "commandId": "?"},
            ["commandId", "name", "code"],
            id="fields and command id",
        ),
        pytest.param(
            {"name": None, "visible": None, "reason": "\0"},
            ["reason", "name", "visible"],
            id="fields and reason",
        ),
    ],
)
async def test_bad_fields_are_refused_all_at_once(
    ask_late: GraphClient, fields: dict[str, Any], paths: list[str]
) -> None:
    """Null for name or visible is one of them."""
    payload = await ask_late.command(UPDATE, {"segment": {"code": "sales"}, **fields})
    assert error_codes(payload) == [("INVALID", [path]) for path in paths]


@pytest.mark.parametrize(
    ("ref", "path"),
    [
        pytest.param(
            {"id": "segment_019ca9450de877e0bc6b8398cda33856"}, ["segment", "id"], id="unknown id"
        ),
        pytest.param({"id": "segment_of-no-shape"}, ["segment", "id"], id="malformed id"),
        pytest.param({"id": ""}, ["segment", "id"], id="empty id"),
        pytest.param({"code": "unknown"}, ["segment", "code"], id="unknown code"),
        pytest.param({"code": ""}, ["segment", "code"], id="empty code"),
        pytest.param({"code": "c" * 500}, ["segment", "code"], id="code too long"),
    ],
)
async def test_an_unknown_segment_is_not_found(
    ask_late: GraphClient, ref: dict[str, str], path: list[str]
) -> None:
    """However it was named."""
    payload = await ask_late.command(UPDATE, {"segment": ref, "name": "Other"})
    assert error_codes(payload) == [("NOT_FOUND", path)]
    assert payload["errors"][0]["__typename"] == "NotFound"


async def test_a_segment_is_named_in_exactly_one_way(ask_late: GraphClient) -> None:
    """Neither or both is an error of the operation, which never runs."""
    for ref in ({}, {"id": "segment_1", "code": "sales"}, {"id": None}):
        mutation = "mutation ($ref: SegmentRef!) { updateUserSegment(input: {segment: $ref}) "
        assert await ask_late.codes(mutation + "{ position } }", ref=ref) == ["INVALID"]


async def test_a_taken_code_names_its_holder(ask: GraphClient) -> None:
    """Its own code in another spelling is not taken: it changes."""
    held = await ask.create("Sales", code="sales")
    other = await ask.create("Other", code="other")
    payload = await ask.command(UPDATE, {"segment": {"id": other["id"]}, "code": "SALES"})
    assert error_codes(payload) == [("CODE_TAKEN", ["code"])]
    assert payload["errors"][0]["heldBy"] == {"id": held["id"]}
    own = await ask.done(UPDATE, {"segment": {"id": held["id"]}, "code": "Sales"})
    assert own["segment"]["code"] == "Sales"


async def test_a_code_that_was_changed_or_cleared_is_free(ask: GraphClient) -> None:
    """Whoever comes next may have it."""
    await ask.create("Sales", code="sales")
    await ask.done(UPDATE, {"segment": {"code": "sales"}, "code": "sell"})
    await ask.create("Next", code="sales")
    await ask.done(UPDATE, {"segment": {"code": "sell"}, "code": None})
    assert (await ask.create("Last", code="SELL"))["code"] == "SELL"


async def test_an_old_version_is_a_conflict_with_what_happened_since(ask: GraphClient) -> None:
    """Every event after the expected version, oldest first; nothing is recorded."""
    segment = await ask.create("Sales")
    ref = {"segment": {"id": segment["id"]}}
    await ask.done(UPDATE, {**ref, "name": "Sales Team"})
    await ask.done("archiveUserSegment", ref)
    await ask.done("restoreUserSegment", ref)
    payload = await ask.command(UPDATE, {**ref, "name": "Mine", "expectedVersion": 2})
    assert error_codes(payload) == [("VERSION_CONFLICT", ["expectedVersion"])]
    (error,) = payload["errors"]
    assert error["__typename"] == "VersionConflict"
    assert error["currentVersion"] == 4
    since = [(event["type"], event["position"]) for event in error["since"]]
    assert since == [("segment.archived", 3), ("segment.restored", 4)]
    assert await ask.head() == 4


async def test_the_current_version_is_no_conflict(ask: GraphClient) -> None:
    """Also when nothing changes; a version that never was is one, with nothing since."""
    segment = await ask.create("Sales")
    ref = {"segment": {"id": segment["id"]}}
    await ask.done(UPDATE, {**ref, "name": "Team", "expectedVersion": 1})
    await ask.done(UPDATE, {**ref, "name": "Team", "expectedVersion": 2})
    payload = await ask.command(UPDATE, {**ref, "expectedVersion": 7})
    assert payload["errors"][0]["currentVersion"] == 2
    assert payload["errors"][0]["since"] == []


TWO_EDITS = """
    mutation ($first: UpdateUserSegmentInput!, $second: UpdateUserSegmentInput!) {
        first: updateUserSegment(input: $first) { segment { version } }
        second: updateUserSegment(input: $second) {
            errors { ... on VersionConflict { currentVersion current {
                ... on UserSegment { name version }
            } } }
        }
    }
"""


async def test_a_conflict_shows_what_others_did_since_an_edit_of_the_same_request(
    ask: GraphClient,
) -> None:
    """Though the first edit's answer has loaded the segment before."""
    await ask.create("Sales", code="sales")
    ref = {"segment": {"code": "sales"}}
    dispatch = ask.site.commands.dispatch

    async def overtaken(command: Command, request: CommandRequest) -> CommandResult:
        if request.command_id == "c-2":
            await ask.done(UPDATE, {**ref, "name": "By others"})
        return await dispatch(command, request)

    data = await ask.on(dispatch=overtaken)(
        TWO_EDITS,
        first={**ref, "name": "Mine"},
        second={**ref, "name": "Mine, too", "expectedVersion": 2, "commandId": "c-2"},
    )
    assert data["first"] == {"segment": {"version": 2}}
    (error,) = data["second"]["errors"]
    assert error == {"currentVersion": 3, "current": {"name": "By others", "version": 3}}


async def test_an_archived_segment_takes_no_change(ask: GraphClient) -> None:
    """It says so before it looks at what would change, and shows the segment."""
    segment = await ask.create("Sales", code="sales")
    await ask.done("archiveUserSegment", {"segment": {"code": "sales"}})
    payload = await ask.command(UPDATE, {"segment": {"code": "sales"}, "name": "Sales"})
    assert error_codes(payload) == [("ARCHIVED", ["segment"])]
    assert payload["errors"][0]["__typename"] == "Archived"
    assert payload["errors"][0]["current"] == {"id": segment["id"]}
