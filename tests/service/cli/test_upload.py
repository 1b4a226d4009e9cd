"""`segments upload`: what a file would do, and doing it."""

from __future__ import annotations

import csv
import os
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from tests.acceptance.service import SEGMENTS
from tests.service.cli.conftest import Segments

Write = Callable[[str], str]

USERS = "username,email,firstname,lastname\nann,ann@example.org,Ann,Ash\nbob,b@example.org,Bob,B\n"
BAD = "name,code,visible,password\nSales,s-1,maybe,p4ss\nStaff,s-2,yes,p4ss\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file; its path."""

    def written(content: str) -> str:
        path = tmp_path / "upload.csv"
        path.write_bytes(content.encode())
        return str(path)

    return written


def told(output: str) -> dict[str, str]:
    """The lines of two cells that were printed."""
    pairs = (line.split("\t") for line in output.splitlines())
    return {cells[0]: cells[1] for cells in pairs if len(cells) == 2}


@pytest.fixture
def events(database_url: str) -> Callable[[], int]:
    """Counts what the log holds."""

    def count() -> int:
        with psycopg.connect(database_url) as connection:
            row = connection.execute("SELECT count(*) FROM log.events_tt_main").fetchone()
        assert row is not None
        return int(row[0])

    return count


def test_without_commit_it_only_looks(
    on_site: Segments, write: Write, events: Callable[[], int]
) -> None:
    """The report is the one that the mutation gives; in a pipe it is plain text."""
    result = on_site("upload", "segments", write("name,code,theme\nSales,s-1,x\n"))
    assert result.exit_code == 0
    report = told(result.stdout)
    assert (report["rows read"], report["rows rejected"], report["created"]) == ("1", "0", "1")
    assert (report["ignored columns"], len(report["plan hash"])) == ("theme", 64)
    assert not {"command id", "position", "new site admins"} & set(report)
    assert "2\tcreate\tSales\ts-1" in result.stdout
    assert "\x1b" not in result.output
    assert result.stderr == ""
    assert events() == 0


def test_with_commit_it_is_done(
    on_site: Segments, write: Write, events: Callable[[], int], database_url: str
) -> None:
    """By the system, from the command line, for a reason."""
    result = on_site(
        "upload", "segments", write("name\nSales\nStaff\n"), "--commit", "--reason", "New year."
    )
    assert (result.exit_code, told(result.stdout)["created"]) == (0, "2")
    assert events() == 2
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("SELECT id, data FROM log.events_tt_main ORDER BY id").fetchall()
    report = told(result.stdout)
    assert report["position"] == str(rows[-1][0])
    said = bytes(rows[0][1]).decode()
    assert f'"commandId":"{report["command id"]}"' in said
    assert '"channel":"CLI"' in said
    assert '"reason":"New year."' in said
    assert '"name":"upload.csv"' in said


def test_new_site_admins_are_told(on_site: Segments, write: Write) -> None:
    """Before and after: counted as the mutation does, and in a sentence of its own."""
    content = write(
        "username,email,firstname,lastname,roles\n"
        "ann,ann@example.org,Ann,Ash,site-admin\n"
        "bob,bob@example.org,Bob,Bay,learner\n"
    )
    looked = on_site("upload", "users", content).stdout
    done = on_site("upload", "users", content, "--commit").stdout
    assert [told(output)["new site admins"] for output in (looked, done)] == ["1", "1"]
    assert "\n1 user would become site admin, and may do everything.\n" in looked
    assert "\n1 user became site admin, and may do everything.\n" in done


def all_of(terminal: int) -> str:
    """What is to be read there, once nobody writes any more."""
    shown = b""
    with suppress(OSError):  # which is how a terminal ends
        while part := os.read(terminal, 4_096):
            shown += part
    os.close(terminal)
    return shown.decode()


def test_on_a_terminal_there_are_a_bar_and_tables(
    on_site: Segments, write: Write, database_url: str
) -> None:
    """However narrow it is, the plan's hash stands in one piece, and no value is cut off."""
    piped = told(on_site("upload", "segments", write(f"name,visible\nSales,{'x' * 99}\n")).stdout)
    ours, theirs = os.openpty()
    environment = {"SEGMENTS_DATABASE_URL": database_url, "TERM": "xterm", "COLUMNS": "50"}
    words = [str(SEGMENTS), "upload", "segments", write(f"name,visible\nSales,{'x' * 99}\n")]
    done = subprocess.run(words, stdout=theirs, stderr=theirs, env=environment, check=False)
    os.close(theirs)
    shown = all_of(ours)
    assert done.returncode == 1
    assert "upload.csv" in shown
    assert "100%" in shown
    assert "dry run" in shown
    assert f"{piped['plan hash']}\r\n" in shown
    assert shown.count("x") >= 99


def test_people_and_then_members(on_site: Segments, write: Write) -> None:
    """All three kinds."""
    assert on_site("upload", "users", write(USERS), "--commit").exit_code == 0
    assert on_site("upload", "segments", write("name,code\nA,a\n"), "--commit").exit_code == 0
    content = "segment,username\na,ann\na,bob\n"
    first = on_site("upload", "members", write(content), "--commit")
    assert (first.exit_code, told(first.stdout)["created"]) == (0, "2")
    again = on_site("upload", "members", write(content), "--commit")
    assert (again.exit_code, told(again.stdout)["unchanged"]) == (0, "2")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param([], "Nothing would be recorded: rows are bad.", id="dry run"),
        pytest.param(["--commit"], "Nothing was recorded: rows are bad.", id="commit"),
    ],
)
def test_bad_rows_end_with_one(
    on_site: Segments, write: Write, events: Callable[[], int], words: list[str], said: str
) -> None:
    """Each is told with its row, column, code and value; and that nothing was recorded."""
    result = on_site("upload", "segments", write(BAD), *words)
    assert result.exit_code == 1
    report = told(result.stdout)
    assert (report["rows rejected"], report["created"]) == ("1", "0")
    assert (report["rows accepted"], "command id" in report) == ("1", False)
    assert said in result.stdout
    (error,) = [line.split("\t") for line in result.stdout.splitlines() if "maybe" in line]
    assert (error[0], error[1], error[2], error[4]) == ("2", "visible", "INVALID", "maybe")
    assert events() == 0


def test_bad_rows_can_be_passed_over(
    on_site: Segments, write: Write, events: Callable[[], int]
) -> None:
    """It still ends with 1: not all was done."""
    result = on_site("upload", "segments", write(BAD), "--commit", "--bad-rows", "skip-rows")
    assert (result.exit_code, told(result.stdout)["created"]) == (1, "1")
    assert events() == 1


def test_what_exists_can_be_updated(on_site: Segments, write: Write) -> None:
    """Or passed over."""
    on_site("upload", "segments", write("name,code\nOld,a\n"), "--commit")
    content = write("name,code\nNew,A\n")
    assert on_site("upload", "segments", content).exit_code == 1
    skipped = on_site("upload", "segments", content, "--existing", "skip")
    assert told(skipped.stdout)["unchanged"] == "1"
    updated = on_site("upload", "segments", content, "--existing", "update", "--commit")
    assert (updated.exit_code, told(updated.stdout)["updated"]) == (0, "1")


def test_rejected_rows_are_written(on_site: Segments, write: Write, tmp_path: Path) -> None:
    """With reasons, to be mended, and nothing of the ignored columns; no file when all are good."""
    rejected = tmp_path / "rejected.csv"
    words = ["upload", "segments", write(BAD), "--rejected", str(rejected)]
    assert on_site(*words).exit_code == 1
    with rejected.open(newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["name"], row["code"], row["visible"]) == ("Sales", "s-1", "maybe")
    assert "Must be yes or no" in row["reason"]
    assert "p4ss" not in rejected.read_text()
    mended = rejected.read_text().replace("maybe", "no")
    rejected.unlink()
    result = on_site("upload", "segments", write(mended), "--rejected", str(rejected), "--commit")
    assert result.exit_code == 0
    assert not rejected.exists()


def test_where_nothing_can_be_written_is_told(
    on_site: Segments, write: Write, tmp_path: Path, events: Callable[[], int]
) -> None:
    """In a sentence, before anything is recorded."""
    nowhere = str(tmp_path / "none" / "rejected.csv")
    words = ["--commit", "--bad-rows", "skip-rows", "--rejected", nowhere]
    result = on_site("upload", "segments", write(BAD), *words)
    assert result.exit_code == 1
    assert nowhere in result.stderr
    assert events() == 0


@pytest.mark.parametrize(
    ("content", "words", "sentence"),
    [
        pytest.param("", [], "The file is empty.", id="empty"),
        pytest.param("code\ns-1\n", [], "it lacks “name”", id="column missing"),
        pytest.param('name\n"Sales\n', [], "never closed", id="quote not closed"),
        pytest.param("name\nSa\0les\n", [], "NUL", id="NUL"),
        pytest.param("name\nSales\n", ["--delimiter", "|"], "AUTO", id="unknown delimiter"),
        pytest.param("name\nSales\n", ["--encoding", "none"], "encoding", id="unknown encoding"),
        pytest.param(
            "name\nSales\n",
            ["--commit", "--plan", "0"],
            "has changed since",
            id="plan of another file",
        ),
    ],
)
def test_files_that_will_not_do(
    on_site: Segments, write: Write, content: str, words: list[str], sentence: str
) -> None:
    """A sentence on standard error; it ends with 1."""
    result = on_site("upload", "segments", write(content), *words)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stdout == ""


def test_a_plan_is_committed_as_it_was_shown(on_site: Segments, write: Write) -> None:
    """Or not at all."""
    content = write("name,code\nSales,s-1\n")
    plan = told(on_site("upload", "segments", content).stdout)["plan hash"]
    assert on_site("upload", "segments", content, "--commit", "--plan", plan).exit_code == 0
    again = on_site("upload", "segments", content, "--commit", "--plan", plan)
    assert (again.exit_code, "Look at a new one." in again.stderr) == (1, True)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["upload", "courses", "FILE"], id="unknown kind"),
        pytest.param(["upload", "segments", "none.csv"], id="no such file"),
        pytest.param(["upload", "segments", "."], id="folder"),
        pytest.param(["upload", "segments", "FILE", "--existing", "maybe"], id="unknown choice"),
        pytest.param(
            ["upload", "segments", "FILE", "--reason", "x" * 10_001], id="reason too long"
        ),
    ],
)
def test_wrong_words_end_with_two(on_site: Segments, write: Write, words: list[str]) -> None:
    """Nothing is read."""
    file = write("name\nSales\n")
    result = on_site(*(file if word == "FILE" else word for word in words))
    assert result.exit_code == 2
