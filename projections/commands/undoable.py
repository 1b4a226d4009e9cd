"""Whether an undo of a command may have something to undo."""

from __future__ import annotations

from domain.undo.opposites import OPPOSITES, Irreversible
from projections.commands.views import CommandView

IRREVERSIBLE = frozenset(
    event.TOPIC for event, opposite in OPPOSITES.items() if isinstance(opposite, Irreversible)
)
"""The types of events that nothing undoes."""


def is_undoable(view: CommandView) -> bool:
    """Whether it was not undone yet and nothing of it is irreversible. Later events are not looked
    at: a dry run of the undo tells their conflicts.
    """
    return view.undone_by is None and view.topics.isdisjoint(IRREVERSIBLE)
