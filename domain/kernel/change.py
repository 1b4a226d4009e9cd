"""A value before and after: used by the events about edits."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")


class Change(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """One field's value before and after an edit."""

    before: T
    after: T
