"""Checkpoints: one a minute in which the log has grown, and one on each request."""

from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import Callable
from typing import Any

import structlog
from psycopg import Connection

from graph.support.errors import QueryError, QueryErrorCode
from projections.proofs.follower import TreeFollower
from projections.proofs.notary import Inconsistent, Notary
from projections.proofs.note import Verifier
from projections.proofs.reads import StoredCheckpoint
from service.proofs.keys import log_keys
from service.proofs.published import CHECKPOINTS, PublishedFile
from service.settings import Settings
from service.telemetry.metrics import CHECKPOINT_REFUSED, CHECKPOINT_SIZE

EVERY = 50.0
"""Seconds from one checkpoint to the next, so that none is missing from a minute."""

_logger = structlog.get_logger("proofs")


class Checkpoints:
    """Grows the tree to the log's head and has it signed. Safe to share between threads."""

    def __init__(self, connect: Callable[[], Connection[Any]], notary: Notary) -> None:
        self._follower = TreeFollower(connect)
        self._notary = notary
        self._signing: asyncio.Task[StoredCheckpoint] | None = None
        self._next: asyncio.Task[StoredCheckpoint] | None = None

    async def on_demand(self) -> StoredCheckpoint:
        """Returns a checkpoint of the log as it is. QueryError UNAVAILABLE when nothing may or can
        be signed.

        One is signed at a time: all requests meanwhile share the next one.
        """
        if self._next is None:
            self._next = asyncio.create_task(self._sign_after(self._signing))
            self._next.add_done_callback(_heard)
        try:
            return await asyncio.shield(self._next)
        except (Inconsistent, OSError, subprocess.SubprocessError) as refused:
            message = f"No checkpoint can be signed: {_told(refused)}."
            raise QueryError(QueryErrorCode.UNAVAILABLE, message) from refused

    async def _sign_after(self, other: asyncio.Task[StoredCheckpoint] | None) -> StoredCheckpoint:
        if other is not None:
            await asyncio.wait([other])
        self._signing, self._next = self._next, None
        return await asyncio.to_thread(self.sign)

    def sign(self) -> StoredCheckpoint:
        """Signs a checkpoint, in this thread. Inconsistent, OSError or SubprocessError."""
        self._follower.catch_up()
        try:
            kept = self._notary.sign()
        except Inconsistent as refused:
            CHECKPOINT_REFUSED.set(1)
            _logger.error("a checkpoint is not signed", reason=str(refused))
            raise
        CHECKPOINT_REFUSED.set(0)
        CHECKPOINT_SIZE.set(kept.size)
        return kept


class EveryMinute:
    """Signs when it is time; a follower calls it as often as it likes."""

    def __init__(self, checkpoints: Checkpoints, now: Callable[[], float] = time.monotonic) -> None:
        self._checkpoints = checkpoints
        self._now = now
        self._next = now()

    def __call__(self) -> None:
        """Signs when it is time. Never fails: a failure is logged, and signing is tried again a
        minute later.
        """
        if self._now() < self._next:
            return
        self._next = self._now() + EVERY
        try:
            self._checkpoints.sign()
        except Inconsistent:
            return  # logged already
        except (OSError, subprocess.SubprocessError) as failure:
            _logger.error("a checkpoint could not be published", error=type(failure).__name__)


def notary_for(settings: Settings, connect: Callable[[], Connection[Any]]) -> Notary:
    """Returns the notary of the settings."""
    published = published_for(settings)
    return Notary(connect, settings.log_origin, log_keys(settings), published, published.known())


def published_for(settings: Settings) -> PublishedFile:
    """Returns the file in which the settings have checkpoints published."""
    verifiers = [Verifier(settings.log_origin, key.public_key()) for key in log_keys(settings)]
    file = settings.checkpoint_file or settings.data_dir / "checkpoints" / CHECKPOINTS
    command = settings.checkpoint_command
    return PublishedFile(file, verifiers, command.get_secret_value() if command else None)


def _heard(signed: asyncio.Task[StoredCheckpoint]) -> None:
    """Takes the result of a task without callers: they may have gone away, then a failure is
    nobody's.
    """
    if not signed.cancelled():
        signed.exception()


def _told(failure: Exception) -> str:
    return str(failure) if isinstance(failure, Inconsistent) else "it could not be published"
