"""Rejected rows are written in pieces: while one is, nobody else is answered."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from domain.uploads.rejected_rows_csv import PIECE_LENGTH, rejected_rows
from tests.domain.uploads.row_files import segments

ROW = len('"","because",""\r\n')


def _pieces(*names: str) -> list[int]:
    """The rows of each piece after the header, of a file of which each row is bad."""
    content = "name\n" + "".join(f"{name}\n" for name in names)
    rejected = dict.fromkeys(range(2, len(names) + 2), "because")
    command: Any = SimpleNamespace(
        open_file=lambda: segments(content), plan=SimpleNamespace(rejected=rejected)
    )
    header, *pieces = rejected_rows(command)
    assert header == b"name,reason,guarded\r\n"
    assert b"".join(pieces).decode() == "".join(f'"{name}","because",""\r\n' for name in names)
    assert all(len(piece) <= 2 * (PIECE_LENGTH + ROW) for piece in pieces)
    return [piece.count(b"\r\n") for piece in pieces]


FULL = PIECE_LENGTH - len("because")
"""Characters of a name that make a piece by itself."""


@pytest.mark.parametrize(
    ("names", "rows"),
    [
        pytest.param(["a"] * 3, [3], id="little"),
        pytest.param(["a" * FULL] * 2, [1, 1], id="at the bound"),
        pytest.param(["a" * (FULL - 1)] * 3, [2, 1], id="below it"),
    ],
)
def test_a_piece_has_few_characters(names: list[str], rows: list[int]) -> None:
    """However long a row may be: a thousand of them were as long as the file."""
    assert _pieces(*names) == rows
