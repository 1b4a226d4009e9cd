"""What is printed of a plan, and of what came of it."""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast

import pytest

from domain.command_result import CommandResult
from domain.kernel.rejections import RejectionCode
from domain.kernel.values import new_command_id
from domain.uploads.csv.row_errors import RowError
from domain.uploads.options import BadRows, UploadOptions
from domain.uploads.plan import Plan
from domain.uploads.upload_segments import UploadSegments
from domain.uploads.upload_users import UploadUsers
from domain.uploads.uploaded_file import UploadedFile
from service.cli.output.upload_report import Upload, tell

NOBODY: Any = None
"""Neither the site nor its vault is asked."""
DONE = CommandResult(new_command_id(), 7)
MAY_DO_EVERYTHING = "site admin, and may do everything."


@pytest.fixture
def users() -> UploadUsers:
    """A file of users, of which all rows are good."""
    source = UploadedFile(cast("Any", BytesIO()), "users.csv")
    command = UploadUsers(source, UploadOptions(), NOBODY, NOBODY, NOBODY, NOBODY)
    command.plan, command.ignored_columns = Plan(""), ()
    return command


def printed(
    capsys: pytest.CaptureFixture[str], command: Upload, outcome: CommandResult | None
) -> list[str]:
    """The lines."""
    tell(command, outcome)
    return capsys.readouterr().out.splitlines()


def reject(command: Upload, rows: int) -> None:
    """As many rows, for one reason each."""
    for row in range(2, 2 + rows):
        error = RowError(row, "name", RejectionCode.INVALID, "Must not be empty.", "")
        command.plan.reject(row, [error])


@pytest.mark.parametrize(
    ("admins", "outcome", "said"),
    [
        pytest.param(0, None, [], id="none, dry run"),
        pytest.param(0, DONE, [], id="none, commit"),
        pytest.param(1, None, [f"1 user would become {MAY_DO_EVERYTHING}"], id="one, dry run"),
        pytest.param(1, DONE, [f"1 user became {MAY_DO_EVERYTHING}"], id="one, commit"),
        pytest.param(2, DONE, [f"2 users became {MAY_DO_EVERYTHING}"], id="two, commit"),
    ],
)
def test_new_site_admins_are_told(
    users: UploadUsers,
    capsys: pytest.CaptureFixture[str],
    admins: int,
    outcome: CommandResult | None,
    said: list[str],
) -> None:
    """Counted always, and in a sentence when there are any."""
    users.plan.new_site_admins = admins
    lines = printed(capsys, users, outcome)
    assert f"new site admins\t{admins}" in lines
    assert [line for line in lines if MAY_DO_EVERYTHING in line] == said


@pytest.mark.parametrize(
    ("bad_rows", "count"), [(BadRows.REJECT_FILE, "0"), (BadRows.SKIP_ROWS, "1")]
)
def test_bad_rows_keep_others_from_becoming_site_admins(
    users: UploadUsers, capsys: pytest.CaptureFixture[str], bad_rows: BadRows, count: str
) -> None:
    """Unless they are passed over."""
    users.options = UploadOptions(bad_rows=bad_rows)
    users.plan.new_site_admins = 1
    reject(users, 1)
    lines = printed(capsys, users, DONE)
    assert f"new site admins\t{count}" in lines
    assert any(MAY_DO_EVERYTHING in line for line in lines) == (count == "1")
    assert any(line.startswith("Nothing was recorded") for line in lines) == (count == "0")


def test_files_of_other_kinds_make_no_site_admins(capsys: pytest.CaptureFixture[str]) -> None:
    """And do not speak of them."""
    source = UploadedFile(cast("Any", BytesIO()), "segments.csv")
    command = UploadSegments(source, UploadOptions(), NOBODY, NOBODY)
    command.plan, command.ignored_columns = Plan(""), ()
    lines = printed(capsys, command, None)
    assert "created\t0" in lines
    assert not any("site admin" in line for line in lines)


def test_the_first_rows_are_shown_as_they_are_understood(
    users: UploadUsers, capsys: pytest.CaptureFixture[str]
) -> None:
    """A list's values with blanks between them; what is not there is empty."""
    users.plan.add_preview(2, "create", username="ann", code=None, roles=["SITE_ADMIN", "AUDITOR"])
    assert "2\tcreate\tann\t\tSITE_ADMIN AUDITOR" in printed(capsys, users, None)


@pytest.mark.parametrize("errors", [50, 51])
def test_errors_that_are_not_shown_are_told_of(
    users: UploadUsers, capsys: pytest.CaptureFixture[str], errors: int
) -> None:
    """Fifty fit."""
    reject(users, errors)
    lines = printed(capsys, users, None)
    assert len([line for line in lines if "\tINVALID\t" in line]) == 50
    sentence = "Only the first 50 errors are shown. --rejected FILE writes all bad rows."
    assert (sentence in lines) == (errors > 50)
