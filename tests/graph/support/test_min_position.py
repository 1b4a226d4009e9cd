"""minPosition: a read waits until the read model is there, and says so when it is late."""

from __future__ import annotations

import pytest

from service.database import following_pool
from service.settings import Settings
from service.site import open_site
from tests.graph.client import GraphClient, ImpatientPosition
from tests.graph.conftest import nobody
from tests.graph.principals import LEARNER

READS = {
    "siteUserSegments": "siteUserSegments(minPosition: $position) { totalCount }",
    "userSegment": 'userSegment(segment: {code: "sales"}, minPosition: $position) { name }',
}


def _query(read: str) -> str:
    return f"query ($position: LogPosition) {{ {READS[read]} }}"


async def test_a_read_sees_what_a_command_has_done(ask: GraphClient) -> None:
    """Without it having asked for the segment, which would have waited, too."""
    create = 'mutation { createUserSegment(input: {name: "S", code: "sales"}) { position } }'
    for expected in (1, 2, 3):
        position = (await ask(create))["createUserSegment"]["position"] or expected
        data = await ask(_query("siteUserSegments"), position=position)
        assert data["siteUserSegments"]["totalCount"] == 1
    assert await ask(_query("userSegment"), position=1) == {"userSegment": {"name": "S"}}


@pytest.mark.parametrize("read", READS)
async def test_a_late_read_model_is_told(ask_late: GraphClient, read: str) -> None:
    """After the wait, with where it is; also for who would see nothing."""
    error = await ask_late.only_error(_query(read), position=7)
    assert error["extensions"] == {"code": "READ_MODEL_BEHIND"}
    assert "position 0" in error["message"]
    assert "path" not in error
    assert await ask_late.codes(_query(read), LEARNER, position=1) == ["READ_MODEL_BEHIND"]


@pytest.mark.parametrize("has_replicas", [True, False])
async def test_it_holds_for_the_server_that_answers(
    settings: Settings, database_url: str, monkeypatch: pytest.MonkeyPatch, has_replicas: bool
) -> None:
    """Another one was seen to have it: of several that are read from, or before a failover. Who
    does not ask for it is answered.
    """
    monkeypatch.setattr(following_pool, "WAIT_TIMEOUT_S", 0.05)
    replicas = {"read_database_url": database_url if has_replicas else None}
    settings = settings.model_copy(update=replicas)
    async with open_site(settings, database_url, project=False) as site:
        ask = GraphClient(site).on(position=ImpatientPosition(nobody))
        ask.site.live.position.advance(1)
        payload = await ask.done("createUserSegment", {"name": "Sales"})
        assert (payload["position"], payload["segment"]) == (1, None)
        for query in map(_query, READS):
            error = await ask.only_error(query, position=1)
            assert error["extensions"] == {"code": "READ_MODEL_BEHIND"}
            assert "at position 0, not yet at 1" in error["message"]
        then = "{ siteUserSegments(asOf: {position: 1}) { totalCount } }"
        assert await ask.codes(then) == ["READ_MODEL_BEHIND"]
        data = await ask(_query("siteUserSegments"), position=None)
        assert data == {"siteUserSegments": {"totalCount": 0}}


async def test_as_of_waits_for_its_moment(ask_late: GraphClient) -> None:
    """By position for that one, by time for the head: it decides which position is meant."""
    await ask_late.command("createUserSegment", {"name": "Sales"})
    query = "query ($asOf: AsOf) { siteUserSegments(asOf: $asOf) { totalCount } }"
    for moment in ({"position": 1}, {"time": "2020-01-01T00:00:00Z"}):
        assert await ask_late.codes(query, asOf=moment) == ["READ_MODEL_BEHIND"]
    data = await ask_late(query, asOf={"position": 0})
    assert data["siteUserSegments"]["totalCount"] == 0


async def test_reads_without_it_answer_at_once(ask_late: GraphClient) -> None:
    """With what the read model has."""
    await ask_late.command("createUserSegment", {"name": "Sales"})
    data = await ask_late(_query("siteUserSegments"), position=None)
    assert data["siteUserSegments"]["totalCount"] == 0
