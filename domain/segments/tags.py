"""Tags of events about segments and their codes.

An event that takes a code has the tags `code:<key>` and CODES, one that frees a code has
`code:<key>`. So one selective tag finds all that ever happened to a code, and it is the condition
under which a code is taken (ADR 3).
"""

from __future__ import annotations

from domain.kernel.change import Change
from domain.kernel.values import CodeKey, code_key

CODES = "codes"
"""Tag of every event that takes a code."""


def segment_tag(segment_id: str) -> str:
    """Returns the tag of every event about the segment itself; events about its members have
    another.
    """
    return f"segment:{segment_id}"


def code_tag(key: CodeKey) -> str:
    """Returns the tag of every event that takes or frees the code with that key."""
    return f"code:{key}"


def code_taken_tags(code: str | None) -> list[str]:
    """Returns the tags of an event that takes `code`; none for None."""
    return [code_tag(code_key(code)), CODES] if code is not None else []


def code_freed_tags(code: str | None) -> list[str]:
    """Returns the tags of an event that frees `code`; none for None."""
    return [code_tag(code_key(code))] if code is not None else []


def code_change_tags(change: Change[str | None] | None) -> list[str]:
    """Returns the tags of an edit that may change the code."""
    if change is None:
        return []
    return sorted({*code_freed_tags(change.before), *code_taken_tags(change.after)})
