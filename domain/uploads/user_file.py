"""Files of people: each row adds somebody, or updates them, and may put them into segments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

import msgspec

from domain.kernel.principal import Role
from domain.kernel.rejections import RejectionCode
from domain.kernel.values import Code, code_key, parse_code
from domain.people.values import (
    Email,
    PersonName,
    Username,
    email_key,
    parse_email,
    parse_person_name,
    parse_role,
    parse_username,
)
from domain.uploads.csv.cells import (
    Cell,
    Parse,
    RowParser,
    Unique,
    optional,
    required,
)
from domain.uploads.csv.columns import Columns, Fields
from domain.uploads.csv.row_errors import BadRow
from domain.uploads.csv.row_file import RowFile
from domain.uploads.member_file import parse_reference
from domain.uploads.options import ExistingRows, UploadOptions

_NAMES = {
    "username": "username",
    "email": "email",
    "firstname": "first_name",
    "lastname": "last_name",
    "code": "code",
    "idnumber": "code",
    "roles": "roles",
}
_NUMBERED = ("cohort", "segment")
_NEEDED = {
    "username": "“username”",
    "email": "“email”",
    "first_name": "“firstname”",
    "last_name": "“lastname”",
}


class UserFileRow(msgspec.Struct, frozen=True, gc=False):
    """A row that can be parsed. None: the cell is blank, or the file has no such column.

    `segments` are the cells that name segments to join, trimmed, each with its header as typed.
    """

    row: int
    username: Username
    email: Email | None = None
    first_name: PersonName | None = None
    last_name: PersonName | None = None
    code: Code | None = None
    roles: tuple[Role, ...] | None = None
    segments: tuple[tuple[str, str], ...] = ()


class UserFile(RowFile[UserFileRow]):
    """A file of people. Each username, address and code stands once in it: a later row with the
    same is bad.

    Where existing users are to be updated or skipped, only the username is needed: whether the
    other columns are depends on which users exist.
    """

    FIELDS = Fields(_NAMES, numbered=_NUMBERED)
    MAX_ROWS = 100_000

    def __init__(self, file: BinaryIO, options: UploadOptions) -> None:
        self._existing = options.existing
        super().__init__(file, options)
        self._joins = {
            field: self.columns.headers[at]
            for field, at in self.columns.places.items()
            if field.startswith(_NUMBERED)
        }
        joins = [Cell(field, optional(parse_reference)) for field in self._joins]
        self._parser = RowParser([*_kinds(options), *joins], self.columns)

    def columns_of(self, header: Sequence[str]) -> Columns:
        every = self._existing is ExistingRows.REJECT
        required = _NEEDED if every else {"username": _NEEDED["username"]}
        return Columns(header, self.FIELDS, required)

    def read(self, row: int, cells: Sequence[str]) -> UserFileRow | BadRow[UserFileRow]:
        values, errors = self._parser.read(row, cells)
        joins = [(header, values.pop(field, None)) for field, header in self._joins.items()]
        segments = tuple((header, cell) for header, cell in joins if cell)
        found = UserFileRow(row, **{"username": Username(""), **values}, segments=segments)
        return BadRow(row, tuple(errors), found) if errors else found


def _kinds(options: UploadOptions) -> Sequence[Cell[Any]]:
    def given(parse: Parse[Any]) -> Parse[Any]:
        every = options.existing is ExistingRows.REJECT
        return required(parse) if every else optional(parse)

    username = Unique("username", RejectionCode.USERNAME_TAKEN, str)
    email = Unique("e-mail address", RejectionCode.EMAIL_TAKEN, email_key)
    code = Unique("code", RejectionCode.CODE_TAKEN, code_key)
    return (
        Cell("username", parse_username, username),
        Cell("email", given(parse_email), email),
        Cell("first_name", given(parse_person_name)),
        Cell("last_name", given(parse_person_name)),
        Cell("code", parse_code, code),
        Cell("roles", optional(parse_roles)),
    )


def parse_roles(text: str) -> tuple[Role, ...]:
    """Parses roles with spaces between them, each once, in the order of the cell."""
    return tuple(dict.fromkeys(parse_role(word) for word in text.split()))
