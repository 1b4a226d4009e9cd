"""Building blocks of the summaries of events."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from projections.people.views import ERASED

Names = Mapping[str, str]
"""The display names of users, by their ids."""

Summarize = Callable[[str, Any, Names], str]
"""Makes the sentence from the actor's name, the event and the names of the users that it is
about.
"""


def name_of(user: str, names: Names) -> str:
    """Returns the display name of a user; one who is not known any more was erased."""
    return names.get(user, ERASED)


def join_words(words: Sequence[str]) -> str:
    """Joins one or more items as a sentence lists them: a, b and c."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
