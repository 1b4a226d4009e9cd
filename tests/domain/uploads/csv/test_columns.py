"""What columns mean, and which character stands between them."""

from __future__ import annotations

from typing import Any

import pytest

from domain.uploads.csv.row_file import MAX_COLUMNS
from domain.uploads.options import ExistingRows
from tests.domain.uploads.row_files import errors, members, names, rejection, segments, users


@pytest.mark.parametrize(
    "delimiter", [",", ";", ":", "\t"], ids=["comma", "semicolon", "colon", "tab"]
)
def test_the_delimiter_is_found(delimiter: str) -> None:
    """From the names in the header, whatever stands in the rows."""
    content = f"name{delimiter}idnumber\nSales{delimiter}S-1\n".encode()
    assert names(content) == [(2, "Sales")]
    (row,) = segments(content).rows()
    assert getattr(row, "code", None) == "S-1"


@pytest.mark.parametrize(
    ("header", "row"),
    [
        pytest.param("name;description, long", "Sales;Sellers, all of them", id="comma in a name"),
        pytest.param('"name";"a,b,c,d"', "Sales;x", id="commas in quotes"),
        pytest.param("theme, colour, size;name", "x;Sales", id="commas in a foreign name"),
        pytest.param("name\tnotes: a, b; c", "Sales\tx", id="tab beside all others"),
        pytest.param("NAME", "Sales", id="one column"),
    ],
)
def test_the_delimiter_that_makes_known_columns_wins(header: str, row: str) -> None:
    """Not the character that is seen most often; a file of one column has none."""
    assert names(f"{header}\n{row}\n") == [(2, "Sales")]


def test_a_given_delimiter_is_the_delimiter() -> None:
    """Even where another would make more of the header."""
    file = segments("name;x,code\nSales;S,1\n", delimiter=";")
    assert file.ignored_columns == ("x,code",)
    assert "lacks “name”" in rejection(lambda: segments("name;code\nSales;S\n", delimiter=","))


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("name", "name"),
        ("Name ", "name"),
        ("code", "code"),
        ("idnumber", "code"),
        ("ID number", "code"),
        ("id_number", "code"),
        ("User Segment ID", "code"),
        ("user-segment-id", "code"),
        ("segment_ID", "code"),
        ("DESCRIPTION", "description"),
        ("Visible", "visible"),
    ],
)
def test_columns_of_segments(header: str, field: str) -> None:
    """Neither case nor spaces, underscores and hyphens matter; the header is told as typed."""
    other = "" if field == "name" else ",name"
    file = segments(f"{header}{other}\n")
    assert file.column(field) == header.strip()
    assert file.ignored_columns == ()


@pytest.mark.parametrize("field", ["code", "description", "visible", "klingon"])
def test_a_column_that_is_not_there_has_no_header(field: str) -> None:
    """As the errors found against the site are to know."""
    assert segments("name\nSales\n").column(field) is None


@pytest.mark.parametrize(
    "header", ["segment", "User segment ID", "cohort", "cohort1", "cohort2", "Cohort 17"]
)
@pytest.mark.parametrize(
    ("user", "by"),
    [
        ("username", "username"),
        ("E-mail", "email"),
        ("usercode", "code"),
        ("user_code", "code"),
        ("User idnumber", "code"),
    ],
)
def test_columns_of_members(header: str, user: str, by: str) -> None:
    """A segment by its code, and a user by one of three keys."""
    file = members(f"{user},{header}\nann,S\n")
    assert (file.by.value, file.column(by), file.ignored_columns) == (by, user, ())
    (row,) = file.rows()
    assert getattr(row, "segments", None) == ((header, "S"),)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("username", "username"),
        ("email", "email"),
        ("first name", "first_name"),
        ("LastName", "last_name"),
        ("code", "code"),
        ("idnumber", "code"),
        ("roles", "roles"),
        ("cohort1", "cohort1"),
        ("Segment 12", "segment12"),
    ],
)
def test_columns_of_users(header: str, field: str) -> None:
    """Their segments are numbered."""
    known = {"username": "username", "email": "email"}
    known |= {"first_name": "firstname", "last_name": "lastname"}
    others = [name for key, name in known.items() if key != field]
    file = users(",".join([header, *others]) + "\n")
    assert (file.column(field), file.ignored_columns) == (header, ())


def test_used_and_ignored_columns_are_told_as_typed() -> None:
    """In the order of the file; a blank one by its number."""
    file = segments("Theme,ID Number,,name, Notes \nx,1,,Sales,\n")
    assert file.used_columns == ("ID Number", "name")
    assert file.ignored_columns == ("Theme", "column 3", "Notes")


def test_a_header_is_told_shortened() -> None:
    """A file whose first line is no header may have anything in it."""
    (ignored,) = segments("name," + "x" * 200 + "\nSales,\n").ignored_columns
    assert ignored == "x" * 99 + "…"


@pytest.mark.parametrize(
    "content",
    ["code\nS\n", "Sales,S-1\nSupport,S-2\n", "klingon\nx\n"],
    ids=["another column", "no header", "unknown column"],
)
def test_a_missing_column_is_named(content: str) -> None:
    """What the file has instead is not repeated: it may be the first of its rows."""
    expected = "The first line must name the columns; it lacks “name”."
    assert rejection(lambda: segments(content)) == expected


def test_all_missing_columns_are_named_at_once() -> None:
    """In one error for the file."""
    lacks = "The first line must name the columns; it lacks"
    by = "“username” (or “email”, or “usercode”)"
    assert rejection(lambda: members("x\ny\n")) == f"{lacks} “segment” and {by}."
    assert rejection(lambda: members("cohort1\ny\n")) == f"{lacks} {by}."
    assert rejection(lambda: members("username\ny\n")) == f"{lacks} “segment”."
    needed = "“username” and “email” and “firstname” and “lastname”"
    assert rejection(lambda: users("x\ny\n")) == f"{lacks} {needed}."


@pytest.mark.parametrize("existing", [ExistingRows.UPDATE, ExistingRows.SKIP])
def test_users_that_may_be_known_need_a_username_only(existing: ExistingRows) -> None:
    """The rest is as it is."""
    assert errors(users("username,code\nann,1\n", existing=existing)) == []
    message = rejection(lambda: users("email,code\na@b,1\n", existing=existing))
    assert message == "The first line must name the columns; it lacks “username”."


@pytest.mark.parametrize(
    ("read", "header", "pair"),
    [
        (segments, "name,NAME", "“name” and “NAME”"),
        (segments, "name,code,id number", "“code” and “id number”"),
        (segments, "name,visible,visible", "“visible” and “visible”"),
        (members, "username,segment,cohort", "“segment” and “cohort”"),
        (members, "username,User Name,segment", "“username” and “User Name”"),
        (members, "username,cohort1,Cohort 1", "“cohort1” and “Cohort 1”"),
        (members, "usercode,useridnumber,cohort1", "“usercode” and “useridnumber”"),
        (users, "username,email,firstname,lastname,code,idnumber", "“code” and “idnumber”"),
    ],
)
def test_a_double_column_is_named(read: Any, header: str, pair: str) -> None:
    """With both headers, as typed: nobody can say which is meant."""
    message = rejection(lambda: read(f"{header}\nx\n"))
    assert message == f"The columns {pair} mean the same; only one of them can be used."


@pytest.mark.parametrize("header", ["cohort,cohort1", "cohort1,cohort2", "segment,cohort1,cohort7"])
def test_numbered_columns_are_no_doubles(header: str) -> None:
    """Each names one more segment to join."""
    width = header.count(",") + 1
    (row,) = members(f"username,{header}\nann" + ",S" * width + "\n").rows()
    assert [name for name, _ in getattr(row, "segments", ())] == header.split(",")


def test_doubles_of_ignored_columns_do_not_matter() -> None:
    """Nobody uses either."""
    assert segments("name,x,X,\nSales,1,2,\n").ignored_columns == ("x", "X", "column 4")


def test_one_of_several_keys_is_used() -> None:
    """Exports carry several: the username before the address before the code."""
    file = members("usercode,E-mail,username,segment\n7,a@b,ann,S\n")
    assert (file.by.value, file.ignored_columns) == ("username", ("usercode", "E-mail"))
    file = members("usercode,useridnumber,email,segment\n7,7,a@b,S\n")
    assert (file.by.value, file.ignored_columns) == ("email", ("usercode", "useridnumber"))


@pytest.mark.parametrize("header", ["segment1", "segments", "cohort1a", "cohort①", "1cohort", "id"])
def test_what_only_looks_like_a_known_column_is_ignored(header: str) -> None:
    """In a file of members; columns are called as they are documented, or not at all."""
    assert members(f"username,cohort9,{header}\nann,S,T\n").ignored_columns == (header,)


@pytest.mark.parametrize("header", ["cohort", "segment", "user segment id", "name", "password"])
def test_a_file_of_users_ignores_what_it_does_not_know(header: str) -> None:
    """The segments to join are numbered there."""
    file = users(f"username,email,firstname,lastname,{header}\n")
    assert file.ignored_columns == (header,)


def test_a_file_has_so_many_columns() -> None:
    """At the bound all that are ignored are told; one more is too many."""
    header = "name" + ",x" * (MAX_COLUMNS - 1)
    assert len(segments(f"{header}\nSales\n").ignored_columns) == MAX_COLUMNS - 1
    told = rejection(lambda: segments(f"{header},x\nSales\n"))
    assert told == "A file has at most 16,384 columns; this one has 16,385."
