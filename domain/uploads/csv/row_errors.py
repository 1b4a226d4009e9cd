"""Errors in the rows of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.kernel.rejections import RejectionCode

R_co = TypeVar("R_co", covariant=True)
T = TypeVar("T")

MAX_VALUE_LENGTH = 100
"""Characters of a cell that are shown beside its error."""


@dataclass(frozen=True, slots=True)
class RowError:
    """`row` is the line at which the row begins (the header is line 1), `column` the header as
    typed; None when the row as a whole is wrong. `value` is the cell, shortened.
    """

    row: int
    column: str | None
    code: RejectionCode
    message: str
    value: str | None


@dataclass(frozen=True, slots=True)
class BadRow(Generic[R_co]):
    """A row with all its own errors. `rest` is the row as if its bad cells were blank, so that the
    errors against the site can be reported as well; None when nothing can be made of it.
    """

    row: int
    errors: tuple[RowError, ...]
    rest: R_co | None = None


def split_row(row: T | BadRow[T]) -> tuple[T | None, list[RowError]]:
    """Returns the readable part of a row, and its errors so far."""
    return (row.rest, list(row.errors)) if isinstance(row, BadRow) else (row, [])


def row_error(
    row: int, column: str | None, code: RejectionCode, message: str, value: str | None
) -> RowError:
    """Returns an error, with no more of the cell than is shown."""
    return RowError(row, column, code, message, None if value is None else truncate(value))


def truncate(text: str) -> str:
    """Returns at most MAX_VALUE_LENGTH characters of a text; the last is an ellipsis when some are
    gone.
    """
    return text if len(text) <= MAX_VALUE_LENGTH else f"{text[: MAX_VALUE_LENGTH - 1]}…"
