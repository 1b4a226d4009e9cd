"""Serves files as they were built, in an encoding that the client accepts."""

from __future__ import annotations

import re
import stat
from os import stat_result
from pathlib import PurePosixPath

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles

ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""Encodings and suffixes of the packed files beside a file; the smallest first."""

KINDS = {
    ".css": "text/css",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
"""Content types by suffix: the machine's own table differs from machine to machine."""

_NO = re.compile(r"q=0(\.0*)?")

CHUNK_BYTES = 16 * 1024
"""Bytes of a file that are read, and wait for a client that does not take them."""

Found = tuple[str, stat_result]


class _File(FileResponse):
    chunk_size = CHUNK_BYTES


class BuiltFiles(StaticFiles):
    """The folder of built files; it need not exist."""

    def answer(self, path: str, request: Request, caching: str) -> Response | None:
        """Returns the file, or 304; None when there is none. `path` is relative, as requested."""
        found = self.find(path)
        if found is None:
            return None
        headers = {
            "Cache-Control": caching,
            "Cross-Origin-Resource-Policy": "same-origin",
            "Vary": "Accept-Encoding",
        }
        for encoding, suffix in ENCODINGS.items():
            packed = self.find(path + suffix) if _takes(request, encoding) else None
            if packed is not None:
                found, headers["Content-Encoding"] = packed, encoding
                break
        kind = KINDS.get(PurePosixPath(path).suffix, "application/octet-stream")
        answer = _File(found[0], headers=headers, media_type=kind, stat_result=found[1])
        if self.is_not_modified(answer.headers, request.headers):
            return NotModifiedResponse(answer.headers)
        return answer

    def find(self, path: str) -> Found | None:
        """Finds a file below the folder, by a path without detours."""
        if any(part in ("", ".", "..") for part in path.split("/")):
            return None
        try:
            place, state = self.lookup_path(path)
        except (OSError, ValueError):  # a name that no file can have
            return None
        return (place, state) if state is not None and stat.S_ISREG(state.st_mode) else None


def _takes(request: Request, encoding: str) -> bool:
    """Whether the client accepts the encoding; `q=0` means no (RFC 9110, 12.5.3)."""
    for said in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = said.partition(";")
        if name.strip() == encoding:
            return _NO.fullmatch(weight.strip()) is None
    return False
