"""The commands of `segments`, and their common options and errors."""

from __future__ import annotations

import logging
from typing import Any

import typer
from typer.core import TyperGroup

from service.cli import (
    config,
    demo,
    export,
    export_members,
    history,
    migrate,
    rebuild,
    schema,
    serve,
    status,
    token,
    upload,
    verify,
)
from service.cli.output.terminal import friendly_errors
from service.telemetry import logs


class FriendlyErrors(TyperGroup):
    """Commands that report an expected error in a sentence."""

    def invoke(self, ctx: Any) -> Any:
        with friendly_errors():
            return super().invoke(ctx)


app = typer.Typer(
    name="segments",
    cls=FriendlyErrors,
    help="User segments, with a log that auditors can trust.",
    epilog="Exit codes: 0 done, 1 it could not be done (the message says why), 2 the words were"
    " wrong.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def before() -> None:
    """Warnings go to standard error; what a command prints is its own."""
    logs.configure(logging.WARNING)


app.command("serve")(serve.serve)
app.command("migrate")(migrate.migrate)
app.command("token")(token.token)
app.command("upload")(upload.upload)
app.command("export-members")(export_members.export_members)
app.command("export")(export.export)
app.command("verify")(verify.verify)
app.command("rebuild")(rebuild.rebuild)
app.command("history")(history.history)
app.command("status")(status.status)
app.command("demo")(demo.demo)
app.command("config")(config.config)
app.add_typer(schema.app, name="schema")
