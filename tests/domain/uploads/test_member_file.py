"""Files of memberships, row by row."""

from __future__ import annotations

from typing import Any, cast

import pytest

from domain.kernel.rejections import RejectionCode
from domain.people.identifiers.lookup import UserKey
from domain.uploads.csv.row_errors import BadRow, RowError
from domain.uploads.member_file import MemberFile, MemberFileRow
from domain.uploads.options import UploadOptions
from tests.domain.uploads.row_files import (
    Endless,
    consume,
    errors,
    members,
    places,
    rejection,
)

INVALID = RejectionCode.INVALID


def found(content: str) -> list[MemberFileRow | BadRow[MemberFileRow]]:
    return list(members(content).rows())


@pytest.mark.parametrize(
    ("header", "by"),
    [("username", UserKey.USERNAME), ("email", UserKey.EMAIL), ("usercode", UserKey.CODE)],
)
def test_a_row_names_a_segment_and_a_user(header: str, by: UserKey) -> None:
    """Both trimmed, and otherwise as typed: who and what they are is for the site to say."""
    assert found(f"Segment,{header}\n S-1 ,\tAnn \nS-1,b?b\n") == [
        MemberFileRow(2, (("Segment", "S-1"),), "Ann", by),
        MemberFileRow(3, (("Segment", "S-1"),), "b?b", by),
    ]


def test_a_row_may_name_several_segments() -> None:
    """In the order of the file; blank cells name none."""
    content = "cohort2,username,cohort,cohort1\nS,ann,T,U\n, bob ,V, \nS,cid,T,U\n"
    assert [row.segments for row in found(content) if isinstance(row, MemberFileRow)] == [
        (("cohort2", "S"), ("cohort", "T"), ("cohort1", "U")),
        (("cohort", "V"),),
        (("cohort2", "S"), ("cohort", "T"), ("cohort1", "U")),
    ]


def test_rows_may_repeat() -> None:
    """A code repeats as it must; a membership twice is for the command to count once."""
    assert errors(members("segment,username\nS,ann\nS,bob\nS,ann\n")) == []


def test_all_that_is_missing_is_told() -> None:
    """A row needs a user and a segment."""
    file = members("username,cohort1,cohort2,x\nann,,,1\n ,S,,1\n,,,1\nbob,,T,1\n")
    assert errors(file) == [
        RowError(2, "cohort1", INVALID, "Must name a segment.", ""),
        RowError(3, "username", INVALID, "Must not be blank.", " "),
        RowError(4, "cohort1", INVALID, "Must name a segment.", ""),
        RowError(4, "username", INVALID, "Must not be blank.", ""),
    ]


def test_what_names_nothing_at_all_is_told() -> None:
    """Line breaks and control characters are in no code, username or address: all is told."""
    told = errors(members('username,cohort1,cohort2\n"a\nb",S\tT,U\u202e\n'))
    assert [(error.row, error.column) for error in told] == [
        (2, "cohort1"),
        (2, "cohort2"),
        (2, "username"),
    ]
    assert told[2].value == "a\nb"


def test_what_a_quote_too_many_has_swallowed_is_not_told() -> None:
    """It may hold values of columns that are ignored."""
    told = errors(members('username,segment,password\nann,"S,Secret\nbob,T,Secret\n",x\n'))
    message = "Must not contain line breaks or control characters."
    assert told == [RowError(2, "segment", INVALID, message, None)]


def test_signs_that_are_not_printed_may_be_in_names() -> None:
    """A no-break space, for one: it stands in codes that were copied from web pages."""
    segments = (("segment", "A\u00a0B"),)
    assert found("segment,username\nA\u00a0B,a\u00a0b\nA\u00a0B,cid\n") == [
        MemberFileRow(2, segments, "a\u00a0b", UserKey.USERNAME),
        MemberFileRow(3, segments, "cid", UserKey.USERNAME),
    ]


def test_a_row_of_another_width_is_that_rows_error() -> None:
    """The others are read."""
    file = members("segment,username\nS,ann,x\nS\nS,bob\n")
    assert places(file) == [(2, None), (3, None)]
    assert file.rows_read == 3


def test_more_segments_than_are_remembered_are_read() -> None:
    """Each cell gives what stands in it, however many there are."""
    content = "segment,username\n" + "".join(f" S-{n % 15_000} ,ann\n" for n in range(40_000))
    rows = [row for row in members(content).rows() if isinstance(row, MemberFileRow)]
    assert [row.segments[0][1] for row in rows] == [f"S-{n % 15_000}" for n in range(40_000)]


def test_an_export_is_read_back() -> None:
    """Guarded cells lose their apostrophe, the segment's as well as the user's."""
    content = "segment,username,guarded\n'=S,'@ann,\n''T,bob,\n"
    assert [
        (row.segments[0][1], row.user) for row in found(content) if isinstance(row, MemberFileRow)
    ] == [
        ("=S", "@ann"),
        ("'T", "bob"),
    ]


def test_as_many_rows_as_may_be_and_one_more() -> None:
    """A million; one row more is one error for the file."""
    most = MemberFile.MAX_ROWS
    assert most == 1_000_000
    rows = b"S,a\n"
    exactly = Endless(b"segment,username\n", rows, 17 + len(rows) * most)
    assert consume(MemberFile(cast("Any", exactly), UploadOptions()).rows()) == most
    more = Endless(b"segment,username\n", rows, 17 + len(rows) * (most + 1))
    message = rejection(lambda: MemberFile(cast("Any", more), UploadOptions()))
    assert message == "The file has more than 1,000,000 rows."
