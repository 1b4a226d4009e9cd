"""Proofs: for auditors and site admins; the checkpoint for everybody."""

from __future__ import annotations

from tests.authorization.rows import FORBIDDEN, LOG, Row, cells, everybody
from tests.authorization.tables import SOME, asked, told

CHECKPOINT = dict.fromkeys(("position", "size", "rootHash", "note"), SOME)

ROWS = [
    Row("checkpoint", f"checkpoint {{ {asked(CHECKPOINT)} }}", everybody(told(CHECKPOINT))),
    Row(
        "inclusionProof",
        "inclusionProof(event: $segmentEvent) { leafIndex treeSize leafHash hashes checkpoint {"
        f" {asked(CHECKPOINT)} }} }}",
        LOG,
        is_noted=True,
    ),
    Row(
        "inclusionProof: of no checkpoint",
        "inclusionProof(event: $segmentEvent, treeSize: 9999) { treeSize }",
        cells(FORBIDDEN, admins="INVALID", auditors="INVALID"),
    ),
    Row("consistencyProof", "consistencyProof(from: 1, to: 2)", LOG, is_noted=True),
]
