"""Checkpoints as signed notes: C2SP's tlog-checkpoint in its signed-note, with Ed25519.

    user-segments.local/log                        the log's name: the origin
    1234                                           its size: how many events
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=   the root of the tree over them
    position 1301                                  where in the log the last of them is
                                                   (an extension line)
    — user-segments.local/log Az3grlg…             four bytes of the key's hash, and the signature

The signature is of all lines above the empty one, each with its line break.
"""

from __future__ import annotations

import binascii
import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"
_DASH = "\u2014"
_EXTENSION = "position "


class BadNote(Exception):
    """A text that is no checkpoint, or whose signature cannot be trusted: the message tells why."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A statement of the whole log up to a position: `root` is that of the tree over `size` events.

    `position` is that of the last event, 0 for the empty log.
    """

    origin: str
    size: int
    root: bytes
    position: int

    @property
    def body(self) -> str:
        """The signed text."""
        root = b64encode(self.root).decode()
        return f"{self.origin}\n{self.size}\n{root}\n{_EXTENSION}{self.position}\n"


@dataclass(frozen=True, slots=True)
class Verifier:
    """A name and a public key; as a text its `vkey`, by which others verify."""

    name: str
    key: Ed25519PublicKey

    @property
    def key_hash(self) -> bytes:
        """The four bytes by which a note names the key of a signature."""
        named = self.name.encode() + b"\n" + _ED25519 + self.key.public_bytes_raw()
        return hashlib.sha256(named).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as `<name>+<hash>+<key>`, as the signed-note format writes it."""
        key = b64encode(_ED25519 + self.key.public_bytes_raw()).decode()
        return f"{self.name}+{self.key_hash.hex()}+{key}"

    @classmethod
    def from_vkey(cls, vkey: str) -> Verifier:
        """Parses a vkey. BadNote when it is none, or of another kind of key."""
        try:
            name, hashed, key = vkey.strip().split("+", 2)
            raw = b64decode(key, validate=True)
            verifier = cls(name, Ed25519PublicKey.from_public_bytes(raw[1:]))
        except (ValueError, binascii.Error) as bad:
            raise BadNote("not a verifier key") from bad
        if raw[:1] != _ED25519 or verifier.key_hash.hex() != hashed:
            raise BadNote("not a verifier key of Ed25519")
        return verifier


def signed(checkpoint: Checkpoint, keys: Sequence[Ed25519PrivateKey]) -> str:
    """Returns the note, with a signature by each key, in the name of the log."""
    body = checkpoint.body
    lines = []
    for key in keys:
        verifier = Verifier(checkpoint.origin, key.public_key())
        signature = verifier.key_hash + key.sign(body.encode())
        lines.append(f"{_DASH} {checkpoint.origin} {b64encode(signature).decode()}\n")
    return f"{body}\n{''.join(lines)}"


def opened(note: str, verifiers: Iterable[Verifier]) -> Checkpoint:
    """Returns the checkpoint of a note that at least one of the verifiers has signed; BadNote
    otherwise.

    A signature that is in a verifier's name and is not valid spoils the note, whatever others there
    are.
    """
    body, separator, signatures = note.rpartition(f"\n\n{_DASH} ")
    if not separator:
        raise BadNote("not a signed note")
    body += "\n"
    by_hash = {verifier.key_hash: verifier for verifier in verifiers}
    holding = [_holds(body, line, by_hash) for line in f"{_DASH} {signatures}".splitlines()]
    if not any(holding):
        raise BadNote("signed by none of the known keys")
    return _checkpoint(body)


def _holds(body: str, line: str, verifiers: dict[bytes, Verifier]) -> bool:
    """Whether a signature is of a known key; BadNote when it is and is not valid."""
    try:
        dash, name, encoded = line.split(" ")
        raw = b64decode(encoded, validate=True)
    except (ValueError, binascii.Error) as bad:
        raise BadNote("a signature line is malformed") from bad
    verifier = verifiers.get(raw[:4])
    if dash != _DASH or verifier is None or verifier.name != name:
        return False
    try:
        verifier.key.verify(raw[4:], body.encode())
    except InvalidSignature as forged:
        raise BadNote(f"the signature of {name} does not hold") from forged
    return True


def _checkpoint(body: str) -> Checkpoint:
    try:
        origin, size, root, extension = body.splitlines()
        position = extension.removeprefix(_EXTENSION)
        found = Checkpoint(origin, int(size), b64decode(root, validate=True), int(position))
    except (ValueError, binascii.Error) as bad:
        raise BadNote("not a checkpoint of this kind of log") from bad
    if found.body != body:
        raise BadNote("not a checkpoint as this kind of log writes them")
    return found
