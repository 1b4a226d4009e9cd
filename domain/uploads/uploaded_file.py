"""The uploaded file itself: read as often as needed, identified by its bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import BinaryIO

MAX_NAME_LENGTH = 255
_CHUNK_SIZE = 1 << 20


@dataclass
class UploadedFile:
    """A file that can be read from its beginning again, with the name that its sender gave it."""

    stream: BinaryIO
    name: str = field(default="")

    def __post_init__(self) -> None:
        line = "".join(c for c in self.name if c.isprintable()).strip()
        self.name = line[-MAX_NAME_LENGTH:]

    @cached_property
    def sha256(self) -> str:
        """Returns the hash of its bytes, in hexadecimal. For keyed hashes and answers: it is never
        kept (ADR 35).
        """
        digest = hashlib.sha256()
        self.stream.seek(0)
        while chunk := self.stream.read(_CHUNK_SIZE):
            digest.update(chunk)
        return digest.hexdigest()

    def rewound(self) -> BinaryIO:
        """Yields the stream, at its beginning."""
        self.stream.seek(0)
        return self.stream
