"""What is packed piece by piece comes back the same, piece by piece."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from service.downloads.packing import PIECE, packed, unpacked


@given(st.lists(st.binary(max_size=1_000), max_size=20))
def test_what_was_packed_comes_back(pieces: list[bytes]) -> None:
    assert b"".join(unpacked(packed(pieces))) == b"".join(pieces)


def test_what_an_earlier_release_kept_is_as_it_is() -> None:
    assert list(unpacked(b"name,reason\n")) == [b"name,reason\n"]


def test_no_piece_is_large() -> None:
    """However well it could be packed, and however badly."""
    noise = random.Random(0).randbytes(3 * PIECE)
    for content in (b"a" * 20 * PIECE, noise):
        pieces = list(unpacked(packed([content])))
        assert b"".join(pieces) == content
        assert max(map(len, pieces)) <= PIECE
    assert len(packed([b"a" * 20 * PIECE])) < PIECE
