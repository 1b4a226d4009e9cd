"""An event that a command proposes to record, with the data that only the command has about it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.kernel.envelope import UploadNote
from domain.kernel.event import Event


@dataclass(frozen=True, slots=True)
class Proposed:
    """An event that is recorded unless a conflicting one came between.

    `extra_tags` are those that do not follow from the event itself, `origin` is the row of the
    uploaded file that it comes from, if it comes from one.
    """

    event: Event
    extra_tags: tuple[str, ...] = ()
    origin: UploadNote | None = None

    @property
    def tags(self) -> list[str]:
        """All tags but that of the command."""
        return [*self.event.tags(), *self.extra_tags]
