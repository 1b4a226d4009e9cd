"""The questions that commands on people ask the read model, instead of folding every event
themselves.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Protocol

from domain.people.identifiers.lookup import UserKey
from domain.people.state import User


class PeopleSnapshot(Protocol):
    """The directory as of one position."""

    def user(self, user_id: str) -> User | None:
        """Returns a user, whether they are on the site or were; None when they never were."""
        ...

    def identifier_owner(self, by: UserKey, hashed: str) -> str | None:
        """Returns the id of the owner of the username, the address or the code with that hash."""
        ...

    def site_admins(self) -> AbstractSet[str]:
        """Returns the ids of the users on the site who have the role, suspended or not."""
        ...

    def suspended(self, user_ids: AbstractSet[str]) -> AbstractSet[str]:
        """Returns those of them who are suspended."""
        ...
