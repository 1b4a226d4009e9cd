"""How somebody is let in no more, or as less, while they are connected."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, tzinfo
from typing import Any, Self

import pytest

from service.http.live import session
from tests.authorization.site import Seeded
from tests.service.http.serving import token

USER: dict[str, Any] = {"user": {"username": "NAME"}}
ENDS: dict[str, tuple[str, str, dict[str, Any]] | None] = {
    "the roles have changed": ("assignRoles", "AssignRolesInput", {**USER, "roles": ["LEARNER"]}),
    "the user is suspended": ("updateUser", "UpdateUserInput", {**USER, "status": "SUSPENDED"}),
    "the user was erased": ("eraseUser", "EraseUserInput", {**USER, "reason": "Left."}),
    "the user was removed": (
        "undoCommand",
        "UndoCommandInput",
        {"command": "NAME-comes", "reason": "Another one."},
    ),
    "the token has expired": None,
}
"""Why, and the command that does it; a token expires by itself."""


async def comes(site: Seeded, reason: str, what: str) -> str:
    """The token of a site admin who does that until then."""
    username = _username(reason, what)
    given = {"username": username, "email": f"{username}@example.org", "roles": ["SITE_ADMIN"]}
    names = {"firstName": "A", "lastName": "B", "commandId": f"{username}-comes"}
    await site.do("createUser", "CreateUserInput", **given, **names)
    await site.settle()
    return token(site.settings, user=username, seconds=3600)


async def ends(site: Seeded, reason: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It happens to them, and reads see it; or two hours pass for whoever is connected."""
    end = ENDS[reason]
    if end is None:
        monkeypatch.setattr(session, "datetime", InTwoHours)
        return
    command, kind, given = end
    named = json.loads(json.dumps(given).replace("NAME", _username(reason, what)))
    await site.do(command, kind, **named)
    await site.settle()


class InTwoHours(datetime):
    """The time then."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return super().now(tz) + timedelta(hours=2)


def _username(reason: str, what: str) -> str:
    return f"{what}-until-{reason}".replace(" ", "-")
