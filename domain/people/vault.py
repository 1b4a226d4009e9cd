"""The keys of people, as commands use them. The service keeps them in the database's vault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class Vault(Protocol):
    """Encrypts and decrypts personal data, with a key for each person.

    A ciphertext is bound to its person: it cannot be decrypted as anybody else's.
    """

    def encrypt_new(self, contents: Mapping[str, bytes]) -> dict[str, str]:
        """Encrypts for people who have no key yet, by their ids; their keys are made and stored."""
        ...

    def encrypt(self, contents: Mapping[str, bytes]) -> dict[str, str]:
        """Encrypts for people who have a key; those whose key is destroyed are not in the
        answer.
        """
        ...

    def decrypt(self, ciphertexts: Sequence[tuple[str, str]]) -> list[bytes | None]:
        """Decrypts each content, given with its person's id; None where the key is destroyed."""
        ...
