"""`segments schema`: the GraphQL schema as text, and what a change of it breaks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from graphql import GraphQLError, GraphQLSchema, build_schema
from graphql.utilities import find_breaking_changes, find_dangerous_changes

from graph.schema import schema
from service.cli.output.terminal import fail, out

COMMITTED = Path("graph/schema.graphql")

app = typer.Typer(help="The GraphQL schema.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(help="The committed schema.", dir_okay=False)]
Existing = Annotated[
    Path, typer.Argument(help="The committed schema.", dir_okay=False, exists=True)
]


def sdl() -> str:
    """Returns the schema as this code has it."""
    return schema.as_str() + "\n"


@app.command()
def export(file: File = COMMITTED) -> None:
    """Writes the schema to the file."""
    file.write_text(sdl(), encoding="utf-8")


@app.command()
def diff(file: Existing = COMMITTED) -> None:
    """Compares the code's schema with the committed one; ends with 1 when they differ.

    Says which differences break clients, and which may.
    """
    committed = file.read_text(encoding="utf-8")
    if committed == sdl():
        out.print("The schema is as committed.")
        return
    before, after = _read(committed, file), build_schema(sdl())
    for breaking in find_breaking_changes(before, after):
        out.print(f"breaks clients: {breaking.description}", markup=False)
    for dangerous in find_dangerous_changes(before, after):
        out.print(f"may break clients: {dangerous.description}", markup=False)
    out.print("The schema differs from the committed one: run `segments schema export`.")
    raise typer.Exit(1)


def _read(committed: str, file: Path) -> GraphQLSchema:
    try:
        return build_schema(committed)
    except (GraphQLError, TypeError) as unreadable:
        raise fail(f"{file} is no GraphQL schema: {unreadable}") from unreadable
