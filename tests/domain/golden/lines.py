"""Reading the golden file and adding to it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from domain.catalogue import CATALOGUE
from domain.kernel.envelope import Envelope
from domain.kernel.event import Event
from domain.log import EventMapper
from tests.domain.golden.shapes import shape_of

FILE = Path(__file__).with_name("events.jsonl")
MAPPER = EventMapper(CATALOGUE)


class Golden(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One stored example, and the shapes that its class and envelope had when it was added."""

    topic: str
    schema_version: int
    fact: dict[str, str]
    envelope: dict[str, str]
    tags: list[str]
    stored: str


class Line(msgspec.Struct, frozen=True):
    """A line of the file: the digest of the line before ("" for the first), then the example."""

    after: str
    golden: Golden


def golden_of(event: Event, envelope: Envelope, tags: list[str]) -> Golden:
    """The example as today's code stores it."""
    return Golden(
        topic=event.TOPIC,
        schema_version=event.SCHEMA_VERSION,
        fact=shape_of(type(event)),
        envelope=shape_of(Envelope),
        tags=tags,
        stored=MAPPER.to_stored(event, envelope, tags).data.decode(),
    )


def read() -> list[Line]:
    """Every line, oldest first."""
    return [msgspec.json.decode(text, type=Line) for text in _texts()]


def broken_links() -> list[int]:
    """The numbers of the lines whose line before was changed or taken out."""
    texts = _texts()
    digests = ["", *(_digest(text) for text in texts)]
    found = [msgspec.json.decode(text, type=Line).after for text in texts]
    return [n for n, after in enumerate(found, start=1) if after != digests[n - 1]]


def add(wanted: Iterable[Golden]) -> int:
    """Adds what the file does not have yet, at its end, and answers how much that was.

    ValueError when a version of an event is there with other fields: its SCHEMA_VERSION must rise.
    """
    known = [line.golden for line in read()]
    shapes = {(golden.topic, golden.schema_version): golden.fact for golden in known}
    new = [golden for golden in wanted if golden not in known]
    for golden in new:
        if shapes.get((golden.topic, golden.schema_version), golden.fact) != golden.fact:
            raise ValueError(
                f"{golden.topic} is stored with other fields at version {golden.schema_version}: "
                "raise its SCHEMA_VERSION and bring an upcaster for the version before."
            )
    for golden in new:
        after = _digest(_texts()[-1]) if _texts() else ""
        line = msgspec.json.encode(Line(after=after, golden=golden))
        with FILE.open("ab") as file:
            file.write(line + b"\n")
    return len(new)


def _texts() -> list[bytes]:
    return FILE.read_bytes().splitlines() if FILE.exists() else []


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:16]
