"""A client that undoes commands, and the state of the site before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg

from domain.kernel.principal import Principal
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN

UNDO = """
    mutation ($input: UndoCommandInput!) {
        undoCommand(input: $input) {
            mode undone commandId position
            conflicts { reason event { position type } }
            errors { code message path }
        }
    }
"""
REASON = "A mistake."

_SITE = """
    SELECT 'segment', s.id::text, name || '/' || coalesce(code, '') || '/' || description || '/'
        || visible || '/' || status || '/' || source || '/' || member_count
        FROM segments s JOIN rosters r USING (number)
    UNION ALL SELECT 'member', s.id::text, u.id::text FROM members m
        JOIN segment_numbers s ON s.number = m.segment JOIN users u ON u.number = m.member
    UNION ALL SELECT 'user', id::text, username || '/' || email || '/' || first_name || '/'
        || last_name || '/' || coalesce(code, '') || '/' || status || '/' || roles::text
        FROM users WHERE status IN ('active', 'suspended')
    ORDER BY 1, 2, 3
"""


@dataclass(frozen=True)
class UndoClient:
    """Undoes on one site."""

    ask: GraphClient
    database_url: str

    async def tell(
        self, command: str, by: Principal = ADMIN, reason: str = REASON, **input: Any
    ) -> dict[str, Any]:
        """The payload of one undo, refused or not."""
        given = {"command": command, "reason": reason, **input}
        payload: dict[str, Any] = (await self.ask(UNDO, by, input=given))["undoCommand"]
        return payload

    async def undo(self, done: dict[str, Any], by: Principal = ADMIN) -> dict[str, Any]:
        """The payload of taking back what a payload is of.

        The dry run before it records nothing and says the same.
        """
        head = await self.ask.head()
        dry = await self.tell(done["commandId"], by, mode="DRY_RUN")
        assert await self.ask.head() == head
        payload = await self.tell(done["commandId"], by)
        names = ("undone", "conflicts", "errors")
        assert {name: payload[name] for name in names} == {name: dry[name] for name in names}
        assert payload["errors"] == []
        await self.ask.settle()
        return payload

    async def undo_all(self, done: dict[str, Any]) -> dict[str, Any]:
        """The same, when nothing stands in the way."""
        payload = await self.undo(done)
        assert conflicts_in(payload) == []
        assert payload["undone"] > 0
        return payload

    async def site(self) -> list[tuple[str, str, str]]:
        """All that is on the site now: segments, members, users."""
        await self.ask.settle()
        with psycopg.connect(self.database_url) as connection:
            connection.execute("SET search_path TO read_model")
            return connection.execute(_SITE).fetchall()


def conflicts_in(payload: dict[str, Any]) -> list[tuple[str, str]]:
    """Type and reason of each conflict."""
    return [(found["event"]["type"], found["reason"]) for found in payload["conflicts"]]
