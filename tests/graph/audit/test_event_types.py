"""eventTypes: what the log can hold."""

from __future__ import annotations

from domain.catalogue import CATALOGUE
from tests.graph.client import GraphClient
from tests.graph.principals import LEARNER

TYPES = "{ eventTypes { name versions description } }"


async def test_every_type_of_the_catalogue_is_listed(ask: GraphClient) -> None:
    """By name, in order, to learners, too."""
    types = (await ask(TYPES, LEARNER))["eventTypes"]
    assert [one["name"] for one in types] == CATALOGUE.topics()


async def test_a_type_says_what_it_means(ask: GraphClient) -> None:
    """In one line, as the reference does."""
    types = {one["name"]: one for one in (await ask(TYPES))["eventTypes"]}
    assert types["segment.deleted"] == {
        "name": "segment.deleted",
        "versions": [1],
        "description": "It left the site; its code is free again. `name` and `code` are what it had"
        " at the end.",
    }
