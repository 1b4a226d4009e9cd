"""Exports written by hand, as the service would write them."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from projections.proofs.leaf import leaf_bytes, leaf_hash
from projections.proofs.merkle import Span, Subtree, span_hash, subtrees
from projections.proofs.note import Checkpoint, Verifier, signed
from tests.projections.proofs.trees import hash_of, mth

ORIGIN = "example.org/log"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
VKEY = Verifier(ORIGIN, KEY.public_key()).vkey


def event(position: int) -> bytes:
    data = json.dumps({"n": position, "x": '","position":99,"tags":'}, separators=(",", ":"))
    return leaf_bytes(position, "t", data.encode(), [f"a:{position}", ',"position":98,'])


def leaves(positions: Sequence[int]) -> list[bytes]:
    return [leaf_hash(event(position)) for position in positions]


def note(positions: Sequence[int]) -> str:
    """The checkpoint of a log of those events."""
    last = positions[-1] if positions else 0
    return signed(Checkpoint(ORIGIN, len(positions), mth(leaves(positions)), last), [KEY])


def line(position: int) -> bytes:
    hashed = b64encode(leaf_hash(event(position)))
    return b'{"event":%b,"leaf":"%b"}' % (event(position), hashed)


def export(positions: Sequence[int], first: int = 0) -> list[bytes]:
    """The lines of a log of those events, from the one of that index on."""
    before = leaves(positions[:first])
    manifest = {
        "after": positions[first - 1] if first else 0,
        "checkpoint": note(positions),
        "events": len(positions) - first,
        "firstIndex": first,
        "format": "user-segments-log/1",
        "left": [_root(part, before) for part in subtrees(Span(0, first))],
        "vkeys": [VKEY],
    }
    return [json.dumps({"manifest": manifest}).encode(), *map(line, positions[first:])]


def _root(part: Subtree, before: Sequence[bytes]) -> str:
    start = part.number << part.level
    return b64encode(span_hash(Span(start, start + (1 << part.level)), hash_of(before))).decode()
