"""viewerMay: what who is asking may do."""

from __future__ import annotations

import pytest

from domain.kernel.permission import Permission as Row
from domain.kernel.principal import Principal, Role
from domain.policy import POLICY, may
from graph.actors.permission import Permission
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN, EVERYBODY, LEARNER, NOBODY, TRAINER, name_of, person

MAY = "{ viewerMay }"


def test_every_row_of_the_table_can_be_told() -> None:
    """In its order: a new one must be added to the schema."""
    assert [permission.name for permission in Permission] == [row.name for row in POLICY]


@pytest.mark.parametrize("principal", EVERYBODY, ids=name_of)
async def test_everybody_is_told_what_the_table_says(
    ask_late: GraphClient, principal: Principal
) -> None:
    """Nothing more, nothing less, and whether or not they may do anything."""
    granted = [row.name for row in Row if may(principal, row)]
    assert await ask_late(MAY, principal) == {"viewerMay": granted}


async def test_roles_differ_in_what_they_may(ask_late: GraphClient) -> None:
    """All for the site admin, nothing for somebody without a role."""
    assert len((await ask_late(MAY, ADMIN))["viewerMay"]) == len(Row)
    trainer = (await ask_late(MAY, TRAINER))["viewerMay"]
    assert "CHANGE_SEGMENTS" in trainer
    assert "DELETE_SEGMENTS" not in trainer
    learner = ["SEE_OWN_SEGMENTS", "SEE_ONESELF", "SEE_LOG_STATUS"]
    assert await ask_late(MAY, LEARNER) == {"viewerMay": learner}
    assert await ask_late(MAY, NOBODY) == {"viewerMay": []}


async def test_several_roles_may_what_any_of_them_may(ask_late: GraphClient) -> None:
    """Each named once."""
    both = (await ask_late(MAY, person(Role.AUDITOR, Role.TRAINING_MANAGER)))["viewerMay"]
    assert {"SEE_THE_LOG", "CHANGE_SEGMENTS"} <= set(both)
    assert len(both) == len(set(both))
