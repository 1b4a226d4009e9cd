"""What commands on people take from the read model, instead of folding every event themselves."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Protocol

from domain.people.identifiers.lookup import UserKey
from domain.people.state import User


class PeopleSnapshot(Protocol):
    """The directory as of one position."""

    def user(self, user_id: str) -> User | None:
        """What a user is like, whether they are on the site or were; None when they never were."""
        ...

    def identifier_owner(self, by: UserKey, hashed: str) -> str | None:
        """The id of who holds the username, the address or the code with that hash."""
        ...

    def site_admins(self) -> AbstractSet[str]:
        """The ids of those on the site who have the role, suspended or not."""
        ...

    def suspended(self, user_ids: AbstractSet[str]) -> AbstractSet[str]:
        """Those of them who are suspended."""
        ...
