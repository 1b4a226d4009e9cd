"""Who holds a username, an address or a code: folded from the facts that took it and freed it."""

from __future__ import annotations

from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.people.events import UserCreated, UserEdited, UserErased, UserReinstated, UserRemoved
from domain.people.hashes import email_tag, usercode_tag, username_tag
from domain.people.lookup import UserKey

_TAGS = {
    UserKey.USERNAME: username_tag,
    UserKey.EMAIL: email_tag,
    UserKey.CODE: usercode_tag,
}


class IdentifierRegister:
    """The holder of one hash, as the facts tagged with it say."""

    def __init__(self, by: UserKey, hashed: str) -> None:
        self._field = f"{by.value}_hash"
        self._hashed = hashed
        self.tag = _TAGS[by](hashed)
        self.holder: str | None = None

    def fold(self, event: Event) -> None:
        """Takes one fact into account; those about other values change nothing."""
        if isinstance(event, UserCreated | UserReinstated):
            self._taken(event)
        elif isinstance(event, UserEdited):
            self._edited(event)
        elif isinstance(event, UserErased | UserRemoved) and self.holder == event.user_id:
            self.holder = None

    def _taken(self, event: UserCreated | UserReinstated) -> None:
        if getattr(event, self._field) == self._hashed:
            self.holder = event.user_id

    def _edited(self, event: UserEdited) -> None:
        change: Change[str | None] | None = getattr(event, self._field)
        if change is None:
            return
        if change.after == self._hashed:
            self.holder = event.user_id
        elif change.before == self._hashed and self.holder == event.user_id:
            self.holder = None
