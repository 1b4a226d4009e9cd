"""The reasons for which something cannot be undone: every sentence of a conflict."""

from __future__ import annotations

from typing import Final

IRREVERSIBLE_ERASURE: Final = "An erasure cannot be undone."
DID_NOT_FIT: Final = "It did not fit what came before it: it changed nothing."

LOST_WITH_SEGMENT: Final = "It came after the segment, and would be lost with it."
STATUS_CHANGED: Final = "It changed since whether the segment is there or archived."
SEGMENT_CLOSED: Final = "The segment takes no changes any more."
SEGMENT_RESTORED: Final = "The segment was brought back since."
MEMBER_ABSENT: Final = "A member of the segment is off the site by now."

ROSTER_CLOSED: Final = "The members of the segment do not change any more."
REMOVED_USER_ABSENT: Final = "Somebody who was taken out is off the site by now."

LOST_WITH_USER: Final = "It came after the user, and would be lost with them."
KEPT_IN_SEGMENT: Final = "They stay in a segment that the command put them into."
LAST_ADMIN: Final = "The site needs one active site admin."
USER_CHANGED: Final = "Something else became of them since."
IDENTIFIERS_TAKEN: Final = "It took what they are called by: somebody else has it."
USER_ABSENT: Final = "They are off the site by now."
SUSPENSION_CHANGED: Final = "It suspended or reactivated them again."
ROLES_CHANGED: Final = "It changed their roles again."

USER_FIELD_LABELS: Final = {
    "username": "username",
    "email": "e-mail address",
    "first_name": "first name",
    "last_name": "last name",
    "code": "code",
}
"""The names of a user's personal fields for people."""


def field_changed(label: str) -> str:
    """Returns the reason for a field of a segment or a user."""
    return f"It changed the {label} again."


def code_taken(code: str) -> str:
    """Returns the reason for a segment's code."""
    return f"The user segment ID “{code}” is another's by now."


def identifier_taken(kind: str) -> str:
    """Returns the reason for an identifier that an edit gave up: username, email or code."""
    return f"It took the {kind} that they had: it is another's."


def membership_changed(users: int) -> str:
    """Returns the reason for so many users whom the command added to a segment, or removed."""
    whom = "one of these users" if users == 1 else f"{users:,} of these users"
    return f"It changed the membership of {whom} since."
