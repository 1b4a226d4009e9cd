"""Whatever is sent: rows, errors with their places, or one refusal of the file."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.rejections import CommandRejected
from domain.uploads.csv.row_errors import MAX_VALUE_LENGTH, BadRow
from domain.uploads.csv.row_file import RowFile
from domain.uploads.options import ExistingRows, UploadOptions
from tests.domain.uploads.row_files import KINDS

HEADERS = [
    b"name,code,description,visible\n",
    b"name;idnumber;x\r\n",
    b"username,email,firstname,lastname,cohort1,roles,code\n",
    b"username\tsegment\tcohort2\tguarded\r",
]
PARTS = [
    b'"',
    b",",
    b";",
    b"\n",
    b"\r",
    b"\0",
    b"'",
    b" ",
    b"x",
    b"yes",
    b"\xff",
    b"\xc3",
    b"\xef\xbb",
]
ENCODINGS = ["utf-8", "utf-16", "utf-16-le", "utf-32", "cp1252", "iso8859-1", "shift_jis", "hz"]

junk = st.lists(st.sampled_from(PARTS), max_size=40).map(b"".join)
contents = st.one_of(st.binary(), st.builds(bytes.__add__, st.sampled_from(HEADERS), junk))
options = st.builds(
    UploadOptions.of,
    existing=st.sampled_from(ExistingRows),
    delimiter=st.sampled_from(["AUTO", ",", ";", ":", "TAB"]),
    encoding=st.sampled_from(ENCODINGS),
)


@pytest.mark.parametrize("kind", KINDS)
@given(content=contents, chosen=options)
def test_any_bytes_are_read_or_refused(
    kind: type[RowFile[Any]], content: bytes, chosen: UploadOptions
) -> None:
    """Nothing else is ever raised; every error names its row, and a column that the file has."""
    try:
        file = kind(io.BytesIO(content), chosen)
        rows = list(file.rows())
    except CommandRejected as refused:
        (only,) = refused.rejections
        assert (only.path, bool(only.message)) == (("file",), True)
        return
    assert file.rows_read == len(rows) > 0
    numbers = [row.row for row in rows]
    assert numbers == sorted(set(numbers))
    assert numbers[0] > 1
    for row in rows:
        if isinstance(row, BadRow):
            check(row, file)


@pytest.mark.parametrize("kind", KINDS)
@given(content=contents, chosen=options)
def test_the_same_rows_have_cells(
    kind: type[RowFile[Any]], content: bytes, chosen: UploadOptions
) -> None:
    """What is read in order to be mended is what was read before, row for row."""
    try:
        rows = [row.row for row in kind(io.BytesIO(content), chosen).rows()]
    except CommandRejected:
        return
    file = kind(io.BytesIO(content), chosen)
    cells = list(file.used_cells())
    assert [row for row, _ in cells] == rows
    assert {len(used) for _, used in cells} == {len(file.used_columns)}


def check(row: BadRow[Any], file: RowFile[Any]) -> None:
    assert row.errors
    for error in row.errors:
        assert error.row == row.row
        assert error.column is None or error.column in file.used_columns
        assert len(error.value or "") <= MAX_VALUE_LENGTH
        assert error.message
