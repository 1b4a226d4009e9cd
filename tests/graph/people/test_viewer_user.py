"""viewerUser: who is asking, as the directory has them."""

from __future__ import annotations

import pytest

from domain.kernel.principal import Principal, Role
from tests.graph.client import GraphClient
from tests.graph.principals import EVERYBODY, acting_as, name_of

VIEWER = "query ($at: LogPosition) { viewerUser(minPosition: $at) { id username } }"


@pytest.mark.parametrize("role", Role)
async def test_somebody_of_the_directory_sees_themself(ask: GraphClient, role: Role) -> None:
    """Whatever their role, and nobody else."""
    ann = await ask.create_user("ann")
    await ask.create_user("bob")
    data = await ask(VIEWER, acting_as(ann, role), at=2)
    assert data == {"viewerUser": {"id": ann["id"], "username": "ann"}}


async def test_who_has_no_role_sees_nobody(ask: GraphClient) -> None:
    """Not even themself."""
    ann = await ask.create_user("ann")
    assert await ask(VIEWER, acting_as(ann)) == {"viewerUser": None}


@pytest.mark.parametrize("principal", EVERYBODY, ids=name_of)
async def test_somebody_outside_of_the_directory_is_null(
    ask_late: GraphClient, principal: Principal
) -> None:
    """Which is no error."""
    assert await ask_late(VIEWER, principal) == {"viewerUser": None}


async def test_a_read_model_that_is_behind_is_waited_for(ask_late: GraphClient) -> None:
    """And said to be so."""
    assert await ask_late.codes(VIEWER, at=1) == ["READ_MODEL_BEHIND"]
