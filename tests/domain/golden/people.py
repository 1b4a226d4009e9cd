"""The story of two users and a roster, for the golden file. What is sealed is as good as random."""

from __future__ import annotations

from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.kernel.principal import Role
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.memberships.tags import ROSTERS, roster_tag
from domain.people.events import (
    RolesAssigned,
    UserCreated,
    UserEdited,
    UserErased,
    UserReinstated,
    UserRemoved,
)
from domain.people.identifiers.hashes import IdentifierHashes
from domain.people.tags import PEOPLE, SITE_ADMINS, identifier_tags, user_tag
from domain.people.values import UserStatus
from domain.segments.values import SegmentSource
from tests.domain.segments.events import A

ANN = "user_0192f0c17a9b7c3d8e4f5061728394a1"
BO = "user_0192f0c17a9b7c3d8e4f5061728394b0"
SEALED = "c2VhbGVkIGFuZCBhcyBnb29kIGFzIHJhbmRvbQ=="
HELD = IdentifierHashes("a" * 40, "b" * 40, "c" * 40)
HELD_TAGS = identifier_tags("a" * 40, "b" * 40, "c" * 40)

PEOPLE_FACTS: tuple[tuple[Event, set[str]], ...] = (
    (
        UserCreated(
            user_id=ANN,
            version=1,
            sealed=SEALED,
            username_hash=HELD.username,
            email_hash=HELD.email,
            code_hash=HELD.code,
            roles=(Role.LEARNER, Role.SITE_ADMIN),
        ),
        {user_tag(ANN), *HELD_TAGS, PEOPLE, SITE_ADMINS},
    ),
    (
        UserCreated(
            user_id=BO,
            version=1,
            sealed=SEALED,
            username_hash="d" * 40,
            email_hash="e" * 40,
            code_hash=None,
            roles=(),
        ),
        {user_tag(BO), *identifier_tags("d" * 40, "e" * 40, None), PEOPLE},
    ),
    (
        UserEdited(
            user_id=ANN,
            version=2,
            fields=("code", "email", "username"),
            sealed=SEALED,
            username_hash=Change(before=HELD.username, after="1" * 40),
            email_hash=Change(before=HELD.email, after="2" * 40),
            code_hash=Change(before=HELD.code, after=None),
        ),
        {user_tag(ANN), *HELD_TAGS, *identifier_tags("1" * 40, "2" * 40, None), PEOPLE},
    ),
    (
        UserEdited(
            user_id=BO,
            version=2,
            fields=(),
            sealed=None,
            status=Change(before=UserStatus.ACTIVE, after=UserStatus.SUSPENDED),
        ),
        {user_tag(BO), SITE_ADMINS},
    ),
    (
        RolesAssigned(
            user_id=BO, version=3, roles=Change(before=(), after=(Role.AUDITOR, Role.LEARNER))
        ),
        {user_tag(BO)},
    ),
    (
        MembersAdded(segment_id=A, user_ids=(ANN,), source=SegmentSource.MANUAL),
        {roster_tag(A), ROSTERS},
    ),
    (
        MembersAdded(segment_id=A, user_ids=(BO,), source=SegmentSource.UPLOAD, rows=(2,)),
        {roster_tag(A), ROSTERS},
    ),
    (MembersRemoved(segment_id=A, user_ids=(ANN, BO)), {roster_tag(A), ROSTERS}),
    (
        UserErased(
            user_id=ANN,
            version=3,
            username_hash="1" * 40,
            email_hash="2" * 40,
            code_hash=None,
        ),
        {user_tag(ANN), *identifier_tags("1" * 40, "2" * 40, None), PEOPLE},
    ),
    (
        UserRemoved(
            user_id=BO,
            version=4,
            username_hash="d" * 40,
            email_hash="e" * 40,
            code_hash=None,
        ),
        {user_tag(BO), *identifier_tags("d" * 40, "e" * 40, None), PEOPLE},
    ),
    (
        UserReinstated(
            user_id=BO,
            version=5,
            username_hash="d" * 40,
            email_hash="e" * 40,
            code_hash=None,
            roles=(Role.AUDITOR, Role.SITE_ADMIN),
        ),
        {user_tag(BO), *identifier_tags("d" * 40, "e" * 40, None), PEOPLE, SITE_ADMINS},
    ),
)
