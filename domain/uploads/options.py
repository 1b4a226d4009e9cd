"""Options of an upload: the format of the file, and the handling of bad and known rows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.kernel.input_validation import InputValidation
from domain.uploads.csv.dialect import AUTO, parse_delimiter, parse_encoding


class BadRows(StrEnum):
    """The handling of bad rows: record nothing, or record the good rows."""

    REJECT_FILE = "reject-file"
    SKIP_ROWS = "skip-rows"


class ExistingRows(StrEnum):
    """The handling of a row whose code (or username) exists: an error, an update, nothing."""

    REJECT = "reject"
    UPDATE = "update"
    SKIP = "skip"


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadOptions:
    """Valid options; `of` parses typed ones."""

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
        """Parses options into their only spelling. CommandRejected for a bad delimiter or
        encoding.
        """
        validation = InputValidation()
        delimiter = validation.read(("delimiter",), parse_delimiter, delimiter, AUTO)
        encoding = validation.read(("encoding",), parse_encoding, encoding, "utf-8")
        validation.close()
        return cls(bad_rows=bad_rows, existing=existing, delimiter=delimiter, encoding=encoding)
