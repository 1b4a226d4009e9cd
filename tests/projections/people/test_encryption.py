"""Sealed personal data: opened by its key for its person, by nothing else."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag

from projections.people.encryption import KEY_SIZE, decrypt, encrypt, new_key

ANN = "user_019339a1f7c07a5b8d3e2f4c6a8b0d1e"
BO = "user_019339a1f7c07a5b8d3e2f4c6a8b0d1f"


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", "Zoë Ångström".encode(), b"x" * 1_000],
    ids=["nothing", "empty object", "letters with accents", "1,000 bytes"],
)
def test_what_is_sealed_opens_again(content: bytes) -> None:
    """With the same key, for the same person."""
    key = new_key()
    assert decrypt(key, ANN, encrypt(key, ANN, content)) == content


def test_the_same_content_is_never_sealed_alike() -> None:
    """Nobody sees that a name is what it was before."""
    key = new_key()
    assert encrypt(key, ANN, b"Ann") != encrypt(key, ANN, b"Ann")


def test_another_key_or_person_does_not_open_it() -> None:
    """Nor does a ciphertext of which one character is another."""
    key = new_key()
    ciphertext = encrypt(key, ANN, b"Ann Smith")
    assert len(key) == KEY_SIZE
    for wrong_key, person, sealed in (
        (new_key(), ANN, ciphertext),
        (key, BO, ciphertext),
        (key, ANN, ("B" if ciphertext[0] == "A" else "A") + ciphertext[1:]),
    ):
        with pytest.raises(InvalidTag):
            decrypt(wrong_key, person, sealed)
