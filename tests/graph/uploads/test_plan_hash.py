"""planHash: a commit of just what the dry run showed, or PLAN_STALE."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.graph.asking import told
from tests.graph.uploads.sending import MEMBERS, SEGMENTS, USERS, Uploads, counts

Change = Callable[[Uploads], Awaitable[object]]


@pytest.fixture
async def prepared(uploads: Uploads) -> Uploads:
    """Segments and people that files speak of, and others that they do not."""
    await uploads.ask.create("Sales", code="sales")
    await uploads.ask.create("Other", code="other")
    await uploads.user("ann", email="ann@example.org", code="p-1", roles=["SITE_ADMIN"])
    await uploads.user("bob", email="bob@example.org")
    await uploads.user("eve", roles=["SITE_ADMIN"])
    await uploads.add("sales", "ann")
    return uploads


def edit(code: str, /, **fields: object) -> Change:
    """A segment is changed."""
    return lambda prepared: prepared.ask.done(
        "updateUserSegment", {"segment": {"code": code}, **fields}
    )


def archive(code: str) -> Change:
    """A segment is put away."""
    return lambda prepared: prepared.ask.done("archiveUserSegment", {"segment": {"code": code}})


def delete(code: str) -> Change:
    """A segment goes."""
    ref = {"segment": {"code": code}, "reason": "Closed."}
    return lambda prepared: prepared.ask.done("deleteUserSegment", ref)


def create(code: str) -> Change:
    """A segment comes to be."""
    return lambda prepared: prepared.ask.create("New", code=code)


def add(code: str, username: str) -> Change:
    """A membership begins."""
    return lambda prepared: prepared.add(code, username)


def remove(code: str, username: str) -> Change:
    """A membership ends."""
    ref, users = {"code": code}, {"usernames": [username]}
    return lambda prepared: prepared.tell("removeUsersFromSegment", segment=ref, users=users)


def person(username: str, /, **fields: object) -> Change:
    """Somebody is added."""
    return lambda prepared: prepared.user(username, **fields)


def change(username: str, /, **fields: object) -> Change:
    """Somebody's entry is changed."""
    return lambda prepared: prepared.tell("updateUser", user={"username": username}, **fields)


def erase(username: str) -> Change:
    """Somebody is forgotten."""
    ref = {"username": username}
    return lambda prepared: prepared.tell("eraseUser", user=ref, reason="They asked for it.")


SEGMENT_FILE = "name,code\nSales Team,SALES\nFresh,fresh\n"
MEMBER_FILE = "segment,username\nsales,ann\nsales,bob\nsales,dan\nnone,ann\n"
USER_FILE = (
    "username,email,firstname,lastname,code,roles,cohort1\n"
    "ann,,Anna,,,learner,sales\n"
    "dan,dan@example.org,Dan,Dill,p-9,,sales\n"
    "fay,BOB@example.org,Fay,Fern,,,\n"
)
ROLES_FILE = "username,roles\nann,learner\nbob,auditor\n"
UPDATE: dict[str, Any] = {"existing": "UPDATE", "badRows": "SKIP_ROWS"}
REJECT: dict[str, Any] = {"existing": "REJECT", "badRows": "SKIP_ROWS"}
SKIP: dict[str, Any] = {"existing": "SKIP", "badRows": "SKIP_ROWS"}

STALE = [
    (SEGMENTS, SEGMENT_FILE, REJECT, create(code="Fresh")),
    (SEGMENTS, SEGMENT_FILE, REJECT, delete("sales")),
    (SEGMENTS, SEGMENT_FILE, REJECT, edit("sales", code="else")),
    (SEGMENTS, SEGMENT_FILE, SKIP, edit("sales", code=None)),
    (SEGMENTS, SEGMENT_FILE, UPDATE, edit("sales", name="Sellers")),
    (SEGMENTS, SEGMENT_FILE, UPDATE, edit("sales", description="About")),
    (SEGMENTS, SEGMENT_FILE, UPDATE, archive("sales")),
    (SEGMENTS, SEGMENT_FILE, UPDATE, edit("other", code="fresh")),
    (MEMBERS, MEMBER_FILE, REJECT, add("sales", "bob")),
    (MEMBERS, MEMBER_FILE, REJECT, remove("sales", "ann")),
    (MEMBERS, MEMBER_FILE, REJECT, archive("sales")),
    (MEMBERS, MEMBER_FILE, REJECT, delete("sales")),
    (MEMBERS, MEMBER_FILE, REJECT, edit("sales", code="else")),
    (MEMBERS, MEMBER_FILE, REJECT, create(code="none")),
    (MEMBERS, MEMBER_FILE, REJECT, change("bob", username="rob")),
    (MEMBERS, MEMBER_FILE, REJECT, erase("bob")),
    (MEMBERS, MEMBER_FILE, REJECT, person("dan")),
    (MEMBERS, MEMBER_FILE, REJECT, change("eve", username="dan")),
    (USERS, USER_FILE, UPDATE, change("ann", lastName="Ash")),
    (USERS, USER_FILE, UPDATE, change("ann", username="ana")),
    (USERS, USER_FILE, UPDATE, change("eve", status="SUSPENDED")),
    (USERS, ROLES_FILE, UPDATE, change("eve", status="SUSPENDED")),
    (USERS, ROLES_FILE, UPDATE, change("bob", status="SUSPENDED")),
    (USERS, USER_FILE, UPDATE, person("dan")),
    (USERS, USER_FILE, UPDATE, person("joe", email="Dan@Example.org")),
    (USERS, USER_FILE, UPDATE, person("joe", code="P-9")),
    (USERS, USER_FILE, UPDATE, change("bob", email="free@example.org")),
    (USERS, USER_FILE, UPDATE, erase("bob")),
    (USERS, USER_FILE, UPDATE, remove("sales", "ann")),
    (USERS, USER_FILE, UPDATE, archive("sales")),
    (USERS, USER_FILE, REJECT, erase("bob")),
    (USERS, USER_FILE, SKIP, change("ann", username="ana")),
]

FRESH = [
    (SEGMENTS, SEGMENT_FILE, REJECT, edit("sales", name="Sellers")),
    (SEGMENTS, SEGMENT_FILE, REJECT, archive("sales")),
    (SEGMENTS, SEGMENT_FILE, SKIP, edit("sales", description="About")),
    (SEGMENTS, SEGMENT_FILE, UPDATE, edit("other", name="Another")),
    (SEGMENTS, SEGMENT_FILE, UPDATE, create(code="unheard-of")),
    (SEGMENTS, SEGMENT_FILE, UPDATE, add("sales", "bob")),
    (MEMBERS, MEMBER_FILE, REJECT, edit("sales", name="Sellers")),
    (MEMBERS, MEMBER_FILE, REJECT, add("sales", "eve")),
    (MEMBERS, MEMBER_FILE, REJECT, add("other", "bob")),
    (MEMBERS, MEMBER_FILE, REJECT, archive("other")),
    (MEMBERS, MEMBER_FILE, REJECT, change("bob", lastName="Birch")),
    (MEMBERS, MEMBER_FILE, REJECT, change("bob", email="rob@example.org")),
    (MEMBERS, MEMBER_FILE, REJECT, change("bob", status="SUSPENDED")),
    (MEMBERS, MEMBER_FILE, REJECT, person("joe")),
    (MEMBERS, MEMBER_FILE, REJECT, erase("eve")),
    (USERS, USER_FILE, UPDATE, change("eve", lastName="Elm")),
    (USERS, USER_FILE, UPDATE, change("bob", lastName="Birch")),
    (USERS, USER_FILE, UPDATE, person("joe")),
    (USERS, ROLES_FILE, UPDATE, person("joe", roles=["SITE_ADMIN"])),
    (USERS, USER_FILE, UPDATE, add("sales", "bob")),
    (USERS, USER_FILE, UPDATE, edit("sales", name="Sellers")),
    (USERS, USER_FILE, REJECT, change("ann", lastName="Ash")),
    (USERS, USER_FILE, SKIP, change("ann", lastName="Ash")),
]


@pytest.mark.parametrize(("kind", "file", "options", "happens"), STALE)
async def test_what_the_plan_relied_on_has_changed(
    prepared: Uploads, kind: str, file: str, options: dict[str, Any], happens: Change
) -> None:
    """The commit is refused, and records nothing."""
    plan = (await prepared.send(kind, file, **options))["planHash"]
    await happens(prepared)
    before = await prepared.ask.head()
    payload = await prepared.send(kind, file, mode="COMMIT", planHash=plan, **options)
    assert told(payload) == [("PLAN_STALE", ["planHash"])]
    assert (counts(payload), payload["rowErrors"], payload["preview"]) == ({}, [], [])
    assert await prepared.ask.head() == before


@pytest.mark.parametrize(("kind", "file", "options", "happens"), FRESH)
async def test_something_else_has_changed(
    prepared: Uploads, kind: str, file: str, options: dict[str, Any], happens: Change
) -> None:
    """The commit does what the dry run showed."""
    dry = await prepared.send(kind, file, **options)
    await happens(prepared)
    done = await prepared.commit(kind, file, planHash=dry["planHash"], **options)
    assert counts(done) == counts(dry)
    assert done["created"] + done["updated"] > 0


async def test_a_plan_is_of_its_file_and_options(prepared: Uploads) -> None:
    """Other content, or the same taken otherwise, is another plan."""
    plan = (await prepared.send(SEGMENTS, SEGMENT_FILE, **SKIP))["planHash"]
    others = [
        (SEGMENTS, SEGMENT_FILE + "\n", SKIP),
        (SEGMENTS, SEGMENT_FILE, {**SKIP, "badRows": "REJECT_FILE"}),
        (SEGMENTS, SEGMENT_FILE, {**SKIP, "delimiter": ","}),
        (SEGMENTS, SEGMENT_FILE, {**SKIP, "encoding": "latin-1"}),
        (SEGMENTS, SEGMENT_FILE, REJECT),
    ]
    for kind, file, options in others:
        payload = await prepared.send(kind, file, mode="COMMIT", planHash=plan, **options)
        assert told(payload) == [("PLAN_STALE", ["planHash"])]
    assert (await prepared.commit(SEGMENTS, SEGMENT_FILE, planHash=plan, **SKIP))["created"] == 1


async def test_a_plan_is_committed_once(prepared: Uploads) -> None:
    """What it created is there now: the plan is not the same any more."""
    plan = (await prepared.send(SEGMENTS, "name,code\nFresh,fresh\n"))["planHash"]
    await prepared.commit(SEGMENTS, "name,code\nFresh,fresh\n", planHash=plan)
    again = await prepared.send(SEGMENTS, "name,code\nFresh,fresh\n", mode="COMMIT", planHash=plan)
    assert told(again) == [("PLAN_STALE", ["planHash"])]
