"""`segments rebuild`: builds the read model anew beside the one that is read, and switches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from projections.engine.names import READ_MODEL
from projections.rebuild.build import build
from projections.rebuild.comparison import TableComparison, compare
from projections.rebuild.context import RebuildContext
from projections.rebuild.switch import switch, switch_back
from projections.version import VERSION
from service.cli.output.terminal import err, fail, out, table
from service.database.open_database import database, settings_with
from service.database.rebuilding import context_to_build


class Projection(StrEnum):
    """The projection to be built anew."""

    SITE = "site"


LINES = 10
"""The number of lines that tell the progress in a pipe."""


def rebuild(
    projection: Annotated[
        Projection, typer.Option(help="Which one: `site` is the read model.")
    ] = Projection.SITE,
    switching: Annotated[
        bool | None,
        typer.Option(
            "--switch/--no-switch",
            help="Read the new one from now on; by default if it is of the same version.",
        ),
    ] = None,
    despite_differences: Annotated[
        bool,
        typer.Option("--despite-differences", help="Switch though rows of one version differ."),
    ] = False,
    back: Annotated[
        bool, typer.Option("--back", help="Only switch back to what was read before.")
    ] = False,
    data: Annotated[Path | None, typer.Option(help="The data directory.")] = None,
) -> None:
    """Builds the read model anew from the log, compares it row by row, and switches to it.

    Reads and writes go on meanwhile. What was read before is kept for `--back`. Ends with 1,
    without switching, when rows differ though both are of the same version.
    """
    settings = settings_with(data)
    with database(settings) as url, context_to_build(settings, url) as context:
        if back:
            out.print(f"switched back, at position {switch_back(context)}")
            return
        _build(context)
        position, compared = compare(context)
        is_same_version = context.version(READ_MODEL) == VERSION
        are_equal = _report(position, compared)
        if is_same_version and not are_equal and not despite_differences:
            raise fail("Not switched: the two are of one version, and should be equal.")
        if switching or (switching is None and is_same_version):
            out.print(f"switched, at position {switch(context)}")
        else:
            out.print(f"not switched: version {VERSION} is ready beside the one that is read")


def _build(context: RebuildContext) -> None:
    folded = 0
    began = time.perf_counter()
    with _watched(context.position()) as told:

        def count(events: int, position: int) -> None:
            nonlocal folded
            folded += events
            told(position)

        build(context, count)
    seconds = time.perf_counter() - began
    out.print(f"built from {folded} events in {seconds:.1f} s: {folded / seconds:,.0f} events/s")


@contextmanager
def _watched(goal: int) -> Iterator[Callable[[int], None]]:
    """Yields a callback for the progress: a bar for people to watch, now and then a line in a
    pipe.
    """
    if not err.is_terminal:
        yield _lines(goal)
        return
    with Progress(console=err, transient=True) as progress:
        task = progress.add_task("events", total=goal)
        yield lambda position: progress.update(task, completed=position)


def _lines(goal: int) -> Callable[[int], None]:
    told = 0

    def tell(position: int) -> None:
        nonlocal told
        if position * LINES // max(goal, 1) > told:
            told = position * LINES // max(goal, 1)
            err.print(f"at position {position} of {goal}")

    return tell


def _report(position: int, compared: Sequence[TableComparison]) -> bool:
    """Prints for each table the number of rows, and of those that differ; returns whether none
    does.
    """
    out.print(f"compared at position {position}:")
    table(
        ("table", "rows", "differing"),
        [(one.table, str(one.rows), str(one.differing)) for one in compared],
    )
    differing = [one for one in compared if one.differing]
    for one in differing:
        for example in one.examples:
            err.print(f"{one.table}: {example}", markup=False)
    return not differing
