"""The keys in the vault."""

from __future__ import annotations

from typing import Literal

import psycopg

from service.database.connections import service_conninfo

Name = Literal["request-hash", "tag-hash"]


def secret(url: str, name: Name) -> bytes:
    """A key of 32 bytes, made by the first migration. KeyError when there is none of that name."""
    with psycopg.connect(service_conninfo(url, "vault")) as connection:
        query = "SELECT secret FROM vault.secrets WHERE name = %s"
        row = connection.execute(query, [name]).fetchone()
    if row is None:
        raise KeyError(name)
    return bytes(row[0])
