"""Decodes the bytes of an uploaded file, as text in pieces; detects whatever shows that it is no
text.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from domain.kernel.rejections import CommandRejected, InvalidValue

MAX_FILE_BYTES = 64 * 2**20
"""Bytes of a file."""

PIECE = 2**16
"""Bytes that are read at once."""

_SIGNATURES = {
    b"PK\x03\x04": "an Excel workbook or another zip file",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Excel workbook",
    b"\x89PNG\r\n\x1a\n": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF87a": "an image",
    b"GIF89a": "an image",
    b"%PDF-": "a PDF",
    b"\x1f\x8b": "a compressed file",
}
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def invalid_file(message: str) -> CommandRejected:
    """Returns the rejection of a file as a whole."""
    return CommandRejected(InvalidValue(path=("file",), message=message))


def text_of(file: BinaryIO, encoding: str) -> Iterator[str]:
    """Yields the text of the file in pieces, none of which ends between a CR and its LF.

    Without its byte order mark. CommandRejected when the file is empty, too large, or no text.
    """
    decoder = _decoder(encoding)
    lines = 1
    first = True
    for piece in _pieces(file, encoding):
        text = _decoded(decoder, piece, encoding, lines)
        if first and text:
            text, first = text.removeprefix("\ufeff"), False
        if "\0" in text:
            line = lines + line_breaks(text[: text.index("\0")])
            raise invalid_file(
                f"Line {line} holds a NUL character: this is not text in {encoding}."
            )
        lines += line_breaks(text)
        if text:
            yield text


def line_breaks(text: str) -> int:
    """Counts CR, LF and CRLF."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _pieces(file: BinaryIO, encoding: str) -> Iterator[bytes]:
    """Yields the bytes, and an empty piece at their end."""
    size = 0
    while piece := file.read(PIECE):
        if not size:
            _check_beginning(piece, encoding)
        size += len(piece)
        if size > MAX_FILE_BYTES:
            raise invalid_file(f"The file is larger than {MAX_FILE_BYTES // 2**20} MiB.")
        yield piece
    if not size:
        raise invalid_file("The file is empty.")
    yield b""


def _check_beginning(piece: bytes, encoding: str) -> None:
    for signature, what in _SIGNATURES.items():
        if piece.startswith(signature):
            raise invalid_file(f"This is {what}, not a CSV file. Save it as CSV first.")
    if piece.startswith(_UTF_16_MARKS) and not encoding.startswith(("utf-16", "utf-32")):
        raise invalid_file(
            f"The file is in UTF-16, not in {encoding}: give its encoding as utf-16."
        )


def _decoder(encoding: str) -> io.IncrementalNewlineDecoder:
    """Returns a decoder that keeps a CR back until it is known whether a LF follows, and leaves
    both as they are.
    """
    return io.IncrementalNewlineDecoder(
        codecs.getincrementaldecoder(encoding)("strict"), translate=False
    )


def _decoded(decoder: io.IncrementalNewlineDecoder, piece: bytes, encoding: str, lines: int) -> str:
    before = decoder.getstate()
    try:
        return decoder.decode(piece, final=not piece)
    except UnicodeError as error:
        decoder.setstate(before)
        line = lines + line_breaks(_decodable(decoder, piece, error))
        message = f"Line {line} is not text in {encoding}. Give the encoding that the file has."
        raise invalid_file(message) from None


def _decodable(decoder: io.IncrementalNewlineDecoder, piece: bytes, error: UnicodeError) -> str:
    """Returns the text before the first bytes that cannot be decoded; nothing when even that cannot
    be told.
    """
    if isinstance(error, UnicodeDecodeError):
        kept_back = len(error.object) - len(piece)
        with suppress(UnicodeError):
            return decoder.decode(piece[: max(0, error.start - kept_back)], final=True)
    return ""
