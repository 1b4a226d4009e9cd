"""Connection strings: the options that every one of the service's has."""

from __future__ import annotations

from psycopg.conninfo import conninfo_to_dict, make_conninfo

SERVICE_ROLE = "segments_service"
"""The role that the service acts in, whichever login it uses: it can append to the log and read it,
no more. See service/database/migrations/.
"""

CONNECT_TIMEOUT = 5
"""Seconds for one host to answer."""

RESILIENCE: dict[str, str | int] = {
    "connect_timeout": CONNECT_TIMEOUT,
    # A peer that vanished without a word is noticed after 30 + 3 x 5 s when idle, after 10 s when
    # something was sent to it. Both are ignored on Unix sockets.
    "keepalives": 1,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "application_name": "segments",
}
"""Defaults, in the words of libpq; options of the given URL take precedence."""

STATEMENT_TIMEOUT_S = 60.0
"""Seconds after which the server cancels a statement of a command: it holds one of a few
threads.
"""

_PRESENCE = {"client_connection_check_interval": "1s"}
"""Lets a server check, while it works, that its client is still there: the statements of a process
that died end with it.
"""


def service_conninfo(url: str, search_path: str, **settings: str | int) -> str:
    """Returns a connection string for the service's role. `settings` are the server's, for the
    session.

    Any libpq option of the URL passes through: several hosts, target_session_attrs, sslmode, also
    `options`, which ours come after.
    """
    session = {"role": SERVICE_ROLE, "search_path": search_path, **_PRESENCE, **settings}
    return _completed(url, session)


def ending_after(seconds: float) -> dict[str, str]:
    """Returns the settings of a session in which no statement takes longer: QueryCanceled, an
    OperationalError, if one does.
    """
    return {"statement_timeout": f"{seconds * 1000:.0f}ms"}


def owner_conninfo(url: str) -> str:
    """Returns a connection string for the login that owns the schema.

    Its search_path holds nothing that others can write to, so that no object put in the way is ever
    found instead of the one that is meant.
    """
    return _completed(url, {"search_path": "pg_catalog"})


def on_primary(conninfo: str) -> str:
    """Returns the connection string for writing: of several hosts the one that can be written
    to.
    """
    if conninfo_to_dict(conninfo).get("target_session_attrs"):
        return conninfo
    return make_conninfo(conninfo, target_session_attrs="read-write")


def _completed(url: str, session: dict[str, str | int]) -> str:
    given = {name: value for name, value in conninfo_to_dict(url).items() if value is not None}
    options = [str(given["options"])] if given.get("options") else []
    options += [f"-c {name}={value}" for name, value in session.items()]
    return make_conninfo("", **{**RESILIENCE, **given, "options": " ".join(options)})
