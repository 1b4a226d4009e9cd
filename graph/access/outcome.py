"""The enum of outcomes in the access log."""

from enum import Enum

import strawberry

from projections.access import entry


@strawberry.enum(description="How a request ended: allowed, or the code it was refused with.")
class AccessOutcome(Enum):
    ALLOWED = strawberry.enum_value(entry.ALLOWED, description="The request was answered.")
    FORBIDDEN = strawberry.enum_value("FORBIDDEN", description="Their roles do not allow it.")
    INVALID = strawberry.enum_value("INVALID", description="A value in the command broke a rule.")
    NOT_FOUND = strawberry.enum_value(
        "NOT_FOUND", description="The command named what is not there, or not for them to see."
    )
    CODE_TAKEN = strawberry.enum_value(
        "CODE_TAKEN", description="Another segment or user had the code."
    )
    USERNAME_TAKEN = strawberry.enum_value(
        "USERNAME_TAKEN", description="Another user had the username."
    )
    EMAIL_TAKEN = strawberry.enum_value(
        "EMAIL_TAKEN", description="Another user had the e-mail address."
    )
    VERSION_CONFLICT = strawberry.enum_value(
        "VERSION_CONFLICT", description="The command expected another version of the thing."
    )
    ARCHIVED = strawberry.enum_value("ARCHIVED", description="The segment was archived.")
    MANAGED = strawberry.enum_value("MANAGED", description="Reserved: not sent yet.")
    HAS_DEPENDENTS = strawberry.enum_value("HAS_DEPENDENTS", description="Reserved: not sent yet.")
    COMMAND_REUSED = strawberry.enum_value(
        "COMMAND_REUSED", description="The commandId had been used with different content."
    )
    PLAN_STALE = strawberry.enum_value(
        "PLAN_STALE", description="What the dry run relied on had changed before the commit."
    )
