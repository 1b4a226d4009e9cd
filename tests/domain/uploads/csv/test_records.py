"""Records of a CSV text: line ends, quotes, blank lines, and the line at which each begins."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.rejections import CommandRejected
from domain.uploads.csv.dialect import DELIMITERS
from domain.uploads.csv.records import MAX_RECORD_LENGTH, Records
from domain.uploads.csv.text import MAX_FILE_BYTES, text_of
from domain.uploads.options import UploadOptions
from domain.uploads.segment_file import SegmentFile
from tests.domain.uploads.csv.quotes import ends_within_quotes
from tests.domain.uploads.row_files import Endless, consume, errors, names, rejection, segments

TEN_MB = 10 * 2**20


def records(text: str, delimiter: str = ",") -> list[tuple[int, list[str]]]:
    return list(Records(iter([text]), delimiter))


@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n"], ids=["LF", "CR", "CRLF"])
@pytest.mark.parametrize("last", [True, False])
def test_every_line_end_ends_a_row(line_end: str, last: bool) -> None:
    """LF, CR, CRLF; the last one may be missing."""
    content = line_end.join(["name", "Sales", "Support"]) + line_end * last
    assert names(content) == [(2, "Sales"), (3, "Support")]


def test_line_ends_may_be_mixed() -> None:
    """As in files put together on several machines."""
    assert names("name\r\nA\nB\rC\r\nD") == [(2, "A"), (3, "B"), (4, "C"), (5, "D")]


def test_blank_lines_count_as_lines_only() -> None:
    """Empty ones, ones of spaces, ones of empty cells; before the header, too."""
    content = "\n\nname,code\n\nA,1\n\r\n   \n,\n , \nB,2\n\n"
    file = segments(content)
    rows = list(file.rows())
    assert [row.row for row in rows] == [5, 10]
    assert file.rows_read == 2


def test_quotes_hold_delimiters_quotes_and_line_breaks() -> None:
    """A row is called by the line at which it begins."""
    text = 'a,"b,\r\n""c"""\r"\n\n\r",d\ne,f'
    assert records(text) == [(1, ["a", 'b,\r\n"c"']), (3, ["\n\n\r", "d"]), (7, ["e", "f"])]


def test_quotes_within_a_cell_are_characters() -> None:
    """Only at its beginning does a quote mean anything: 5" pipes are no quoted cell."""
    assert records('5" pipes,a "b"\nc,d') == [(1, ['5" pipes', 'a "b"']), (2, ["c", "d"])]


def test_text_after_a_quoted_part_belongs_to_the_cell() -> None:
    """As spreadsheets read it."""
    assert records('"a" b,c\n') == [(1, ["a b", "c"])]


MANY = "y\n" * 100_000


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('name\n"Sales\nSupport\n', 2),
        ('name\nA\nB\n"', 4),
        ('name,x\nA,"1\n2"\n"B\n3","4\n', 5),
        ('"name\nSales\n', 1),
        (f'name,x\n"A\n\n",1\nB,"{MANY}', 5),
        (f'name,x\n"A\n","{MANY}', 3),
        (f'name,x\nA,"{MANY}","z\nB', 100_002),
        ("name,x\n" + "y" * 200_000 + ',"\n', 2),
    ],
    ids=[
        "in the second line",
        "at the end",
        "after quoted cells",
        "in the header",
        "with much in it, after a quoted cell",
        "with much in it",
        "after much in quotes",
        "after a long cell",
    ],
)
def test_a_quote_that_is_never_closed_is_found(content: str, line: int) -> None:
    """With the line at which it was opened, however much it has swallowed."""
    message = rejection(lambda: segments(content))
    assert message == f"The quote that is opened in line {line} is never closed."


def test_a_quote_at_the_very_end_closes() -> None:
    """Also where no line break follows, and the row is too long."""
    assert errors(segments('name\n"A"')) == []
    assert [error.row for error in errors(segments(f'name\nA\n"{MANY}"'))] == [3]


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9)
tables = st.lists(st.lists(cells, max_size=5), min_size=1, max_size=9)
ENCODINGS = ("utf-8", "utf-16", "utf-16-be", "utf-32", "gb18030")


@given(
    rows=tables,
    delimiter=st.sampled_from(DELIMITERS),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC, csv.QUOTE_MINIMAL]),
    line_end=st.sampled_from(["\n", "\r", "\r\n"]),
    encoding=st.sampled_from(ENCODINGS),
)
def test_what_was_written_reads_back(
    rows: list[list[str]], delimiter: str, quoting: int, line_end: str, encoding: str
) -> None:
    """Any cells, by any delimiter, quoting, line end and encoding."""
    # Python's own writer leaves a CR bare where lines end with LF, unless all is quoted
    minimal = quoting == csv.QUOTE_MINIMAL
    text = io.StringIO(newline="")
    end = "\r\n" if minimal else line_end
    writer = csv.writer(text, delimiter=delimiter, quoting=cast("Any", quoting), lineterminator=end)
    written = [["x", *row] for row in rows]
    writer.writerows(written)
    content = io.BytesIO(text.getvalue().encode(encoding))
    read = [found for _, found in Records(text_of(content, encoding), delimiter)]
    assert read == written


# ---------------------------------------------------------------- rows that are too long


@pytest.mark.parametrize(
    "long",
    ["x" * TEN_MB, f'"{"x" * TEN_MB}"', '"' + "x\n" * (TEN_MB // 2) + '"', '"' * TEN_MB],
    ids=["bare", "quoted", "lines", "quotes"],
)
def test_a_row_of_10_mb_is_that_rows_error(long: str) -> None:
    """With its row and column; the rows around it are read."""
    content = f"name,description,visible\nA,a,yes\nB,{long},yes\nC,c,no\n"
    file = segments(content)
    good, bad, after = file.rows()
    assert [good.row, bad.row] == [2, 3]
    assert after.row == 4 + long.count("\n")
    assert file.rows_read == 3
    (error,) = errors(segments(content))
    assert (error.row, error.column) == (3, "description")
    assert error.message == "A row may have at most 100,000 characters; this one has more."
    assert len(error.value or "") == 100


@pytest.mark.parametrize("size", [MAX_RECORD_LENGTH - 1, MAX_RECORD_LENGTH, MAX_RECORD_LENGTH + 1])
@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize("last", [True, False])
def test_the_longest_row_is_read(size: int, quoted: bool, last: bool) -> None:
    """To the character, its line end included; its cells are judged by their own rules."""
    filler = "x" * (size - len("a,") - 2 * quoted - 1)
    cell = f'"{filler}"' if quoted else filler
    reader = Records(iter([f"h,i\na,{cell}\n" + "b,c\n" * last]), ",")
    read = [(line, row[0], reader.is_cut) for line, row in reader]
    expected = [(1, "h", False), (2, "a", size > MAX_RECORD_LENGTH), (3, "b", False)]
    assert read == (expected if last else expected[:2])


@pytest.mark.parametrize(
    "content",
    ["name" * 30_000, '"' + "name\n" * 30_000 + '"\nA\n'],
    ids=["one line", "many lines in quotes"],
)
def test_a_header_that_is_too_long_is_refused(content: str) -> None:
    """Without a header nobody knows what the rows mean."""
    message = rejection(lambda: segments(content))
    assert message == "The first line must name the columns; this one is too long for that."


PARTS = ['"', '""', ",", "\n", "\r\n", "\r", "x", "y" * MAX_RECORD_LENGTH]


@given(st.lists(st.sampled_from(PARTS), max_size=30), st.booleans())
def test_rows_around_one_that_is_too_long_are_read(parts: list[str], quoted: bool) -> None:
    """It ends where it would end if there were no limit, whatever stands in it."""
    text = "a," + '"' * quoted + "y" * MAX_RECORD_LENGTH + "".join(parts) + "\nz"
    if ends_within_quotes(text):
        assert "is never closed" in rejection(lambda: segments(f"name,code\n{text}"))
        return
    whole = [(line, cells) for line, cells in unlimited(text) if any(map(str.strip, cells))]
    reader = Records(iter([text]), ",")
    read = [(line, cells, reader.is_cut) for line, cells in reader]
    assert [line for line, _, _ in read] == [line for line, _ in whole]
    for (_, cells, is_cut), (_, expected) in zip(read, whole, strict=True):
        assert is_cut or cells == expected


QUOTED = b'"' + b"x" * 60 + b'",'


@pytest.mark.parametrize("beginning", [b"", b'"'], ids=["plain", "after a quote"])
@pytest.mark.parametrize(
    "again",
    [b"x", b"x\n", b'"', b",", QUOTED, b"\xc3\xab", b"\n"],
    ids=[
        "letters",
        "lines",
        "quotes",
        "commas",
        "cells in quotes",
        "letters of two bytes",
        "line feeds",
    ],
)
def test_memory_stays_small_whatever_the_file(beginning: bytes, again: bytes) -> None:
    """A quote that swallows the file, a line as long as the file, millions of cells in a row."""
    content = Endless(b"name,code\n" + beginning, again, MAX_FILE_BYTES // 32)
    tracemalloc.start()
    try:
        with suppress(CommandRejected):
            consume(SegmentFile(cast("Any", content), UploadOptions()).rows())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MAX_FILE_BYTES // 32


@pytest.mark.parametrize(
    "again", [b",\n", b'"",""\n', b" ,\n"], ids=["empty", "empty in quotes", "blank"]
)
def test_a_flood_of_blank_rows_is_refused(again: bytes) -> None:
    """More than any spreadsheet has: reading them would keep others waiting."""
    content = Endless(b"name,code\n", again, MAX_FILE_BYTES)
    message = rejection(lambda: SegmentFile(cast("Any", content), UploadOptions()))
    assert message == "The file has more than 1,048,576 blank rows."


def unlimited(text: str) -> Iterator[tuple[int, list[str]]]:
    """What csv reads where a cell may have any length."""
    limit = csv.field_size_limit(len(text) + 1)
    try:
        reader = csv.reader(io.StringIO(text, newline=""))
        begins = 1
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    finally:
        csv.field_size_limit(limit)
