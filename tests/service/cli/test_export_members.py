"""`segments export-members`: a file that uploads again to the same roster."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

import service.stores
from tests.graph.client import ImpatientPosition
from tests.service.cli.conftest import Segments
from tests.service.cli.test_upload import told

NAMES = ["=1+1", "+1", "-1", "@home", "'quoted'", "Böll", 'say "no"', "a, b; c"]


@pytest.fixture
def people(on_site: Segments, tmp_path: Path) -> Path:
    """A directory of people whom spreadsheets misunderstand, in the segment =sales; their file."""
    path = tmp_path / "people.csv"
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["username", "email", "firstname", "lastname", "cohort1"])
        for number, name in enumerate(NAMES):
            writer.writerow([f"-user-{number}", f"u{number}@example.org", name, name, "=Sales"])
    (tmp_path / "segments.csv").write_text("name,code\nSales,=Sales\nEmpty,empty\nNone,\n")
    assert on_site("upload", "segments", str(tmp_path / "segments.csv"), "--commit").exit_code == 0
    assert on_site("upload", "users", str(path), "--commit").exit_code == 0
    return path


@pytest.mark.usefixtures("people")
def test_it_goes_in_again_unchanged(on_site: Segments, tmp_path: Path) -> None:
    """Whatever people and segments are called; no cell begins as a formula does."""
    roster = tmp_path / "roster.csv"
    result = on_site("export-members", "=SALES", "--out", str(roster))
    assert (result.exit_code, result.output) == (0, "")
    with roster.open(newline="") as stream:
        rows = list(csv.reader(stream))
    assert len(rows) == len(NAMES) + 1
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    again = on_site("upload", "members", str(roster))
    report = told(again.stdout)
    assert (report["unchanged"], report["created"]) == (str(len(NAMES)), "0")
    assert report["rows rejected"] == "0"


@pytest.mark.usefixtures("people")
def test_without_a_file_it_is_printed(on_site: Segments) -> None:
    """By last name, first name; of an empty roster only the header."""
    printed = on_site("export-members", "=sales").stdout
    names = [row["username"] for row in csv.DictReader(printed.splitlines())]
    assert len(names) == len(NAMES)
    empty = on_site("export-members", "empty").stdout
    assert empty.splitlines() == [printed.splitlines()[0]]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    "segment",
    ["unknown", "nul\0", "segment_019ca9450de877e0bc6b8398cda33856", ""],
    ids=["unknown code", "code with NUL", "unknown id", "empty"],
)
def test_what_is_not_there_ends_with_one(on_site: Segments, segment: str) -> None:
    """It says so."""
    result = on_site("export-members", segment)
    assert result.exit_code == 1
    assert "no such segment" in result.stderr
    assert result.stdout == ""


def test_what_is_not_there_leaves_the_file_as_it_is(on_site: Segments, tmp_path: Path) -> None:
    """An earlier export of another segment is not lost by a slip of the hand."""
    file = tmp_path / "kept.csv"
    file.write_text("kept")
    assert on_site("export-members", "unknown", "--out", str(file)).exit_code == 1
    assert file.read_text() == "kept"


def test_a_replica_that_lags_is_told(
    on_site: Segments,
    setting: Callable[[str, str], None],
    make_database: Callable[[str], str],
    template: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It has nothing of what was recorded, and is not taken for all there is."""
    (tmp_path / "segments.csv").write_text("name,code\nSales,sales\n")
    assert on_site("upload", "segments", str(tmp_path / "segments.csv"), "--commit").exit_code == 0
    setting("READ_DATABASE_URL", make_database(template))
    monkeypatch.setattr(service.stores, "ReadModelPosition", ImpatientPosition)
    result = on_site("export-members", "sales")
    assert result.exit_code == 1
    assert "at position 0, not yet at 1" in result.stderr
    assert result.stdout == ""
