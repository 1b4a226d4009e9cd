"""The events of a user in the directory.

    user.created ─► user.edited*, user.roles_assigned* ─► user.erased
        └─► user.removed ⇄ user.reinstated

Names, usernames, addresses and codes stand in `sealed` alone: encrypted with the person's own key,
which is kept outside the log and destroyed when they are erased (ADR 10). Beside it stand keyed
hashes of what must be unique, so that its owner can be found without opening anything.
`version` is the user's own version after the event: 1 at its creation, one more each time.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.kernel.principal import Role
from domain.people.tags import (
    PEOPLE,
    SITE_ADMINS,
    email_tag,
    identifier_tags,
    site_admin_tags,
    user_tag,
    usercode_tag,
    username_tag,
)
from domain.people.values import UserStatus


class UserCreated(Event, frozen=True, kw_only=True):
    """A user was added to the directory. `sealed` holds a Person."""

    TOPIC = "user.created"
    user_id: str
    version: int
    sealed: str
    username_hash: str
    email_hash: str
    code_hash: str | None
    roles: tuple[Role, ...]

    def tags(self) -> list[str]:
        held = identifier_tags(self.username_hash, self.email_hash, self.code_hash)
        return [user_tag(self.user_id), *held, PEOPLE, *site_admin_tags(*self.roles)]


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

    def tags(self) -> list[str]:
        held = sorted(self._identifier_tags())
        people = [PEOPLE] if held else []
        admins = [] if self.status is None else [SITE_ADMINS]
        return [user_tag(self.user_id), *held, *people, *admins]

    def _identifier_tags(self) -> Iterator[str]:
        """Yields the tags of the identifiers that are taken and those that are freed."""
        hashes = (
            (username_tag, self.username_hash),
            (email_tag, self.email_hash),
            (usercode_tag, self.code_hash),
        )
        for tag, change in hashes:
            sides = () if change is None else (change.before, change.after)
            yield from (tag(hashed) for hashed in sides if hashed is not None)


class RolesAssigned(Event, frozen=True, kw_only=True):
    """Their roles changed; both lists are sorted."""

    TOPIC = "user.roles_assigned"
    user_id: str
    version: int
    roles: Change[tuple[Role, ...]]

    def tags(self) -> list[str]:
        return [user_tag(self.user_id), *site_admin_tags(*self.roles.before, *self.roles.after)]


class UserErased(Event, frozen=True, kw_only=True):
    """Their personal data is gone for good. The hashes are of what they held until then. That of a
    site admin has the tag `site-admins`, too.
    """

    TOPIC = "user.erased"
    user_id: str
    version: int
    username_hash: str
    email_hash: str
    code_hash: str | None

    def tags(self) -> list[str]:
        held = identifier_tags(self.username_hash, self.email_hash, self.code_hash)
        return [user_tag(self.user_id), *held, PEOPLE]


class UserRemoved(Event, frozen=True, kw_only=True):
    """Their creation was taken back: they are off the site, and what they held is free. What is
    sealed stays so. The hashes are of what they held until then. That of a site admin has the tag
    `site-admins`, too.
    """

    TOPIC = "user.removed"
    user_id: str
    version: int
    username_hash: str
    email_hash: str
    code_hash: str | None

    def tags(self) -> list[str]:
        held = identifier_tags(self.username_hash, self.email_hash, self.code_hash)
        return [user_tag(self.user_id), *held, PEOPLE]


class UserReinstated(Event, frozen=True, kw_only=True):
    """Their removal was taken back: they are on the site again as they were, holding the same."""

    TOPIC = "user.reinstated"
    user_id: str
    version: int
    username_hash: str
    email_hash: str
    code_hash: str | None
    roles: tuple[Role, ...]

    def tags(self) -> list[str]:
        held = identifier_tags(self.username_hash, self.email_hash, self.code_hash)
        return [user_tag(self.user_id), *held, PEOPLE, *site_admin_tags(*self.roles)]


PEOPLE_EVENTS: tuple[type[Event], ...] = (
    UserCreated,
    UserEdited,
    RolesAssigned,
    UserErased,
    UserRemoved,
    UserReinstated,
)
