"""Files as bytes, and what they read as."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import pytest

from domain.kernel.rejections import CommandRejected, RejectionCode
from domain.uploads.csv.row_errors import BadRow, RowError
from domain.uploads.csv.row_file import RowFile
from domain.uploads.member_file import MemberFile
from domain.uploads.options import UploadOptions
from domain.uploads.segment_file import SegmentFile
from domain.uploads.user_file import UserFile

KINDS: tuple[type[RowFile[Any]], ...] = (SegmentFile, MemberFile, UserFile)

Content = str | bytes


def stream(content: Content, encoding: str = "utf-8") -> BinaryIO:
    return io.BytesIO(content.encode(encoding) if isinstance(content, str) else content)


def segments(content: Content, **options: Any) -> SegmentFile:
    return SegmentFile(stream(content, options.get("encoding", "utf-8")), UploadOptions(**options))


def members(content: Content, **options: Any) -> MemberFile:
    return MemberFile(stream(content, options.get("encoding", "utf-8")), UploadOptions(**options))


def users(content: Content, **options: Any) -> UserFile:
    return UserFile(stream(content, options.get("encoding", "utf-8")), UploadOptions(**options))


def names(content: Content, **options: Any) -> list[tuple[int, str]]:
    """Line and name of each row of a file of segments that is all good."""
    rows = list(segments(content, **options).rows())
    assert not [row for row in rows if isinstance(row, BadRow)]
    return [(row.row, row.name) for row in rows if not isinstance(row, BadRow)]


def errors(file: RowFile[Any]) -> list[RowError]:
    """All that is wrong with its rows."""
    return [error for row in file.rows() if isinstance(row, BadRow) for error in row.errors]


def places(file: RowFile[Any]) -> list[tuple[int, str | None]]:
    """Row and column of all that is wrong."""
    return [(error.row, error.column) for error in errors(file)]


def rejection(read: Callable[[], RowFile[Any]]) -> str:
    """The one sentence with which a file as a whole is refused."""
    with pytest.raises(CommandRejected) as refused:
        consume(read().rows())
    (only,) = refused.value.rejections
    assert (only.code, only.path) == (RejectionCode.INVALID, ("file",))
    return only.message


def consume(rows: Iterator[Any]) -> int:
    """Reads to the end, keeps nothing, and counts."""
    return sum(1 for _ in rows)


class Endless(io.RawIOBase):
    """A beginning, and then the same again and again, up to a size: made while it is read."""

    def __init__(self, beginning: bytes, again: bytes, size: int) -> None:
        self._beginning = beginning
        self._again = again * (2**16 // len(again))
        self.left = size

    def read(self, size: int = -1) -> bytes:
        piece = self._beginning or self._again
        piece, self._beginning = piece[: min(size, self.left)], b""
        self.left -= len(piece)
        return piece
