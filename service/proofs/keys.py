"""The keys that sign the log, beside those that sign tokens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from service.settings import Settings
from service.sign_in.signing_key import keep_once

FILE = "log-signing.pem"


class NotAKey(ValueError):
    """A file that should hold a private key of Ed25519, and does not."""


def log_keys(settings: Settings) -> Sequence[Ed25519PrivateKey]:
    """Returns the key that signs now, then older ones that go on signing for a while.

    SEGMENTS_LOG_KEY_FILES names their PEM files; unset, the data directory's own is made at first
    use, readable by its owner only. NotAKey.
    """
    if settings.log_key_files:
        return [_read(Path(file)) for file in settings.log_key_files.split(":")]
    file = settings.data_dir / "keys" / FILE
    keep_once(file, _new_key)
    return [_read(file)]


def _new_key() -> bytes:
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _read(file: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except (ValueError, TypeError) as bad:
        raise NotAKey(f"{file} holds no private key that can be read") from bad
    if not isinstance(key, Ed25519PrivateKey):
        raise NotAKey(f"{file} holds a key that is not of Ed25519")
    return key
