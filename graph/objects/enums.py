"""Enumerations that several types and inputs share."""

from enum import Enum

import strawberry

from domain.kernel import envelope, principal
from domain.people import values as people
from domain.segments import values as segments


@strawberry.enum(
    description="Whether a segment is in use. Archived segments take no changes until they are"
    " restored; they can be deleted."
)
class SegmentStatus(Enum):
    ACTIVE = strawberry.enum_value(
        segments.SegmentStatus.ACTIVE, description="Shown in the default list; takes changes."
    )
    ARCHIVED = strawberry.enum_value(
        segments.SegmentStatus.ARCHIVED,
        description="Left out of the default list, with its members and history.",
    )


@strawberry.enum(description="How the segment came to be. Shown as 'Created manually' and so on.")
class SegmentSource(Enum):
    MANUAL = strawberry.enum_value(
        segments.SegmentSource.MANUAL, description="Created or added by hand."
    )
    UPLOAD = strawberry.enum_value(
        segments.SegmentSource.UPLOAD, description="Created or added by an uploaded file."
    )
    RULE = strawberry.enum_value(
        segments.SegmentSource.RULE, description="Filled by a rule. Reserved: not sent yet."
    )
    SYNC = strawberry.enum_value(
        segments.SegmentSource.SYNC, description="Kept by another system. Reserved: not sent yet."
    )


@strawberry.enum(
    description="Whether a user may sign in, or is gone. Erased and removed users are in no"
    " list, but are found by id and stand in past member lists."
)
class UserStatus(Enum):
    ACTIVE = strawberry.enum_value(
        people.UserStatus.ACTIVE, description="In the directory, and may sign in."
    )
    SUSPENDED = strawberry.enum_value(
        people.UserStatus.SUSPENDED,
        description="In the directory, but may not sign in. Memberships stay.",
    )
    ERASED = strawberry.enum_value(
        people.UserStatus.ERASED,
        description="Personal data destroyed for good: strings are empty, displayName is 'Erased"
        " user'.",
    )
    REMOVED = strawberry.enum_value(
        people.UserStatus.REMOVED,
        description="Taken out of the directory: the user's creation was undone.",
    )


@strawberry.enum(description="A role on the site; it decides what somebody may do.")
class Role(Enum):
    SITE_ADMIN = strawberry.enum_value(
        principal.Role.SITE_ADMIN, description="May do everything on the site."
    )
    TRAINING_MANAGER = strawberry.enum_value(
        principal.Role.TRAINING_MANAGER,
        description="Keeps segments and their members, and sees all of them.",
    )
    AUDITOR = strawberry.enum_value(
        principal.Role.AUDITOR, description="Sees everything, changes nothing."
    )
    LEARNER = strawberry.enum_value(
        principal.Role.LEARNER, description="Sees the visible segments that they are in."
    )


@strawberry.enum(description="Where a command or a request came from.")
class Channel(Enum):
    API = strawberry.enum_value(envelope.Channel.API, description="A program, over GraphQL.")
    CONSOLE = strawberry.enum_value(envelope.Channel.CONSOLE, description="The console.")
    CLI = strawberry.enum_value(envelope.Channel.CLI, description="The command line.")
    UPLOAD = strawberry.enum_value(envelope.Channel.UPLOAD, description="An uploaded file.")
    RULE = strawberry.enum_value(
        envelope.Channel.RULE, description="A rule that fills a segment. Reserved: not sent yet."
    )
    SYSTEM = strawberry.enum_value(
        envelope.Channel.SYSTEM, description="The service itself, by its own rules."
    )


@strawberry.enum(description="Dry run or commit.")
class UploadMode(Enum):
    DRY_RUN = strawberry.enum_value(
        "DRY_RUN", description="Tells what COMMIT would do, and records nothing."
    )
    COMMIT = strawberry.enum_value(
        "COMMIT", description="Records all of it as one command, which can be undone."
    )
