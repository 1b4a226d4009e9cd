"""`segments export`: the log as lines that anybody can verify."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO, cast

import psycopg
import typer
from rich.progress import Progress

from projections.access.entry import from_the_command_line
from projections.access.log import note_now
from projections.proofs.export import LogExport
from service.cli.output.terminal import err, fail
from service.database.open_database import migrated_database, settings_with
from service.downloads import private_files
from service.proofs.signed import connection_for, signed_now


def export(
    after: Annotated[int, typer.Option(min=0, help="Only what came after that position.")] = 0,
    file: Annotated[
        Path | None,
        typer.Option(
            "--out", help="The file to write, gzipped if named .gz; else standard output."
        ),
    ] = None,
    data: Annotated[Path | None, typer.Option(help="The data directory.")] = None,
) -> None:
    """Writes the log as JSON lines, up to a checkpoint that is signed now."""
    settings = settings_with(data)
    with migrated_database(settings) as url:
        signed, refused = signed_now(settings, url)
        if refused:
            err.print(f"Nothing new is signed: {refused}.", style="red", markup=False)
        with psycopg.connect(connection_for(url)) as connection, _opened(file) as stream:
            note_now(connection, from_the_command_line("export", after=after))
            source = LogExport(connection, signed, after)
            for line in _watched(source):
                stream.write(line + b"\n")


def _watched(source: LogExport) -> Iterator[bytes]:
    """Yields the lines, with a progress bar for people."""
    with Progress(console=err, disable=not err.is_terminal, transient=True) as progress:
        task = progress.add_task("events", total=None)
        for line in source.lines():
            progress.update(task, total=source.events, advance=1)
            yield line


@contextmanager
def _opened(file: Path | None) -> Iterator[BinaryIO]:
    if file is None:
        yield sys.stdout.buffer
        return
    try:
        with private_files.opened(file) as stream:
            if file.suffix == ".gz":  # without a time or a name in it: the same log, the same file
                with gzip.GzipFile("", "wb", fileobj=stream, mtime=0) as packed:
                    yield cast("BinaryIO", packed)
            else:
                yield stream
    except OSError as failure:
        raise fail(f"{file} could not be written: {failure.strerror}.") from None
