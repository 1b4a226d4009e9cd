"""A query of the commands: which of them, up to which position."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from domain.kernel.envelope import Channel
from projections.audit.query import Somebody, of_user
from projections.commands.channels import CHANNEL_NUMBERS
from projections.commands.text_match import TextMatch
from projections.sql.paging import Conditions

COMMAND_AT = "SELECT * FROM commands WHERE position <= {} ORDER BY position DESC LIMIT 1"
"""Selects the command of the event at a position: one step into an index."""

END = "coalesce((SELECT last_position FROM ({}) AS own), 0)".format(COMMAND_AT.format("%s"))
"""The last event of the command of the event at a position; 0 before the first."""

TYPES = "SELECT number FROM recorded_types WHERE topic = ANY(%s)"
ACTOR = "actor = (SELECT number FROM recorded_actors WHERE id = %s)"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandQuery:
    """The commands to be returned: those with an event that is about the segment and the user and
    of one of the types, whose first event is after the position `after`, and at or before `up_to`.
    None in a field: it does not matter.
    """

    segment: int | None = None
    user: Somebody | None = None
    actor: str | None = None
    types: Collection[str] | None = None
    channels: Collection[Channel] | None = None
    after: int = 0
    up_to: int | None = None
    text: str = ""

    @property
    def is_by_event(self) -> bool:
        """Whether it depends on what the events are about."""
        return any(choice is not None for choice in (self.segment, self.user, self.types))

    @property
    def is_by_type(self) -> bool:
        """Whether it depends on nothing but types, and the actor."""
        broad = self.segment is None and self.user is None and self.channels is None
        return self.types is not None and broad and self.match is None

    @property
    def is_whole(self) -> bool:
        """Whether all commands between the two positions are wanted."""
        chosen = (self.actor, self.channels)
        return all(c is None for c in chosen) and not self.is_by_event and self.match is None

    @property
    def match(self) -> TextMatch | None:
        """Returns what a text is looked for in, and how, if one is given."""
        return TextMatch.typed(self.text)

    @property
    def channel_numbers(self) -> list[int]:
        """Returns the numbers of the channels that are wanted."""
        chosen = CHANNEL_NUMBERS if self.channels is None else self.channels
        return sorted(CHANNEL_NUMBERS[channel] for channel in chosen)

    def of_events(self, *, of_types: bool = True) -> Conditions:
        """Returns the conditions on recorded_events that do not follow from the command's."""
        where = Conditions()
        if self.segment is not None:
            where.add("segment = %s", self.segment)
        if self.user is not None:
            which, values = of_user(self.user)
            where.add(which, *values)
        if self.types is not None and of_types:
            where.add(f"type = ANY(ARRAY({TYPES}))", list(self.types))
        if self.actor is not None:
            where.add(ACTOR, self.actor)
        if self.after:
            where.add(f"position > {END}", self.after)
        if self.up_to is not None:
            where.add(f"position <= {END}", self.up_to)
        return where

    def of_commands(self, *, of_channels: bool = True) -> Conditions:
        """Returns the conditions on commands, but for those on their events and text."""
        where = Conditions()
        if self.actor is not None:
            where.add(f"commands.{ACTOR}", self.actor)
        if self.channels is not None and of_channels:
            where.add("commands.channel = ANY(%s::smallint[])", self.channel_numbers)
        if self.after:
            where.add("commands.position > %s", self.after)
        if self.up_to is not None:
            where.add("commands.position <= %s", self.up_to)
        return where


NO_COMMANDS = CommandQuery(up_to=0)
"""A query that nothing matches: positions begin at 1."""


def both(*conditions: Conditions) -> Conditions:
    """Returns the conditions that all of these hold."""
    parts = [part for one in conditions for part in one.parts]
    values: list[Any] = [value for one in conditions for value in one.values]
    return Conditions(parts, values)
