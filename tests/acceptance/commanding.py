"""Commands, and what came of them."""

from __future__ import annotations

from typing import Any

import httpx2

from tests.acceptance.service import ask

PAYLOAD = "position commandId errors { code message path }"

MUTATIONS = {
    "createUser": ("CreateUserInput", "user { id status }"),
    "updateUser": ("UpdateUserInput", "user { id status version }"),
    "assignRoles": ("AssignRolesInput", "user { id roles }"),
    "eraseUser": ("EraseUserInput", "user { id status displayName }"),
    "addUsersToSegment": ("SegmentMembersInput", "segment { id memberCount } changed"),
    "removeUsersFromSegment": ("SegmentMembersInput", "segment { id memberCount } changed"),
    "createUserSegment": ("CreateUserSegmentInput", "segment { id createdBy { displayName } }"),
}


async def tell(http: httpx2.AsyncClient, mutation: str, /, **given: Any) -> dict[str, Any]:
    """The payload of one mutation, refused or not."""
    kind, result = MUTATIONS[mutation]
    told = f"told: {mutation}(input: $given) {{ {result} {PAYLOAD} }}"
    query = f"mutation ($given: {kind}!) {{ {told} }}"
    payload: dict[str, Any] = (await ask(http, query, given=given))["told"]
    return payload


async def done(http: httpx2.AsyncClient, mutation: str, /, **given: Any) -> dict[str, Any]:
    """The payload of one that was not refused."""
    payload = await tell(http, mutation, **given)
    assert payload["errors"] == []
    return payload
