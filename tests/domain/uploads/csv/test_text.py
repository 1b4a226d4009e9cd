"""Bytes become text, or the file is refused as a whole."""

from __future__ import annotations

import codecs
import gzip
import io
import zipfile
from typing import Any, cast

import pytest

from domain.uploads.csv.text import MAX_FILE_BYTES, PIECE
from domain.uploads.options import UploadOptions
from domain.uploads.segment_file import SegmentFile
from tests.domain.uploads.row_files import KINDS, Endless, consume, names, rejection, segments

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1"


def zipped() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", "name,code")
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", codecs.BOM_UTF8, b"\n", b"\r\n \r\n\t\n", b",,\n,,\n"],
    ids=["no bytes", "byte order mark", "line feed", "blank lines", "empty cells"],
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_with_nothing_in_it_is_refused(kind: Any, content: bytes) -> None:
    """Of 0 bytes, of a byte order mark, of blank lines: without a header there is nothing."""
    assert rejection(lambda: kind(io.BytesIO(content), UploadOptions())) == "The file is empty."


@pytest.mark.parametrize(
    "content",
    ["name", "name\n", "name\r\n\r\n", "name,code\n,\n , \n"],
    ids=["no line end", "line end", "blank row", "blank cells"],
)
def test_a_header_alone_is_refused(content: str) -> None:
    """There are no rows, or only blank ones."""
    assert rejection(lambda: segments(content)) == "The file has no rows below its header."


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (PNG, "an image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "an image"),
        (b"GIF89a\1\0", "an image"),
        (zipped(), "an Excel workbook or another zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "an old Excel workbook"),
        (b"%PDF-1.7\n", "a PDF"),
        (gzip.compress(b"name\nSales\n", mtime=0), "a compressed file"),
    ],
    ids=["PNG", "JPEG", "GIF", "zip", "old Excel", "PDF", "gzip"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "iso8859-1", "utf-16"])
def test_other_kinds_of_files_are_called_by_their_name(
    content: bytes, what: str, encoding: str
) -> None:
    """Whatever encoding was given: nobody means an image to be read as Latin 1."""
    message = rejection(lambda: segments(content, encoding=encoding))
    assert message == f"This is {what}, not a CSV file. Save it as CSV first."


@pytest.mark.parametrize("before", [0, 1, 7, 20_000])
@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n"], ids=["LF", "CR", "CRLF"])
def test_a_wrong_encoding_is_found_with_its_line(before: int, line_end: str) -> None:
    """However far into the file; what stands there is not repeated."""
    rows = ["name", *(f"Segment {n}" for n in range(before)), "Zo\udceb secret"]
    content = line_end.join(rows).encode("utf-8", "surrogateescape")
    expected = f"Line {before + 2} is not text in utf-8. Give the encoding that the file has."
    assert rejection(lambda: segments(content)) == expected


def test_a_character_that_is_cut_off_at_the_end_is_found() -> None:
    """As when half a file was sent."""
    message = rejection(lambda: segments("name\nSales\nZoë".encode()[:-1]))
    assert message.startswith("Line 3 is not text in utf-8.")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "shift_jis", "cp1253"])
def test_the_line_is_found_in_other_encodings(encoding: str) -> None:
    """Also where a character takes several bytes, and where the byte order is in the mark."""
    wrong = {"utf-16": b"\0\xd8A\0", "utf-16-be": b"\xd8\0\0A", "cp1253": b"\xff"}
    wrong |= {"utf-32": b"\xff\xff\xff\xff", "shift_jis": b"\x85\x1f"}
    content = ("name\n" + "Sales\n" * 30_000).encode(encoding) + wrong[encoding]
    message = rejection(lambda: segments(content, encoding=encoding))
    assert message.startswith(f"Line 30002 is not text in {encoding}.")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
@pytest.mark.parametrize("said", ["utf-8", "iso8859-1", "ascii"])
def test_utf_16_announced_as_something_else_is_refused(encoding: str, said: str) -> None:
    """By its byte order mark, else by the NUL in every other byte."""
    message = rejection(lambda: segments("name\nSales\n".encode(encoding), encoding=said))
    if encoding == "utf-16":
        assert message == f"The file is in UTF-16, not in {said}: give its encoding as utf-16."
    else:
        assert message == f"Line 1 holds a NUL character: this is not text in {said}."


@pytest.mark.parametrize("before", [0, 3, 20_000])
def test_a_nul_is_found_with_its_line(before: int) -> None:
    """Text has none, in no column."""
    content = "name,x\n" + "Sales,y\n" * before + "Sa\0les,y\nSales,y\n"
    message = rejection(lambda: segments(content))
    assert message == f"Line {before + 2} holds a NUL character: this is not text in utf-8."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "iso8859-15"]
)
def test_encodings_are_read_by_their_name(encoding: str) -> None:
    """utf-8 with or without its mark; utf-16 in the byte order that its mark says."""
    content = "name\nZoë\n".encode(encoding)
    said = UploadOptions.of(encoding=encoding).encoding
    assert names(content, encoding=said) == [(2, "Zoë")]


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be", "utf-8"])
def test_a_byte_order_mark_is_dropped(order: str) -> None:
    """Also from an encoding that says the order by its name."""
    assert names("\ufeffname\nSales".encode(order), encoding=order) == [(2, "Sales")]


def test_only_the_first_mark_is_one() -> None:
    """Anywhere else it is a character like others."""
    assert names("name\n\ufeffSales") == [(2, "\ufeffSales")]


@pytest.mark.parametrize("offset", range(-3, 4))
def test_line_ends_and_characters_at_the_edge_of_a_piece_are_whole(offset: int) -> None:
    """A file is read in pieces; where one ends does not show."""
    filler = "x" * (PIECE - len("name,x\r\nA,") - 4 + offset)
    content = f"name,x\r\nA,{filler}ë\r\nB,y\r\n"
    assert names(content) == [(2, "A"), (3, "B")]


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_refused() -> None:
    """Found while reading: nobody needs to know the size before."""
    largest = Endless(b"name,x\n", b"Sales," + b"x" * 2041 + b"\n", MAX_FILE_BYTES)
    assert consume(SegmentFile(cast("Any", largest), UploadOptions()).rows()) > 30_000
    larger = Endless(b"name,x\n", b"Sales," + b"x" * 2041 + b"\n", MAX_FILE_BYTES + 1)
    message = rejection(lambda: SegmentFile(cast("Any", larger), UploadOptions()))
    assert message == "The file is larger than 64 MiB."
