"""The tags of facts about people, beside those of what they hold (hashes.py)."""

from __future__ import annotations

PEOPLE = "people"
"""On every fact that adds somebody, changes what they are found by, or ends them: a command on many
people is primed from the read model, and catches up with the directory by this one tag."""

SITE_ADMINS = "site-admins"
"""On every fact that may change who is an active site admin: the role given or taken, a status
changed, a site admin erased. The last of them cannot go."""


def user_tag(user_id: str) -> str:
    """The tag of every one of a user's own facts (their memberships have others)."""
    return f"user:{user_id}"
