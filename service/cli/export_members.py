"""`segments export-members`: a segment's members, as a file that can be uploaded again."""

from __future__ import annotations

import asyncio
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from service.cli.output.terminal import fail
from service.cli.segments import named
from service.database.open_database import migrated_database, settings_with
from service.downloads import private_files
from service.downloads.members_csv import members_csv
from service.site import open_site


def export_members(
    segment: Annotated[str, typer.Argument(help="Its id, or its code in any spelling.")],
    file: Annotated[
        Path | None, typer.Option("--out", help="The file to write; else standard output.")
    ] = None,
    data: Annotated[Path | None, typer.Option(help="The data directory.")] = None,
) -> None:
    """Writes a segment's members as CSV: `segments upload members` takes it as it is."""
    settings = settings_with(data)

    async def run(url: str) -> None:
        async with open_site(settings, url) as site:
            await site.live.position.wait_for(await site.reads.audit.head())
            view = await named(site, segment)
            if view is None:
                raise fail("There is no such segment.")
            with _opened(file) as stream:  # only now: a file that is there stays as it is
                async for part in members_csv(site.reads.members, view):
                    stream.write(part)

    with migrated_database(settings) as url:
        asyncio.run(run(url))


def _opened(file: Path | None) -> AbstractContextManager[BinaryIO]:
    if file is None:
        return nullcontext(sys.stdout.buffer)
    try:
        return private_files.opened(file)
    except OSError as failure:
        raise fail(f"{file} could not be written: {failure.strerror}.") from None
