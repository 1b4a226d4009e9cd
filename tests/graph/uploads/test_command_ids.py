"""commandId: however often a commit is sent, it is done once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graph.client import error_codes
from tests.graph.principals import TRAINER
from tests.graph.uploads.upload_client import COUNTS, MEMBERS, SEGMENTS, USERS, UploadClient, counts

CONTENT = "name,code,visible\nSales,s-1,\nStaff,s-2,maybe\nOld,old,\n"
OPTIONS: dict[str, Any] = {"existing": "SKIP", "badRows": "SKIP_ROWS"}


@pytest.fixture
async def prepared(uploads: UploadClient) -> UploadClient:
    """With one segment that the file names."""
    await uploads.ask.create("Old", code="old")
    return uploads


async def test_the_same_again_is_answered_as_at_first(prepared: UploadClient) -> None:
    """Counts and position are the first ones; row errors and preview are empty."""
    first = await prepared.commit(SEGMENTS, CONTENT, commandId="once", **OPTIONS)
    await prepared.ask.create("Later")
    again = await prepared.commit(SEGMENTS, CONTENT, commandId="once", **OPTIONS)
    alike = (*COUNTS, "position", "commandId", "mode")
    assert [again[name] for name in alike] == [first[name] for name in alike]
    assert (again["created"], again["unchanged"], again["rowsRejected"]) == (1, 1, 1)
    assert (again["rowErrors"], again["preview"], again["rejectedRows"]) == ([], [], None)
    assert await prepared.ask.head() == first["position"] + 1


async def test_the_same_plan_again_is_answered_too(prepared: UploadClient) -> None:
    """Though the plan itself is stale by then."""
    plan = (await prepared.send(SEGMENTS, CONTENT, **OPTIONS))["planHash"]
    given = {"commandId": "once", "planHash": plan, **OPTIONS}
    first = await prepared.commit(SEGMENTS, CONTENT, **given)
    again = await prepared.commit(SEGMENTS, CONTENT, **given)
    assert [again[name] for name in COUNTS] == [first[name] for name in COUNTS]


async def test_the_files_name_is_not_content(prepared: UploadClient) -> None:
    """A browser may call the same bytes otherwise."""
    first = await prepared.commit(SEGMENTS, CONTENT, commandId="once", filename="a.csv", **OPTIONS)
    again = await prepared.commit(SEGMENTS, CONTENT, commandId="once", filename="b.csv", **OPTIONS)
    assert again["position"] == first["position"]


@pytest.mark.parametrize(
    ("kind", "content", "options"),
    [
        pytest.param(SEGMENTS, CONTENT + "New,new,\n", OPTIONS, id="content"),
        pytest.param(SEGMENTS, CONTENT, {**OPTIONS, "existing": "UPDATE"}, id="existing"),
        pytest.param(SEGMENTS, CONTENT, {**OPTIONS, "delimiter": ","}, id="delimiter"),
        pytest.param(SEGMENTS, CONTENT, {**OPTIONS, "reason": "Because."}, id="reason"),
        pytest.param(SEGMENTS, CONTENT, {**OPTIONS, "planHash": "0"}, id="planHash"),
        pytest.param(MEMBERS, "segment,username\nold,ann\n", {}, id="members"),
        pytest.param(
            USERS, "username,email,firstname,lastname\na,a@example.org,A,A\n", {}, id="users"
        ),
    ],
)
async def test_other_content_is_refused(
    prepared: UploadClient, kind: str, content: str, options: dict[str, Any]
) -> None:
    """The commandId is taken."""
    await prepared.commit(SEGMENTS, CONTENT, commandId="once", **OPTIONS)
    before = await prepared.ask.head()
    payload = await prepared.send(kind, content, mode="COMMIT", commandId="once", **options)
    assert error_codes(payload) == [("COMMAND_REUSED", ["commandId"])]
    assert counts(payload) == {}
    assert await prepared.ask.head() == before


async def test_another_person_is_refused(prepared: UploadClient) -> None:
    """It was not their command."""
    await prepared.commit(SEGMENTS, CONTENT, commandId="once", **OPTIONS)
    given = {"mode": "COMMIT", "commandId": "once", **OPTIONS}
    payload = await prepared.send(SEGMENTS, CONTENT, by=TRAINER, **given)
    assert error_codes(payload) == [("COMMAND_REUSED", ["commandId"])]


@pytest.mark.parametrize(
    ("content", "options"),
    [
        ("name,code\nOld,old\n", {"existing": "UPDATE"}),
        ("name,code\nOld,old\n", {"existing": "SKIP"}),
        ("name,code\nOld,old\nNew,new\n", {"existing": "REJECT"}),
    ],
    ids=["nothing to update", "all skipped", "one rejected"],
)
async def test_what_records_nothing_leaves_its_command_id_free(
    prepared: UploadClient, content: str, options: dict[str, Any]
) -> None:
    """Whether nothing was to be changed or bad rows kept the file out."""
    before = await prepared.ask.head()
    payload = await prepared.commit(SEGMENTS, content, commandId="once", **options)
    assert (payload["created"], payload["updated"]) == (0, 0)
    assert (payload["position"], await prepared.ask.head()) == (before, before)
    payload = await prepared.commit(SEGMENTS, "name\nNew\n", commandId="once")
    assert payload["created"] == 1


async def test_a_dry_run_leaves_its_command_id_free(prepared: UploadClient) -> None:
    """It is no command yet."""
    dry = await prepared.send(SEGMENTS, CONTENT, commandId="once", **OPTIONS)
    assert dry["commandId"] == "once"
    assert (await prepared.commit(SEGMENTS, "name\nNew\n", commandId="once"))["created"] == 1
