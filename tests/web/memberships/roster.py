"""Segments for these journeys, prepared and looked at past the browser."""

from __future__ import annotations

import subprocess

from tests.acceptance.service import SEGMENTS
from tests.web.answers import expect_answer
from tests.web.segments.segments_fixture import create
from tests.web.site import Site

ADD = """mutation ($id: ID!, $usernames: [String!]!) {
    addUsersToSegment(input: {segment: {id: $id}, users: {usernames: $usernames}}) {
        changed errors { message }
    }
}"""
MEMBERS = "query ($id: ID!) { userSegment(segment: {id: $id}) { members { nodes { username } } } }"


def segment_of(site: Site, name: str, *usernames: str) -> str:
    """A new segment with these members; its id."""
    identifier = create(site, name)
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
    identifier = create(site, "Crowd", code)
    rows = [f"{code}{n},{code}{n}@example.org,Number,{n:05},{code}" for n in range(size)]
    file = site.data_dir.parent / f"{code}.csv"
    file.write_text("\n".join(["username,email,firstname,lastname,segment1", *rows]))
    words = ["upload", "users", str(file), "--commit", "--data", str(site.data_dir)]
    subprocess.run([SEGMENTS, *words], check=True, capture_output=True)
    count = "query ($id: ID!) { userSegment(segment: {id: $id}) { memberCount } }"
    expect_answer(site.ask, count, id=identifier).to_equal({"userSegment": {"memberCount": size}})
    return identifier
