"""Uploads: dry runs and commits."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import strawberry

from domain.kernel.envelope import Channel
from domain.kernel.ids import new_segment_id, new_user_id
from domain.outcome import Outcome
from domain.uploads.options import BadRows, ExistingRows, UploadOptions
from domain.uploads.rejected_rows_csv import rejected_rows
from domain.uploads.upload_command import UploadCommand
from domain.uploads.upload_members import UploadMembers
from domain.uploads.upload_segments import UploadSegments
from domain.uploads.upload_users import UploadUsers
from domain.uploads.uploaded_file import UploadedFile
from graph.support.commands import MutationResult, execute_command
from graph.support.context import Context, Site
from graph.support.payloads import common
from graph.uploads.types import UploadInput, UploadMode, UploadPayload, UploadRowError

INPUT = strawberry.argument(description="The file, and how to take it.")

Upload = UploadCommand[Any]
U = TypeVar("U", bound=Upload)


@strawberry.type
class UploadMutations:
    @strawberry.mutation(description="Creates segments from a file, or updates them.")
    async def upload_user_segments(
        self, info: strawberry.Info[Context, None], input: Annotated[UploadInput, INPUT]
    ) -> UploadPayload:
        return await _uploaded(info.context, input, UploadSegments, segments_upload)

    @strawberry.mutation(description="Puts users into segments, as a file says.")
    async def upload_segment_members(
        self, info: strawberry.Info[Context, None], input: Annotated[UploadInput, INPUT]
    ) -> UploadPayload:
        return await _uploaded(info.context, input, UploadMembers, members_upload)

    @strawberry.mutation(
        description="Adds people from a file, or updates them, and puts them into segments."
    )
    async def upload_users(
        self, info: strawberry.Info[Context, None], input: Annotated[UploadInput, INPUT]
    ) -> UploadPayload:
        return await _uploaded(info.context, input, UploadUsers, users_upload)


def segments_upload(
    source: UploadedFile, options: UploadOptions, site: Site, plan: str | None
) -> UploadSegments:
    """The command for a file of segments."""
    return UploadSegments(source, options, lambda: new_segment_id(site.clock()), plan)


def members_upload(
    source: UploadedFile, options: UploadOptions, site: Site, plan: str | None
) -> UploadMembers:
    """The command for a file of memberships."""
    return UploadMembers(source, options, site.hashes, plan)


def users_upload(
    source: UploadedFile, options: UploadOptions, site: Site, plan: str | None
) -> UploadUsers:
    """The command for a file of people."""

    def new_id() -> Any:
        return new_user_id(site.clock())

    return UploadUsers(source, options, new_id, site.hashes, site.vault, plan)


async def _uploaded(
    context: Context,
    input: UploadInput,
    kind: type[U],
    build: Callable[[UploadedFile, UploadOptions, Site, str | None], U],
) -> UploadPayload:
    file: Any = input.file
    source = UploadedFile(file.file, file.filename or "")

    def upload() -> U:
        options = UploadOptions.of(
            bad_rows=BadRows[input.bad_rows.name],
            existing=ExistingRows[input.existing.name],
            delimiter=input.delimiter,
            encoding=input.encoding,
        )
        return build(source, options, context.site, input.plan_hash)

    dry_run = input.mode is UploadMode.DRY_RUN
    result = await execute_command(
        context, input, kind, upload, dry_run=dry_run, channel=Channel.UPLOAD
    )
    return await _payload(context, input.mode, result)


async def _payload(context: Context, mode: UploadMode, result: MutationResult[U]) -> UploadPayload:
    command = result.command
    found: dict[str, Any] = {**_nothing(), **_untold(), **_common(result)}
    if result.outcome is not None and result.outcome.repeated:
        found |= _first_counts(result.outcome)
    elif command is not None:
        found |= {**_counts(command), **_told(command)}
        found["rejected_rows"] = await _kept(context, command)
    return UploadPayload(mode=mode, **found)


def _common(result: MutationResult[U]) -> dict[str, Any]:
    found = common(result)
    if result.outcome is None and result.command is not None:
        found["position"] = result.command.plan.position
    return found


async def _kept(context: Context, command: Upload) -> str | None:
    """Where the rejected rows can be fetched; None when there are none."""
    if not command.plan.rejected:
        return None
    pieces = rejected_rows(command)
    return await context.site.rejected_rows.keep(context.principal.id, pieces)


def _counts(command: Upload) -> dict[str, int]:
    plan = command.plan
    done = not command.is_rejected
    return {
        "rows_read": plan.rows_read,
        "rows_accepted": plan.rows_read - plan.rows_rejected,
        "rows_rejected": plan.rows_rejected,
        "created": plan.created if done else 0,
        "updated": plan.updated if done else 0,
        "unchanged": plan.unchanged,
        "new_site_admins": plan.new_site_admins if done else 0,
    }


def _told(command: Upload) -> dict[str, Any]:
    plan = command.plan
    return {
        "ignored_columns": list(command.ignored_columns),
        "row_errors": [UploadRowError.of(error) for error in plan.errors],
        "preview": plan.preview,
        "rejected_rows": None,
        "plan_hash": plan.hash,
    }


def _first_counts(outcome: Outcome) -> dict[str, int]:
    """What the first sending of a repeated commit came to."""
    file = None if outcome.origin is None else outcome.origin.file
    if file is None:
        return _nothing()
    return {
        "rows_read": file.rows_read,
        "rows_accepted": file.rows_read - file.rows_rejected,
        "rows_rejected": file.rows_rejected,
        "created": file.created,
        "updated": file.updated,
        "unchanged": file.unchanged,
        "new_site_admins": 0,
    }


def _nothing() -> dict[str, int]:
    rows = ("rows_read", "rows_accepted", "rows_rejected")
    return dict.fromkeys((*rows, "created", "updated", "unchanged", "new_site_admins"), 0)


def _untold() -> dict[str, Any]:
    return {
        "ignored_columns": [],
        "row_errors": [],
        "preview": [],
        "rejected_rows": None,
        "plan_hash": None,
    }
