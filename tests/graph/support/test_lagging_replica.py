"""Reads from a replica that lags: what was recorded is known all the same, or said to be late."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from service.settings import Settings
from service.site import open_site
from tests.graph.client import GraphClient, ImpatientPosition, error_codes
from tests.graph.conftest import nobody

CREATE, UPDATE = "createUserSegment", "updateUserSegment"


@pytest.fixture
async def ask(
    settings: Settings, database_url: str, make_database: Callable[[str], str], template: str
) -> AsyncIterator[GraphClient]:
    """Asks a site whose replica has nothing yet, and which does not wait long for it. Another
    database stands for the replica.
    """
    lagging = settings.model_copy(update={"read_database_url": make_database(template)})
    async with open_site(lagging, database_url) as site:
        yield GraphClient(site).on(position=ImpatientPosition(nobody))


async def test_the_head_is_where_the_log_is_written(ask: GraphClient) -> None:
    """The replica's own would be that of an empty log."""
    await ask.command(CREATE, {"name": "Sales"})
    status = await ask("{ logStatus { head readModel } }")
    assert status == {"logStatus": {"head": 1, "readModel": 0}}


@pytest.mark.parametrize(
    "as_of",
    ['{time: "2030-01-01T00:00:00Z"}', "{position: 1}"],
    ids=["of a time", "of a position"],
)
async def test_a_moment_that_it_does_not_have_is_late(ask: GraphClient, as_of: str) -> None:
    """It is not what the replica happens to have, nor after the end of the log."""
    await ask.command(CREATE, {"name": "Sales"})
    query = f"{{ siteUserSegments(asOf: {as_of}) {{ totalCount }} }}"
    assert await ask.codes(query) == ["READ_MODEL_BEHIND"]


async def test_a_conflict_tells_all_that_was_missed(ask: GraphClient) -> None:
    """It is in the log."""
    await ask.command(CREATE, {"name": "Sales", "code": "sales"})
    edit = {"segment": {"code": "sales"}, "expectedVersion": 1}
    await ask.command(UPDATE, {**edit, "name": "Other"})
    conflict = await ask.command(UPDATE, {**edit, "name": "Third"})
    assert error_codes(conflict) == [("VERSION_CONFLICT", ["expectedVersion"])]
    assert [event["type"] for event in conflict["errors"][0]["since"]] == ["segment.edited"]
