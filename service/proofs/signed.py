"""The checkpoint with which exports and verifications begin: of the log, as new as can be."""

from __future__ import annotations

import subprocess

import psycopg

from projections.proofs.export import Signed
from projections.proofs.notary import Inconsistent, latest
from projections.proofs.reads import StoredCheckpoint
from service.database.connections import on_primary, service_conninfo
from service.proofs.checkpoints import Checkpoints, notary_for, published_for
from service.settings import Settings


def connection_for(url: str) -> str:
    """Returns a connection string for the tree and the log."""
    return on_primary(service_conninfo(url, "pg_catalog"))


def signed_now(settings: Settings, url: str) -> tuple[Signed, str | None]:
    """Returns the present checkpoint; or the latest that was stored, and the reason why there is no
    newer one.

    Inconsistent when there is none at all.
    """
    conninfo = connection_for(url)

    def connect() -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(conninfo)

    checkpoints = Checkpoints(connect, notary_for(settings, connect))
    refused: str | None = None
    kept: StoredCheckpoint | None
    try:
        kept = checkpoints.sign()
    except (Inconsistent, OSError, subprocess.SubprocessError) as failure:
        refused = str(failure)
        with connect() as connection, connection.cursor() as cursor:
            kept = latest(cursor)
        if kept is None:
            raise Inconsistent(
                f"nothing was ever signed, and cannot be now: {failure}"
            ) from failure
    vkeys = [verifier.vkey for verifier in published_for(settings).known()]
    return Signed(kept, settings.log_origin, vkeys), refused
