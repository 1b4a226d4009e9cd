"""The settings: environment variables that begin with SEGMENTS_, or the same names in `.env`."""

import os
import re
import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from dotenv import dotenv_values
from pydantic import Field, SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.loopback import is_loopback_host

PREFIX = "SEGMENTS_"
ENV_FILE = Path(".env")
MASK = "********"
_ORIGIN = r"https?://[^\s,/*?#@]+"


class UnsafeInProduction(Exception):
    """The service is told to be in production, but a setting is still a development default."""


class RemoteDevelopment(Exception):
    """The service is in development, and told to listen where others can reach it."""


class Settings(BaseSettings):
    """Every setting of the service. An empty value counts as unset."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=ENV_FILE, env_ignore_empty=True, extra="ignore", frozen=True
    )

    # URLs may hold passwords: repr=False keeps them out of logs and tracebacks.
    database_url: str | None = Field(
        default=None,
        repr=False,
        description="PostgreSQL 18 to keep the log and the read model in, as a libpq URL or"
        " connection string; any libpq option passes through. Unset: a server of the service's"
        " own, in the data directory, for development.",
    )
    read_database_url: str | None = Field(
        default=None,
        repr=False,
        description="A replica that answers the reads, or several, as a libpq URL. Unset: the host"
        " of the database above that can be written to.",
    )
    owner_database_url: str | None = Field(
        default=None,
        repr=False,
        description="What `segments migrate` connects to, as the owner of the schema. Unset: the"
        " database URL.",
    )
    data_dir: Path = Field(
        default=Path(".data"),
        description="Directory for what the service keeps on disk: its own database, when no"
        " database URL is set, and the key that signs development tokens.",
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(
        default=8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one."
    )
    oidc_issuer: str | None = Field(
        default=None,
        pattern=r"^https?://",
        description="Issuer URL of the identity provider. Unset: development tokens, signed by a"
        " key in the data directory.",
    )
    oidc_audience: str | None = Field(
        default=None, description="The audience that the identity provider's tokens must name."
    )
    oidc_client_id: str | None = Field(
        default=None,
        description="The console's client id at the identity provider. Unset: the console cannot"
        " be signed in to with it.",
    )
    oidc_client_secret: SecretStr | None = Field(
        default=None,
        description="The secret that goes with the client id, unless the client is a public one.",
    )
    oidc_user_claim: str = Field(
        default="preferred_username",
        description="The claim that says who somebody is.",
    )
    oidc_user_claim_is: Literal["username", "email", "code"] = Field(
        default="username",
        description="What of the directory that claim is: username, email or code. An e-mail"
        " address counts only if the token says that it is verified.",
    )
    oidc_roles_claim: str = Field(
        default="roles",
        description="The claim that lists somebody's roles; dots lead into nested claims.",
    )
    site_admin: str | None = Field(
        default=None,
        description="The first site admin: whom a token's user claim calls so has that role,"
        " whatever else the token says.",
    )
    log_origin: str = Field(
        default="user-segments.local/log",
        pattern=r"^[^\s+]{1,200}$",
        description="The log's name in checkpoints, and that of the keys that sign them. Choose it"
        " once: what was signed under another is of another log.",
    )
    log_key_files: str | None = Field(
        default=None,
        description="PEM files with the Ed25519 keys that sign checkpoints, with colons in"
        " between: the present one, then former ones that still sign. Unset: a key in the data"
        " directory.",
    )
    checkpoint_file: Path | None = Field(
        default=None,
        description="Where checkpoints are published, on another disk if you can. Unset:"
        " checkpoints/log.checkpoints in the data directory.",
    )
    checkpoint_command: SecretStr | None = Field(
        default=None,
        description="A command that is given each checkpoint on its standard input, to publish it"
        " elsewhere. It is run without a shell.",
    )
    metrics_token: SecretStr | None = Field(
        default=None,
        description="Bearer token for /metrics, asked of everybody. Unset: /metrics answers on the"
        " loopback interface only.",
    )
    environment: Literal["development", "production"] = Field(
        default="development",
        description="development or production. In production the service refuses to start with a"
        " development default.",
    )
    introspection: bool | None = Field(
        default=None,
        description="true or false: whether the API answers questions about its schema"
        " (introspection). Unset: in development it does, in production it does not.",
    )
    cors_origins: str | None = Field(
        default=None,
        pattern=rf"^{_ORIGIN}(\s*,\s*{_ORIGIN})*$",
        description="Origins whose pages may call the API from a browser (CORS), exactly as the"
        " browser sends them, with commas in between: https://learn.example.org. Unset: none.",
    )
    allow_remote_development: bool = Field(
        default=False,
        description="true lets development listen on an address that is not loopback, where"
        " without an identity provider everybody who reaches it can sign in as a site admin. For"
        " containers whose port is published on loopback only.",
    )
    command_threads: int = Field(
        default=8,
        ge=1,
        le=64,
        description="Threads, with a database connection each, that run commands.",
    )
    read_pool: int = Field(
        default=8, ge=1, le=64, description="Most database connections for reads."
    )
    rate_burst: int = Field(
        default=2_000,
        ge=1,
        description="Points that one principal may ask for at once, in each process.",
    )
    rate_per_second: int = Field(
        default=200,
        ge=0,
        description="Points a second that one principal may ask for from then on; 0 for as many as"
        " they like. An operation tells what it costs in `extensions.cost`.",
    )
    access_log_days: int = Field(
        default=365,
        ge=30,
        description="Days for which the access log keeps who read the log and who was refused; 30"
        " at least. What `segments migrate` is run with counts, or `segments serve` where it knows"
        " the owner's login.",
    )

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        """The origins of `cors_origins`."""
        return tuple(origin.strip() for origin in (self.cors_origins or "").split(",") if origin)

    @property
    def answers_introspection(self) -> bool:
        """Whether the schema can be asked for, by setting or by environment."""
        if self.introspection is None:
            return self.environment == "development"
        return self.introspection


NEEDED_IN_PRODUCTION = ("database_url", "oidc_issuer", "oidc_audience", "metrics_token")


def refuse_development_defaults(settings: Settings) -> None:
    """Raises UnsafeInProduction, naming every setting that production needs and lacks."""
    if settings.environment != "production":
        return
    missing = [name for name in NEEDED_IN_PRODUCTION if getattr(settings, name) is None]
    if missing:
        raise UnsafeInProduction(
            "In production these settings must be given: " + ", ".join(map(_variable, missing))
        )


def refuse_remote_development(settings: Settings) -> None:
    """Raises RemoteDevelopment where other machines could sign in as anybody."""
    if settings.environment != "development" or settings.allow_remote_development:
        return
    if not is_loopback_host(settings.host):
        raise RemoteDevelopment(
            f"In development the service listens on loopback only, and not on {settings.host!r}:"
            " without an identity provider everybody who reaches it can sign in as a site admin."
            f" Set {_variable('environment')}=production; or, where only you can reach it,"
            f" {_variable('allow_remote_development')}=true."
        )


class Described(NamedTuple):
    """One line of `segments config`. Secrets in the value are masked."""

    name: str
    value: str
    source: str
    """`default`, `environment` or `.env file`; `argument` when the code gave the value."""
    description: str


def described(settings: Settings) -> list[Described]:
    """Returns every setting with its value and its source, in the order of the class."""
    return [
        Described(
            _variable(name),
            _shown(getattr(settings, name)),
            _source(name, settings),
            field.description or "",
        )
        for name, field in Settings.model_fields.items()
    ]


def env_example() -> str:
    """Returns the text of `.env.example`: every setting, commented out, with its default."""
    head = (
        "# Settings of the service. Copy to .env and take the # off where a value is to differ.\n"
        "# Environment variables of the same names win. Made by `python -m service.settings`.\n"
    )
    return head + "".join(map("\n{}".format, _example_paragraphs()))


def _example_paragraphs() -> Iterator[str]:
    for name, field in Settings.model_fields.items():
        yield f"{_commented(field)}#{_variable(name)}={value_text(field.default)}\n"


def value_text(value: object) -> str:
    """Returns a value as it is written into a variable; nothing for None."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _commented(field: FieldInfo) -> str:
    lines = textwrap.wrap(field.description or "", width=98)
    return "".join(f"# {line}\n" for line in lines)


def _variable(name: str) -> str:
    return PREFIX + name.upper()


def _source(name: str, settings: Settings) -> str:
    if name not in settings.model_fields_set:
        return "default"
    if _given(name, os.environ):
        return "environment"
    if _given(name, dotenv_values(ENV_FILE)):
        return ".env file"
    return "argument"


def _given(name: str, values: Mapping[str, str | None]) -> bool:
    """Whether the setting has a value. Names are compared as pydantic-settings does: in any case;
    an empty value is unset.
    """
    return any(key.upper() == _variable(name) and value for key, value in values.items())


def _shown(value: object) -> str:
    return MASK if isinstance(value, SecretStr) else _without_password(value_text(value))


def _without_password(text: str) -> str:
    """Masks a URL's password, and `password=…` in a URL's query or a connection string."""
    text = re.sub(r"^(\w+://[^/?#:@]*):[^/?#]*(?=@)", rf"\1:{MASK}", text)
    pairs = r"((?:^|[?&\s])(?:ssl)?password\s*=\s*)('(?:\\.|''|[^'\\])*'|[^&\s]*)"
    return re.sub(pairs, rf"\1{MASK}", text, flags=re.IGNORECASE)


if __name__ == "__main__":
    sys.stdout.write(env_example())
