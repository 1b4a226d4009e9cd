"""The owner of a username, an address or a code: folded from the events that take and free it."""

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
    """Returns the tag of every event after which a user is found by that hash, or is not any
    more.
    """
    return user_tag(hashed) if by is UserKey.ID else _TAGS[by](hashed)


def hash_change(event: UserEdited, by: UserKey) -> Change[str | None] | None:
    """Returns an edit's change of the identifier's hash; None without one. Ids never change."""
    change: Change[str | None] | None = getattr(event, f"{by.value}_hash", None)
    return change


def hash_taken(event: Event, by: UserKey) -> str | None:
    """Returns the hash by which a user can be found after an event; None when there is no new
    one.
    """
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
