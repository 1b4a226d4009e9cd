"""The input and the payload of uploads."""

from enum import Enum
from typing import Self

import strawberry
from strawberry.scalars import JSON

from domain.uploads.csv.row_errors import RowError
from domain.uploads.options import BadRows as Bad
from domain.uploads.options import ExistingRows as Existing
from graph.objects.enums import UploadMode
from graph.objects.payload import Payload, payload
from graph.objects.user_errors import ErrorCode
from graph.support.inputs import COMMAND_ID, REASON
from graph.support.scalars import Upload


@strawberry.enum(description="Whether one bad row rejects the file, or is skipped.")
class BadRows(Enum):
    REJECT_FILE = strawberry.enum_value(
        Bad.REJECT_FILE, description="One bad row rejects the whole file."
    )
    SKIP_ROWS = strawberry.enum_value(
        Bad.SKIP_ROWS, description="Bad rows are skipped; the others are recorded."
    )


@strawberry.enum(description="What to do with a row about a segment (or user) that exists already.")
class ExistingRows(Enum):
    REJECT = strawberry.enum_value(Existing.REJECT, description="The row is an error.")
    UPDATE = strawberry.enum_value(
        Existing.UPDATE,
        description="The row updates what exists; an empty or absent cell leaves its value.",
    )
    SKIP = strawberry.enum_value(Existing.SKIP, description="The row is skipped.")


@strawberry.input(description="A file with a header line, and how to read it.")
class UploadInput:
    file: Upload = strawberry.field(
        description="The file: text with a header line, at most 64 MiB."
    )
    mode: UploadMode = strawberry.field(
        default=UploadMode.DRY_RUN, description="Dry run (the default) or commit."
    )
    bad_rows: BadRows = strawberry.field(
        default=BadRows.REJECT_FILE,
        description="Whether one bad row rejects the file, or is skipped.",
    )
    existing: ExistingRows = strawberry.field(
        default=ExistingRows.REJECT, description="What to do with rows about what exists already."
    )
    delimiter: str = strawberry.field(
        default="AUTO",
        description="The character between columns: AUTO to find it, or one of , ; : and TAB.",
    )
    encoding: str = strawberry.field(
        default="utf-8",
        description='Name of the file\'s encoding, such as "utf-8" or "windows-1252".',
    )
    plan_hash: str | None = strawberry.field(
        default=None,
        description="The `planHash` of a dry run of this file: the commit is refused as PLAN_STALE"
        " if its outcome would now differ.",
    )
    command_id: strawberry.ID | None = strawberry.field(default=None, description=COMMAND_ID)
    reason: str | None = strawberry.field(default=None, description=REASON)


@strawberry.type(description="An error in one row of the file.")
class UploadRowError:
    row: int = strawberry.field(
        description="Line in the file at which the row starts; the header is line 1."
    )
    column: str | None = strawberry.field(
        description="Header of the column, as typed; null if the error is about the whole row."
    )
    code: ErrorCode = strawberry.field(description="The kind of error.")
    message: str = strawberry.field(description="A sentence for people, which says what would do.")
    value: str | None = strawberry.field(description="The cell's content, shortened.")

    @classmethod
    def of(cls, error: RowError) -> Self:
        """The object of an error."""
        return cls(
            row=error.row,
            column=error.column,
            code=ErrorCode(error.code),
            message=error.message,
            value=error.value,
        )


@payload(description="The result of an upload, or of its dry run.")
class UploadPayload(Payload):
    mode: UploadMode = strawberry.field(description="The mode that was requested.")
    rows_read: int = strawberry.field(description="Number of rows, without the header.")
    rows_accepted: int = strawberry.field(description="Number of rows without an error.")
    rows_rejected: int = strawberry.field(description="Number of rows with one or more errors.")
    created: int = strawberry.field(
        description="Number of segments, users or (of a members file) memberships that COMMIT with"
        " these options creates; 0 if REJECT_FILE meets a bad row."
    )
    updated: int = strawberry.field(
        description="Number of segments or users that COMMIT with these options updates."
    )
    unchanged: int = strawberry.field(
        description="Number of rows or memberships that are as the file says already."
    )
    new_site_admins: int = strawberry.field(
        description="Of a users file: number of people whom it makes site admins; 0 if nothing is"
        " recorded, and for a commit that is repeated."
    )
    ignored_columns: list[str] = strawberry.field(
        description="Headers of the file that the upload does not use."
    )
    row_errors: list[UploadRowError] = strawberry.field(
        description="Errors of rows, in file order: at most the first 1,000. `rowsRejected` counts"
        " all rejected rows."
    )
    preview: list[JSON] = strawberry.field(description="The first rows as they were understood.")
    rejected_rows: str | None = strawberry.field(
        description="Where to fetch the rejected rows with their reasons, for an hour, to mend them"
        " and upload them again."
    )
    plan_hash: str | None = strawberry.field(
        description="Give it to the commit: refused as PLAN_STALE if the outcome would now differ."
    )
