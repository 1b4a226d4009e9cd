"""Segments that a journey starts from, made past the browser."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.web.site import Site

CREATE = """
mutation ($input: CreateUserSegmentInput!) {
  createUserSegment(input: $input) { segment { id } errors { message } }
}
"""

UPDATE = """
mutation ($input: UpdateUserSegmentInput!) {
  updateUserSegment(input: $input) { errors { message } }
}
"""

ARCHIVE = """
mutation ($input: SegmentCommandInput!) {
  archiveUserSegment(input: $input) { errors { message } }
}
"""

DELETE = """
mutation ($input: DeleteUserSegmentInput!) {
  deleteUserSegment(input: $input) { errors { message } }
}
"""

FOUND = """
query ($code: String!) {
  userSegment(segment: { code: $code }) { name description visible status version }
}
"""


def create(site: Site, name: str, code: str | None = None, **fields: Any) -> str:
    """Its id."""
    command = {"name": name, "code": code, "commandId": str(uuid4()), **fields}
    told = site.ask(CREATE, input=command)["createUserSegment"]
    assert told["errors"] == []
    if told["segment"] is None:  # the read model was late: the same command is answered again
        told = site.ask(CREATE, input=command)["createUserSegment"]
    segment_id: str = told["segment"]["id"]
    return segment_id


def update(site: Site, segment_id: str, role: str = "training-manager", **fields: Any) -> None:
    """As somebody else than the one at the browser."""
    _told(site.ask(UPDATE, role, input={"segment": {"id": segment_id}, **fields}))


def archive(site: Site, code: str, role: str = "training-manager") -> None:
    """As somebody else than the one at the browser."""
    _told(site.ask(ARCHIVE, role, input={"segment": {"code": code}}))


def delete(site: Site, segment_id: str) -> None:
    """As a site admin, with a reason."""
    _told(site.ask(DELETE, input={"segment": {"id": segment_id}, "reason": "Not needed."}))


def found(site: Site, code: str) -> dict[str, Any]:
    """What the service has, by code; nothing for none."""
    segment: dict[str, Any] | None = site.ask(FOUND, code=code)["userSegment"]
    return segment or {}


def _told(answer: dict[str, Any]) -> None:
    (payload,) = answer.values()
    assert payload["errors"] == []
