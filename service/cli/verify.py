"""`segments verify`: whether an export, or the database itself, is what was signed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from service.cli.output.terminal import err, fail, out
from service.database.open_database import migrated_database, settings_with
from service.proofs.verified import verified_database
from verifier.verify import Report, Unusable, lines_of, opened, read_notes, read_vkeys
from verifier.verify import verify as verified


def verify(
    file: Annotated[Path | None, typer.Argument(help="An export; gzipped if named .gz.")] = None,
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(help="A file of checkpoints that was kept elsewhere; as often as wished."),
    ] = None,
    vkey: Annotated[
        list[str] | None, typer.Option(help="A key to believe, or a file of keys, one a line.")
    ] = None,
    database: Annotated[
        bool, typer.Option("--database", help="Check the database instead of an export.")
    ] = False,
    data: Annotated[Path | None, typer.Option(help="The data directory.")] = None,
) -> None:
    """Names the first position that does not hold, and then ends with 1."""
    if (file is None) is not database:
        raise typer.BadParameter("Name an export, or say --database.")
    try:
        notes = [note for kept in checkpoint or [] for note in read_notes(kept)]
        vkeys = read_vkeys(vkey or [])
        if file is None:
            _tell(_of_the_database(data, notes, vkeys))
            return
        with opened(file) as stream:
            _tell(verified(lines_of(stream), notes, vkeys))
    except Unusable as unusable:
        raise fail(f"Cannot be checked: {unusable}.") from None


def _of_the_database(data: Path | None, notes: Sequence[str], vkeys: Sequence[str]) -> Report:
    settings = settings_with(data)
    with migrated_database(settings) as url:
        return verified_database(settings, url, notes, vkeys)


def _tell(report: Report) -> None:
    for remark in report.remarks:
        err.print(remark, style="yellow", markup=False)
    for finding in report.findings:
        out.print(f"DOES NOT HOLD: {finding.message}", style="red", markup=False)
    if report.findings:
        raise typer.Exit(1)
    out.print(f"holds: {report.events} events, {len(report.held)} checkpoints", markup=False)
