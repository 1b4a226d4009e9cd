"""Keys that are kept in the data directory: the one that signs development tokens, and others."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from joserfc.jwk import OKPKey


def signing_key(data_dir: Path) -> OKPKey:
    """Returns the data directory's key (Ed25519), made at first use, readable by its owner only.

    Of several processes that make it at once one wins, and all use that one's.
    """
    file = data_dir / "keys" / "token-signing.pem"
    keep_once(file, lambda: OKPKey.generate_key("Ed25519").as_pem(private=True))
    return OKPKey.import_key(file.read_bytes())


def keep_once(file: Path, make: Callable[[], bytes]) -> None:
    """Writes a new key (PEM) to a file that is not there yet, for its owner only.

    Of several processes that do so at once one wins, and all use that one's.
    """
    if not file.exists():
        _keep(file, make())


def _keep(file: Path, pem: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.parent.chmod(0o700)  # it may have been there before
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    try:
        _write(draft, pem)
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)  # unlike a rename, it never replaces what another has just made
    finally:
        draft.unlink(missing_ok=True)


def _write(file: Path, pem: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(pem)
        out.flush()
        os.fsync(out.fileno())
