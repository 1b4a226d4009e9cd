"""Uploading files to a real service."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import httpx2

UPLOAD = """
    mutation ($input: UploadInput!) {
        result: MUTATION(input: $input) {
            mode rowsRead rowsAccepted rowsRejected created updated unchanged newSiteAdmins
            ignoredColumns rowErrors { row column code message value } preview
            rejectedRows planHash commandId position errors { code path message }
        }
    }
"""

PREFLIGHT = {"GraphQL-Require-Preflight": "1"}


async def upload(
    http: httpx2.AsyncClient, mutation: str, content: bytes, **input: Any
) -> dict[str, Any]:
    """The payload of one upload, by a multipart request."""
    answer = await sent(http, mutation, content, **input)
    body = answer.json()
    assert answer.status_code == 200, body
    assert "errors" not in body, body
    payload: dict[str, Any] = body["data"]["result"]
    return payload


async def sent(
    http: httpx2.AsyncClient, mutation: str, content: bytes, **input: Any
) -> httpx2.Response:
    """The answer to one upload, whatever it is."""
    operation = {
        "query": UPLOAD.replace("MUTATION", mutation),
        "variables": {"input": {"file": None, **input}},
    }
    fields = {"operations": json.dumps(operation), "map": '{"0": ["variables.input.file"]}'}
    files = {"0": ("upload.csv", content, "text/csv")}
    return await http.post("/graphql", data=fields, files=files, headers=PREFLIGHT)


def lines(header: str, rows: Iterable[str]) -> bytes:
    """A file of those lines."""
    return "\n".join([header, *rows, ""]).encode()


def people(count: int, prefix: str = "user") -> bytes:
    """A file of that many users: user-0, user-1 …"""
    rows = (f"{prefix}-{n},{prefix}-{n}@example.org,Given,Number {n}" for n in range(count))
    return lines("username,email,firstname,lastname", rows)
