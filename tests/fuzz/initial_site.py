"""What is on the site before the first file comes: what files can speak of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MANY = 60


@dataclass(frozen=True)
class Known:
    """Somebody in the directory; the last ones are suspended, or erased."""

    username: str
    email: str
    code: str


PEOPLE = [Known(f"u-{n}", f"u-{n}@Example.org", f"P-{n}") for n in range(MANY)]
SUSPENDED, ERASED = PEOPLE[-1], PEOPLE[-2]
SEGMENT_CODES = [*(f"s-{n}" for n in range(12)), "Straße", "archived", "deleted"]

COMMANDS: list[tuple[str, str, dict[str, Any]]] = [
    *(
        ("createUserSegment", "CreateUserSegmentInput", {"name": f"Old {code}", "code": code})
        for code in SEGMENT_CODES
    ),
    *(
        (
            "createUser",
            "CreateUserInput",
            {
                "username": known.username,
                "email": known.email,
                "firstName": "Given",
                "lastName": "Family",
                "code": known.code,
                "roles": ["SITE_ADMIN"] if known is PEOPLE[0] else [],
            },
        )
        for known in PEOPLE
    ),
    (
        "addUsersToSegment",
        "SegmentMembersInput",
        {"segment": {"code": "s-0"}, "users": {"usernames": ["u-0", "u-1", "u-58", "u-59"]}},
    ),
    ("archiveUserSegment", "SegmentCommandInput", {"segment": {"code": "archived"}}),
    (
        "deleteUserSegment",
        "DeleteUserSegmentInput",
        {"segment": {"code": "deleted"}, "reason": "Closed."},
    ),
    (
        "updateUser",
        "UpdateUserInput",
        {"user": {"username": SUSPENDED.username}, "status": "SUSPENDED"},
    ),
    ("eraseUser", "EraseUserInput", {"user": {"username": ERASED.username}, "reason": "Asked."}),
]
"""Mutation, the type of its input, and the input."""
