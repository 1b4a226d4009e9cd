"""Tokens for somebody in particular, and what is asked with them."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import httpx2

from tests.acceptance.service import SEGMENTS, ask

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


def token_of(data_dir: Path, user: str, *roles: str) -> str:
    """What `segments token --user` prints."""
    words = [word for role in roles for word in ("--role", role)]
    command = [str(SEGMENTS), "token", *words, "--user", user, "--data", str(data_dir)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


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
