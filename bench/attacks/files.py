"""Files that are dear to read."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

import httpx2

from bench.attacks.asking import JSON, client, told_of
from bench.attacks.attack import Attack
from bench.site import Bench
from domain.kernel.principal import Role

UPLOAD = """mutation ($file: Upload!) { uploadUserSegments(input: {file: $file}) {
    created errors { code } rowErrors { row } } }"""
PREFLIGHT = {"GraphQL-Require-Preflight": "1"}
MANAGER = Role.TRAINING_MANAGER
MB = 1_000_000

Mount = Callable[[Bench], Awaitable[str]]


def _form(
    file: bytes, *, operation: str = UPLOAD, places: str = '{"0": ["variables.file"]}'
) -> Mount:
    async def mount(bench: Bench) -> str:
        operations = json.dumps({"query": operation, "variables": {"file": None}})
        fields = {"operations": operations, "map": places}
        async with client(bench, MANAGER) as http:
            answer = await http.post("/graphql", data=fields, files={"0": file}, headers=PREFLIGHT)
            return _told(answer)

    return mount


def _told(answer: httpx2.Response) -> str:
    told = told_of(answer)
    if told != "200":
        return told
    payload = answer.json()["data"]["uploadUserSegments"]
    codes = [error["code"] for error in payload["errors"]]
    return f"200 {' '.join(codes)}, {len(payload['rowErrors']):,} rows refused"


def _raw(body: bytes, kind: str = "multipart/form-data; boundary=x", **more: str) -> Mount:
    async def mount(bench: Bench) -> str:
        headers = {**PREFLIGHT, "Content-Type": kind, **more}
        async with client(bench, MANAGER) as http:
            return told_of(await http.post("/graphql", content=body, headers=headers))

    return mount


_HEAD = b"name,code\n"
_TABLE = {
    "a file of 1,000,000 columns": b"name," + b"a," * MB + b"\n",
    "a file of 30,000,000 columns": b"," * 30 * MB,
    "a cell of 63 MB": _HEAD + b"a" * 63 * MB,
    "63 MB of quotes": _HEAD + b'"' * 63 * MB,
    "a quote without an end": _HEAD + b'"' + b"a\n" * 31 * MB,
    "63 MB of LF": _HEAD + b"\n" * 63 * MB,
    "63 MB of CR": _HEAD + b"\r" * 63 * MB,
    "63 MB of NUL": _HEAD + b"\x00" * 63 * MB,
    "100,000 bad rows of 600 characters": _HEAD + (b"a" * 600 + b",?\n") * 100_000,
    "2 rows of 30,000 marks": _HEAD + ("a" + "\u0301" * 30_000 + ",b\n").encode() * 2,
    "UTF-16 that is cut": "name,code\nä,ö\n".encode("utf-16")[:-1],
}

FILES = (
    *(Attack(name, _form(content)) for name, content in _TABLE.items()),
    Attack("a file of 66 MB", _form(b"a" * 66 * 1024 * 1024)),
    Attack("a form of 60 MB of CRLF", _raw(b"\r\n" * 30 * MB)),
    Attack("a form of 60 MB that looks like boundaries", _raw(b"--x" * 20 * MB)),
    Attack(
        "a part with a header of 8 MB", _raw(b"--x\r\nX: " + b"a" * 8 * MB + b"\r\n\r\n\r\n--x--")
    ),
    Attack("1,000,000 parts", _raw(b"--x\r\n\r\n\r\n" * MB + b"--x--")),
    Attack(
        "a map of 20,000 places",
        _form(_HEAD, places=json.dumps({"0": ["variables.file"] * 20_000})),
    ),
    Attack(
        "a body of 10 MB in 10 kB of gzip",
        _raw(b"\x1f\x8b" + b"\x00" * 10_000, JSON["Content-Type"], **{"Content-Encoding": "gzip"}),
    ),
)
