"""Mutations that upload files: dry runs and commits."""

from dataclasses import asdict
from typing import Annotated, Any, TypeVar

import strawberry

from domain.command_result import CommandResult
from domain.kernel.envelope import Channel
from domain.uploads.options import BadRows, ExistingRows, UploadOptions
from domain.uploads.plan import UploadCounts
from domain.uploads.rejected_rows_csv import rejected_rows
from domain.uploads.upload_command import UploadCommand
from domain.uploads.upload_members import UploadMembers
from domain.uploads.upload_segments import UploadSegments
from domain.uploads.upload_users import UploadUsers
from domain.uploads.uploaded_file import UploadedFile
from graph.objects.enums import UploadMode
from graph.support.commands import MutationResult, execute_command
from graph.support.context import Context, Info
from graph.support.enums import to_domain
from graph.support.requirements import requires
from graph.uploads.types import UploadInput, UploadPayload, UploadRowError

Upload = UploadCommand[Any]
U = TypeVar("U", bound=Upload)

NOTHING_PLANNED: dict[str, Any] = {
    "ignored_columns": [],
    "row_errors": [],
    "preview": [],
    "rejected_rows": None,
    "plan_hash": None,
}


@strawberry.type
class UploadMutations:
    @strawberry.mutation(
        description="Creates segments from a file, or updates them. A dry run unless `mode` is"
        " COMMIT." + requires(UploadSegments.PERMISSION)
    )
    async def upload_user_segments(
        self,
        info: Info,
        input: Annotated[
            UploadInput,
            strawberry.argument(description="The file of segments, and how to read it."),
        ],
    ) -> UploadPayload:
        return await _uploaded(info.context, input, UploadSegments)

    @strawberry.mutation(
        description="Adds users to segments, as a file says. A dry run unless `mode` is COMMIT."
        + requires(UploadMembers.PERMISSION)
    )
    async def upload_segment_members(
        self,
        info: Info,
        input: Annotated[
            UploadInput,
            strawberry.argument(description="The file of memberships, and how to read it."),
        ],
    ) -> UploadPayload:
        return await _uploaded(info.context, input, UploadMembers)

    @strawberry.mutation(
        description="Adds users to the directory from a file, or updates them, and adds them to"
        " segments. A dry run unless `mode` is COMMIT." + requires(UploadUsers.PERMISSION)
    )
    async def upload_users(
        self,
        info: Info,
        input: Annotated[
            UploadInput, strawberry.argument(description="The file of users, and how to read it.")
        ],
    ) -> UploadPayload:
        return await _uploaded(info.context, input, UploadUsers)


async def _uploaded(context: Context, input: UploadInput, kind: type[U]) -> UploadPayload:
    sent: Any = input.file
    file = UploadedFile(sent.file, sent.filename or "")

    def upload() -> U:
        options = UploadOptions.of(
            bad_rows=to_domain(input.bad_rows, BadRows),
            existing=to_domain(input.existing, ExistingRows),
            delimiter=input.delimiter,
            encoding=input.encoding,
        )
        return kind.build(file, options, context.site.services, input.plan_hash)

    dry_run = input.mode is UploadMode.DRY_RUN
    mutation = await execute_command(
        context, input, kind, upload, dry_run=dry_run, channel=Channel.UPLOAD
    )
    return await _payload(context, input.mode, mutation)


async def _payload(
    context: Context, mode: UploadMode, mutation: MutationResult[U]
) -> UploadPayload:
    command, result = mutation.command, mutation.result
    own: dict[str, Any] = {"mode": mode, **_counted(UploadCounts()), **NOTHING_PLANNED}
    if command is not None and result is None:
        own["position"] = command.plan.position
    if result is not None and result.repeated:
        own |= _counted(_first_counts(result))
    elif command is not None:
        own |= {**_counted(command.counts()), **_planned(command)}
        own["rejected_rows"] = await _store_rejected_rows(context, command)
    return UploadPayload.build(mutation, **own)


async def _store_rejected_rows(context: Context, command: Upload) -> str | None:
    """The path at which the rejected rows can be fetched; None when there are none."""
    if not command.plan.rejected:
        return None
    pieces = rejected_rows(command)
    return await context.site.rejected_rows.store(context.principal.id, pieces)


def _counted(counts: UploadCounts) -> dict[str, int]:
    return {**asdict(counts), "rows_accepted": counts.rows_accepted}


def _planned(command: Upload) -> dict[str, Any]:
    plan = command.plan
    return {
        "ignored_columns": list(command.ignored_columns),
        "row_errors": [UploadRowError.of(error) for error in plan.errors],
        "preview": plan.preview,
        "plan_hash": plan.hash,
    }


def _first_counts(result: CommandResult) -> UploadCounts:
    """The counts of the first sending of a repeated commit."""
    file = None if result.origin is None else result.origin.file
    return UploadCounts() if file is None else UploadCounts.of(file)
