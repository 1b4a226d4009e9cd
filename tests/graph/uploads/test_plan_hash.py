"""planHash: a commit of just what the dry run showed, or PLAN_STALE."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.graph.client import error_codes
from tests.graph.uploads.upload_client import MEMBERS, SEGMENTS, USERS, UploadClient, counts

pytestmark = pytest.mark.slow

Change = Callable[[UploadClient], Awaitable[object]]


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

SEGMENTS_CSV = (SEGMENTS, SEGMENT_FILE)
MEMBERS_CSV = (MEMBERS, MEMBER_FILE)
USERS_CSV = (USERS, USER_FILE)
ROLES_CSV = (USERS, ROLES_FILE)

STALE = {
    "segments: a new code is taken": (*SEGMENTS_CSV, REJECT, create(code="Fresh")),
    "segments: one to reject is deleted": (*SEGMENTS_CSV, REJECT, delete("sales")),
    "segments: one to reject gets another code": (
        *SEGMENTS_CSV,
        REJECT,
        edit("sales", code="else"),
    ),
    "segments: one to skip loses its code": (*SEGMENTS_CSV, SKIP, edit("sales", code=None)),
    "segments: one to update is renamed": (*SEGMENTS_CSV, UPDATE, edit("sales", name="Sellers")),
    "segments: one to update is described": (
        *SEGMENTS_CSV,
        UPDATE,
        edit("sales", description="About"),
    ),
    "segments: one to update is archived": (*SEGMENTS_CSV, UPDATE, archive("sales")),
    "segments: another gets a new code": (*SEGMENTS_CSV, UPDATE, edit("other", code="fresh")),
    "members: one to add is added": (*MEMBERS_CSV, REJECT, add("sales", "bob")),
    "members: one who is in is removed": (*MEMBERS_CSV, REJECT, remove("sales", "ann")),
    "members: the segment is archived": (*MEMBERS_CSV, REJECT, archive("sales")),
    "members: the segment is deleted": (*MEMBERS_CSV, REJECT, delete("sales")),
    "members: the segment gets another code": (*MEMBERS_CSV, REJECT, edit("sales", code="else")),
    "members: an unknown segment comes to be": (*MEMBERS_CSV, REJECT, create(code="none")),
    "members: one to add gets another username": (
        *MEMBERS_CSV,
        REJECT,
        change("bob", username="rob"),
    ),
    "members: one to add is erased": (*MEMBERS_CSV, REJECT, erase("bob")),
    "members: an unknown user is added": (*MEMBERS_CSV, REJECT, person("dan")),
    "members: another gets an unknown username": (
        *MEMBERS_CSV,
        REJECT,
        change("eve", username="dan"),
    ),
    "users: one to update is renamed": (*USERS_CSV, UPDATE, change("ann", lastName="Ash")),
    "users: one to update gets another username": (
        *USERS_CSV,
        UPDATE,
        change("ann", username="ana"),
    ),
    "users: the other site admin is suspended": (
        *USERS_CSV,
        UPDATE,
        change("eve", status="SUSPENDED"),
    ),
    "roles: the other site admin is suspended": (
        *ROLES_CSV,
        UPDATE,
        change("eve", status="SUSPENDED"),
    ),
    "roles: one to update is suspended": (*ROLES_CSV, UPDATE, change("bob", status="SUSPENDED")),
    "users: a new username is taken": (*USERS_CSV, UPDATE, person("dan")),
    "users: a new address is taken": (*USERS_CSV, UPDATE, person("joe", email="Dan@Example.org")),
    "users: a new code is taken": (*USERS_CSV, UPDATE, person("joe", code="P-9")),
    "users: a taken address becomes free": (
        *USERS_CSV,
        UPDATE,
        change("bob", email="free@example.org"),
    ),
    "users: the holder of an address is erased": (*USERS_CSV, UPDATE, erase("bob")),
    "users: one leaves a cohort": (*USERS_CSV, UPDATE, remove("sales", "ann")),
    "users: a cohort is archived": (*USERS_CSV, UPDATE, archive("sales")),
    "users, rejecting: the holder of an address is erased": (*USERS_CSV, REJECT, erase("bob")),
    "users, skipping: one to skip gets another username": (
        *USERS_CSV,
        SKIP,
        change("ann", username="ana"),
    ),
}

FRESH = {
    "segments: one to reject is renamed": (*SEGMENTS_CSV, REJECT, edit("sales", name="Sellers")),
    "segments: one to reject is archived": (*SEGMENTS_CSV, REJECT, archive("sales")),
    "segments: one to skip is described": (*SEGMENTS_CSV, SKIP, edit("sales", description="About")),
    "segments: another is renamed": (*SEGMENTS_CSV, UPDATE, edit("other", name="Another")),
    "segments: another comes to be": (*SEGMENTS_CSV, UPDATE, create(code="unheard-of")),
    "segments: one to update gets a member": (*SEGMENTS_CSV, UPDATE, add("sales", "bob")),
    "members: the segment is renamed": (*MEMBERS_CSV, REJECT, edit("sales", name="Sellers")),
    "members: another user is added": (*MEMBERS_CSV, REJECT, add("sales", "eve")),
    "members: one to add goes into another segment": (*MEMBERS_CSV, REJECT, add("other", "bob")),
    "members: another segment is archived": (*MEMBERS_CSV, REJECT, archive("other")),
    "members: one to add is renamed": (*MEMBERS_CSV, REJECT, change("bob", lastName="Birch")),
    "members: one to add gets another address": (
        *MEMBERS_CSV,
        REJECT,
        change("bob", email="rob@example.org"),
    ),
    "members: one to add is suspended": (*MEMBERS_CSV, REJECT, change("bob", status="SUSPENDED")),
    "members: another user comes to be": (*MEMBERS_CSV, REJECT, person("joe")),
    "members: another user is erased": (*MEMBERS_CSV, REJECT, erase("eve")),
    "users: another is renamed": (*USERS_CSV, UPDATE, change("eve", lastName="Elm")),
    "users: the holder of an address is renamed": (
        *USERS_CSV,
        UPDATE,
        change("bob", lastName="Birch"),
    ),
    "users: another comes to be": (*USERS_CSV, UPDATE, person("joe")),
    "roles: another site admin comes to be": (
        *ROLES_CSV,
        UPDATE,
        person("joe", roles=["SITE_ADMIN"]),
    ),
    "users: another goes into the cohort": (*USERS_CSV, UPDATE, add("sales", "bob")),
    "users: the cohort is renamed": (*USERS_CSV, UPDATE, edit("sales", name="Sellers")),
    "users: one to reject is renamed": (*USERS_CSV, REJECT, change("ann", lastName="Ash")),
    "users: one to skip is renamed": (*USERS_CSV, SKIP, change("ann", lastName="Ash")),
}


@pytest.mark.parametrize(("kind", "file", "options", "happens"), STALE.values(), ids=STALE)
async def test_what_the_plan_relied_on_has_changed(
    prepared: UploadClient, kind: str, file: str, options: dict[str, Any], happens: Change
) -> None:
    """The commit is refused, and records nothing."""
    plan = (await prepared.send(kind, file, **options))["planHash"]
    await happens(prepared)
    before = await prepared.ask.head()
    payload = await prepared.send(kind, file, mode="COMMIT", planHash=plan, **options)
    assert error_codes(payload) == [("PLAN_STALE", ["planHash"])]
    assert (counts(payload), payload["rowErrors"], payload["preview"]) == ({}, [], [])
    assert await prepared.ask.head() == before


@pytest.mark.parametrize(("kind", "file", "options", "happens"), FRESH.values(), ids=FRESH)
async def test_something_else_has_changed(
    prepared: UploadClient, kind: str, file: str, options: dict[str, Any], happens: Change
) -> None:
    """The commit does what the dry run showed."""
    dry = await prepared.send(kind, file, **options)
    await happens(prepared)
    done = await prepared.commit(kind, file, planHash=dry["planHash"], **options)
    assert counts(done) == counts(dry)
    assert done["created"] + done["updated"] > 0


async def test_a_plan_is_of_its_file_and_options(prepared: UploadClient) -> None:
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
        assert error_codes(payload) == [("PLAN_STALE", ["planHash"])]
    assert (await prepared.commit(SEGMENTS, SEGMENT_FILE, planHash=plan, **SKIP))["created"] == 1


async def test_a_plan_is_committed_once(prepared: UploadClient) -> None:
    """What it created is there now: the plan is not the same any more."""
    plan = (await prepared.send(SEGMENTS, "name,code\nFresh,fresh\n"))["planHash"]
    await prepared.commit(SEGMENTS, "name,code\nFresh,fresh\n", planHash=plan)
    again = await prepared.send(SEGMENTS, "name,code\nFresh,fresh\n", mode="COMMIT", planHash=plan)
    assert error_codes(again) == [("PLAN_STALE", ["planHash"])]
