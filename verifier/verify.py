#!/usr/bin/env python3
"""Checks an export of a User Segments log, offline, and trusts nothing of the service's.

    python verify.py log.jsonl.gz --vkey "$(cat log.vkeys)" --checkpoints log.checkpoints

It is one file and needs Python 3.10 or newer and the package `cryptography`. What it is given:

  the export        JSON lines, gzipped if the name ends in .gz. The first line is a manifest, each
                    other line {"event":…,"leaf":"…"}: the event as one line of canonical JSON, and
                    the hash that the service's tree holds for it, in base64.
  --checkpoints     a file of checkpoints that was kept where nobody who can write to the database
                    can write: signed notes, an empty line after each. Without it only the export's
                    own checkpoint is checked, which shows that the export is what was signed, and
                    not that nothing else was ever signed.
  --vkey            the keys to believe, one a line, got by a way that you trust. Without it the
                    export's own are used, which proves nothing about who signed; that is said.

What it does, in one pass: hashes the bytes of every event (SHA-256 of a zero byte and the line's
`event`), compares with the hash that the line claims, sees that positions grow, folds all hashes
into the root of a Merkle tree (RFC 6962), and compares that root with every checkpoint at its size.

What it prints when something does not hold, and where:
  - the position of the first event whose bytes are not those of its stored hash: it was changed, or
    came out of its place;
  - else the positions between the last checkpoint that holds and the first that does not;
  - that the log was cut off, when a checkpoint speaks of more events than there are.

Exit codes: 0 all holds, 1 something does not, 2 the words or the files will not do.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "user-segments-log/1"
MAX_LINE_BYTES = 64 * 1024 * 1024
"""Bytes; an event is 200 kB at most."""

_DASH = "\u2014"
_START, _LEAF = b'{"event":', b',"leaf":"'
_LEAF_LENGTH = 44
_POSITION = b',"position":'
_DIGITS = re.compile(rb"[0-9]{1,19}(?=[,}])")


class Unusable(Exception):
    """What was given cannot be checked at all: the message says why, and where."""


@dataclass(frozen=True)
class Checkpoint:
    """A statement that the log's first `size` events, up to `position`, have this root."""

    origin: str
    size: int
    root: bytes
    position: int


@dataclass(frozen=True)
class Finding:
    """Something that does not hold. `position` is the first that is known not to, if any is."""

    message: str
    position: int | None = None


class Line(NamedTuple):
    """One event of an export: its bytes and the hash that the service's tree has for it."""

    event: bytes
    leaf: bytes


@dataclass
class Manifest:
    """The first line of an export. `left` are the roots of the subtrees over the events before it,
    the largest first; none when it begins with the log.
    """

    after: int
    first_index: int
    events: int
    left: list[bytes]
    note: str
    vkeys: list[str]


@dataclass
class Tree:
    """A Merkle tree that only grows: the roots of its complete subtrees, the largest first."""

    size: int = 0
    roots: list[bytes] = field(default_factory=list)

    def add(self, leaf: bytes) -> None:
        """One leaf's hash more."""
        self.roots.append(leaf)
        size = self.size
        while size & 1:
            right = self.roots.pop()
            self.roots[-1] = node_hash(self.roots[-1], right)
            size >>= 1
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves (RFC 6962, section 2.1)."""
        if not self.roots:
            return hashlib.sha256(b"").digest()
        hashed = self.roots[-1]
        for left in reversed(self.roots[:-1]):
            hashed = node_hash(left, hashed)
        return hashed


def leaf_hash(event: bytes) -> bytes:
    """SHA-256 of a zero byte and the event."""
    return hashlib.sha256(b"\x00" + event).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 of a one byte and both children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


# ------------------------------------------------------------------------------ checkpoints


class Key(NamedTuple):
    """A name, four bytes of the key's hash, and the key."""

    name: str
    hashed: bytes
    key: Ed25519PublicKey


def _decoded(text: str | bytes) -> bytes:
    """What base64 says. ValueError for any but the one spelling of it: the last character may have
    bits that say nothing (RFC 4648, 3.5), and a change of those would go unseen.
    """
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw) != (text.encode() if isinstance(text, str) else text):
        raise ValueError("not the base64 that an encoder writes")
    return raw


def key_from(vkey: str) -> Key:
    """The key behind its text `<name>+<hash>+<key>` (C2SP signed-note). Unusable."""
    try:
        name, hashed, encoded = vkey.strip().split("+", 2)
        raw = _decoded(encoded)
        key = Ed25519PublicKey.from_public_bytes(raw[1:])
    except (ValueError, binascii.Error):
        raise Unusable(f"not a verifier key: {vkey.strip()[:80]}") from None
    own = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    if raw[:1] != b"\x01" or own.hex() != hashed:
        raise Unusable(f"not a verifier key of Ed25519: {vkey.strip()[:80]}")
    return Key(name, own, key)


def notes_in(text: str) -> list[str]:
    """The notes of a file of checkpoints; what a crash cut off at its end is left aside."""
    notes: list[str] = []
    lines: list[str] = []
    for line in text.split("\n"):
        if line or not any(entry.startswith(f"{_DASH} ") for entry in lines):
            lines.append(line)
        else:
            notes.append("\n".join(lines) + "\n")
            lines = []
    rest = "\n".join(lines)
    return [*notes, rest] if rest.endswith("\n") and rest.strip() else notes


def checkpoint_in(note: str, keys: Sequence[Key]) -> Checkpoint | Finding:
    """The checkpoint of a note that one of the keys has signed; else what is wrong with it."""
    body, separator, signatures = note.rpartition(f"\n\n{_DASH} ")
    lines = body.split("\n")
    if not separator or len(lines) != 4:
        return Finding("a checkpoint is not a signed note of this kind of log")
    try:
        origin, size, root = lines[0], int(lines[1]), _decoded(lines[2])
        position = int(lines[3].removeprefix("position "))
    except (ValueError, binascii.Error):
        return Finding("a checkpoint is not a signed note of this kind of log")
    signed = False
    for line in f"{_DASH} {signatures}".splitlines():
        if (holds := _holds(f"{body}\n", line, keys)) is False:
            return Finding(f"the signature of the checkpoint of {size} events is forged")
        signed = signed or bool(holds)
    if not signed:
        return Finding(f"the checkpoint of {size} events is signed by no key that is believed")
    return Checkpoint(origin, size, root, position)


def _holds(body: str, line: str, keys: Sequence[Key]) -> bool | None:
    """Whether a signature holds; None when it is nobody's who is believed."""
    _, _, named = line.partition(f"{_DASH} ")
    name, _, encoded = named.partition(" ")
    try:
        raw = _decoded(encoded)
    except (ValueError, binascii.Error):
        return None
    for key in keys:
        if (key.name, key.hashed) == (name, raw[:4]):
            try:
                key.key.verify(raw[4:], body.encode())
            except InvalidSignature:
                return False
            return True
    return None


# ------------------------------------------------------------------------------ exports


@contextmanager
def opened(file: Path) -> Iterator[BinaryIO]:
    """An export's bytes, unpacked. Unusable when there are none, or they cannot be unpacked."""
    try:
        with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as stream:
            yield stream  # type: ignore[misc]  # both are read line by line
    except (OSError, EOFError) as bad:
        raise Unusable(f"{file}: {bad}") from bad


def lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """Whole lines without their breaks. Unusable for one that is too long or cut off."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES):
        number += 1
        if not line.endswith(b"\n"):
            raise Unusable(f"line {number} is cut off, or longer than any event")
        yield line[:-1]


def manifest_in(line: bytes) -> Manifest:
    """The manifest. Unusable when the line is none."""
    try:
        found: dict[str, Any] = json.loads(line)["manifest"]
        if found["format"] != FORMAT:
            raise Unusable(f"line 1: an export of the format {found['format']!r} is not known here")
        return Manifest(
            after=int(found["after"]),
            first_index=int(found["firstIndex"]),
            events=int(found["events"]),
            left=[_decoded(text) for text in found["left"]],
            note=str(found["checkpoint"]),
            vkeys=[str(text) for text in found["vkeys"]],
        )
    except (ValueError, KeyError, TypeError, RecursionError) as bad:
        raise Unusable(f"line 1 is not the manifest of an export ({type(bad).__name__})") from bad


def event_in(line: bytes) -> Line | None:
    """One event's line taken apart; None when it is not of the form."""
    end = len(line) - _LEAF_LENGTH - len(b'"}')
    middle = end - len(_LEAF)
    if not line.startswith(_START) or line[middle:end] != _LEAF or line[-2:] != b'"}':
        return None
    try:
        leaf = _decoded(line[end:-2])
    except (ValueError, binascii.Error):
        return None
    return Line(line[len(_START) : middle], leaf)


def position_in(event: bytes) -> int | None:
    """The position that an event's bytes tell; None when they tell none.

    Data comes before it and tags after it, so that it is the last one of the line that is followed
    by digits and the tags.
    """
    at = event.rfind(_POSITION)
    digits = _DIGITS.match(event, at + len(_POSITION)) if at >= 0 else None
    return int(digits[0]) if digits else None


# ------------------------------------------------------------------------------ checking


@dataclass
class Report:
    """What came of it: `events` were read; `held` are the sizes of the checkpoints that hold."""

    events: int = 0
    held: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def verify(lines: Iterable[bytes], notes: Sequence[str] = (), vkeys: Sequence[str] = ()) -> Report:
    """Checks an export against its own checkpoint and those that were kept outside.

    `lines` are those of the export, `notes` the kept checkpoints, `vkeys` the keys to believe; the
    export's own, if there are none. Stops at the first thing that does not hold. Unusable.
    """
    report = Report()
    rest = iter(lines)
    first = next(rest, None)
    if first is None:
        raise Unusable("the export is empty")
    manifest = manifest_in(first)
    if not vkeys:
        report.remarks.append(
            "No key was given: the export's own are used, which says nothing about who signed."
        )
    if not notes:
        report.remarks.append(
            "No checkpoint from outside was given: another history could have been signed."
        )
    keys = [key_from(vkey) for vkey in vkeys or manifest.vkeys]
    expected = _expected([manifest.note, *notes], keys, manifest, report)
    if not report.findings:
        _Pass(manifest, expected, report).run(rest)
    return report


def _expected(
    notes: Sequence[str], keys: Sequence[Key], manifest: Manifest, report: Report
) -> list[Checkpoint]:
    """The checkpoints to compare with, the smallest first, once each."""
    found: dict[tuple[int, bytes], Checkpoint] = {}
    origins = set()
    for note in notes:
        checkpoint = checkpoint_in(note, keys)
        if isinstance(checkpoint, Finding):
            report.findings.append(checkpoint)
            continue
        origins.add(checkpoint.origin)
        found[checkpoint.size, checkpoint.root] = checkpoint
    if len(origins) > 1:
        report.findings.append(
            Finding(f"checkpoints of several logs: {', '.join(sorted(origins))}")
        )
    before = [c.size for c in found.values() if c.size < manifest.first_index]
    if before:
        report.remarks.append(
            f"{len(before)} checkpoints are of a time before this export begins: not compared."
        )
    later = (c for c in found.values() if c.size >= manifest.first_index)
    return sorted(later, key=lambda checkpoint: (checkpoint.size, checkpoint.root))


class _Pass:
    """One pass over the events of an export."""

    def __init__(self, manifest: Manifest, expected: Sequence[Checkpoint], report: Report) -> None:
        self._manifest = manifest
        self._expected = list(reversed(expected))
        self._report = report
        self._tree = Tree(manifest.first_index, list(manifest.left))
        self._position = manifest.after
        self._good = manifest.after
        """The position up to which a checkpoint holds."""

    def run(self, lines: Iterator[bytes]) -> None:
        if len(self._manifest.left) != bin(self._manifest.first_index).count("1"):
            raise Unusable("line 1: the manifest's subtrees are not those before its first event")
        self._compare()
        for number, line in enumerate(lines, 2):
            if self._report.findings:
                return
            self._take(number, line)
        if not self._report.findings:
            self._end()

    def _take(self, number: int, line: bytes) -> None:
        found = event_in(line)
        if found is None:
            self._find(f"line {number} is not an event; the one before is at {self._position}")
            return
        position = position_in(found.event)
        if leaf_hash(found.event) != found.leaf:
            at = "unknown" if position is None else str(position)
            self._find(
                f"the event at position {at} (line {number}) is not what was recorded", position
            )
        elif position is None or position <= self._position:
            self._find(f"line {number} does not come after position {self._position}", position)
        else:
            self._position = position
            self._report.events += 1
            self._tree.add(found.leaf)
            self._compare()

    def _compare(self) -> None:
        """With the checkpoints of exactly this size."""
        while self._expected and self._expected[-1].size == self._tree.size:
            checkpoint = self._expected.pop()
            if checkpoint.root != self._tree.root():
                self._find(
                    f"the log is not what was signed: something between position {self._good}"
                    f" (not included) and {checkpoint.position} was changed, removed, inserted or"
                    " moved"
                )
                return
            if checkpoint.position != self._position and self._tree.size:
                self._find(
                    f"the last of the first {checkpoint.size} events was signed as position"
                    f" {checkpoint.position}, and is {self._position}"
                )
                return
            self._good = checkpoint.position
            self._report.held.append(checkpoint.size)

    def _end(self) -> None:
        if self._expected:
            missing = self._expected[-1]
            self._find(
                f"the log is cut off: {missing.size} events were signed, up to position"
                f" {missing.position}, and it ends after {self._tree.size}, at position"
                f" {self._position}"
            )
        elif self._report.events != self._manifest.events:
            self._find(
                f"the manifest speaks of {self._manifest.events} events, and there are"
                f" {self._report.events}"
            )

    def _find(self, message: str, position: int | None = None) -> None:
        self._report.findings.append(Finding(message, position))


def read_notes(file: Path) -> list[str]:
    """The checkpoints in a file: one note, or many with an empty line after each. Unusable."""
    try:
        notes = notes_in(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as bad:
        raise Unusable(f"{file}: {bad}") from bad
    if not notes:
        raise Unusable(f"{file} holds no checkpoint")
    return notes


def read_vkeys(given: Sequence[str]) -> list[str]:
    """Keys, one a line, of texts and of files that are named."""
    found = []
    for text in given:
        is_file = "+" not in text and Path(text).is_file()
        found += (Path(text).read_text(encoding="utf-8") if is_file else text).splitlines()
    return [line for line in found if line.strip()]


def main(words: Sequence[str] | None = None) -> int:
    """From words to an exit code."""
    parser = argparse.ArgumentParser(
        description="Checks an export of a User Segments log, offline.",
        epilog="Exit codes: 0 all holds, 1 something does not, 2 the words or files will not do.",
    )
    parser.add_argument("export", type=Path, help="JSON lines, gzipped if named .gz")
    parser.add_argument(
        "--checkpoints", type=Path, action="append", default=[], help="a file of kept checkpoints"
    )
    parser.add_argument(
        "--vkey", action="append", default=[], help="a key to believe, or a file of them"
    )
    given = parser.parse_args(words)
    try:
        notes = [note for file in given.checkpoints for note in read_notes(file)]
        with opened(given.export) as stream:
            report = verify(lines_of(stream), notes, read_vkeys(given.vkey))
    except Unusable as unusable:
        print(f"cannot be checked: {unusable}", file=sys.stderr)
        return 2
    for remark in report.remarks:
        print(f"note: {remark}")
    for finding in report.findings:
        print(f"DOES NOT HOLD: {finding.message}")
    if not report.findings:
        held = ", ".join(map(str, report.held[-3:]))
        print(
            f"holds: {report.events} events; checkpoints of {held} events among {len(report.held)}"
        )
    return 1 if report.findings else 0


if __name__ == "__main__":
    sys.exit(main())
