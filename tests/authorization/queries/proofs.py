"""Proofs: for auditors and site admins; the checkpoint for everybody."""

from __future__ import annotations

from tests.authorization.rows import EVERYBODY, FORBIDDEN, LOG, Row, cells

CHECKPOINT = "position size rootHash note"

ROWS = [
    Row("checkpoint", f"checkpoint {{ {CHECKPOINT} }}", EVERYBODY),
    Row(
        "inclusionProof",
        "inclusionProof(event: $segmentEvent) { leafIndex treeSize leafHash hashes checkpoint {"
        f" {CHECKPOINT} }} }}",
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
