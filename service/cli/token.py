"""`segments token`: a bearer token for development."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from domain.kernel.principal import Role
from service.cli.output.terminal import fail
from service.database.open_database import settings_with
from service.sign_in import InProduction, SignInConfigured, issue_development_token

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def token(
    role: Annotated[list[Role], typer.Option(help="A role to have; may be repeated.")],
    user: Annotated[str | None, typer.Option(help="Username to act as.")] = None,
    ttl: Annotated[str, typer.Option(help="How long it is good: 90s, 30m, 1h, 7d.")] = "1h",
    data: Annotated[Path | None, typer.Option(help="The data directory.")] = None,
) -> None:
    """Prints a token signed with the data directory's own key.

    Refused when an identity provider is configured: its tokens are the only ones then. Refused in
    production, too.
    """
    settings = settings_with(data)
    try:
        print(issue_development_token(settings, role, user, lifetime(ttl)))
    except (SignInConfigured, InProduction) as refused:
        raise fail(str(refused)) from refused


def lifetime(text: str) -> timedelta:
    """Parses `--ttl`. BadParameter for anything but a duration."""
    match = re.fullmatch(r"([1-9]\d{0,5})([smhd])", text)
    if match is None:
        raise typer.BadParameter("a number and one of s, m, h, d, such as 1h", param_hint="--ttl")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})
