"""The bytes of a leaf: canonical JSON of the whole event, as an auditor would make it."""

from __future__ import annotations

import hashlib
import json

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from projections.proofs.leaf import leaf_bytes, leaf_hash

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.integers(1, 2**53 - 1), TEXTS, st.dictionaries(TEXTS, TEXTS), st.lists(TEXTS))
def test_a_leaf_is_canonical_json_of_the_event(
    position: int, topic: str, event: dict[str, str], tags: list[str]
) -> None:
    """RFC 8785, to the byte, when what is stored is."""
    data = rfc8785.dumps(event)
    whole = {"data": event, "position": position, "tags": tags, "type": topic}
    leaf = leaf_bytes(position, topic, data, tags)
    assert leaf == rfc8785.dumps(whole)  # type: ignore[arg-type]
    assert json.loads(leaf) == whole


@given(st.binary(min_size=1, max_size=50), st.data())
def test_every_byte_counts(data: bytes, draw: st.DataObject) -> None:
    """Also where what is stored is no JSON at all."""
    at = draw.draw(st.integers(0, len(data) - 1))
    other = bytearray(data)
    other[at] ^= 1 << draw.draw(st.integers(0, 7))
    assert leaf_bytes(1, "t", bytes(other), ["a"]) != leaf_bytes(1, "t", data, ["a"])


def test_the_order_and_the_bounds_of_tags_count() -> None:
    """No two lists of tags look the same."""
    lists = [["a", "b"], ["b", "a"], ["ab"], ['a","b'], ["a"], []]
    assert len({leaf_bytes(1, "t", b"{}", tags) for tags in lists}) == len(lists)


def test_a_leaf_is_told_from_a_node() -> None:
    """By the byte before it."""
    assert leaf_hash(b"x") == hashlib.sha256(b"\x00x").digest()
