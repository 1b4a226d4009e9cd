"""Files of segments, row by row."""

from __future__ import annotations

from typing import Any, cast

import pytest

from domain.kernel.rejections import RejectionCode
from domain.uploads.csv.row_errors import BadRow, RowError
from domain.uploads.options import UploadOptions
from domain.uploads.segment_file import SegmentFile, SegmentFileRow
from tests.domain.uploads.row_files import Endless, consume, errors, places, rejection, segments
from tests.ids import text_id

INVALID, CODE_TAKEN = RejectionCode.INVALID, RejectionCode.CODE_TAKEN


def only(content: str) -> SegmentFileRow:
    (row,) = segments(content).rows()
    assert isinstance(row, SegmentFileRow)
    return row


def test_moodles_file_of_cohorts_goes_in_unchanged() -> None:
    """name, idnumber, description, visible; what is of no use is told by name."""
    file = segments(
        "name,idnumber,description,visible,theme\r\n"
        'Sales,S-1,"<p>All who sell, ""everywhere""</p>\r\n<p>Two lines</p>",1,boost\r\n'
        "Support,S-2,,0,\r\n"
    )
    prose = '<p>All who sell, "everywhere"</p>\r\n<p>Two lines</p>'
    assert [row for row in file.rows() if isinstance(row, SegmentFileRow)] == [
        SegmentFileRow(2, cast("Any", "Sales"), cast("Any", "S-1"), cast("Any", prose), True),
        SegmentFileRow(4, cast("Any", "Support"), cast("Any", "S-2"), None, False),
    ]
    assert (file.rows_read, file.ignored_columns) == (2, ("theme",))
    assert file.used_columns == ("name", "idnumber", "description", "visible")


def test_blank_and_absent_cells_are_none() -> None:
    """What that comes to is for the command to say."""
    bare = SegmentFileRow(2, cast("Any", "Sales"))
    assert only("name\nSales\n") == bare
    assert only("name,code,description,visible\nSales,,,\n") == bare
    assert only("name,code,description,visible\nSales, , \t, \n") == bare


def test_cells_are_trimmed_as_everywhere() -> None:
    """A description is kept as typed."""
    row = only("name,code,description\n  Sales ,\t0042, a \n")
    assert (row.name, row.code, row.description) == ("Sales", "0042", " a ")


@pytest.mark.parametrize(
    ("cell", "visible"),
    [
        *((word, True) for word in ("yes", "true", "on", "1", "y", "YES", "True", " On ", "Y")),
        *((word, False) for word in ("no", "false", "off", "0", "n", "NO", "False", " oFF")),
    ],
)
def test_visible_is_yes_or_no(cell: str, visible: bool) -> None:
    """In any of the words that files use, in any case."""
    assert only(f"name,visible\nSales,{cell}\n").visible is visible


@pytest.mark.parametrize("cell", ["maybe", "2", "01", "yes no", "-", "yess", "１"])
def test_another_word_is_no_visibility(cell: str) -> None:
    """Moodle reads “maybe” as yes."""
    message = "Must be yes or no (or true, false, on, off, 1, 0, y, n)."
    error = RowError(2, "Visible", INVALID, message, cell)
    assert errors(segments(f"name,Visible\nSales,{cell}\n")) == [error]


def test_all_errors_of_all_rows_are_told() -> None:
    """With row, header as typed, and the cell."""
    file = segments(
        f"Name,ID number,description,visible\n ,{'c' * 101},{'d' * 10_001},maybe\n"
        "Sales,S,x,y\na\u202eb,a\tb,\x07,n\n"
    )
    told = errors(file)
    columns = ["Name", "ID number", "description", "visible"]
    assert [(e.row, e.column) for e in told] == [
        *((2, column) for column in columns),
        *((4, column) for column in columns[:3]),
    ]
    assert {error.code for error in told} == {INVALID}
    assert [e.message for e in told[:2]] == [
        "Must not be blank.",
        "Must be at most 100 characters; this has 101.",
    ]
    assert [e.value for e in told[:3]] == [" ", "c" * 99 + "…", "d" * 99 + "…"]
    assert told[4].message == "Must not contain bidirectional control characters."


def test_a_formula_is_text() -> None:
    """Whoever opens an export is guarded against it there."""
    assert only("name,code\n=1+1,@S\n").name == "=1+1"


# ---------------------------------------------------------------- cells too few, cells too many


@pytest.mark.parametrize(
    ("row", "has"),
    [
        ("Sales", "1 cell"),
        ("Sales,S", "2 cells"),
        ("Sales,S,x,yes", "4 cells"),
        (",,,S", "4 cells"),
    ],
)
def test_a_row_of_another_width_is_that_rows_error(row: str, has: str) -> None:
    """Of the row as a whole: nobody can say which cell is which."""
    told = errors(segments(f"name,code,theme\nA,1,x\n{row}\nB,2,x\n"))
    message = f"The row has {has}; the header has 3."
    assert told == [RowError(3, None, INVALID, message, None)]


# ---------------------------------------------------------------- codes


@pytest.mark.parametrize(
    ("first", "later"),
    [("s-1", "s-1"), ("s-1", " S-1 "), ("Straße", "STRASSE"), ("café", "cafe\u0301"), ("①", "1")],
    ids=text_id,
)
def test_a_code_stands_once_in_a_file(first: str, later: str) -> None:
    """In any spelling; the later row is the error, and names the earlier."""
    file = segments(f"name,Code\nA,{first}\n\nB,x\nC,{later}\nD,{later}\n")
    message = "Line 2 has this user segment ID already."
    assert errors(file) == [
        RowError(5, "Code", CODE_TAKEN, message, later),
        RowError(6, "Code", CODE_TAKEN, message, later),
    ]


def test_rows_without_a_code_do_not_stand_in_each_others_way() -> None:
    """Names may repeat, and no code is no value that could be taken."""
    assert errors(segments("name,code\nA,\nA, \n")) == []


def test_a_bad_row_holds_its_code_when_that_can_be_read() -> None:
    """Once it is mended, the later one is the error still; what is no code holds nothing."""
    assert places(segments("name,code\n,S\nB,s\n")) == [(2, "name"), (3, "code")]
    assert places(segments("name,code\nA,S\tT\nB,S\tT\n")) == [(2, "code"), (3, "code")]
    assert {e.code for e in errors(segments("name,code\nA,S\tT\nB,S\tT\n"))} == {INVALID}
    assert places(segments("name,code\nA,S,x\nB,S\n")) == [(2, None)]


# ---------------------------------------------------------------- what is nobody's business

SECRET = "hunter2"


@pytest.mark.parametrize(
    "rows",
    [
        f",x,{SECRET},maybe",
        f"Sales,{SECRET}",
        f"Sales,S,x,{SECRET},{SECRET}",
        f'"Sales,S,{SECRET},maybe\nSupport",S,{SECRET},maybe',
        f'Sales,"S,{SECRET},yes\nSupport,T,{SECRET},yes\n",y,n',
        f'Sales,"S,{SECRET}' + "\n" * 200_000 + '",x,n',
        f"Sales,S,{SECRET * 20_000},yes",
    ],
    ids=len,
)
def test_values_of_ignored_columns_are_never_told(rows: str) -> None:
    """Not by an error, nor among the cells to mend, whatever quotes and delimiters do."""
    content = f"name,code,password,visible\n{rows}\n"
    told = errors(segments(content))
    assert told
    assert SECRET not in repr(told)
    mended = dict(segments(content).used_cells())
    if told[0].column is None:
        assert mended == {2: ["", "", ""]}


def test_used_cells_are_as_they_were() -> None:
    """To be mended, and uploaded again, without the columns that are not used."""
    file = segments('theme,code,name\nx, S ,\ny,"a\nb",Sales\n')
    assert list(file.used_cells()) == [(2, [" S ", ""]), (3, ["a\nb", "Sales"])]
    assert file.used_columns == ("code", "name")


def test_used_cells_of_a_row_of_another_width() -> None:
    """As far as they go: no column is ignored."""
    file = segments("name,code\nSales\nA,S,x\n")
    assert list(file.used_cells()) == [(2, ["Sales", ""]), (3, ["A", "S"])]


# ---------------------------------------------------------------- our own exports


def test_the_apostrophes_of_a_guarded_file_are_taken_off() -> None:
    """One wherever a spreadsheet may begin a cell; the mark is neither used nor ignored."""
    file = segments("name,code,Guarded,x\n'=1+1,''S,yes,'y\nO'Neill,',,\nA;'=1;'',,,\n")
    assert (file.used_columns, file.ignored_columns) == (("name", "code"), ("x",))
    rows = [row for row in file.rows() if isinstance(row, SegmentFileRow)]
    cells = [(row.name, row.code) for row in rows]
    assert cells == [("=1+1", "'S"), ("O'Neill", None), ("A;=1;'", None)]


def test_apostrophes_of_other_files_are_kept() -> None:
    """Nobody put them there but their author."""
    assert only("name\n'=1+1\n").name == "'=1+1"


# ---------------------------------------------------------------- how many


def test_as_many_rows_as_may_be_and_one_more() -> None:
    """One error for the file, and nothing else; blank lines do not count."""
    most = SegmentFile.MAX_ROWS
    assert most == 100_000
    rows = "Sales\n\n" * (most - 1)
    file = segments(f"name\n{rows}Sales\n\n")
    assert consume(file.rows()) == file.rows_read == most
    message = rejection(lambda: segments(f"name\n{rows}\n\t,x,\nSales\n"))
    assert message == "The file has more than 100,000 rows."


def test_rows_come_one_by_one() -> None:
    """The first long before the last is read."""
    content = Endless(b"name\n", b"Sales\n", 2**25)
    file = SegmentFile(cast("Any", content), UploadOptions())
    rows = file.rows()
    assert not isinstance(next(rows), BadRow)
    assert file.rows_read == 1
    assert content.left > 2**24
