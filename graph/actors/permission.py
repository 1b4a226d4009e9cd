"""The enum of permissions."""

from enum import Enum
from typing import Any

import strawberry

from domain.kernel.permission import Permission as Row


def _row(row: Row) -> Any:
    """A member described in the words of the rejection of a principal who lacks it."""
    return strawberry.enum_value(row, description=f"Lets somebody {row.value}.")


@strawberry.enum(description="One thing that a role can allow.")
class Permission(Enum):
    SEE_ALL_SEGMENTS = _row(Row.SEE_ALL_SEGMENTS)
    SEE_OWN_SEGMENTS = _row(Row.SEE_OWN_SEGMENTS)
    SEE_THE_PAST = _row(Row.SEE_THE_PAST)
    CHANGE_SEGMENTS = _row(Row.CHANGE_SEGMENTS)
    DELETE_SEGMENTS = _row(Row.DELETE_SEGMENTS)
    SEE_THE_LOG = _row(Row.SEE_THE_LOG)
    SEE_ALL_USERS = _row(Row.SEE_ALL_USERS)
    SEE_ONESELF = _row(Row.SEE_ONESELF)
    CHANGE_MEMBERS = _row(Row.CHANGE_MEMBERS)
    UNDO_OWN = _row(Row.UNDO_OWN)
    UNDO_ANY = _row(Row.UNDO_ANY)
    CHANGE_USERS = _row(Row.CHANGE_USERS)
    SEE_LOG_STATUS = _row(Row.SEE_LOG_STATUS)
