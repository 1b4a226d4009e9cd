"""Files of people, row by row."""

from __future__ import annotations

from typing import Any, cast

import pytest

from domain.kernel.principal import Role
from domain.kernel.rejections import RejectionCode
from domain.uploads.csv.row_errors import RowError
from domain.uploads.options import ExistingRows
from domain.uploads.user_file import UserFile, UserFileRow
from tests.domain.uploads.row_files import consume, errors, places, rejection, users

INVALID = RejectionCode.INVALID
HEADER = "username,email,firstname,lastname"
KNOWN = [ExistingRows.UPDATE, ExistingRows.SKIP]


def only(content: str, **options: Any) -> UserFileRow:
    (row,) = users(content, **options).rows()
    assert isinstance(row, UserFileRow)
    return row


def test_moodles_file_of_users_goes_in_unchanged() -> None:
    """With the cohorts to join; passwords are ignored, and told by their header alone."""
    file = users(
        "username,firstname,lastname,email,cohort1,cohort2,password\r\n"
        "Ann,Ann,Smith,ann@example.org,sales,support,Secret-1\r\n"
        'bob,Bob,"O""Neill",bob@example.org,,support,Secret-2\r\n'
        "cid,,Cid,cid@example,sales,,Secret-3\r\n"
        "dan,Dan,Dee,dan@example.org,sales,Secret-4\r\n"
    )
    ann, bob, *bad = file.rows()
    assert ann == UserFileRow(
        2,
        cast("Any", "ann"),
        cast("Any", "ann@example.org"),
        cast("Any", "Ann"),
        cast("Any", "Smith"),
        segments=(("cohort1", "sales"), ("cohort2", "support")),
    )
    assert isinstance(bob, UserFileRow)
    assert (bob.last_name, bob.segments) == ('O"Neill', (("cohort2", "support"),))
    assert file.ignored_columns == ("password",)
    assert file.rows_read == 4
    assert "Secret" not in repr(bad)
    blank_name = RowError(4, "firstname", INVALID, "Must not be blank.", "")
    too_few = RowError(5, None, INVALID, "The row has 6 cells; the header has 7.", None)
    assert [error for row in bad for error in getattr(row, "errors", ())] == [blank_name, too_few]


def test_everything_that_a_row_may_say() -> None:
    """Trimmed, usernames case-folded, roles with spaces between them."""
    row = only(
        f"{HEADER},ID number,roles,segment1,cohort2\n"
        " ANN , Ann@Example.org , Ann, Smith ,\t007, Training-Manager  auditor auditor , S , T\n"
    )
    roles = (Role.TRAINING_MANAGER, Role.AUDITOR)
    assert (row.username, row.email) == ("ann", "Ann@Example.org")
    assert (row.first_name, row.last_name, row.code, row.roles) == ("Ann", "Smith", "007", roles)
    assert row.segments == (("segment1", "S"), ("cohort2", "T"))


def test_blank_and_absent_cells_are_none() -> None:
    """Of what nobody needs to have."""
    bare = only(f"{HEADER}\nann,a@b,Ann,Smith\n")
    assert (bare.code, bare.roles, bare.segments) == (None, None, ())
    assert only(f"{HEADER},code,roles,cohort1\nann,a@b,Ann,Smith, ,\t,\n") == bare


def test_somebody_new_needs_all_four() -> None:
    """Where known people are an error, every row is about somebody new."""
    told = errors(users(f"{HEADER}\n,, ,\t\n,,,x\n"))
    columns = HEADER.split(",")[:3]
    assert told == [RowError(3, column, INVALID, "Must not be blank.", "") for column in columns]


@pytest.mark.parametrize("existing", KNOWN)
def test_somebody_known_needs_a_username(existing: ExistingRows) -> None:
    """Blank cells leave what is, as absent columns do."""
    row = only(f"{HEADER}\nann, ,,\n", existing=existing)
    assert (row.username, row.email, row.first_name, row.last_name) == ("ann", None, None, None)
    assert only("username\nann\n", existing=existing) == row
    assert places(users(f"{HEADER}\n,a@b,Ann,Smith\n", existing=existing)) == [(2, "username")]


def test_all_errors_of_a_row_are_told() -> None:
    """With the headers as typed."""
    file = users(
        "User name,E-mail,First name,Last name,Code,Roles,Cohort 1\n"
        f"a n n,ann,{'x' * 101},a\u202eb,{'c' * 101},boss auditor,S\tT\n"
    )
    told = errors(file)
    headers = ["User name", "E-mail", "First name", "Last name", "Code", "Roles", "Cohort 1"]
    assert [error.column for error in told] == headers
    assert {(error.row, error.code) for error in told} == {(2, INVALID)}
    assert told[-2].value == "boss auditor"
    assert told[-2].message.startswith("No such role; there are site-admin,")


@pytest.mark.parametrize(
    ("later", "column", "code", "what"),
    [
        ("ANN,x@y,X,Y,8", "username", RejectionCode.USERNAME_TAKEN, "username"),
        ("x, ann@EXAMPLE.org,X,Y,8", "email", RejectionCode.EMAIL_TAKEN, "e-mail address"),
        ("x,x@y,X,Y,ａ７", "code", RejectionCode.CODE_TAKEN, "code"),
    ],
)
@pytest.mark.parametrize("existing", ExistingRows)
def test_nobody_stands_twice_in_a_file(
    later: str, column: str, code: RejectionCode, what: str, existing: ExistingRows
) -> None:
    """By username, address or code, in any spelling: the later row is the error."""
    content = f"{HEADER},code\nann,Ann@example.org,Ann,Smith,A7\n\n{later}\n"
    (error,) = errors(users(content, existing=existing))
    assert (error.row, error.column, error.code) == (4, column, code)
    assert error.message == f"Line 2 has this {what} already."


def test_a_row_can_be_somebody_else_in_every_way() -> None:
    """All of it is told."""
    file = users(f"{HEADER},code\nann,a@b,Ann,S,1\nann,A@B,Ann,S,1\n")
    taken = [RejectionCode.USERNAME_TAKEN, RejectionCode.EMAIL_TAKEN, RejectionCode.CODE_TAKEN]
    assert [error.code for error in errors(file)] == taken


@pytest.mark.parametrize("existing", KNOWN)
def test_blank_cells_are_no_doubles(existing: ExistingRows) -> None:
    """Nothing is nobody's."""
    assert errors(users(f"{HEADER},code\nann,,,,\nbob,,,,\n", existing=existing)) == []


def test_a_bad_row_holds_what_can_be_read_of_it() -> None:
    """Once it is mended the later one is the error still."""
    file = users(f"{HEADER}\nann,nowhere,,S\nann,nowhere,Ann,S\n")
    assert places(file) == [(2, "email"), (2, "firstname"), (3, "username"), (3, "email")]


def test_as_many_rows_as_may_be_and_one_more() -> None:
    """One error for the file."""
    most = UserFile.MAX_ROWS
    assert most == 100_000
    rows = "".join(f"u{n}\n" for n in range(most))
    assert consume(users(f"username\n{rows}", existing=ExistingRows.SKIP).rows()) == most
    message = rejection(lambda: users(f"username\n{rows}x\n", existing=ExistingRows.SKIP))
    assert message == "The file has more than 100,000 rows."
