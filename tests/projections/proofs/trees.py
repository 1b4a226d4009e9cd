"""Trees by the book: RFC 6962, section 2.1, written down as it stands there. Slow, and right."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from projections.proofs.merkle import Span, Subtree, span_hash

VECTORS = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
]
"""The leaves of Certificate Transparency's reference tests."""

ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""Their roots, for one leaf, two, three …"""


def leaf(content: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + content).digest()


def mth(leaves: Sequence[bytes]) -> bytes:
    """MTH(D[n]), of leaves' hashes."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = _k(len(leaves))
    return hashlib.sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D[n])."""
    if len(leaves) == 1:
        return []
    k = _k(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def proof(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PROOF(m, D[n])."""
    return _subproof(m, leaves, is_known=True)


def _subproof(m: int, leaves: Sequence[bytes], *, is_known: bool) -> list[bytes]:
    if m == len(leaves):
        return [] if is_known else [mth(leaves)]
    k = _k(len(leaves))
    if m <= k:
        return [*_subproof(m, leaves[:k], is_known=is_known), mth(leaves[k:])]
    return [*_subproof(m - k, leaves[k:], is_known=False), mth(leaves[:k])]


def _k(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def hash_of(leaves: Sequence[bytes]) -> Callable[[Subtree], bytes]:
    """Complete subtrees of a tree, each made anew."""

    def of(subtree: Subtree) -> bytes:
        start = subtree.number << subtree.level
        part = leaves[start : start + (1 << subtree.level)]
        assert len(part) == 1 << subtree.level, "the subtree is not complete"
        return mth(part)

    return of


def hashes(spans: Sequence[Span], leaves: Sequence[bytes]) -> list[bytes]:
    return [span_hash(span, hash_of(leaves)) for span in spans]
