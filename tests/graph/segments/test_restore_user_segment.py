"""restoreUserSegment: out of the archive, as it was before."""

from __future__ import annotations

from tests.graph.client import GraphClient, error_codes, is_rejected_entirely
from tests.graph.principals import ADMIN, TRAINER, all_but

RESTORE = "restoreUserSegment"


async def test_whoever_may_not_change_segments_is_refused(ask: GraphClient) -> None:
    """Nothing is recorded."""
    await ask.create("Sales", code="sales")
    await ask.done("archiveUserSegment", {"segment": {"code": "sales"}})
    for principal in all_but(ADMIN, TRAINER):
        payload = await ask.command(RESTORE, {"segment": {"code": "sales"}}, by=principal)
        assert is_rejected_entirely(payload, "FORBIDDEN")
    assert await ask.head() == 2


async def test_it_is_on_the_list_again_and_takes_changes(ask: GraphClient) -> None:
    """All but version and update is as at the creation."""
    before = await ask.create("Sales", code="sales", visible=False)
    await ask.done("archiveUserSegment", {"segment": {"code": "sales"}})
    after = (await ask.done(RESTORE, {"segment": {"code": "sales"}}, by=TRAINER))["segment"]
    moved = {name: after[name] for name in ("updatedAt", "updatedBy")}
    assert after == {**before, **moved, "version": 3}
    data = await ask("{ siteUserSegments { nodes { id } } }")
    assert data["siteUserSegments"]["nodes"] == [{"id": before["id"]}]
    await ask.done("updateUserSegment", {"segment": {"code": "sales"}, "name": "Sales Team"})


async def test_restoring_an_active_segment_records_nothing(ask: GraphClient) -> None:
    """It is answered as it is."""
    segment = await ask.create("Sales", code="sales")
    payload = await ask.done(RESTORE, {"segment": {"code": "sales"}})
    assert payload["segment"] == segment
    assert await ask.head() == 1


async def test_an_old_version_is_a_conflict(ask: GraphClient) -> None:
    """An unknown segment is not found."""
    await ask.create("Sales", code="sales")
    stale = {"segment": {"code": "sales"}, "expectedVersion": 2}
    assert error_codes(await ask.command(RESTORE, stale)) == [
        ("VERSION_CONFLICT", ["expectedVersion"])
    ]
    unknown = {"segment": {"code": "other"}}
    assert error_codes(await ask.command(RESTORE, unknown)) == [("NOT_FOUND", ["segment", "code"])]
