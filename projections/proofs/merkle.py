"""The Merkle tree of RFC 6962, section 2.1, as arithmetic: the parts of it that make a proof.

A tree over n leaves is known by the hashes of its complete subtrees: `Subtree(level, number)` is
over the 2**level leaves from number * 2**level on. Everything else follows from those, so that the
code that stores them need not know proofs, and this module not how they are stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

EMPTY = hashlib.sha256(b"").digest()
"""The root of the tree without leaves."""


class Subtree(NamedTuple):
    """A complete subtree: 2**level leaves, from number * 2**level on."""

    level: int
    number: int


class Span(NamedTuple):
    """Leaves from `start` up to, not including, `end`, as a node of some tree covers them."""

    start: int
    end: int


HashOf = Callable[[Subtree], bytes]


def node_hash(left: bytes, right: bytes) -> bytes:
    """Returns 32 bytes: SHA-256 of a one byte and both children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def subtrees(span: Span) -> list[Subtree]:
    """Returns the complete subtrees that a node's leaves fall into, from the left, larger ones
    first.
    """
    found: list[Subtree] = []
    start = span.start
    while start < span.end:
        level = (span.end - start).bit_length() - 1
        if start:
            level = min(level, (start & -start).bit_length() - 1)
        found.append(Subtree(level, start >> level))
        start += 1 << level
    return found


def span_hash(span: Span, hash_of: HashOf) -> bytes:
    """Returns the hash of the node that covers these leaves; EMPTY for none."""
    parts = [hash_of(subtree) for subtree in subtrees(span)]
    if not parts:
        return EMPTY
    hashed = parts.pop()
    while parts:
        hashed = node_hash(parts.pop(), hashed)
    return hashed


def inclusion(index: int, size: int) -> list[Span]:
    """Returns the audit path of a leaf in the tree of that size, from the leaf to the root.

    ValueError for a leaf that is not in it.
    """
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    path: list[Span] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _left_part(end - start)
        if index < middle:
            path.append(Span(middle, end))
            end = middle
        else:
            path.append(Span(start, middle))
            start = middle
    return path[::-1]


def consistency(older: int, newer: int) -> list[Span]:
    """Returns the proof that the tree of size `older` begins the one of size `newer`.

    Empty when they are the same, or the older one is empty. ValueError when it is larger.
    """
    if not 0 <= older <= newer:
        raise ValueError(f"a tree of {older} does not begin one of {newer}")
    if older in (0, newer):
        return []
    proof: list[Span] = []
    start, end, is_known = 0, newer, True
    while older != end:
        middle = start + _left_part(end - start)
        if older <= middle:
            proof.append(Span(middle, end))
            end = middle
        else:
            proof.append(Span(start, middle))
            start, is_known = middle, False
    if not is_known:
        proof.append(Span(start, end))
    return proof[::-1]


def included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether an audit path leads from a leaf's hash to a root (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, hashed = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            hashed = node_hash(sibling, hashed)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            hashed = node_hash(hashed, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and hashed == root


def consistent(
    older: int, newer: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Whether a proof shows that one tree begins another (RFC 9162, section 2.1.4.2)."""
    if older == newer:
        return not proof and old_root == new_root
    if older == 0:
        return not proof and old_root == EMPTY
    if not 0 < older < newer:
        return False
    path = [old_root, *proof] if older & (older - 1) == 0 else list(proof)
    if not path:
        return False
    place, last = older - 1, newer - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def _left_part(leaves: int) -> int:
    """Returns the largest power of two below a number of at least two leaves."""
    return 1 << (leaves - 1).bit_length() - 1
