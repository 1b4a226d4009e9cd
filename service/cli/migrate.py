"""`segments migrate`: creates or brings up to date the log and the read model's schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.output.terminal import fail, out
from service.database.migrations import pending
from service.database.open_database import (
    bring_up_to_date,
    database,
    is_up_to_date,
    settings_with,
)
from service.database.retention import set_retention


def migrate(
    check: Annotated[bool, typer.Option("--check", help="Only say what is pending.")] = False,
    data: Annotated[Path | None, typer.Option(help="The data directory.")] = None,
) -> None:
    """Brings the database up to date. Safe to run from many processes at once.

    With --check it changes nothing and ends with 1 when something is pending.
    """
    settings = settings_with(data)
    with database(settings) as url:
        if check:
            steps = pending(url)
            if steps or not is_up_to_date(url):
                raise fail("Pending: " + ", ".join(steps or ["the read model of this release"]))
        else:
            for step in bring_up_to_date(settings, url):
                out.print(f"took {step}", markup=False)
            set_retention(settings.owner_database_url or url, settings.access_log_days)
        out.print("The database is up to date.")
