"""Segments for these journeys, prepared and looked at past the browser."""

from __future__ import annotations

import subprocess

from tests.acceptance.service import SEGMENTS
from tests.web.site import Site

CREATE = """mutation ($name: String!) {
    createUserSegment(input: {name: $name}) { segment { id } errors { message } }
}"""
ADD = """mutation ($id: ID!, $usernames: [String!]!) {
    addUsersToSegment(input: {segment: {id: $id}, users: {usernames: $usernames}}) {
        changed errors { message }
    }
}"""
MEMBERS = "query ($id: ID!) { userSegment(segment: {id: $id}) { members { nodes { username } } } }"


def segment_of(site: Site, name: str, *usernames: str) -> str:
    """A new segment with these members; its id."""
    made = site.ask(CREATE, name=name)["createUserSegment"]
    identifier: str = made["segment"]["id"]
    if usernames:
        added = site.ask(ADD, id=identifier, usernames=usernames)["addUsersToSegment"]
        assert added == {"changed": len(usernames), "errors": []}
    return identifier


def members_of(site: Site, identifier: str) -> list[str]:
    """The usernames of those who are in it, in the order of the list."""
    found = site.ask(MEMBERS, id=identifier)["userSegment"]
    return [user["username"] for user in found["members"]["nodes"]]


def crowd_in(site: Site, code: str, size: int) -> str:
    """A new segment with that many new users in it, from a file; its id."""
    site.ask(
        'mutation ($code: String!) { createUserSegment(input: {name: "Crowd", code: $code}) {'
        " errors { message } } }",
        code=code,
    )
    rows = [f"{code}{n},{code}{n}@example.org,Number,{n:05},{code}" for n in range(size)]
    file = site.data_dir.parent / f"{code}.csv"
    file.write_text("\n".join(["username,email,firstname,lastname,segment1", *rows]))
    words = ["upload", "users", str(file), "--commit", "--data", str(site.data_dir)]
    subprocess.run([SEGMENTS, *words], check=True, capture_output=True)
    found = site.ask(
        "query ($code: String!) { userSegment(segment: {code: $code}) { id memberCount } }",
        code=code,
    )["userSegment"]
    assert found["memberCount"] == size
    identifier: str = found["id"]
    return identifier
