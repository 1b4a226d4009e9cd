"""Enumerations that several types and inputs share."""

from enum import Enum

import strawberry

from domain.kernel import envelope, principal
from domain.people import values as people
from domain.segments import values as segments


@strawberry.enum(description="Active segments take changes; archived ones only restore and delete.")
class SegmentStatus(Enum):
    ACTIVE = strawberry.enum_value(
        segments.SegmentStatus.ACTIVE, description="On the default list."
    )
    ARCHIVED = strawberry.enum_value(
        segments.SegmentStatus.ARCHIVED, description="Put away, with its members."
    )


@strawberry.enum(description="How the segment came to be. Shown as 'Created manually' and so on.")
class SegmentSource(Enum):
    MANUAL = strawberry.enum_value(
        segments.SegmentSource.MANUAL, description="By hand, one at a time."
    )
    UPLOAD = strawberry.enum_value(segments.SegmentSource.UPLOAD, description="From a file.")
    RULE = strawberry.enum_value(
        segments.SegmentSource.RULE, description="By a rule over the directory."
    )
    SYNC = strawberry.enum_value(segments.SegmentSource.SYNC, description="By another system.")


@strawberry.enum(
    description="ERASED: personal data destroyed; strings are empty, displayName is 'Erased user'."
    " REMOVED: its creation was undone. Both are off every list, resolve by id, and stand in past"
    " rosters."
)
class UserStatus(Enum):
    ACTIVE = strawberry.enum_value(people.UserStatus.ACTIVE, description="May sign in.")
    SUSPENDED = strawberry.enum_value(
        people.UserStatus.SUSPENDED, description="May not sign in; memberships stay."
    )
    ERASED = strawberry.enum_value(people.UserStatus.ERASED, description="Forgotten for good.")
    REMOVED = strawberry.enum_value(
        people.UserStatus.REMOVED, description="Their creation was undone."
    )


@strawberry.enum(description="What somebody may be on the site.")
class Role(Enum):
    SITE_ADMIN = strawberry.enum_value(principal.Role.SITE_ADMIN, description="May do everything.")
    TRAINING_MANAGER = strawberry.enum_value(
        principal.Role.TRAINING_MANAGER, description="Keeps segments and their members."
    )
    AUDITOR = strawberry.enum_value(
        principal.Role.AUDITOR, description="Sees everything, changes nothing."
    )
    LEARNER = strawberry.enum_value(
        principal.Role.LEARNER, description="Sees the visible segments that they are in."
    )


@strawberry.enum(description="Only look, or record.")
class UploadMode(Enum):
    DRY_RUN = strawberry.enum_value(
        "DRY_RUN", description="Say what COMMIT would do; record nothing."
    )
    COMMIT = strawberry.enum_value("COMMIT", description="Record all of it as one command.")


@strawberry.enum(description="The channel through which a command or a request came.")
class Channel(Enum):
    API = strawberry.enum_value(envelope.Channel.API, description="A client of this API.")
    CONSOLE = strawberry.enum_value(
        envelope.Channel.CONSOLE, description="The web console of this service."
    )
    CLI = strawberry.enum_value(
        envelope.Channel.CLI, description="The command line on the service's machine."
    )
    UPLOAD = strawberry.enum_value(envelope.Channel.UPLOAD, description="An uploaded file.")
    RULE = strawberry.enum_value(envelope.Channel.RULE, description="Reserved: not sent yet.")
    SYSTEM = strawberry.enum_value(
        envelope.Channel.SYSTEM, description="The service itself, without anybody's request."
    )
