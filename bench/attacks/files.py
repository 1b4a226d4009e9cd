"""Files that are dear to read."""

from __future__ import annotations

import codecs
import gzip
import json
import zlib
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import httpx2

from bench.attacks.attack import Attack
from bench.attacks.http_client import JSON, client, told_of
from bench.support.site import Bench
from domain.kernel.principal import Role

UPLOAD = """mutation ($file: Upload!, $encoding: String!) {
    uploadUserSegments(input: {file: $file, encoding: $encoding}) {
    created errors { code } rowErrors { row } rejectedRows } }"""
PREFLIGHT = {"GraphQL-Require-Preflight": "1"}
MANAGER = Role.TRAINING_MANAGER
MB = 1_000_000

Mount = Callable[[Bench], Awaitable[str]]


class Content(NamedTuple):
    """Bytes that are put together when they are sent: all of them would be a gigabyte."""

    head: bytes
    piece: bytes = b""
    times: int = 1
    tail: bytes = b""

    def __bytes__(self) -> bytes:
        return self.head + self.piece * self.times + self.tail


def _form(
    file: Content, places: str = '{"0": ["variables.file"]}', encoding: str = "utf-8"
) -> Mount:
    async def mount(bench: Bench) -> str:
        variables = {"file": None, "encoding": encoding}
        operations = json.dumps({"query": UPLOAD, "variables": variables})
        fields = {"operations": operations, "map": places}
        files = {"0": bytes(file)}
        async with client(bench, MANAGER) as http:
            return _told(await http.post("/graphql", data=fields, files=files, headers=PREFLIGHT))

    return mount


def _told(answer: httpx2.Response) -> str:
    told = told_of(answer)
    if told != "200":
        return told
    payload = answer.json()["data"]["uploadUserSegments"]
    codes = [error["code"] for error in payload["errors"]]
    return f"200 {' '.join(codes)}, {len(payload['rowErrors']):,} rows refused"


def _raw(body: Content, kind: str = "multipart/form-data; boundary=x", **more: str) -> Mount:
    async def mount(bench: Bench) -> str:
        headers = {**PREFLIGHT, "Content-Type": kind, **more}
        async with client(bench, MANAGER) as http:
            return told_of(await http.post("/graphql", content=bytes(body), headers=headers))

    return mount


_HEAD = b"name,code\n"
_TABLES = {
    "a file of 1,000,000 columns": Content(b"name,", b"a,", MB, b"\n"),
    "a file of 30,000,000 columns": Content(b"", b",", 30 * MB),
    "a cell of 63 MB": Content(_HEAD, b"a", 63 * MB),
    "63 MB of quotes": Content(_HEAD, b'"', 63 * MB),
    "a row of 15,000,000 cells in quotes": Content(_HEAD, b'"x",', 15 * MB),
    "a quote without an end": Content(_HEAD + b'"', b"a\n", 31 * MB),
    "63 MB of LF": Content(_HEAD, b"\n", 63 * MB),
    "63 MB of CR": Content(_HEAD, b"\r", 63 * MB),
    "63 MB of NUL": Content(_HEAD, b"\x00", 63 * MB),
    "100,000 bad rows of 600 characters": Content(_HEAD, b"a" * 600 + b",?\n", 100_000),
    "640 bad rows of 100,000 semicolons": Content(_HEAD, b";" * 99_990 + b",?\n", 640),
    "2 rows of 30,000 marks": Content(_HEAD, ("a" + "\u0301" * 30_000 + ",b\n").encode(), 2),
    "UTF-16 that is cut": Content("name,code\nä,ö\n".encode("utf-16")[:-1]),
    "60 MB that are marked as UTF-16": Content(codecs.BOM_UTF16_LE, b"a\0", 30 * MB),
    "a file of 66 MB": Content(b"", b"a", 66 * 1024 * 1024),
}
_ENCODED = {
    "utf-16": Content(codecs.BOM_UTF16_LE + "name,code\n".encode("utf-16-le"), b"a\0", 30 * MB),
    "zlib": Content(zlib.compress(b"\0" * 60 * MB)),
    "../x": Content(_HEAD),
    "idna": Content(_HEAD, b"a" * 62 + b".", MB),
    "x" * 100_000: Content(_HEAD),
}
_BODIES = {
    "a form of 60 MB of CRLF": Content(b"", b"\r\n", 30 * MB),
    "a form of 60 MB of CR": Content(b"", b"\r", 60 * MB),
    "a form of 60 MB that looks like boundaries": Content(b"", b"--x", 20 * MB),
    "a part with a header of 8 MB": Content(b"--x\r\nX: ", b"a", 8 * MB, b"\r\n\r\n\r\n--x--"),
    "1,000,000 parts": Content(b"", b"--x\r\n\r\n\r\n", MB, b"--x--"),
}
_BLANK = b" " * 60 * MB
_PACKED = {"gzip": Content(gzip.compress(_BLANK)), "deflate": Content(zlib.compress(_BLANK))}

FILES = (
    *(Attack(name, _form(content)) for name, content in _TABLES.items()),
    *(
        Attack(f"a file in {encoding[:20]}", _form(content, encoding=encoding))
        for encoding, content in _ENCODED.items()
    ),
    *(Attack(name, _raw(content)) for name, content in _BODIES.items()),
    *(
        Attack(
            f"a map of {places:,} places",
            _form(Content(_HEAD), json.dumps({"0": ["variables.file"] * places})),
        )
        for places in (14_000, 20_000, 200_000)
    ),
    *(
        Attack(
            f"{size:,} bytes that are {kind}, and 60 MB when unpacked",
            _raw(packed, JSON["Content-Type"], **{"Content-Encoding": kind}),
        )
        for kind, packed in _PACKED.items()
        for size in (len(bytes(packed)),)
    ),
)
