"""Files to download: who gets them, and what is in them."""

from __future__ import annotations

from datetime import timedelta

import httpx2
import pytest
from starlette.types import ASGIApp

from domain.kernel.principal import Role
from service.downloads import rejected_rows
from service.http.downloads.templates import HEADERS
from service.settings import Settings
from tests.acceptance.service import ask, create
from tests.acceptance.uploads import lines, people, upload
from tests.service.http.serving import client, token

KINDS = ("segments", "members", "users")
PATHS = {
    **{f"template of {kind}": f"/files/templates/{kind}.csv" for kind in KINDS},
    "members": f"/files/segments/segment_{'0' * 32}/members.csv",
    "rejected rows": f"/files/uploads/{'0' * 32}/rejected.csv",
}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
async def test_a_stranger_gets_none(app: ASGIApp, path: str) -> None:
    """Without a token nobody knows what is there."""
    async with client(app) as http:
        answer = await http.get(path)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
async def test_files_are_only_fetched(admin: httpx2.AsyncClient, path: str) -> None:
    """By GET, or HEAD."""
    assert (await admin.post(path)).status_code == 405


@pytest.mark.parametrize("kind", KINDS)
async def test_a_template_is_a_header_line(admin: httpx2.AsyncClient, kind: str) -> None:
    """Whatever is put below it can be uploaded."""
    answer = await admin.get(f"/files/templates/{kind}.csv")
    assert answer.text == f"{HEADERS[kind]}\r\n"
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert f'filename="{kind}.csv"' in answer.headers["content-disposition"]


async def test_templates_are_known_to_uploads(admin: httpx2.AsyncClient) -> None:
    """Each column is used."""
    for kind, mutation in zip(
        KINDS, ("uploadUserSegments", "uploadSegmentMembers", "uploadUsers"), strict=True
    ):
        row = "x" + "," * HEADERS[kind].count(",")
        payload = await upload(admin, mutation, f"{HEADERS[kind]}\r\n{row}\r\n".encode())
        assert payload["rowsRead"] == 1
        assert payload["errors"] == []
        assert payload["ignoredColumns"] == []


async def test_another_template_is_not_there(admin: httpx2.AsyncClient) -> None:
    """404."""
    assert (await admin.get("/files/templates/others.csv")).status_code == 404


async def test_a_roster_uploads_again_to_the_same_roster(admin: httpx2.AsyncClient) -> None:
    """Page after page; with names that a spreadsheet would take for formulas."""
    await create(admin, name="Sales", code="=sales")
    content = people(7) + b"evil,evil@example.org,=1+1,'quoted'\n@at,at@example.org,-Dash,+Plus\n"
    await upload(admin, "uploadUsers", content, mode="COMMIT")
    names = [*(f"user-{n}" for n in range(7)), "evil", "@at"]
    rows = lines("segment,username", (f"=sales,{name}" for name in names))
    await upload(admin, "uploadSegmentMembers", rows, mode="COMMIT")
    exported = await _members(admin, "=sales")
    assert len(exported.splitlines()) == len(names) + 1
    assert b"'=1+1" in exported
    again = await upload(admin, "uploadSegmentMembers", exported, mode="COMMIT")
    assert (again["unchanged"], again["created"], again["rowErrors"]) == (len(names), 0, [])


async def test_a_segment_without_a_code_is_named_by_its_id(admin: httpx2.AsyncClient) -> None:
    """So that its roster can be uploaded again, too."""
    segment = (await create(admin, name="No code"))["segment"]["id"]
    await upload(admin, "uploadUsers", people(1), mode="COMMIT")
    row = lines("segment,username", [f"{segment},user-0"])
    await upload(admin, "uploadSegmentMembers", row, mode="COMMIT")
    answer = await admin.get(f"/files/segments/{segment}/members.csv")
    assert answer.text.splitlines()[1].startswith(f'"{segment}","user-0",')
    again = await upload(admin, "uploadSegmentMembers", answer.content)
    assert again["unchanged"] == 1


@pytest.mark.parametrize("segment", ["segment_nonsense", f"segment_{'0' * 32}", "user_1"])
async def test_a_roster_that_is_not_there(admin: httpx2.AsyncClient, segment: str) -> None:
    """404, whatever the id looks like."""
    assert (await admin.get(f"/files/segments/{segment}/members.csv")).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.TRAINING_MANAGER, 200), (Role.AUDITOR, 200), (Role.LEARNER, 404)],
)
async def test_who_may_see_rosters(
    app: ASGIApp, admin: httpx2.AsyncClient, settings: Settings, role: Role, status: int
) -> None:
    """For others it is not there."""
    segment = (await create(admin, name="Sales"))["segment"]["id"]
    async with client(app, token(settings, role)) as http:
        answer = await http.get(f"/files/segments/{segment}/members.csv")
    assert answer.status_code == status


async def test_rejected_rows_are_for_who_uploaded_them(
    app: ASGIApp, admin: httpx2.AsyncClient, settings: Settings
) -> None:
    """With reasons; others do not find them."""
    content = lines("name,code,secret", ["Sales,s,hush", ",t,hush"])
    path = (await upload(admin, "uploadUserSegments", content))["rejectedRows"]
    answer = await admin.get(path)
    header, row = answer.text.splitlines()
    assert header == "name,code,reason,guarded"
    assert row.startswith('"","t","name: ')
    async with client(app, token(settings, Role.TRAINING_MANAGER)) as other:
        assert (await other.get(path)).status_code == 404


@pytest.mark.parametrize("file", ["nonsense", "0" * 32])
async def test_rejected_rows_that_are_not_there(admin: httpx2.AsyncClient, file: str) -> None:
    """404."""
    assert (await admin.get(f"/files/uploads/{file}/rejected.csv")).status_code == 404


async def test_rejected_rows_are_kept_for_an_hour(
    admin: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then they are gone."""
    monkeypatch.setattr(rejected_rows, "RETENTION", timedelta(0))
    path = (await upload(admin, "uploadUserSegments", lines("name,code", [",s"])))["rejectedRows"]
    assert (await admin.get(path)).status_code == 404


async def _members(http: httpx2.AsyncClient, code: str) -> bytes:
    query = "query ($code: String!) { userSegment(segment: {code: $code}) { id } }"
    segment = (await ask(http, query, code=code))["userSegment"]["id"]
    answer = await http.get(f"/files/segments/{segment}/members.csv")
    assert answer.status_code == 200
    return answer.content
