"""How an uploaded file is to be read, and what bad or known rows come to."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from enum import StrEnum

from domain.kernel.inspection import Inspection
from domain.kernel.text import InvalidText

AUTO = "AUTO"
DELIMITERS = (",", ";", ":", "\t")
"""What may stand between cells, the likeliest first."""

_SPELLINGS = {"auto": AUTO, "tab": "\t", "\\t": "\t"}
_LONGEST_ENCODING = 40
# Python calls these text encodings, too; but they hide text within text, or let half of a
# surrogate pair through.
_NOT_FOR_FILES = frozenset(
    {"charmap", "idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
)


class BadRows(StrEnum):
    """What to do when some rows are bad: record nothing, or record the good rows."""

    REJECT_FILE = "reject-file"
    SKIP_ROWS = "skip-rows"


class ExistingRows(StrEnum):
    """What a row comes to whose code (or username) exists: an error, an update, nothing."""

    REJECT = "reject"
    UPDATE = "update"
    SKIP = "skip"


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadOptions:
    """Checked choices; `of` checks what people typed."""

    bad_rows: BadRows = BadRows.REJECT_FILE
    existing: ExistingRows = ExistingRows.REJECT
    delimiter: str = AUTO
    encoding: str = "utf-8"

    @classmethod
    def of(
        cls,
        *,
        bad_rows: BadRows = BadRows.REJECT_FILE,
        existing: ExistingRows = ExistingRows.REJECT,
        delimiter: str = AUTO,
        encoding: str = "utf-8",
    ) -> UploadOptions:
        """Options in their only spelling. Refused when delimiter or encoding will not do."""
        inspection = Inspection()
        delimiter = inspection.read(("delimiter",), parse_delimiter, delimiter, AUTO)
        encoding = inspection.read(("encoding",), parse_encoding, encoding, "utf-8")
        inspection.close()
        return cls(bad_rows=bad_rows, existing=existing, delimiter=delimiter, encoding=encoding)


def parse_delimiter(text: str) -> str:
    """AUTO, a comma, a semicolon, a colon, or TAB: the character, or the word."""
    delimiter = _SPELLINGS.get(text.casefold(), text)
    if delimiter != AUTO and delimiter not in DELIMITERS:
        raise InvalidText("Must be AUTO, or one of , ; : and TAB.")
    return delimiter


def parse_encoding(text: str) -> str:
    """Python's own name of a text encoding, whichever of its names was typed."""
    unknown = InvalidText("Must be the name of a text encoding, such as utf-8 or windows-1252.")
    if len(text) > _LONGEST_ENCODING:  # Python remembers every name that it was asked for
        raise unknown
    try:
        name = codecs.lookup(text).name
        "a".encode(name)  # refuses what is no text encoding: rot13, base64, zip …
    except (LookupError, ValueError):
        raise unknown from None
    if name.replace("_", "-") in _NOT_FOR_FILES:
        raise unknown
    return "utf-8" if name == "utf-8-sig" else name
