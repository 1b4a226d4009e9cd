"""Checkpoints outside the database: a file that only grows, and a command that publishes them."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

from projections.proofs.note import Verifier

COMMAND_TIMEOUT_S = 30.0
"""Seconds that the command may take to publish one checkpoint."""

CHECKPOINTS = "log.checkpoints"
VKEYS = "log.vkeys"

_READ_AT_MOST = 64 * 1024


class PublishedFile:
    """Notes one after the other, an empty line after each; beside it the keys to verify them by.

    Anybody who keeps a copy elsewhere can show the log's former state, whatever becomes of the
    database.
    """

    def __init__(self, file: Path, verifiers: Sequence[Verifier], command: str | None) -> None:
        self._file = file
        self._verifiers = verifiers
        self._command = command

    def last(self) -> str | None:
        """See Published. A note that a crash has cut off is ignored."""
        notes, _ = self._tail()
        return notes[-1] if notes else None

    def publish(self, note: str) -> None:
        """See Published. It is on the disk before this returns."""
        self._tell_keys()
        self._cut_back()
        descriptor = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        with os.fdopen(descriptor, "ab") as file:
            file.write(f"{note}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        if self._command:
            words = shlex.split(self._command)
            subprocess.run(  # noqa: S603 - the operator's own words, of the settings
                words, input=note.encode(), timeout=COMMAND_TIMEOUT_S, check=True
            )

    def text(self) -> str:
        """Returns all that was published."""
        return self._file.read_text(encoding="utf-8") if self._file.exists() else ""

    def _cut_back(self) -> None:
        """Cuts off the rest of a note that a crash kept from being published."""
        _, rest = self._tail()
        if rest:
            os.truncate(self._file, self._file.stat().st_size - len(rest.encode()))

    def _tail(self) -> tuple[list[str], str]:
        """Returns the last notes, and the bytes after them."""
        if not self._file.exists():
            return [], ""
        with self._file.open("rb") as file:
            end = file.seek(0, os.SEEK_END)
            file.seek(max(0, end - _READ_AT_MOST))
            return whole_notes(file.read().decode(errors="replace"))

    def _tell_keys(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        vkeys = self._file.with_name(VKEYS)
        known = vkeys.read_text().splitlines() if vkeys.exists() else []
        new = [v.vkey for v in self._verifiers if v.vkey not in known]
        if new:
            with vkeys.open("a") as file:
                file.writelines(f"{vkey}\n" for vkey in new)

    def known(self) -> list[Verifier]:
        """Returns the keys that ever signed a note in the file."""
        vkeys = self._file.with_name(VKEYS)
        lines = vkeys.read_text().splitlines() if vkeys.exists() else []
        return [Verifier.from_vkey(line) for line in lines if line.strip()]


def whole_notes(text: str) -> tuple[list[str], str]:
    """Returns the notes in a file of checkpoints, each with its last line break; and the rest."""
    notes: list[str] = []
    lines: list[str] = []
    for line in text.split("\n"):
        if line or not any(entry.startswith("\u2014 ") for entry in lines):
            lines.append(line)
        else:
            notes.append("\n".join(lines) + "\n")
            lines = []
    return notes, "\n".join(lines)
