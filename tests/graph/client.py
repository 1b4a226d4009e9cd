"""A client of the schema over a real site, for any principal."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from strawberry.types import ExecutionResult

from domain.kernel.principal import Principal
from graph.schema import schema
from graph.support.context import Context
from graph.support.site import Site
from projections.engine.position import WAIT_TIMEOUT_S, ReadModelPosition
from tests.graph.principals import ADMIN

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
SHORT_WAIT = 0.05
"""Seconds that an impatient site waits for its read model."""


class TickingClock:
    """A clock that moves a second each time somebody looks; `now` may be set back."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class ImpatientPosition(ReadModelPosition):
    """A position that nobody advances, and for which nobody waits long."""

    async def wait_for(self, position: int, within: float = WAIT_TIMEOUT_S) -> None:
        await super().wait_for(position, min(within, SHORT_WAIT))


@dataclass(frozen=True)
class GraphClient:
    """Runs operations against one site."""

    site: Site

    async def run(
        self,
        query: str,
        by: Principal = ADMIN,
        operation: str | None = None,
        min_position: int = 0,
        **variables: Any,
    ) -> ExecutionResult:
        """The whole result, errors and all. `min_position` is what the request asks for."""
        context = Context(self.site, by, "request-1", min_position=min_position)
        result = await schema.execute(
            query, variable_values=variables, context_value=context, operation_name=operation
        )
        assert isinstance(result, ExecutionResult)
        return result

    async def __call__(self, query: str, by: Principal = ADMIN, **variables: Any) -> dict[str, Any]:
        """The data of an operation that has no errors."""
        result = await self.run(query, by, **variables)
        assert result.errors is None, result.errors
        assert result.data is not None
        return result.data

    async def codes(self, query: str, by: Principal = ADMIN, **variables: Any) -> list[str]:
        """The `extensions.code` of each of its errors."""
        result = await self.run(query, by, **variables)
        return [str((error.extensions or {}).get("code")) for error in result.errors or []]

    async def only_error(
        self, query: str, by: Principal = ADMIN, **variables: Any
    ) -> dict[str, Any]:
        """Its one error, as the client sees it."""
        result = await self.run(query, by, **variables)
        assert result.errors is not None
        (error,) = result.errors
        return dict(error.formatted)

    async def command(
        self, mutation: str, input: dict[str, Any], by: Principal = ADMIN
    ) -> dict[str, Any]:
        """The payload of a mutation of one input, with all that payloads can hold."""
        data = await self(COMMANDS[mutation], by, input=input)
        payload: dict[str, Any] = data[mutation]
        return payload

    async def done(
        self, mutation: str, input: dict[str, Any], by: Principal = ADMIN
    ) -> dict[str, Any]:
        """The payload of a mutation that was not refused."""
        payload = await self.command(mutation, input, by)
        assert payload["errors"] == []
        return payload

    async def create(self, name: str, by: Principal = ADMIN, **fields: Any) -> dict[str, Any]:
        """A new segment."""
        payload = await self.done("createUserSegment", {"name": name, **fields}, by)
        segment: dict[str, Any] = payload["segment"]
        return segment

    async def create_user(self, username: str, **fields: Any) -> dict[str, Any]:
        """Somebody new in the directory, whose address and names follow from the username."""
        names = {"firstName": username.title(), "lastName": "Smith"}
        given = {"email": f"{username}@example.org", **names, **fields}
        payload = await self.done("createUser", {"username": username, **given})
        user: dict[str, Any] = payload["user"]
        return user

    async def create_users(self, *usernames: str) -> list[str]:
        """Several of them at once; their ids."""
        users = await asyncio.gather(*map(self.create_user, usernames))
        return [user["id"] for user in users]

    async def add(self, code: str, *usernames: str, by: Principal = ADMIN) -> dict[str, Any]:
        """They are in the segment with that code; the payload of adding them."""
        users = {"usernames": list(usernames)}
        return await self.done("addUsersToSegment", {"segment": {"code": code}, "users": users}, by)

    async def remove(self, code: str, *usernames: str, by: Principal = ADMIN) -> dict[str, Any]:
        """They are not; the payload of removing them."""
        users = {"usernames": list(usernames)}
        ref = {"segment": {"code": code}}
        return await self.done("removeUsersFromSegment", {**ref, "users": users}, by)

    async def head(self) -> int:
        """Where the log stands: it moves when something was recorded."""
        return await self.site.reads.audit.head()

    async def settle(self) -> None:
        """Returns once the read model is where the log is."""
        await self.site.live.position.wait_for(await self.head())

    def on(self, **parts: Any) -> GraphClient:
        """The same on a site of which those parts are other ones, in whichever group they are."""
        site = self.site
        for name, part in parts.items():
            site = _with_part(site, name, part)
        return GraphClient(site)


def _with_part(site: Site, name: str, part: Any) -> Site:
    if name in {field.name for field in fields(site)}:
        return replace(site, **{name: part})
    (group,) = (
        field.name
        for field in fields(site)
        if is_dataclass(getattr(site, field.name))
        and name in {inner.name for inner in fields(getattr(site, field.name))}
    )
    return replace(site, **{group: replace(getattr(site, group), **{name: part})})


NOT_REPLAYED: dict[str, Any] = {"replayed": False, "errors": []}
"""Of the payload of a command that is done for the first time."""


def replayed(first: dict[str, Any]) -> dict[str, Any]:
    """The payload of a command that is sent again, nothing having happened in between."""
    return {**first, "replayed": True}


def error_codes(payload: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Code and path of each error of a payload."""
    return [(error["code"], error["path"]) for error in payload["errors"]]


def is_rejected_entirely(payload: dict[str, Any], code: str) -> bool:
    """Whether a payload holds that one error and nothing else that was done."""
    done = [payload.get(name) for name in ("segment", "deletedId", "user", "changed", "unchanged")]
    return [error["code"] for error in payload["errors"]] == [code] and not any(done)


SEGMENT = """
    fragment Whole on UserSegment {
        id name code description visible status source memberCount version
        createdAt createdBy { id displayName kind } updatedAt updatedBy { id displayName kind }
    }
"""
USER = """
    fragment Person on User {
        id username email firstName lastName displayName code status roles version
        createdAt updatedAt
    }
"""
_ERRORS = """
    errors {
        __typename code message path
        ... on CodeTaken { heldBy { id } }
        ... on VersionConflict { currentVersion current { id } since { type position } }
        ... on Archived { current { id } }
    }
"""


def _mutation(name: str, input: str, result: str, *fragments: str) -> str:
    return f"""
        mutation ($input: {input}!) {{
            {name}(input: $input) {{ {result} commandId position replayed {_ERRORS} }}
        }}
    """ + "".join(fragments)


_WHOLE = "segment { ...Whole }"
_COUNTED = f"{_WHOLE} changed unchanged"
_SET = "mode changed unchanged sample { ...Whole } planHash"
_PERSON = "user { ...Person }"

COMMANDS = {
    "createUserSegment": _mutation("createUserSegment", "CreateUserSegmentInput", _WHOLE, SEGMENT),
    "updateUserSegment": _mutation("updateUserSegment", "UpdateUserSegmentInput", _WHOLE, SEGMENT),
    "archiveUserSegment": _mutation("archiveUserSegment", "SegmentCommandInput", _WHOLE, SEGMENT),
    "restoreUserSegment": _mutation("restoreUserSegment", "SegmentCommandInput", _WHOLE, SEGMENT),
    "deleteUserSegment": _mutation("deleteUserSegment", "DeleteUserSegmentInput", "deletedId"),
    "archiveUserSegments": _mutation("archiveUserSegments", "SegmentsCommandInput", _SET, SEGMENT),
    "restoreUserSegments": _mutation("restoreUserSegments", "SegmentsCommandInput", _SET, SEGMENT),
    "deleteUserSegments": _mutation("deleteUserSegments", "DeleteUserSegmentsInput", _SET, SEGMENT),
    "updateUserSegments": _mutation("updateUserSegments", "UpdateUserSegmentsInput", _SET, SEGMENT),
    "createUser": _mutation("createUser", "CreateUserInput", _PERSON, USER),
    "updateUser": _mutation("updateUser", "UpdateUserInput", _PERSON, USER),
    "assignRoles": _mutation("assignRoles", "AssignRolesInput", _PERSON, USER),
    "eraseUser": _mutation("eraseUser", "EraseUserInput", _PERSON, USER),
    "addUsersToSegment": _mutation("addUsersToSegment", "SegmentMembersInput", _COUNTED, SEGMENT),
    "removeUsersFromSegment": _mutation(
        "removeUsersFromSegment", "SegmentMembersInput", _COUNTED, SEGMENT
    ),
}
"""Every mutation, asking for all that its payload can hold."""
