"""What to ask of the details of an event: each type, each field."""

from __future__ import annotations

_VALUES = "version name code description visible source"
_CHANGES = "changes { field before after }"
_USERS = "userCount users { totalCount }"
_USER = "version user { id }"
_PERSON = "person { username email firstName lastName code }"

_OF_SEGMENTS = {
    "SegmentCreatedDetails": _VALUES,
    "SegmentEditedDetails": f"version {_CHANGES}",
    "SegmentArchivedDetails": "version",
    "SegmentRestoredDetails": "version",
    "SegmentDeletedDetails": "version name code",
    "SegmentReinstatedDetails": f"{_VALUES} status",
    "MembersAddedDetails": f"{_USERS} source",
    "MembersRemovedDetails": _USERS,
}
_OF_PEOPLE = {
    "UserCreatedDetails": f"{_USER} roles {_PERSON}",
    "UserEditedDetails": f"{_USER} personal: {_CHANGES}",
    "RolesAssignedDetails": f"{_USER} rolesBefore: before rolesAfter: after",
    "UserErasedDetails": _USER,
    "UserRemovedDetails": _USER,
    "UserReinstatedDetails": f"{_USER} roles",
}


def _asked(fields: dict[str, str]) -> str:
    cases = (f"... on {name} {{ {what} }}" for name, what in fields.items())
    return f"details {{ {' '.join(cases)} }}"


OF_SEGMENTS = _asked(_OF_SEGMENTS)
"""Of events about segments and their members."""
OF_PEOPLE = _asked(_OF_PEOPLE)
"""Of events about a person."""
