"""All that a database holds, as text, and whatever somebody's name could look like in it."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
from collections.abc import Iterable, Iterator

from service.database.postgres.binaries import programs

_HEX = re.compile(rb"\\x([0-9a-f]{6,})")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}")
_DIGESTS = ("md5", "sha1", "sha256", "sha512", "blake2b")


def dump(url: str, *words: str) -> bytes:
    """What pg_dump writes: every row of every table, unless `words` leave some out."""
    command = [str(programs() / "pg_dump"), *words, url]
    return subprocess.run(command, capture_output=True, check=True).stdout


def told(text: bytes, values: Iterable[str]) -> list[str]:
    """Those of the values that can be read there: in clear, in any case of letters, escaped as
    JSON writes it, behind hexadecimal digits or base64, or as a hash that takes no key.
    """
    layers = b"\n".join(_layers(text)).lower()
    return [value for value in values if any(seen in layers for seen in _looks(value))]


def _layers(text: bytes) -> Iterator[bytes]:
    yield text
    plain = b"\n".join(bytes.fromhex(found.decode()) for found in _even(_HEX.findall(text)))
    yield plain
    for found in _BASE64.findall(text + b"\n" + plain):
        run = found.translate(bytes.maketrans(b"-_", b"+/"))
        yield base64.b64decode(run[: len(run) // 4 * 4])


def _even(runs: Iterable[bytes]) -> Iterator[bytes]:
    return (run[: len(run) // 2 * 2] for run in runs)


def _looks(value: str) -> Iterator[bytes]:
    for spelling in {value, value.lower(), value.upper(), value.casefold()}:
        raw = spelling.encode()
        yield raw.lower()
        yield spelling.encode("ascii", "backslashreplace").lower()
        for name in _DIGESTS:
            digest = hashlib.new(name, raw, usedforsecurity=False).digest()
            yield digest.hex().encode()
            yield base64.b64encode(digest).rstrip(b"=").lower()
            yield digest.lower()
