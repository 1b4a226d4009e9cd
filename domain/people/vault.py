"""The keys of people, as commands need them. The service keeps them in the database's vault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class Vault(Protocol):
    """Seals and opens personal data, with a key for each person.

    What is sealed is bound to its person: it cannot be opened as anybody else's.
    """

    def seal_new(self, contents: Mapping[str, bytes]) -> dict[str, str]:
        """Seals for people who have no key yet, by their ids; their keys are made and kept."""
        ...

    def seal(self, contents: Mapping[str, bytes]) -> dict[str, str]:
        """Seals for people who have a key; those whose key is destroyed are not in the answer."""
        ...

    def open(self, boxes: Sequence[tuple[str, str]]) -> list[bytes | None]:
        """What is in each box, given with its person's id; None where the key is destroyed."""
        ...
