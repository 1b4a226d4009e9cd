"""The permissions that a principal can have."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """One row of the table in domain/policy.py; the value is how a refusal names it."""

    SEE_ALL_SEGMENTS = "see every segment"
    SEE_OWN_SEGMENTS = "see the visible segments that they are in"
    SEE_THE_PAST = "see segments as of a moment, and their history"
    CHANGE_SEGMENTS = "create, edit, archive and restore segments"
    DELETE_SEGMENTS = "delete segments"
    SEE_THE_LOG = "read the log itself"
    SEE_ALL_USERS = "see every user"
    SEE_ONESELF = "see their own entry in the directory"
    CHANGE_MEMBERS = "add and remove members, and upload segments and members"
    UNDO_OWN = "take back what they did themselves"
    UNDO_ANY = "take back what others did"
    CHANGE_USERS = "create, edit, upload and erase users, and assign roles"
    SEE_LOG_STATUS = "see how far the read model is"
