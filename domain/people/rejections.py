"""The rejections of the commands on people, in one place, so that all commands word them alike."""

from __future__ import annotations

from domain.kernel.rejections import (
    InvalidValue,
    NotFound,
    Path,
    Rejection,
    RejectionCode,
    Taken,
    VersionConflict,
)
from domain.people.state import User


def no_such_user(field: str) -> Rejection:
    """Returns the rejection of an input whose `user` is nobody on the site; `field` is the kind of
    identifier given.
    """
    return NotFound(message="There is no such user.", path=("user", field))


def username_taken(owner: str) -> Rejection:
    """Returns the rejection for a username that another user has."""
    message = "Another user has this username."
    code = RejectionCode.USERNAME_TAKEN
    return Taken(code=code, message=message, path=("username",), held_by=owner)


def email_taken(owner: str) -> Rejection:
    """Returns the rejection for an address that another user has, in this or another case of
    letters.
    """
    message = "Another user has this e-mail address."
    code = RejectionCode.EMAIL_TAKEN
    return Taken(code=code, message=message, path=("email",), held_by=owner)


def code_taken(owner: str) -> Rejection:
    """Returns the rejection for a code that another user has, in this or another spelling."""
    message = "Another user has this code."
    return Taken(code=RejectionCode.CODE_TAKEN, message=message, path=("code",), held_by=owner)


def version_conflict(user: User, expected: int) -> Rejection:
    """Returns the rejection for a user who was changed since the client read them."""
    message = f"Expected version {expected}, but the user is at version {user.version}."
    return VersionConflict(
        message=message,
        path=("expectedVersion",),
        entity_id=user.id,
        expected=expected,
        current=user.version,
    )


def last_site_admin(field: str) -> Rejection:
    """Returns the rejection for the last site admin: without one the site could not be administered
    any more.
    """
    message = "This is the last active site admin: make somebody else one first."
    path: Path = (field,)
    return InvalidValue(message=message, path=path)
