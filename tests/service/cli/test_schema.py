"""`segments schema`: the schema as text, and what a change of it breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from graphql import build_schema
from typer.testing import Result

from service.cli.schema import sdl
from tests.service.cli.conftest import Segments

ONE_FIELD = "type LogStatus {\n"
ONE_VALUE = "enum OrderDirection {\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the committed schema is."""
    return tmp_path / "schema.graphql"


def _against(segments: Segments, file: Path, committed: str) -> Result:
    build_schema(committed)
    file.write_text(committed, encoding="utf-8")
    return segments("schema", "diff", str(file))


def test_export_writes_what_diff_finds_the_same(segments: Segments, file: Path) -> None:
    """Into the named file."""
    assert segments("schema", "export", str(file)).exit_code == 0
    assert file.read_text(encoding="utf-8") == sdl()
    result = segments("schema", "diff", str(file))
    assert result.exit_code == 0
    assert result.stdout == "The schema is as committed.\n"


def test_what_breaks_clients_is_told(segments: Segments, file: Path) -> None:
    """A field that they know is gone; it ends with one, and says how to accept it."""
    before = sdl().replace(ONE_FIELD, ONE_FIELD + "  retired: Int!\n\n", 1)
    result = _against(segments, file, before)
    assert result.exit_code == 1
    assert "breaks clients: Field LogStatus.retired was removed." in result.stdout
    assert "may break clients" not in result.stdout
    assert "segments schema export" in result.stdout


def test_what_may_break_clients_is_told(segments: Segments, file: Path) -> None:
    """A new value of an enum is one that they do not know."""
    lines = sdl().splitlines(keepends=True)
    start = lines.index(ONE_VALUE) + 1
    before = "".join(lines[:start] + lines[start + 3 :])
    result = _against(segments, file, before)
    assert result.exit_code == 1
    assert "may break clients: " in result.stdout
    assert "\nbreaks clients" not in f"\n{result.stdout}"


def test_what_harms_nobody_is_a_difference_still(segments: Segments, file: Path) -> None:
    """The file is to be what the code says."""
    result = _against(segments, file, "# A word.\n" + sdl())
    assert result.exit_code == 1
    assert "break" not in result.stdout
    assert "The schema differs" in result.stdout


def test_a_file_that_is_no_schema_is_told(segments: Segments, file: Path) -> None:
    """One that is not there is a wrong word."""
    assert segments("schema", "diff", str(file)).exit_code == 2
    for text in ("type {", "type Query { a: Unknown }"):
        file.write_text(text, encoding="utf-8")
        result = segments("schema", "diff", str(file))
        assert result.exit_code == 1
        assert "is no GraphQL schema" in result.stderr
