"""The three uploads over real HTTP: a dry run, its commit, the roster out and in again."""

from __future__ import annotations

import asyncio
import csv
import io
from typing import Any

import httpx2

from tests.acceptance.service import Service, ask, client
from tests.acceptance.uploads import lines, people, sent, upload
from tests.forms import short_and_long

SEGMENTS = "uploadUserSegments"
MEMBERS = "uploadSegmentMembers"
USERS = "uploadUsers"
NAMES = ["=1+1", "+1", "-1", "@home", "'quoted'", "''", "Böll", 'say "no"', "a,b;c", "-", "'="]

SEGMENT = """
    query ($code: String!, $position: LogPosition) {
        userSegment(segment: {code: $code}, minPosition: $position) { id memberCount }
    }
"""
REMOVE = """
    mutation ($input: SegmentMembersInput!) {
        result: removeUsersFromSegment(input: $input) { changed position errors { code } }
    }
"""


async def planned(http: httpx2.AsyncClient, kind: str, content: bytes) -> dict[str, Any]:
    """A dry run and the commit of its plan."""
    dry = await upload(http, kind, content)
    done = await upload(http, kind, content, mode="COMMIT", planHash=dry["planHash"])
    assert done["errors"] == []
    assert done["created"] == dry["created"]
    return done


async def test_a_site_is_filled_from_three_files(service: Service, admin: str) -> None:
    """Each commit is seen by a read that waits for its position."""
    async with client(service.url, admin) as http:
        await planned(http, USERS, people(100))
        await planned(http, SEGMENTS, lines("name,code", (f"Segment {n},s-{n}" for n in range(20))))
        rows = (f"s-{n % 20},user-{n}" for n in range(100))
        done = await planned(http, MEMBERS, lines("segment,username", rows))
        assert done["created"] == 100
        data = await ask(http, SEGMENT, code="S-7", position=done["position"])
        assert data["userSegment"]["memberCount"] == 5


@short_and_long("code", "=Sales", "sales", None)
async def test_a_roster_goes_out_and_in_again(
    service: Service, admin: str, code: str | None
) -> None:
    """The same file into the full segment changes nothing; into the emptied one, it fills it."""
    async with client(service.url, admin) as http:
        ref = await _filled(http, code)
        file = await _exported(http, ref)
        rows = list(csv.reader(io.StringIO(file.decode())))
        assert len(rows) == len(NAMES) + 1
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
        again = await upload(http, MEMBERS, file, mode="COMMIT")
        assert (again["unchanged"], again["created"]) == (len(NAMES), 0)
        assert (again["rowsRejected"], again["errors"]) == (0, [])
        users = {"usernames": [f"-user-{n}" for n in range(len(NAMES))]}
        data = await ask(http, REMOVE, input={"segment": {"id": ref}, "users": users})
        assert data["result"]["changed"] == len(NAMES)
        refilled = await upload(http, MEMBERS, file, mode="COMMIT")
        assert (refilled["unchanged"], refilled["created"]) == (0, len(NAMES))
        assert await _exported(http, ref) == file


async def _filled(http: httpx2.AsyncClient, code: str | None) -> str:
    """The id of a segment whose members are called what spreadsheets take for formulas."""
    create = "mutation ($i: CreateUserSegmentInput!) { r: createUserSegment(input: $i)"
    data = await ask(http, f"{create} {{ segment {{ id }} }} }}", i={"name": "Sales", "code": code})
    segment: str = data["r"]["segment"]["id"]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["username", "email", "firstname", "lastname", "cohort1"])
    for number, name in enumerate(NAMES):
        writer.writerow([f"-user-{number}", f"u{number}@example.org", name, name, segment])
    done = await upload(http, USERS, text.getvalue().encode(), mode="COMMIT")
    assert (done["created"], done["errors"]) == (len(NAMES), [])
    return segment


async def _exported(http: httpx2.AsyncClient, segment: str) -> bytes:
    answer = await http.get(f"/files/segments/{segment}/members.csv")
    assert answer.status_code == 200
    content: bytes = answer.content
    return content


async def test_rejected_rows_are_fetched_mended_and_sent_again(
    service: Service, admin: str
) -> None:
    """At the path that the payload names."""
    content = b"name,code,visible,note\nSales,s-1,maybe,x\nStaff,s-2,yes,y\n"
    async with client(service.url, admin) as http:
        done = await upload(http, SEGMENTS, content, mode="COMMIT", badRows="SKIP_ROWS")
        assert (done["created"], done["rowsRejected"]) == (1, 1)
        answer = await http.get(done["rejectedRows"])
        assert answer.status_code == 200
        mended = await upload(http, SEGMENTS, answer.content.replace(b"maybe", b"no"))
        assert (mended["created"], mended["rowsRejected"]) == (1, 0)


FILES = {
    SEGMENTS: lines("name,code", (f"Segment {n},s-{n}" for n in range(500))),
    USERS: people(500, "new"),
    MEMBERS: lines("segment,username", (f"base,user-{n}" for n in range(500))),
}


@short_and_long("kind", MEMBERS, SEGMENTS, USERS)
async def test_two_commits_of_one_plan_at_once(service: Service, admin: str, kind: str) -> None:
    """Exactly one goes through; the other one's plan is stale, and it records nothing."""
    content = FILES[kind]
    async with client(service.url, admin) as http:
        await upload(http, SEGMENTS, b"name,code\nBase,base\n", mode="COMMIT")
        await upload(http, USERS, people(500), mode="COMMIT")
        plan = (await upload(http, kind, content))["planHash"]
        before = await _head(http)
        payloads = await asyncio.gather(
            *(upload(http, kind, content, mode="COMMIT", planHash=plan) for _ in range(2))
        )
        codes = sorted([error["code"] for error in payload["errors"]] for payload in payloads)
        assert codes == [[], ["PLAN_STALE"]]
        (done,) = [payload for payload in payloads if not payload["errors"]]
        assert done["created"] == 500
        assert await _head(http) == done["position"]
        assert done["position"] > before


async def test_two_sendings_of_one_commit_at_once(service: Service, admin: str) -> None:
    """Under one commandId it is done once, and both are told the same counts."""
    content = FILES[SEGMENTS]
    async with client(service.url, admin) as http:
        payloads = await asyncio.gather(
            *(upload(http, SEGMENTS, content, mode="COMMIT", commandId="once") for _ in range(4))
        )
        assert [payload["created"] for payload in payloads] == [500] * 4
        assert len({payload["position"] for payload in payloads}) == 1
        assert await _head(http) == payloads[0]["position"]


async def test_what_is_too_large_is_told_by_the_status(service: Service, admin: str) -> None:
    """More than 64 MiB and a little."""
    async with client(service.url, admin) as http:
        answer = await sent(http, SEGMENTS, b"name\n" + b"x\n" * 2**25)
        assert answer.status_code == 200
        assert answer.json()["data"]["result"]["errors"][0]["code"] == "INVALID"
        try:
            answer = await sent(http, SEGMENTS, b"x" * 70 * 2**20)
        except httpx2.TransportError:
            return  # the answer came before all was sent, and the connection was reset
        assert answer.status_code == 413


async def _head(http: httpx2.AsyncClient) -> int:
    return int((await ask(http, "{ logStatus { head } }"))["logStatus"]["head"])
