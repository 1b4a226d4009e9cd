"""A client that uploads files, and what the log holds of them afterwards."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from domain.kernel.principal import Principal
from domain.log import EventLog, RecordedEvent
from domain.memberships.events import MembersAdded
from domain.people.events import RolesAssigned, UserCreated, UserEdited
from domain.segments.events import SegmentCreated, SegmentEdited
from tests.acceptance.uploads import UPLOAD, lines
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN

SEGMENTS = "uploadUserSegments"
MEMBERS = "uploadSegmentMembers"
USERS = "uploadUsers"
KINDS = (SEGMENTS, MEMBERS, USERS)

COUNTS = ("rowsRead", "rowsAccepted", "rowsRejected", "created", "updated", "unchanged")
TOLD = (*COUNTS, "newSiteAdmins", "ignoredColumns", "rowErrors", "preview", "planHash")
"""What a dry run and the commit after it say alike."""

INPUTS = {
    "createUser": "CreateUserInput",
    "updateUser": "UpdateUserInput",
    "assignRoles": "AssignRolesInput",
    "eraseUser": "EraseUserInput",
    "addUsersToSegment": "SegmentMembersInput",
    "removeUsersFromSegment": "SegmentMembersInput",
}


@dataclass(frozen=True)
class File:
    """What the multipart request hands to the schema."""

    file: io.BytesIO
    filename: str = "upload.csv"


@dataclass(frozen=True)
class UploadClient:
    """Sends files to one site and looks into its log."""

    ask: GraphClient
    log: EventLog

    async def send(
        self, kind: str, content: bytes | str, by: Principal = ADMIN, **input: Any
    ) -> dict[str, Any]:
        """The payload of one upload."""
        name = input.pop("filename", "upload.csv")
        octets = content if isinstance(content, bytes) else content.encode()
        query = UPLOAD.replace("MUTATION", kind)
        given = {"file": File(io.BytesIO(octets), name), **input}
        payload: dict[str, Any] = (await self.ask(query, by, input=given))["result"]
        return payload

    async def commit(
        self, kind: str, content: bytes | str, by: Principal = ADMIN, **input: Any
    ) -> dict[str, Any]:
        """The payload of a commit that the site did not refuse."""
        payload = await self.send(kind, content, by, mode="COMMIT", **input)
        assert payload["errors"] == []
        return payload

    async def both(
        self, kind: str, content: bytes | str, by: Principal = ADMIN, **input: Any
    ) -> tuple[dict[str, Any], list[RecordedEvent]]:
        """A dry run, then the commit of its plan: the payload and the events of the commit.

        The dry run records nothing, and says what the commit then says and records.
        """
        before = await self.ask.head()
        dry = await self.send(kind, content, by, **input)
        assert (dry["mode"], dry["errors"]) == ("DRY_RUN", [])
        assert await self.ask.head() == before
        done = await self.commit(kind, content, by, planHash=dry["planHash"], **input)
        assert [done[name] for name in TOLD] == [dry[name] for name in TOLD]
        events = self.events(before)
        assert recorded(kind, events) == (done["created"], done["updated"])
        return done, events

    def events(self, after: int = 0) -> list[RecordedEvent]:
        """The log after a position."""
        return list(self.log.follow(after, 1_000_000))

    async def tell(self, mutation: str, /, **input: Any) -> dict[str, Any]:
        """The payload of some other mutation, that was not refused."""
        query = (
            f"mutation ($input: {INPUTS[mutation]}!) {{ result: {mutation}(input: $input)"
            " { position errors { code message path } } }"
        )
        payload: dict[str, Any] = (await self.ask(query, input=input))["result"]
        assert payload["errors"] == []
        return payload

    async def user(self, username: str, /, **fields: Any) -> None:
        """Somebody is added to the directory."""
        given = {"email": f"{username}@example.org", "firstName": "Given", "lastName": "Family"}
        await self.tell("createUser", username=username, **{**given, **fields})

    async def add(self, code: str, *usernames: str) -> None:
        """They are put into a segment."""
        ref, users = {"code": code}, {"usernames": list(usernames)}
        await self.tell("addUsersToSegment", segment=ref, users=users)


def recorded(kind: str, events: Iterable[RecordedEvent]) -> tuple[int, int]:
    """How many things the events of one upload created, and how many others they changed: segments,
    people, or (of a members file) memberships.
    """
    created: set[str] = set()
    touched: set[str] = set()
    memberships = 0
    for event in (record.event for record in events):
        match event:
            case SegmentCreated():
                created.add(event.segment_id)
            case SegmentEdited():
                touched.add(event.segment_id)
            case UserCreated():
                created.add(event.user_id)
            case UserEdited() | RolesAssigned():
                touched.add(event.user_id)
            case MembersAdded():
                memberships += len(event.user_ids)
                touched.update(event.user_ids)
            case _:
                raise AssertionError(f"no upload records {event}")
    if kind == MEMBERS:
        return memberships, 0
    return len(created), len(touched - created)


def people(*rows: Sequence[str]) -> bytes:
    """A file of people: username, e-mail address, first and last name."""
    return lines("username,email,firstname,lastname", (",".join(row) for row in rows))


def errors(payload: dict[str, Any]) -> list[tuple[int, str | None, str, str | None]]:
    """Row, column, code and value of each row error."""
    return [(e["row"], e["column"], e["code"], e["value"]) for e in payload["rowErrors"]]


def counts(payload: dict[str, Any]) -> dict[str, int]:
    """Those counts that are not 0."""
    return {name: payload[name] for name in COUNTS if payload[name]}
