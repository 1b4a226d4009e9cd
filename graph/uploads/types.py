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


@strawberry.enum(
    description="What to do when some rows are bad: record nothing, or record the good rows."
)
class BadRows(Enum):
    REJECT_FILE = strawberry.enum_value(Bad.REJECT_FILE, description="Record nothing.")
    SKIP_ROWS = strawberry.enum_value(Bad.SKIP_ROWS, description="Record the good rows.")


@strawberry.enum(
    description="Whether a row whose code exists already is an error or an update of that segment"
    " (or user)."
)
class ExistingRows(Enum):
    REJECT = strawberry.enum_value(Existing.REJECT, description="It is an error.")
    UPDATE = strawberry.enum_value(
        Existing.UPDATE, description="It updates; an empty or absent cell leaves the value."
    )
    SKIP = strawberry.enum_value(Existing.SKIP, description="It is passed over.")


@strawberry.input(description="A file with columns, and how to take it.")
class UploadInput:
    file: Upload = strawberry.field(description="At most 64 MiB of text with a header line.")
    mode: UploadMode = strawberry.field(
        default=UploadMode.DRY_RUN, description="Only look, unless told to record."
    )
    bad_rows: BadRows = strawberry.field(
        default=BadRows.REJECT_FILE, description="What bad rows do to the others."
    )
    existing: ExistingRows = strawberry.field(
        default=ExistingRows.REJECT, description="What becomes of rows about what exists."
    )
    delimiter: str = strawberry.field(default="AUTO", description="AUTO, or one of , ; : and TAB.")
    encoding: str = strawberry.field(
        default="utf-8", description="The name of the file's encoding."
    )
    plan_hash: str | None = strawberry.field(
        default=None,
        description="From a dry run of the same file: commit only if nothing that it relied on has"
        " changed.",
    )
    command_id: strawberry.ID | None = strawberry.field(default=None, description=COMMAND_ID)
    reason: str | None = strawberry.field(default=None, description=REASON)


@strawberry.type(
    description="row is the line in the file at which the record starts; the header is line 1."
)
class UploadRowError:
    row: int = strawberry.field(description="The line.")
    column: str | None = strawberry.field(description="The header as typed; null for the row.")
    code: ErrorCode = strawberry.field(description="What sort of error it is.")
    message: str = strawberry.field(description="A sentence for a person.")
    value: str | None = strawberry.field(description="What stands there, shortened.")

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


@payload(description="What came, or would come, of a file.")
class UploadPayload(Payload):
    mode: UploadMode = strawberry.field(description="As asked for.")
    rows_read: int = strawberry.field(description="Rows of data.")
    rows_accepted: int = strawberry.field(description="Rows without an error.")
    rows_rejected: int = strawberry.field(description="Rows with one, or several.")
    created: int = strawberry.field(
        description="What COMMIT with these options records anew (memberships for a members file);"
        " 0 when REJECT_FILE meets a bad row."
    )
    updated: int = strawberry.field(description="Likewise, of what exists.")
    unchanged: int = strawberry.field(description="Rows or memberships that are so already.")
    new_site_admins: int = strawberry.field(
        description="Of a users file: how many people it makes site admins who were none; 0 when"
        " nothing is recorded, and for a commit that is repeated."
    )
    ignored_columns: list[str] = strawberry.field(
        description="Header names that the file has and the upload does not use."
    )
    row_errors: list[UploadRowError] = strawberry.field(
        description="At most the first 1,000 of them, in file order; rowsRejected counts all."
    )
    preview: list[JSON] = strawberry.field(
        description="The first rows as they were understood, for a preview."
    )
    rejected_rows: str | None = strawberry.field(
        description="Where to fetch the rejected rows with their reasons, for an hour, to mend them"
        " and upload them again."
    )
    plan_hash: str | None = strawberry.field(description="For a commit of just this.")
