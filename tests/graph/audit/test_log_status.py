"""logStatus: how far the log is, and how far the read model has followed it."""

from __future__ import annotations

from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN, AUDITOR, LEARNER, NOBODY, TRAINER

STATUS = "{ logStatus { head readModel } }"


async def test_somebody_without_a_role_is_refused(ask_late: GraphClient) -> None:
    """Everybody who has one may know."""
    assert await ask_late.codes(STATUS, NOBODY) == ["FORBIDDEN"]
    for principal in (ADMIN, TRAINER, AUDITOR, LEARNER):
        assert await ask_late(STATUS, principal) == {"logStatus": {"head": 0, "readModel": 0}}


async def test_the_read_model_catches_up_with_the_head(ask: GraphClient) -> None:
    """After a minPosition both are at least there."""
    payload = await ask.done("createUserSegment", {"name": "Sales"})
    assert payload["position"] == 1
    assert await ask(STATUS) == {"logStatus": {"head": 1, "readModel": 1}}


async def test_the_distance_shows_when_nobody_projects(ask_late: GraphClient) -> None:
    """The head moves, the read model does not."""
    await ask_late.command("createUserSegment", {"name": "Sales"})
    assert await ask_late(STATUS) == {"logStatus": {"head": 1, "readModel": 0}}
