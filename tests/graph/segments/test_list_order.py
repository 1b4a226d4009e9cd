"""The orders of siteUserSegments."""

from __future__ import annotations

import pytest

from tests.graph.client import GraphClient
from tests.graph.segments.segments_fixture import BY_NAME, ORDERS, listed, names

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("field", ORDERS)
async def test_every_order_goes_upwards_and_downwards(library: GraphClient, field: str) -> None:
    """Downwards is upwards from its end, for equals too: the id decides between them."""
    for direction, expected in (("ASC", ORDERS[field]), ("DESC", ORDERS[field][::-1])):
        order = {"field": field, "direction": direction}
        assert names(await listed(library, first=100, orderBy=order)) == expected


async def test_upwards_by_name_unless_told_otherwise(library: GraphClient) -> None:
    """Each part of the order has its own default."""
    assert names(await listed(library, first=100, orderBy={})) == BY_NAME
    downwards = await listed(library, first=100, orderBy={"direction": "DESC"})
    assert names(downwards) == BY_NAME[::-1]
    codes = await listed(library, first=100, orderBy={"field": "CODE"})
    assert names(codes) == ORDERS["CODE"]
