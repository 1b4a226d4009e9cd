"""Uploads while others work: a file is planned once, unless what it speaks of changes meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, cycle, islice, repeat
from typing import Any

import pytest

from domain.learner import MAX_ATTEMPTS
from tests.graph.client import error_codes
from tests.graph.concurrent_commands import Action, ConcurrentCommands
from tests.graph.uploads.test_plan_hash import (
    FRESH,
    MEMBERS_CSV,
    REJECT,
    ROLES_CSV,
    SEGMENTS_CSV,
    STALE,
    UPDATE,
    USERS_CSV,
    Change,
)
from tests.graph.uploads.upload_client import SEGMENTS, UploadClient, counts

BOTH = ("plan", "append")


@pytest.fixture
async def concurrent(prepared: UploadClient, monkeypatch: pytest.MonkeyPatch) -> ConcurrentCommands:
    """What others do."""
    return ConcurrentCommands(monkeypatch)


@pytest.fixture
async def joe(prepared: UploadClient) -> None:
    """Somebody whom no file speaks of."""
    await prepared.user("joe")


def _is_renamed(prepared: UploadClient) -> Iterator[Action]:
    """Joe gets another last name, again and again."""
    for number in count():
        given = {"user": {"username": "joe"}, "lastName": f"J{number}"}
        yield partial(prepared.ask.done, "updateUser", given)


def _is_called_otherwise(prepared: UploadClient) -> Iterator[Action]:
    """Joe gets another username and another address."""
    for number in count():
        before = "joe" if number == 0 else f"joe-{number - 1}"
        now = {"username": f"joe-{number}", "email": f"joe-{number}@x.de"}
        given = {"user": {"username": before}, **now}
        yield partial(prepared.ask.done, "updateUser", given)


def _moves(prepared: UploadClient) -> Iterator[Action]:
    """Joe is put into a segment of the files, and taken out."""
    ways = (prepared.add, prepared.ask.remove)
    return cycle([partial(way, "sales", "joe") for way in ways])


def _is_turned(prepared: UploadClient) -> Iterator[Action]:
    """Joe, who is no site admin, is suspended and comes back."""
    who = {"user": {"username": "joe"}}
    for status in cycle(["SUSPENDED", "ACTIVE"]):
        yield partial(prepared.ask.done, "updateUser", {**who, "status": status})


def _come_and_go(prepared: UploadClient) -> Iterator[Action]:
    """People come and are erased."""
    return repeat(partial(_come_and_gone, prepared))


async def _come_and_gone(prepared: UploadClient) -> None:
    user = await prepared.ask.create_user("jim")
    await prepared.ask.done("eraseUser", {"user": {"id": user["id"]}, "reason": "Jim asked."})


def _segments_come(prepared: UploadClient) -> Iterator[Action]:
    """Segments with codes are made."""
    for number in count():
        yield partial(prepared.ask.create, "New", code=f"new-{number}")


TRAFFIC: dict[str, Callable[[UploadClient], Iterator[Action]]] = {
    "another is renamed": _is_renamed,
    "another is called otherwise": _is_called_otherwise,
    "another moves": _moves,
    "others come and go": _come_and_go,
    "segments come": _segments_come,
}
FILES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "segments": (*SEGMENTS_CSV, UPDATE),
    "members": (*MEMBERS_CSV, REJECT),
    "users": (*USERS_CSV, UPDATE),
}


@pytest.mark.usefixtures("joe")
@pytest.mark.parametrize("traffic", TRAFFIC.values(), ids=TRAFFIC)
@pytest.mark.parametrize(("kind", "file", "options"), FILES.values(), ids=FILES)
async def test_what_happens_to_others_holds_no_file_up(
    prepared: UploadClient,
    concurrent: ConcurrentCommands,
    kind: str,
    file: str,
    options: dict[str, Any],
    traffic: Callable[[UploadClient], Iterator[Action]],
) -> None:
    """A dry run and a commit make one plan each, however much comes while they make it."""
    actions = list(islice(traffic(prepared), 2 * MAX_ATTEMPTS + 10))
    concurrent.plan(iter(actions[: MAX_ATTEMPTS + 5]), BOTH)
    dry = await prepared.send(kind, file, **options)
    assert (error_codes(dry), concurrent.plans) == ([], 1)
    concurrent.plan(iter(actions[1:]), BOTH)
    done = await prepared.commit(kind, file, planHash=dry["planHash"], **options)
    assert counts(done) == counts(dry)
    assert (concurrent.plans, concurrent.appends) == (1, 1)


async def test_another_sending_while_it_is_planned_is_the_same_command(
    prepared: UploadClient, concurrent: ConcurrentCommands
) -> None:
    """Though some rows are refused by then, and others would be created a second time."""
    kind, file = SEGMENTS, "name,code\nFresh,fresh\nNameless,\n"
    given: dict[str, Any] = {"badRows": "SKIP_ROWS", "commandId": "once"}
    concurrent.plan(iter([partial(prepared.commit, kind, file, **given)]), ["plan"])
    done = await prepared.commit(kind, file, **given)
    assert (done["created"], concurrent.plans) == (2, 2)
    await prepared.ask.settle()
    listed = await prepared.ask('{ siteUserSegments(search: "Nameless") { totalCount } }')
    assert listed["siteUserSegments"] == {"totalCount": 1}


@pytest.mark.usefixtures("joe")
async def test_nor_does_the_suspension_of_who_is_no_site_admin(
    prepared: UploadClient, concurrent: ConcurrentCommands
) -> None:
    """Where roles change: a site admin is left, whatever becomes of others."""
    kind, file = ROLES_CSV
    concurrent.plan(islice(_is_turned(prepared), MAX_ATTEMPTS + 5), BOTH)
    await prepared.commit(kind, file, **UPDATE)
    assert (concurrent.plans, concurrent.appends) == (1, 1)


@pytest.mark.parametrize(("kind", "file", "options", "happens"), STALE.values(), ids=STALE)
async def test_what_the_plan_relied_on_changes_in_the_last_moment(
    prepared: UploadClient,
    concurrent: ConcurrentCommands,
    kind: str,
    file: str,
    options: dict[str, Any],
    happens: Change,
) -> None:
    """The plan is made anew, and is not that of the dry run: nothing is recorded."""
    plan = (await prepared.send(kind, file, **options))["planHash"]
    concurrent.plan(iter([partial(happens, prepared)]))
    payload = await prepared.send(kind, file, mode="COMMIT", planHash=plan, **options)
    assert error_codes(payload) == [("PLAN_STALE", ["planHash"])]
    assert (concurrent.plans, concurrent.appends) == (2, 1)


@pytest.mark.parametrize(("kind", "file", "options", "happens"), FRESH.values(), ids=FRESH)
async def test_something_else_changes_in_the_last_moment(
    prepared: UploadClient,
    concurrent: ConcurrentCommands,
    kind: str,
    file: str,
    options: dict[str, Any],
    happens: Change,
) -> None:
    """The commit does what the dry run showed."""
    dry = await prepared.send(kind, file, **options)
    concurrent.plan(iter([partial(happens, prepared)]))
    done = await prepared.commit(kind, file, planHash=dry["planHash"], **options)
    assert counts(done) == counts(dry)


@pytest.mark.parametrize("happens", ["bob is erased", "bob joins"])
@pytest.mark.parametrize("place", BOTH)
async def test_of_those_whom_the_file_names_all_is_seen(
    prepared: UploadClient, concurrent: ConcurrentCommands, happens: str, place: str
) -> None:
    """While the file is planned, too: nobody is put anywhere who is gone, nor twice."""
    kind, file = MEMBERS_CSV
    gone = happens == "bob is erased"
    erasure = {"user": {"username": "bob"}, "reason": "Bob asked."}
    erase: Action = partial(prepared.ask.done, "eraseUser", erasure)
    join: Action = partial(prepared.add, "sales", "bob")
    concurrent.plan(iter([erase if gone else join]), [place])
    done = await prepared.commit(kind, file, badRows="SKIP_ROWS")
    assert (done["created"], done["unchanged"]) == ((0, 1) if gone else (0, 2))
    assert concurrent.plans == 2
