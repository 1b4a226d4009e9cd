"""Tags of events about the members of segments."""

from __future__ import annotations

ROSTERS = "rosters"
"""Tag of every event about the members of any segment."""


def roster_tag(segment_id: str) -> str:
    """Returns the tag of every event about the members of that segment."""
    return f"roster:{segment_id}"
