"""`segments config`: every setting, its value and where it came from."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli.output.terminal import table
from service.settings import Settings, described, env_example


def config(
    example: Annotated[bool, typer.Option("--example", help="Print .env.example instead.")] = False,
) -> None:
    """Shows every setting; secrets are masked."""
    if example:
        print(env_example(), end="")
        return
    rows = [(line.name, line.value, line.source) for line in described(Settings())]
    table(("setting", "value", "from"), rows)
