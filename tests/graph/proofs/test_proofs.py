"""Checkpoints and proofs as somebody outside gets and checks them."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from domain.kernel.principal import Principal
from projections.proofs.leaf import leaf_hash
from projections.proofs.merkle import consistent, included
from projections.proofs.note import Verifier, opened
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN, AUDITOR, LEARNER, NOBODY, TRAINER, name_of

CHECKPOINT = "{ checkpoint { position size rootHash note } }"
INCLUSION = """
    query ($event: ID!, $size: TreeSize) {
        inclusionProof(event: $event, treeSize: $size) {
            leafIndex treeSize leafHash hashes checkpoint { size rootHash position }
        }
    }
"""
CONSISTENCY = """
    query ($from: TreeSize!, $to: TreeSize!) { consistencyProof(from: $from, to: $to) }
"""
LEAF = "query ($event: ID!) { node(id: $event) { ... on RecordedEvent { leaf } } }"


@pytest.fixture
async def sales(ask: GraphClient) -> GraphClient:
    """A site with five events."""
    for number in range(5):
        await ask.create(f"Sales {number}", code=f"s-{number}")
    return ask


async def checkpoint(ask: GraphClient, by: Principal = ADMIN) -> dict[str, Any]:
    found: dict[str, Any] = (await ask(CHECKPOINT, by))["checkpoint"]
    return found


@pytest.mark.parametrize("by", [ADMIN, TRAINER, AUDITOR, LEARNER], ids=name_of)
async def test_everybody_gets_the_log_signed_as_it_is(
    sales: GraphClient, tmp_path: Path, by: Principal
) -> None:
    """By the key whose text stands beside what is published."""
    found = await checkpoint(sales, by)
    vkey = (tmp_path / "checkpoints" / "log.vkeys").read_text()
    note = opened(found["note"], [Verifier.from_vkey(vkey)])
    assert (note.size, note.position) == (found["size"], found["position"]) == (5, 5)
    assert note.root == b64decode(found["rootHash"])
    published = (tmp_path / "checkpoints" / "log.checkpoints").read_text()
    assert published.endswith(f"{found['note']}\n")


async def test_an_event_is_proven_to_be_in_the_log(sales: GraphClient) -> None:
    """From its own bytes to the signed root."""
    for number in range(1, 6):
        event = f"event_{number}"
        proof = (await sales(INCLUSION, AUDITOR, event=event))["inclusionProof"]
        leaf = b64decode((await sales(LEAF, AUDITOR, event=event))["node"]["leaf"])
        assert json.loads(leaf)["data"]["fact"]["code"] == f"s-{number - 1}"
        assert leaf_hash(leaf) == b64decode(proof["leafHash"])
        assert (proof["leafIndex"], proof["treeSize"]) == (number - 1, 5)
        path = [b64decode(hashed) for hashed in proof["hashes"]]
        root = b64decode(proof["checkpoint"]["rootHash"])
        assert included(leaf_hash(leaf), number - 1, 5, path, root)


async def test_an_older_checkpoint_is_proven_to_be_the_beginning(sales: GraphClient) -> None:
    """And what is in the one can still be proven by it."""
    older = await checkpoint(sales)
    await sales.create("Later")
    newer = await checkpoint(sales)
    sizes = {"from": older["size"], "to": newer["size"]}
    proof = [b64decode(h) for h in (await sales(CONSISTENCY, AUDITOR, **sizes))["consistencyProof"]]
    roots = [b64decode(found["rootHash"]) for found in (older, newer)]
    assert consistent(5, 6, proof, roots[0], roots[1])
    then = (await sales(INCLUSION, AUDITOR, event="event_2", size=5))["inclusionProof"]
    assert then["checkpoint"]["rootHash"] == older["rootHash"]


@pytest.mark.parametrize(
    ("given", "argument"),
    [
        pytest.param({"event": "event_9"}, "event", id="unknown event"),
        pytest.param({"event": "nonsense"}, "event", id="malformed event"),
        pytest.param({"event": "event_1", "size": 4}, "treeSize", id="size of no checkpoint"),
        pytest.param({"event": "event_1", "size": 99}, "treeSize", id="size beyond the log"),
    ],
)
async def test_what_cannot_be_proven_is_told(
    sales: GraphClient, given: dict[str, Any], argument: str
) -> None:
    """With the argument that it lies at."""
    error = await sales.only_error(INCLUSION, AUDITOR, **given)
    assert error["extensions"]["argument"] == argument
    assert error["extensions"]["code"] in {"NOT_FOUND", "INVALID"}


async def test_an_event_after_a_checkpoint_is_not_in_it(sales: GraphClient) -> None:
    """INVALID at the size."""
    await checkpoint(sales)
    await sales.create("Later")
    error = await sales.only_error(INCLUSION, AUDITOR, event="event_6", size=5)
    assert (error["extensions"]["code"], error["extensions"]["argument"]) == ("INVALID", "treeSize")


@pytest.mark.parametrize(
    "sizes",
    [{"from": 3, "to": 99}, {"from": 4, "to": 3}, {"from": -1, "to": 3}],
    ids=["to beyond the log", "from after to", "from negative"],
)
async def test_sizes_that_are_none(sales: GraphClient, sizes: dict[str, int]) -> None:
    """INVALID."""
    assert await sales.codes(CONSISTENCY, AUDITOR, **sizes) == ["INVALID"]


@pytest.mark.parametrize("by", [TRAINER, LEARNER, NOBODY], ids=name_of)
async def test_proofs_are_for_auditors(sales: GraphClient, by: Principal) -> None:
    """FORBIDDEN for the others."""
    assert await sales.codes(INCLUSION, by, event="event_1") == ["FORBIDDEN"]
    assert await sales.codes(CONSISTENCY, by, **{"from": 1, "to": 2}) == ["FORBIDDEN"]


async def test_nobody_without_a_role_gets_a_checkpoint(sales: GraphClient) -> None:
    """FORBIDDEN."""
    assert await sales.codes(CHECKPOINT, NOBODY) == ["FORBIDDEN"]


async def test_nothing_is_signed_against_what_was_published(
    sales: GraphClient, tmp_path: Path
) -> None:
    """UNAVAILABLE, and why, until an operator has looked."""
    await checkpoint(sales)
    file = tmp_path / "checkpoints" / "log.checkpoints"
    file.write_text(file.read_text().replace("\n5\n", "\n4\n"))
    await sales.create("Later")
    error = await sales.only_error(CHECKPOINT)
    assert error["extensions"]["code"] == "UNAVAILABLE"
    assert "cannot be trusted" in error["message"]
