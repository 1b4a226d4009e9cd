"""The commands of `segments`, and what they share."""

from __future__ import annotations

import logging

import typer

from service.cli import config, demo, history, migrate, schema, serve, status, token
from service.telemetry import logs

app = typer.Typer(
    name="segments",
    help="User segments, with a log that auditors can trust.",
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
app.command("history")(history.history)
app.command("status")(status.status)
app.command("demo")(demo.demo)
app.command("config")(config.config)
app.add_typer(schema.app, name="schema")
