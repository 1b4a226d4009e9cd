"""What can happen to a person in the directory.

    user.created ─► user.edited*, user.roles_assigned* ─► user.erased
        └─► user.removed ⇄ user.reinstated

Names, usernames, addresses and codes stand in `sealed` alone: encrypted with the person's own key,
which is kept outside the log and destroyed when they are erased (ADR 10). Beside it stand keyed
hashes of what must be unique, so that its holder can be found without opening anything.
`version` is the user's own version after the fact: 1 at its creation, one more each time.
"""

from __future__ import annotations

from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.kernel.principal import Role
from domain.people.values import UserStatus


class UserCreated(Event, frozen=True, kw_only=True):
    """Somebody was added to the directory. `sealed` holds a Person."""

    TOPIC = "user.created"
    user_id: str
    version: int
    sealed: str
    username_hash: str
    email_hash: str
    code_hash: str | None
    roles: tuple[Role, ...]


class UserEdited(Event, frozen=True, kw_only=True):
    """Some of their fields changed: `fields` names the personal ones, sorted, and `sealed` holds a
    PersonEdit with their values before and after. A hash, or the status, that did not change is
    null.
    """

    TOPIC = "user.edited"
    user_id: str
    version: int
    fields: tuple[str, ...]
    sealed: str | None
    username_hash: Change[str] | None = None
    email_hash: Change[str] | None = None
    code_hash: Change[str | None] | None = None
    status: Change[UserStatus] | None = None


class RolesAssigned(Event, frozen=True, kw_only=True):
    """Their roles changed; both lists are sorted."""

    TOPIC = "user.roles_assigned"
    user_id: str
    version: int
    roles: Change[tuple[Role, ...]]


class UserErased(Event, frozen=True, kw_only=True):
    """Their personal data is gone for good. The hashes are of what they held until then."""

    TOPIC = "user.erased"
    user_id: str
    version: int
    username_hash: str
    email_hash: str
    code_hash: str | None


class UserRemoved(Event, frozen=True, kw_only=True):
    """Their creation was taken back: they are off the site, and what they held is free. What is
    sealed stays so. The hashes are of what they held until then.
    """

    TOPIC = "user.removed"
    user_id: str
    version: int
    username_hash: str
    email_hash: str
    code_hash: str | None


class UserReinstated(Event, frozen=True, kw_only=True):
    """Their removal was taken back: they are on the site again as they were, holding the same."""

    TOPIC = "user.reinstated"
    user_id: str
    version: int
    username_hash: str
    email_hash: str
    code_hash: str | None
    roles: tuple[Role, ...]


PEOPLE_EVENTS: tuple[type[Event], ...] = (
    UserCreated,
    UserEdited,
    RolesAssigned,
    UserErased,
    UserRemoved,
    UserReinstated,
)
