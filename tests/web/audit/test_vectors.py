"""What the page verifies proofs against (web/tests/audit/vectors.json) is what the book says.

Written anew by `python -m tests.web.audit.test_vectors`.
"""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

from domain.catalogue import CATALOGUE
from tests.projections.proofs.trees import ROOTS, VECTORS, leaf, mth, path, proof

WEB = Path(__file__).parents[3] / "web"
FILE = WEB / "tests" / "audit" / "vectors.json"


def _text(content: bytes) -> str:
    return b64encode(content).decode()


def _vectors() -> dict[str, Any]:
    leaves = [leaf(content) for content in VECTORS]
    sizes = range(1, len(leaves) + 1)
    return {
        "leaves": [_text(content) for content in VECTORS],
        "roots": [_text(mth(leaves[:size])) for size in sizes],
        "inclusion": [
            {"size": size, "index": index, "path": [_text(h) for h in path(index, leaves[:size])]}
            for size in sizes
            for index in range(size)
        ],
        "consistency": [
            {
                "from": earlier,
                "to": later,
                "proof": [_text(h) for h in proof(earlier, leaves[:later])],
            }
            for later in sizes
            for earlier in range(1, later + 1)
        ],
    }


def test_the_vectors_are_those_of_the_book() -> None:
    """Made by RFC 6962's own recursion; the roots are Certificate Transparency's."""
    assert json.loads(FILE.read_text()) == _vectors()
    assert [mth([leaf(c) for c in VECTORS[:n]]).hex() for n in range(1, 9)] == ROOTS


def test_the_log_page_filters_by_every_type_of_event() -> None:
    """The types in the page are those of the catalogue."""
    source = (WEB / "src" / "audit" / "log" / "event.ts").read_text()
    told = source.split("TYPES = [")[1].split("]")[0]
    assert [line.strip(' ,"') for line in told.split()] == sorted(CATALOGUE.topics())


if __name__ == "__main__":
    FILE.write_text(json.dumps(_vectors(), indent=1) + "\n")
