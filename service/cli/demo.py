"""`segments demo`: deterministic demo content."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from service.cli.output.terminal import out
from service.database.open_database import migrated_database, settings_with
from service.demo import fill


def demo(data: Annotated[Path | None, typer.Option(help="The data directory.")] = None) -> None:
    """Fills the site with segments to look at. A second time it changes nothing."""
    settings = settings_with(data)
    with migrated_database(settings) as url:
        count = asyncio.run(fill(settings, url))
    out.print(f"The site has the {count} demo segments.")
