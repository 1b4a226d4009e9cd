"""Who asks."""

from __future__ import annotations

from enum import StrEnum

from domain.kernel.principal import Role
from service.settings import Settings
from tests.service.http.serving import token


class Caller(StrEnum):
    """One column of the matrix."""

    NOBODY = "nobody"
    GARBAGE = "garbage"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    ERASED = "erased"
    REMOVED = "removed"
    ROLELESS = "roleless"
    OUTSIDE = "outside"
    INSIDE = "inside"
    SECOND = "second"
    AUDITOR = "auditor"
    MANAGER = "manager"
    ADMIN = "admin"
    TOKEN_LEARNER = "token_learner"
    TOKEN_AUDITOR = "token_auditor"
    TOKEN_MANAGER = "token_manager"
    TOKEN_ADMIN = "token_admin"


USERNAMES = {
    Caller.SUSPENDED: "sue",
    Caller.ERASED: "eve",
    Caller.REMOVED: "rex",
    Caller.ROLELESS: "nora",
    Caller.OUTSIDE: "otto",
    Caller.INSIDE: "ina",
    Caller.SECOND: "bob",
    Caller.AUDITOR: "audrey",
    Caller.MANAGER: "max",
    Caller.ADMIN: "ada",
}
"""Those of the directory, which gives them their roles; their tokens give none."""

ROLES: dict[Caller, tuple[Role, ...]] = {
    Caller.SUSPENDED: tuple(Role),
    Caller.ERASED: tuple(Role),
    Caller.REMOVED: tuple(Role),
    Caller.ROLELESS: (),
    Caller.OUTSIDE: (Role.LEARNER,),
    Caller.INSIDE: (Role.LEARNER,),
    Caller.SECOND: (Role.LEARNER,),
    Caller.AUDITOR: (Role.AUDITOR,),
    Caller.MANAGER: (Role.TRAINING_MANAGER,),
    Caller.ADMIN: (Role.SITE_ADMIN,),
}
BY_TOKEN = {
    Caller.TOKEN_LEARNER: Role.LEARNER,
    Caller.TOKEN_AUDITOR: Role.AUDITOR,
    Caller.TOKEN_MANAGER: Role.TRAINING_MANAGER,
    Caller.TOKEN_ADMIN: Role.SITE_ADMIN,
}
"""Those whom the directory does not know."""

GROUPS: dict[str, tuple[Caller, ...]] = {
    "strangers": tuple(Caller)[: list(Caller).index(Caller.ROLELESS)],
    "signed_in": tuple(Caller)[list(Caller).index(Caller.ROLELESS) :],
    "admins": (Caller.ADMIN, Caller.TOKEN_ADMIN),
    "managers": (Caller.MANAGER, Caller.TOKEN_MANAGER),
    "auditors": (Caller.AUDITOR, Caller.TOKEN_AUDITOR),
    "learners": (Caller.INSIDE, Caller.SECOND, Caller.OUTSIDE, Caller.TOKEN_LEARNER),
    **{str(caller): (caller,) for caller in Caller},
}
"""What a row may call several of them, or one."""
GROUPS["staff"] = GROUPS["admins"] + GROUPS["managers"] + GROUPS["auditors"]


def tokens_of(settings: Settings) -> dict[Caller, str | None]:
    """What each of them signs in with. Those who are not to be let in bring every role."""
    named = {caller: token(settings, user=name) for caller, name in USERNAMES.items()}
    former = (Caller.SUSPENDED, Caller.ERASED, Caller.REMOVED)
    return {
        **named,
        **{caller: token(settings, *Role, user=USERNAMES[caller]) for caller in former},
        **{caller: token(settings, role) for caller, role in BY_TOKEN.items()},
        Caller.NOBODY: None,
        Caller.GARBAGE: f"{named[Caller.ADMIN][:-8]}AAAAAAAA",
        Caller.EXPIRED: token(settings, *Role, user=USERNAMES[Caller.ADMIN], seconds=-60),
    }
