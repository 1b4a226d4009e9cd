"""deleteUserSegment: gone from every list; asOf and history still show it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graph.client import GraphClient, error_codes, is_rejected_entirely
from tests.graph.principals import ADMIN, all_but

DELETE = "deleteUserSegment"


async def test_only_a_site_admin_deletes(ask: GraphClient) -> None:
    """A training manager does not, either."""
    await ask.create("Sales", code="sales")
    for principal in all_but(ADMIN):
        deletion = {"segment": {"code": "sales"}, "reason": "Closed."}
        payload = await ask.command(DELETE, deletion, by=principal)
        assert is_rejected_entirely(payload, "FORBIDDEN")
    assert await ask.head() == 1


async def test_it_is_gone_from_every_list(ask: GraphClient) -> None:
    """By id, by code and as a node, whatever status is asked for."""
    segment = await ask.create("Sales", code="sales")
    payload = await ask.done(DELETE, {"segment": {"code": "sales"}, "reason": "Closed."})
    assert payload["deletedId"] == segment["id"]
    data = await ask(
        """query ($id: ID!, $position: LogPosition) {
            siteUserSegments(filter: {status: [ACTIVE, ARCHIVED]}, minPosition: $position) {
                totalCount nodes { id }
            }
            byId: userSegment(segment: {id: $id}, minPosition: $position) { id }
            byCode: userSegment(segment: {code: "sales"}, minPosition: $position) { id }
            node(id: $id) { id }
        }""",
        id=segment["id"],
        position=payload["position"],
    )
    assert data["siteUserSegments"] == {"totalCount": 0, "nodes": []}
    assert data["byId"] is data["byCode"] is data["node"] is None


async def test_as_of_still_shows_it_with_its_history(ask: GraphClient) -> None:
    """The deletion itself is found as an event, about a segment that is no more."""
    segment = await ask.create("Sales", code="sales")
    await ask.done(DELETE, {"segment": {"code": "sales"}, "reason": "Closed."})
    data = await ask(
        """query ($id: ID!) {
            then: userSegment(segment: {id: $id}, asOf: {position: 1}) {
                name history { nodes { type } }
            }
            deletion: node(id: "event_2") {
                ... on RecordedEvent { type reason segment { id } }
            }
        }""",
        id=segment["id"],
        min_position=2,
    )
    assert data["then"] == {"name": "Sales", "history": {"nodes": [{"type": "segment.created"}]}}
    assert data["deletion"] == {"type": "segment.deleted", "reason": "Closed.", "segment": None}


@pytest.mark.parametrize(
    "reason", [{}, {"reason": None}, {"reason": " \n "}], ids=["none", "null", "blank"]
)
async def test_it_asks_for_a_reason(ask_late: GraphClient, reason: dict[str, Any]) -> None:
    """Whether or not the segment exists."""
    payload = await ask_late.command(DELETE, {"segment": {"code": "sales"}, **reason})
    assert error_codes(payload) == [("INVALID", ["reason"])]


async def test_a_missing_reason_is_told_with_the_other_bad_fields(ask_late: GraphClient) -> None:
    """A reason that breaks a rule is told once."""
    missing = await ask_late.command(DELETE, {"segment": {"code": "x"}, "commandId": "?"})
    assert error_codes(missing) == [("INVALID", ["commandId"]), ("INVALID", ["reason"])]
    broken = await ask_late.command(DELETE, {"segment": {"code": "x"}, "reason": "\0"})
    assert error_codes(broken) == [("INVALID", ["reason"])]


async def test_its_code_is_free_again(ask: GraphClient) -> None:
    """For a new segment, which is another one."""
    old = await ask.create("Sales", code="sales")
    await ask.done(DELETE, {"segment": {"code": "sales"}, "reason": "Closed."})
    new = await ask.create("Sales", code="SALES")
    assert new["id"] != old["id"]


async def test_an_archived_segment_can_be_deleted(ask: GraphClient) -> None:
    """Without being restored first."""
    await ask.create("Sales", code="sales")
    await ask.done("archiveUserSegment", {"segment": {"code": "sales"}})
    await ask.done(DELETE, {"segment": {"code": "sales"}, "reason": "Closed."})


async def test_a_deleted_segment_is_not_found_by_any_command(ask: GraphClient) -> None:
    """By its id; an old version is a conflict as long as it is there."""
    segment = await ask.create("Sales")
    ref: dict[str, Any] = {"segment": {"id": segment["id"]}}
    stale = await ask.command(DELETE, {**ref, "reason": "Closed.", "expectedVersion": 2})
    assert error_codes(stale) == [("VERSION_CONFLICT", ["expectedVersion"])]
    await ask.done(DELETE, {**ref, "reason": "Closed.", "expectedVersion": 1})
    for mutation in ("updateUserSegment", "archiveUserSegment", "restoreUserSegment"):
        assert error_codes(await ask.command(mutation, ref)) == [("NOT_FOUND", ["segment", "id"])]
    again = await ask.command(DELETE, {**ref, "reason": "Closed."})
    assert error_codes(again) == [("NOT_FOUND", ["segment", "id"])]
