"""A vault in memory that really seals, for tests of what can be read without its keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from projections.people.encryption import decrypt, encrypt, new_key


class SealingVault:
    """As the service's, but for where it keeps the keys: `keys`, by the ids of people."""

    def __init__(self) -> None:
        self.keys: dict[str, bytes] = {}

    def encrypt_new(self, contents: Mapping[str, bytes]) -> dict[str, str]:
        for user in contents:
            self.keys.setdefault(user, new_key())
        return self.encrypt(contents)

    def encrypt(self, contents: Mapping[str, bytes]) -> dict[str, str]:
        known = {user: content for user, content in contents.items() if user in self.keys}
        return {user: encrypt(self.keys[user], user, content) for user, content in known.items()}

    def decrypt(self, ciphertexts: Sequence[tuple[str, str]]) -> list[bytes | None]:
        return [
            decrypt(self.keys[user], user, ciphertext) if user in self.keys else None
            for user, ciphertext in ciphertexts
        ]
