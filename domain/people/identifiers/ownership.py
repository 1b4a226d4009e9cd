"""Who holds a username, an address or a code: folded from the events that took it and freed it."""

from __future__ import annotations

from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.people.events import UserCreated, UserEdited, UserErased, UserReinstated, UserRemoved
from domain.people.identifiers.lookup import UserKey
from domain.people.state import user_of
from domain.people.tags import email_tag, user_tag, usercode_tag, username_tag

_TAGS = {
    UserKey.USERNAME: username_tag,
    UserKey.EMAIL: email_tag,
    UserKey.CODE: usercode_tag,
}


def tag_of(by: UserKey, hashed: str) -> str:
    """The tag of every event after which somebody is found by that, or is not any more."""
    return user_tag(hashed) if by is UserKey.ID else _TAGS[by](hashed)


def hash_change(event: UserEdited, by: UserKey) -> Change[str | None] | None:
    """How an edit changes what somebody is found by; None when it does not. Ids never change."""
    change: Change[str | None] | None = getattr(event, f"{by.value}_hash", None)
    return change


def hash_taken(event: Event, by: UserKey) -> str | None:
    """The hash of what somebody can be found by from an event on; None when there is none new."""
    if isinstance(event, UserCreated | UserReinstated):
        taken: str | None = getattr(event, f"{by.value}_hash", event.user_id)
        return taken
    change = hash_change(event, by) if isinstance(event, UserEdited) else None
    return None if change is None else change.after


class IdentifierOwnership:
    """The owner of one hash, as the events tagged with it say."""

    def __init__(self, by: UserKey, hashed: str) -> None:
        self.by = by
        self.hashed = hashed
        self.tag = _TAGS[by](hashed)
        self.owner: str | None = None

    def apply(self, event: Event) -> None:
        """Takes one event into account; those about other values change nothing."""
        if hash_taken(event, self.by) == self.hashed:
            self.owner = user_of(event)
        elif isinstance(event, UserEdited):
            self._edited(event)
        elif isinstance(event, UserErased | UserRemoved) and self.owner == event.user_id:
            self.owner = None

    def _edited(self, event: UserEdited) -> None:
        change = hash_change(event, self.by)
        if change and change.before == self.hashed and self.owner == event.user_id:
            self.owner = None
