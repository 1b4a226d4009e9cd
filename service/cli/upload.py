"""`segments upload`: a file of segments, members or users; a dry run unless told to record."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, BinaryIO, cast
from uuid import uuid4

import typer
from rich.progress import Progress

from domain.command_result import CommandResult
from domain.kernel.envelope import Channel, CommandRequest
from domain.kernel.principal import SYSTEM
from domain.kernel.read_model_behind import ReadModelBehind
from domain.kernel.rejections import CommandRejected
from domain.kernel.text import InvalidText
from domain.kernel.values import Reason, parse_reason
from domain.uploads.options import BadRows, ExistingRows, UploadOptions
from domain.uploads.rejected_rows_csv import rejected_rows
from domain.uploads.upload_members import UploadMembers
from domain.uploads.upload_segments import UploadSegments
from domain.uploads.upload_users import UploadUsers
from domain.uploads.uploaded_file import UploadedFile
from graph.support.site import Site
from service.cli.output.terminal import err, fail
from service.cli.output.upload_report import Upload, tell
from service.database.open_database import migrated_database, settings_with
from service.downloads import private_files
from service.site import open_site


class Kind(StrEnum):
    """The kind of rows in the file."""

    SEGMENTS = "segments"
    MEMBERS = "members"
    USERS = "users"


COMMANDS: dict[Kind, type[Upload]] = {
    Kind.SEGMENTS: UploadSegments,
    Kind.MEMBERS: UploadMembers,
    Kind.USERS: UploadUsers,
}


def upload(
    kind: Annotated[Kind, typer.Argument(help="What the file is of.")],
    file: Annotated[Path, typer.Argument(help="The file.", exists=True, dir_okay=False)],
    commit: Annotated[bool, typer.Option("--commit", help="Record it; else only look.")] = False,
    bad_rows: Annotated[
        BadRows, typer.Option(help="What bad rows do to the others.")
    ] = BadRows.REJECT_FILE,
    existing: Annotated[
        ExistingRows, typer.Option(help="What becomes of rows about what exists.")
    ] = ExistingRows.REJECT,
    delimiter: Annotated[str, typer.Option(help="AUTO, or one of , ; : and TAB.")] = "AUTO",
    encoding: Annotated[str, typer.Option(help="The file's encoding.")] = "utf-8",
    plan: Annotated[
        str | None, typer.Option(help="Plan hash of a dry run: record only if it still holds.")
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Why, for the log.")] = None,
    rejected: Annotated[
        Path | None,
        typer.Option(help="Write the rejected rows, with reasons, to this file.", dir_okay=False),
    ] = None,
    data: Annotated[Path | None, typer.Option(help="The data directory.")] = None,
) -> None:
    """Says what a file would do, row by row; with --commit it is done, as one command.

    It says so, too, when people become site admins, and shows the first rows as they are understood
    and the first errors. After a commit it names the command, to be undone by.

    Ends with 1 when nothing could be recorded, or rows were rejected.
    """
    settings = settings_with(data)
    why = _reason(reason)
    if rejected is not None and not rejected.absolute().parent.is_dir():
        raise fail(f"{rejected} cannot be written: there is no such folder.")

    async def run(url: str, source: UploadedFile) -> tuple[Upload, CommandResult | None]:
        options = UploadOptions.of(
            bad_rows=bad_rows, existing=existing, delimiter=delimiter, encoding=encoding
        )
        async with open_site(settings, url) as site:
            command = COMMANDS[kind].build(source, options, site.services, plan)
            return command, await _execute(site, command, why, commit=commit)

    with (
        migrated_database(settings) as url,
        file.open("rb") as stream,
        Progress(console=err, disable=not err.is_terminal) as bar,
    ):
        task = bar.add_task(file.name, total=file.stat().st_size)
        watched = _ProgressReader(stream, lambda place: bar.update(task, completed=place))
        try:
            source = UploadedFile(cast("BinaryIO", watched), file.name)
            command, outcome = asyncio.run(run(url, source))
        except CommandRejected as refused:
            raise fail("\n".join(rejection.message for rejection in refused.rejections)) from None
        except ReadModelBehind as late:
            raise fail(f"{late} Try again.") from None
        bad = list(rejected_rows(command)) if rejected and command.plan.rejected else None
    tell(command, outcome)
    if rejected is not None and bad is not None:
        _write(rejected, bad)
    if command.plan.rejected:
        raise typer.Exit(1)


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    try:
        with private_files.opened(path) as stream:
            stream.writelines(pieces)
    except OSError as failure:
        raise fail(f"{path} could not be written: {failure.strerror}.") from None


async def _execute(
    site: Site, command: Upload, why: Reason | None, *, commit: bool
) -> CommandResult | None:
    request = CommandRequest(
        principal=SYSTEM, channel=Channel.CLI, correlation_id=uuid4().hex, reason=why
    )
    await site.live.position.wait_for(await site.reads.audit.head())
    if commit:
        return await site.commands.dispatch(command, request)
    await site.commands.dry_run(command, request)
    return None


def _reason(text: str | None) -> Reason | None:
    try:
        return parse_reason(text or "")
    except InvalidText as invalid:
        raise typer.BadParameter(str(invalid), param_hint="--reason") from None


class _ProgressReader:
    """A stream that reports the number of bytes read."""

    def __init__(self, stream: BinaryIO, tell: Any) -> None:
        self._stream = stream
        self._tell = tell

    def read(self, size: int = -1) -> bytes:
        content = self._stream.read(size)
        self._tell(self._stream.tell())
        return content

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
