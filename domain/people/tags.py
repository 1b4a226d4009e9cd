"""Tags of events about people, and of the usernames, addresses and codes that they hold."""

from __future__ import annotations

from domain.kernel.principal import Role

PEOPLE = "people"
"""Tag of every event that adds a user, changes an identifier of theirs, or ends them: a command on
many users is primed from the read model, and catches up with the directory by this one tag.
"""

SITE_ADMINS = "site-admins"
"""Tag of every event that may change the set of active site admins: the role given or taken, a
status changed, a site admin erased. The last of them cannot go.
"""


def user_tag(user_id: str) -> str:
    """Returns the tag of every event about the user themselves; events about memberships have
    others.
    """
    return f"user:{user_id}"


def username_tag(hashed: str) -> str:
    """Returns the tag of every event that takes or frees the username with that hash."""
    return f"username:{hashed}"


def email_tag(hashed: str) -> str:
    """Returns the tag of every event that takes or frees the address with that hash."""
    return f"email:{hashed}"


def usercode_tag(hashed: str) -> str:
    """Returns the tag of every event that takes or frees the code with that hash."""
    return f"usercode:{hashed}"


def identifier_tags(username_hash: str, email_hash: str, code_hash: str | None) -> list[str]:
    """Returns the tags of an event that takes or frees all identifiers of a user."""
    tags = [username_tag(username_hash), email_tag(email_hash)]
    return tags if code_hash is None else [*tags, usercode_tag(code_hash)]


def site_admin_tags(*roles: Role) -> tuple[str, ...]:
    """Returns SITE_ADMINS when one of the roles is that of a site admin."""
    return (SITE_ADMINS,) if Role.SITE_ADMIN in roles else ()
