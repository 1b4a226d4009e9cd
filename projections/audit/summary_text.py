"""What sentences about events are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from projections.people.views import ERASED

Names = Mapping[str, str]
"""What people are called, by their ids."""

Summarize = Callable[[str, Any, Names], str]
"""From the actor's name, the event and the names of those it is about to what a person reads."""


def name_of(user: str, names: Names) -> str:
    """What somebody is called; who is not known any more was erased."""
    return names.get(user, ERASED)


def join_words(words: Sequence[str]) -> str:
    """One or more things as a sentence lists them: a, b and c."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
