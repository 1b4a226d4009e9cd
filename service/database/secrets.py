"""The keys in the vault."""

from __future__ import annotations

from typing import NamedTuple

import psycopg

from service.database.connections import on_primary, service_conninfo


class Secrets(NamedTuple):
    """Keys of 32 bytes, made by the first migration."""

    request_hash: bytes
    tag_hash: bytes


def secrets(url: str) -> Secrets:
    """Returns the site's keys in the vault. KeyError when one of them is not in it."""
    with psycopg.connect(on_primary(service_conninfo(url, "vault"))) as connection:
        kept: dict[str, bytes] = dict(
            connection.execute("SELECT name, secret FROM vault.secrets").fetchall()
        )
    return Secrets(bytes(kept["request-hash"]), bytes(kept["tag-hash"]))
