"""Talking to people and to pipes: rich on a terminal, plain text in a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer
from psycopg import OperationalError
from psycopg.errors import InsufficientPrivilege
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from domain.command_result import Unavailable
from domain.kernel.read_model_behind import ReadModelBehind
from projections.proofs.notary import Inconsistent
from projections.rebuild.switch import CannotSwitch
from service.database.capacity import TooFewConnections
from service.database.migrations import DatabaseTooNew, MigrationRefused
from service.database.postgres.binaries import EmbeddedServerFailed
from service.database.postgres.server_check import UnsuitableServer
from service.process.workers import NoneStarted
from service.proofs.keys import NotAKey
from service.settings import PREFIX, RemoteDevelopment, UnsafeInProduction
from service.sign_in import AudienceMissing

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

EXPECTED = (
    EmbeddedServerFailed,
    DatabaseTooNew,
    MigrationRefused,
    UnsuitableServer,
    TooFewConnections,
    UnsafeInProduction,
    RemoteDevelopment,
    AudienceMissing,
    Inconsistent,
    CannotSwitch,
    NotAKey,
    NoneStarted,
    OperationalError,
    InsufficientPrivilege,
    ReadModelBehind,
    Unavailable,
)
"""Expected errors, of causes outside the program: reported in a sentence, without a traceback."""


def fail(message: str) -> typer.Exit:
    """Prints a message on standard error and returns an exit with 1, to be raised."""
    err.print(message, style="red", markup=False)
    return typer.Exit(1)


@contextmanager
def friendly_errors() -> Iterator[None]:
    """Reports expected errors in a sentence, and ends with 1."""
    try:
        yield
    except EXPECTED as failure:
        raise fail(str(failure)) from failure
    except ValidationError as failure:
        raise fail("\n".join(_unfit_settings(failure))) from failure


def _unfit_settings(failure: ValidationError) -> Iterator[str]:
    """Returns a line for each invalid setting; its value may be secret."""
    for error in failure.errors(include_url=False, include_input=False):
        yield f"{PREFIX}{str(error['loc'][0]).upper()}: {error['msg']}"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Prints rows as a table on a terminal, tab-separated in a pipe. Control characters and
    directions in values come out as a replacement character.
    """
    if not out.is_terminal:
        for row in rows:
            print("\t".join(map(_shown, row)))
        return
    grid = Table(*headings)
    for row in rows:
        grid.add_row(*(Text(_shown(cell), overflow="fold") for cell in row))
    out.print(grid)


def _shown(cell: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in cell)
