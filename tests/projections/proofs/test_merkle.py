"""The tree's arithmetic against the RFC, word for word, and against somebody else's code."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from projections.proofs.merkle import (
    EMPTY,
    Span,
    consistency,
    consistent,
    included,
    inclusion,
    span_hash,
    subtrees,
)
from tests.projections.proofs.trees import ROOTS, VECTORS, hash_of, hashes, leaf, mth, path, proof

SIZES = st.integers(1, 70)


def leaves(size: int) -> list[bytes]:
    """As many different ones."""
    return [leaf(str(number).encode()) for number in range(size)]


@pytest.mark.parametrize(
    ("size", "root"),
    list(enumerate(ROOTS, 1)),
    ids=[f"of {size}" for size, _ in enumerate(ROOTS, 1)],
)
def test_the_reference_roots(size: int, root: str) -> None:
    """Those of Certificate Transparency's own tests."""
    some = [leaf(content) for content in VECTORS[:size]]
    assert span_hash(Span(0, size), hash_of(some)).hex() == root


def test_the_root_of_nothing() -> None:
    """The hash of nothing."""
    assert span_hash(Span(0, 0), hash_of([])) == EMPTY == hashlib.sha256(b"").digest()


@given(SIZES, st.data())
def test_proofs_are_those_of_the_rfc(size: int, data: st.DataObject) -> None:
    """Root, audit path and consistency proof, hash by hash."""
    tree = leaves(size)
    index = data.draw(st.integers(0, size - 1))
    older = data.draw(st.integers(1, size))
    assert span_hash(Span(0, size), hash_of(tree)) == mth(tree)
    assert hashes(inclusion(index, size), tree) == path(index, tree)
    assert hashes(consistency(older, size), tree) == proof(older, tree)


@given(SIZES, st.data())
def test_what_is_true_can_be_verified_and_nothing_else(size: int, data: st.DataObject) -> None:
    """With another leaf, place, size, root, or path nothing holds."""
    tree = leaves(size)
    index = data.draw(st.integers(0, size - 1))
    proven, root = hashes(inclusion(index, size), tree), mth(tree)
    assert included(tree[index], index, size, proven, root)
    assert not included(leaf(b"another"), index, size, proven, root)
    assert not included(tree[index], index, size, [*proven, root], root)
    assert not included(tree[index], index, size, proven, leaf(b"another"))
    assert not included(tree[index], size, size, proven, root)
    assert not included(tree[index], -1, size, proven, root)
    if proven:
        assert not included(tree[index], index, size, proven[:-1], root)
        assert not included(tree[index], index, size, [leaf(b"x"), *proven[1:]], root)


@given(SIZES, st.data())
def test_a_consistency_proof_holds_for_its_two_trees_alone(size: int, data: st.DataObject) -> None:
    """One that begins otherwise, or goes on otherwise, is told from it."""
    tree = leaves(size)
    older = data.draw(st.integers(1, size))
    proven = hashes(consistency(older, size), tree)
    old_root, root = mth(tree[:older]), mth(tree)
    assert consistent(older, size, proven, old_root, root)
    assert not consistent(older, size, proven, leaf(b"another"), root)
    assert not consistent(older, size, proven, old_root, leaf(b"another"))
    assert not consistent(older, size, [*proven, root], old_root, root)
    assert not consistent(size + 1, size, proven, old_root, root)
    if proven:
        assert not consistent(older, size, proven[:-1], old_root, root)
        assert not consistent(older, size, [leaf(b"x"), *proven[1:]], old_root, root)


def test_the_empty_tree_begins_every_other() -> None:
    """That takes no proof."""
    assert consistency(0, 7) == []
    assert consistent(0, 7, [], EMPTY, mth(leaves(7)))
    assert not consistent(0, 7, [leaf(b"x")], EMPTY, mth(leaves(7)))


@pytest.mark.parametrize(("index", "size"), [(0, 0), (7, 7), (-1, 7)])
def test_a_leaf_that_is_not_there_has_no_path(index: int, size: int) -> None:
    """ValueError says so."""
    with pytest.raises(ValueError, match="is not in a tree"):
        inclusion(index, size)


@pytest.mark.parametrize(("older", "newer"), [(8, 7), (-1, 7)])
def test_a_larger_tree_does_not_begin_a_smaller_one(older: int, newer: int) -> None:
    """ValueError says so."""
    with pytest.raises(ValueError, match="does not begin"):
        consistency(older, newer)


@given(st.integers(0, 10_000))
def test_subtrees_cover_a_tree_without_gap(size: int) -> None:
    """Each is complete, and there are no more of them than the size has binary ones."""
    parts = subtrees(Span(0, size))
    at = 0
    for part in parts:
        assert part.number << part.level == at
        at += 1 << part.level
    assert at == size
    assert len(parts) == size.bit_count()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 21, 64, 100])
def test_somebody_elses_code_agrees(size: int) -> None:
    """pymerkle, an independent implementation of RFC 6962: roots, and all its proofs."""
    other = InmemoryTree(algorithm="sha256")
    contents = [str(number).encode() for number in range(size)]
    for content in contents:
        other.append_entry(content)
    tree = [leaf(content) for content in contents]
    assert other.get_root() == mth(tree)
    for index in range(size):
        theirs = other.prove_inclusion(index + 1, size)
        ours = hashes(inclusion(index, size), tree)
        assert theirs.path == [tree[index], *ours]
    for older in range(1, size):
        assert other.get_root(older) == mth(tree[:older])
        assert consistent(
            older, size, hashes(consistency(older, size), tree), other.get_root(older), mth(tree)
        )
