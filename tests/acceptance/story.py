"""A long random history, told by commands such as people give."""

from __future__ import annotations

import io
import itertools
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from tests.acceptance.uploads import UPLOAD
from tests.graph.client import GraphClient, TickingClock
from tests.graph.uploads.upload_client import File

MAX_SEGMENTS = 120
CODES = 40
STEADY = 100
"""So many commands, and the clock steps back."""
WORDS = ("alpha", "beta", "gamma", "delta")

_DO = """
    mutation ($input: KIND!) { result: NAME(input: $input) { commandId position errors { code } } }
"""
_KINDS = {
    "createUserSegment": "CreateUserSegmentInput",
    "updateUserSegment": "UpdateUserSegmentInput",
    "archiveUserSegment": "SegmentCommandInput",
    "restoreUserSegment": "SegmentCommandInput",
    "deleteUserSegment": "DeleteUserSegmentInput",
    "addUsersToSegment": "SegmentMembersInput",
    "removeUsersFromSegment": "SegmentMembersInput",
    "createUser": "CreateUserInput",
    "updateUser": "UpdateUserInput",
    "eraseUser": "EraseUserInput",
    "undoCommand": "UndoCommandInput",
}


class Author:
    """Gives commands at random; those that are refused count for nothing."""

    def __init__(self, ask: GraphClient, clock: TickingClock, chance: random.Random) -> None:
        self._ask = ask
        self._clock = clock
        self._chance = chance
        self._segments: list[str] = []
        self._people = 0
        self._commands: list[str] = []
        self._ways: list[tuple[Callable[[], Awaitable[Any]], int]] = [
            (self._create, 4),
            (self._edit, 20),
            (self._archive, 3),
            (self._restore, 3),
            (self._delete, 1),
            (self._add, 32),
            (self._remove, 25),
            (self._rename_somebody, 3),
            (self._erase, 1),
            (self._undo, 6),
            (self._upload, 2),
        ]

    async def write(self, commands: int, people: int) -> None:
        """Returns once so many were done, by and to so many people."""
        for _ in range(people):
            await self._new_person()
        ways, weights = zip(*self._ways, strict=True)
        for turn in itertools.count():
            if len(self._commands) >= commands:
                return
            (way,) = self._chance.choices(ways, weights)
            if turn % STEADY == 0:
                self._clock.now -= timedelta(seconds=self._chance.randrange(20, 300))
            await way()

    async def _do(self, mutation: str, **input: Any) -> dict[str, Any]:
        query = _DO.replace("KIND", _KINDS[mutation]).replace("NAME", mutation)
        payload: dict[str, Any] = (await self._ask(query, input=input))["result"]
        if not payload["errors"]:
            self._commands.append(payload["commandId"])
        return payload

    async def _create(self) -> None:
        if len(self._segments) >= MAX_SEGMENTS:
            return
        fields = {"name": self._name(), "code": self._code(), "description": self._word()}
        query = "mutation ($i: CreateUserSegmentInput!) { createUserSegment(input: $i) {"
        query += " commandId segment { id } errors { code } } }"
        payload = (await self._ask(query, i=fields))["createUserSegment"]
        if not payload["errors"]:
            self._commands.append(payload["commandId"])
            self._segments.append(payload["segment"]["id"])

    async def _edit(self) -> None:
        changes: list[dict[str, Any]] = [
            {"name": self._name()},
            {"code": self._code()},
            {"description": self._word()},
            {"visible": self._chance.random() < 0.5},
            {"name": self._name(), "code": None},
        ]
        await self._do("updateUserSegment", **self._one(), **self._chance.choice(changes))

    async def _archive(self) -> None:
        await self._do("archiveUserSegment", **self._one())

    async def _restore(self) -> None:
        await self._do("restoreUserSegment", **self._one())

    async def _delete(self) -> None:
        one = self._one()
        if not (await self._do("deleteUserSegment", **one, reason="Closed."))["errors"]:
            self._segments.remove(one["segment"]["id"])

    async def _add(self) -> None:
        await self._do("addUsersToSegment", **self._one(), users=self._some())

    async def _remove(self) -> None:
        await self._do("removeUsersFromSegment", **self._one(), users=self._some())

    async def _new_person(self) -> None:
        name = f"user-{self._people}"
        self._people += 1
        given = {"username": name, "email": f"{name}@example.org", "firstName": "A"}
        await self._do("createUser", **given, lastName=self._word())

    async def _rename_somebody(self) -> None:
        user = {"username": f"user-{self._chance.randrange(self._people)}"}
        await self._do("updateUser", user=user, lastName=self._word())

    async def _erase(self) -> None:
        user = {"username": f"user-{self._chance.randrange(self._people)}"}
        if not (await self._do("eraseUser", user=user, reason="Asked for it."))["errors"]:
            await self._new_person()

    async def _undo(self) -> None:
        if self._commands:
            command = self._chance.choice(self._commands[-30:])
            await self._do("undoCommand", command=command, reason="A mistake.")

    async def _upload(self) -> None:
        rows = [f"{self._code()},user-{n}" for n in self._numbers()]
        file = File(io.BytesIO("\n".join(["segment,username", *rows]).encode()))
        query = UPLOAD.replace("MUTATION", "uploadSegmentMembers")
        given = {"file": file, "mode": "COMMIT", "badRows": "SKIP_ROWS"}
        payload = (await self._ask(query, input=given))["result"]
        if not payload["errors"]:
            self._commands.append(payload["commandId"])

    def _one(self) -> dict[str, Any]:
        known = self._segments or ["segment_019ca9450de877e0bc6b8398cda33856"]
        return {"segment": {"id": self._chance.choice(known)}}

    def _some(self) -> dict[str, Any]:
        return {"usernames": [f"user-{n}" for n in self._numbers()]}

    def _numbers(self) -> list[int]:
        return self._chance.sample(range(self._people), self._chance.randrange(1, 25))

    def _name(self) -> str:
        return f"segment {self._chance.randrange(60):02} {self._chance.choice(WORDS)}"

    def _code(self) -> str:
        return f"code-{self._chance.randrange(CODES)}"

    def _word(self) -> str:
        return self._chance.choice(WORDS)
