"""archiveUserSegment: off the default list, closed to changes, and there still."""

from __future__ import annotations

from tests.graph.client import GraphClient, error_codes, is_rejected_entirely
from tests.graph.principals import ADMIN, TRAINER, all_but

ARCHIVE = "archiveUserSegment"


async def test_whoever_may_not_change_segments_is_refused(ask: GraphClient) -> None:
    """Nothing is recorded."""
    await ask.create("Sales", code="sales")
    for principal in all_but(ADMIN, TRAINER):
        payload = await ask.command(ARCHIVE, {"segment": {"code": "sales"}}, by=principal)
        assert is_rejected_entirely(payload, "FORBIDDEN")
    assert await ask.head() == 1


async def test_it_leaves_the_default_list(ask: GraphClient) -> None:
    """And is found by its status, its id and its code; its version grew."""
    before = await ask.create("Sales", code="sales")
    after = (await ask.done(ARCHIVE, {"segment": {"code": "Sales"}}, by=TRAINER))["segment"]
    assert (after["status"], after["version"]) == ("ARCHIVED", 2)
    data = await ask(
        """query ($id: ID!) {
            default: siteUserSegments { totalCount }
            archived: siteUserSegments(filter: {status: [ARCHIVED]}) { nodes { id } }
            byId: userSegment(segment: {id: $id}) { status }
            byCode: userSegment(segment: {code: "sales"}) { status }
        }""",
        id=before["id"],
    )
    assert data["default"]["totalCount"] == 0
    assert data["archived"]["nodes"] == [{"id": before["id"]}]
    assert data["byId"] == data["byCode"] == {"status": "ARCHIVED"}


async def test_archiving_twice_records_once(ask: GraphClient) -> None:
    """The second time the segment is as it was."""
    await ask.create("Sales", code="sales")
    first = await ask.done(ARCHIVE, {"segment": {"code": "sales"}})
    second = await ask.done(ARCHIVE, {"segment": {"code": "sales"}})
    assert first["segment"] == second["segment"]
    assert await ask.head() == 2


async def test_it_keeps_its_code(ask: GraphClient) -> None:
    """Nobody else can have it."""
    segment = await ask.create("Sales", code="sales")
    await ask.done(ARCHIVE, {"segment": {"code": "sales"}})
    payload = await ask.command("createUserSegment", {"name": "Other", "code": "sales"})
    assert payload["errors"][0]["heldBy"] == {"id": segment["id"]}


async def test_an_old_version_is_a_conflict(ask: GraphClient) -> None:
    """An unknown segment is not found."""
    await ask.create("Sales", code="sales")
    stale = {"segment": {"code": "sales"}, "expectedVersion": 2}
    assert error_codes(await ask.command(ARCHIVE, stale)) == [
        ("VERSION_CONFLICT", ["expectedVersion"])
    ]
    unknown = {"segment": {"code": "other"}}
    assert error_codes(await ask.command(ARCHIVE, unknown)) == [("NOT_FOUND", ["segment", "code"])]
    assert await ask.head() == 1
