"""viewer: who is asking."""

from __future__ import annotations

import pytest

from domain.kernel.principal import Principal
from tests.graph.client import GraphClient
from tests.graph.principals import EVERYBODY, name_of


@pytest.mark.parametrize("principal", EVERYBODY, ids=name_of)
async def test_everybody_is_told_who_they_are(ask_late: GraphClient, principal: Principal) -> None:
    """Whether or not they have ever done anything, and however late the read model is."""
    data = await ask_late("{ viewer { id displayName kind } }", principal)
    assert data["viewer"] == {
        "id": principal.id,
        "displayName": principal.display_name,
        "kind": "USER",
    }
