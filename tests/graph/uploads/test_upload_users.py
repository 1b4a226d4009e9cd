"""uploadUsers: each row adds somebody or updates them, and puts them into segments."""

from __future__ import annotations

from typing import Any

import pytest

from domain.kernel.principal import Principal
from domain.memberships.events import MembersAdded
from domain.people.events import RolesAssigned, UserCreated, UserEdited
from tests.graph.client import error_codes
from tests.graph.principals import ADMIN, all_but, name_of
from tests.graph.uploads.upload_client import USERS, UploadClient, counts, errors

HEADER = "username,email,firstname,lastname"
USER = """
    query ($username: String!, $position: LogPosition) {
        user(user: {username: $username}, minPosition: $position) {
            username email firstName lastName code roles version
            segments { nodes { code } }
        }
    }
"""


async def user(uploads: UploadClient, username: str) -> dict[str, Any]:
    """Who has a username now."""
    head = await uploads.ask.head()
    found: dict[str, Any] = (await uploads.ask(USER, username=username, position=head))["user"]
    found["segments"] = [node["code"] for node in found["segments"]["nodes"]]
    return found


@pytest.mark.parametrize("mode", ["DRY_RUN", "COMMIT"])
@pytest.mark.parametrize("somebody", all_but(ADMIN), ids=name_of)
async def test_who_may_not(uploads: UploadClient, somebody: Principal, mode: str) -> None:
    """Only site admins may."""
    payload = await uploads.send(USERS, f"{HEADER}\na,a@b.org,A,B", by=somebody, mode=mode)
    assert error_codes(payload) == [("FORBIDDEN", [])]
    assert await uploads.ask.head() == 0


async def test_each_row_adds_somebody(uploads: UploadClient) -> None:
    """With a code, roles and segments when they are given."""
    await uploads.ask.create("Sales", code="sales")
    await uploads.ask.create("Staff", code="staff")
    content = (
        f"{HEADER},code,roles,cohort1,segment2\n"
        "Ann,Ann@Example.org,Ann,Aster,P-1,learner TRAINING_MANAGER,SALES,staff\n"
        "bob,bob@example.org,Bob,Birch,,,,sales\n"
    )
    payload, events = await uploads.both(USERS, content)
    assert counts(payload) == {"rowsRead": 2, "rowsAccepted": 2, "created": 2}
    kinds = [type(recorded.event) for recorded in events]
    assert kinds == [UserCreated, UserCreated, MembersAdded, MembersAdded]
    assert await user(uploads, "ann") == {
        "username": "ann",
        "email": "Ann@Example.org",
        "firstName": "Ann",
        "lastName": "Aster",
        "code": "P-1",
        "roles": ["LEARNER", "TRAINING_MANAGER"],
        "version": 1,
        "segments": ["sales", "staff"],
    }


async def test_who_exists_is_an_error_unless_told_otherwise(uploads: UploadClient) -> None:
    """People are told apart by username alone."""
    await uploads.user("ann")
    payload, events = await uploads.both(USERS, f"{HEADER}\nANN,new@example.org,A,B\n")
    assert errors(payload) == [(2, "username", "USERNAME_TAKEN", "ann")]
    assert events == []


async def test_update_changes_what_is_given(uploads: UploadClient) -> None:
    """Empty and absent cells leave what is; roles are all those that somebody is to have."""
    await uploads.ask.create("Sales", code="sales")
    await uploads.user("ann", code="P-1", firstName="Ann")
    await uploads.user("bob")
    await uploads.user("cem")
    await uploads.add("sales", "bob")
    content = (
        "username,firstname,lastname,roles,cohort1\nann,,Ash,auditor,\nbob,,,,sales\ncem,,,,sales\n"
    )
    payload, events = await uploads.both(USERS, content, existing="UPDATE")
    assert (payload["created"], payload["updated"], payload["unchanged"]) == (0, 2, 1)
    kinds = [type(recorded.event) for recorded in events]
    assert kinds == [UserEdited, RolesAssigned, MembersAdded]
    found = await user(uploads, "ann")
    assert (found["firstName"], found["lastName"], found["code"]) == ("Ann", "Ash", "P-1")
    assert (found["roles"], found["version"], found["segments"]) == (["AUDITOR"], 3, [])
    assert (await user(uploads, "cem"))["segments"] == ["sales"]


async def test_update_adds_who_is_not_there(uploads: UploadClient) -> None:
    """They need all that a new person needs."""
    content = "username,email,firstname\nann,a@example.org,Ann\n"
    payload, _ = await uploads.both(USERS, content, existing="UPDATE")
    assert errors(payload) == [(2, None, "INVALID", None)]
    content = f"{HEADER}\nann,a@example.org,Ann,\nbob,b@example.org,Bob,Birch"
    payload, _ = await uploads.both(USERS, content, existing="UPDATE", badRows="SKIP_ROWS")
    assert errors(payload) == [(2, "lastname", "INVALID", "")]
    assert payload["created"] == 1


async def test_skip_passes_over_who_exists(uploads: UploadClient) -> None:
    """Whatever stands in the row."""
    await uploads.user("ann", firstName="Ann")
    content = f"{HEADER},cohort1\nann,a@example.org,New,Name,none\nbob,b@example.org,B,B,\n"
    payload, _ = await uploads.both(USERS, content, existing="SKIP")
    assert (payload["created"], payload["unchanged"], payload["rowsRejected"]) == (1, 1, 0)
    assert (await user(uploads, "ann"))["firstName"] == "Ann"


async def test_what_others_hold_is_taken(uploads: UploadClient) -> None:
    """An address and a code, in any spelling; all of it is told."""
    await uploads.user("ann", email="Ann@Example.org", code="Straße")
    content = f"{HEADER},ID number\nbob,ANN@example.ORG,B,B,STRASSE\n"
    payload, _ = await uploads.both(USERS, content)
    assert errors(payload) == [
        (2, "email", "EMAIL_TAKEN", "ANN@example.ORG"),
        (2, "ID number", "CODE_TAKEN", "STRASSE"),
    ]


async def test_ones_own_are_not(uploads: UploadClient) -> None:
    """Nor is another spelling of them: that is a change."""
    await uploads.user("ann", email="ann@example.org", code="p-1")
    content = "username,email,code\nann,Ann@Example.org,P-1\n"
    payload, events = await uploads.both(USERS, content, existing="UPDATE")
    assert payload["updated"] == 1
    event = events[0].event
    assert isinstance(event, UserEdited)
    assert event.fields == ("code", "email")
    assert (event.email_hash, event.code_hash) == (None, None)


async def test_unknown_and_archived_segments_are_the_rows_error(uploads: UploadClient) -> None:
    """Nobody is added without what the row asks for."""
    archived = await uploads.ask.create("Old", code="old")
    await uploads.ask.done("archiveUserSegment", {"segment": {"id": archived["id"]}})
    content = f"{HEADER},Cohort1,Cohort2\nann,a@example.org,A,A,none,old\n"
    payload, _ = await uploads.both(USERS, content)
    assert errors(payload) == [
        (2, "Cohort1", "NOT_FOUND", "none"),
        (2, "Cohort2", "ARCHIVED", "old"),
    ]


@pytest.fixture
async def one_admin(uploads: UploadClient) -> UploadClient:
    """A directory whose only active site admin is Ann; Sam is one, but suspended."""
    await uploads.user("ann", roles=["SITE_ADMIN"])
    await uploads.user("sam", roles=["SITE_ADMIN"])
    await uploads.user("bob")
    await uploads.tell("updateUser", user={"username": "sam"}, status="SUSPENDED")
    return uploads


async def test_the_last_site_admin_stays_one(one_admin: UploadClient) -> None:
    """Suspended ones do not count."""
    content = "username,roles\nann,learner\nsam,learner\n"
    payload, _ = await one_admin.both(USERS, content, existing="UPDATE", badRows="SKIP_ROWS")
    assert errors(payload) == [(2, "roles", "INVALID", "learner")]
    assert payload["updated"] == 1


async def test_one_admin_after_the_other_in_one_file(one_admin: UploadClient) -> None:
    """In the file's order: Bob is one before Ann is not; then Bob is the last."""
    content = "username,roles\nbob,site-admin\nann,learner\n"
    payload, _ = await one_admin.both(USERS, content, existing="UPDATE")
    assert (payload["updated"], payload["rowErrors"]) == (2, [])
    content = "username,roles\nbob,learner\n"
    payload, _ = await one_admin.both(USERS, content, existing="UPDATE")
    assert errors(payload) == [(2, "roles", "INVALID", "learner")]


async def test_a_new_site_admin_counts_at_once(one_admin: UploadClient) -> None:
    """Also one whom the file adds."""
    content = f"{HEADER},roles\nnew,n@example.org,N,N,site-admin\nann,,,,learner\n"
    payload, _ = await one_admin.both(USERS, content, existing="UPDATE")
    assert (payload["created"], payload["updated"]) == (1, 1)


async def test_who_becomes_a_site_admin_is_counted(one_admin: UploadClient) -> None:
    """Also beyond the rows of the preview; who was one already does not become one."""
    others = "".join(f"u{n},u{n}@example.org,U,U,learner\n" for n in range(20))
    content = (
        f"{HEADER},roles\n{others}ann,,,,site-admin\nsam,,,,site-admin learner\n"
        "bob,,,,SITE_ADMIN\nnew,n@example.org,N,N,site-admin auditor\n"
    )
    payload, _ = await one_admin.both(USERS, content, existing="UPDATE")
    assert payload["newSiteAdmins"] == 2
    assert payload["preview"][0]["roles"] == ["LEARNER"]
    again = await one_admin.send(USERS, content, existing="UPDATE")
    assert again["newSiteAdmins"] == 0


async def test_nobody_becomes_a_site_admin_where_nothing_is_recorded(uploads: UploadClient) -> None:
    """A bad row keeps the others from it, unless it is passed over."""
    content = f"{HEADER},roles\nnew,n@example.org,N,N,site-admin\nbad,nowhere,N,N,\n"
    payload = await uploads.send(USERS, content)
    assert payload["newSiteAdmins"] == 0
    payload = await uploads.send(USERS, content, badRows="SKIP_ROWS")
    assert payload["newSiteAdmins"] == 1
    assert [row["roles"] for row in payload["preview"]] == [["SITE_ADMIN"]]


async def test_passwords_are_not_told_and_not_kept(uploads: UploadClient) -> None:
    """Such files hold them; what stands in columns that are not used goes nowhere."""
    content = f"{HEADER},password\nann,nowhere,A,A,s3cr3t\nbob,b@example.org,B,B,s3cr3t\n"
    payload, events = await uploads.both(USERS, content, badRows="SKIP_ROWS")
    assert payload["ignoredColumns"] == ["password"]
    assert "s3cr3t" not in str(payload)
    assert "s3cr3t" not in str(events)


async def test_names_are_sealed_in_the_log(uploads: UploadClient) -> None:
    """Whatever is recorded of a person can be read with their key alone."""
    await uploads.ask.create("Sales", code="sales")
    content = f"{HEADER},code,cohort1\nzaphod,zaphod@example.org,Zaphod,Beeblebrox,P-42,sales\n"
    _, events = await uploads.both(USERS, content)
    said = str(events).casefold()
    assert not [word for word in ("zaphod", "beeblebrox", "p-42") if word in said]


async def test_moodles_everyday_file_goes_in_unchanged(uploads: UploadClient) -> None:
    """As its page "Upload users" describes it: cohort1, cohort2, and columns of other parts."""
    await uploads.ask.create("Year 6", code="year6")
    await uploads.ask.create("Year 7", code="year7")
    content = (
        "username,password,firstname,lastname,email,lang,cohort1,cohort2,course1\r\n"
        "tomjones,changeme,Tom,Jones,tomjones@example.com,en,year6,year7,math102\r\n"
        "marysmith,changeme,Mary,Smith,marysmith@example.com,fr,year6,,math102\r\n"
    )
    payload, _ = await uploads.both(USERS, content)
    assert payload["ignoredColumns"] == ["password", "lang", "course1"]
    assert counts(payload) == {"rowsRead": 2, "rowsAccepted": 2, "created": 2}
    assert (await user(uploads, "tomjones"))["segments"] == ["year6", "year7"]
