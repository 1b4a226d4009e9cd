"""What somebody holds that must be unique, before and after an edit: as hashes and tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.kernel.change import Change
from domain.people.hashes import Hashed
from domain.people.tags import PEOPLE


@dataclass(frozen=True, slots=True)
class HeldChange:
    """The hashes of the same person before and after."""

    before: Hashed
    after: Hashed

    def fields(self) -> dict[str, Any]:
        """The hash fields of a `user.edited`: null where nothing changed."""
        return {
            "username_hash": self._change("username"),
            "email_hash": self._change("email"),
            "code_hash": self._change("code"),
        }

    def tags(self) -> list[str]:
        """Of what is taken and what is freed; none when all stays."""
        if self.before == self.after:
            return []
        return [*sorted({*self.before.tags()} ^ {*self.after.tags()}), PEOPLE]

    def _change(self, name: str) -> Change[Any] | None:
        before, after = getattr(self.before, name), getattr(self.after, name)
        return None if before == after else Change(before=before, after=after)
