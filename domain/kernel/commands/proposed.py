"""What a command proposes to record: an event, and what only the command knows about it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.kernel.envelope import UploadNote
from domain.kernel.event import Event


@dataclass(frozen=True, slots=True)
class Proposed:
    """An event that is recorded unless something came between.

    `extra_tags` are those that the event itself does not tell, `origin` is the row of the uploaded
    file that it comes from, if it comes from one.
    """

    event: Event
    extra_tags: tuple[str, ...] = ()
    origin: UploadNote | None = None

    @property
    def tags(self) -> list[str]:
        """All tags but that of the command."""
        return [*self.event.tags(), *self.extra_tags]
