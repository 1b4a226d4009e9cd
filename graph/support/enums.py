"""Enums between the schema and the domain.

An enum of the schema wraps the members of the domain's: `SegmentStatus(status)` is its member for
one of the domain.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TypeVar

E = TypeVar("E", bound=Enum)


def to_domain(member: Enum, kind: type[E]) -> E:
    """The domain's member of that kind that a member of the schema wraps."""
    return kind(member.value)


def to_domain_set(members: Iterable[Enum] | None, kind: type[E]) -> frozenset[E] | None:
    """The domain's members that those of the schema wrap; None for None."""
    return None if members is None else frozenset(to_domain(member, kind) for member in members)
