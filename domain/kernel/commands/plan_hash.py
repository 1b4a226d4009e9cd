"""The hash of a plan: a dry run answers it, and a commit is bound to it."""

from __future__ import annotations

import hashlib

from domain.kernel.rejections import GenericRejection, RejectionCode


class PlanHash:
    """Grows with whatever of the site the plan depends on: the same command, on a site that is the
    same in all these respects, has the same hash.
    """

    def __init__(self, basis: str) -> None:
        self._hash = hashlib.sha256(basis.encode())

    def add(self, *parts: object) -> None:
        """Adds something that a decision depends on."""
        self._hash.update(repr(parts).encode())

    def __str__(self) -> str:
        """Returns 64 hexadecimal digits."""
        return self._hash.hexdigest()


def plan_stale() -> GenericRejection:
    """Returns the rejection for a site that has changed since the dry run."""
    message = "Something that the dry run relied on has changed since. Look at a new one."
    return GenericRejection(code=RejectionCode.PLAN_STALE, message=message, path=("planHash",))
