"""Looks for a text in what commands are about: names and codes of segments, files, and reasons."""

from __future__ import annotations

from dataclasses import dataclass

from projections.sql.paging import Conditions
from projections.text.search_term import SearchTerm

_NAME_OR_CODE = (
    "(strpos(split_part(search, E'\\x01', 1), %s) > 0"
    " OR strpos(split_part(search, E'\\x01', 2), %s) > 0)"
)
"""A description, which stands behind the name and the code, is not looked into."""

Statement = tuple[str, list[object]]


@dataclass(frozen=True, slots=True)
class TextMatch:
    """The words of a text, each a search term, as conditions on the tables in which they are looked
    for: all of them in the name and the code of one segment, or in the file and the reason of a
    command.
    """

    words: tuple[SearchTerm, ...]

    @classmethod
    def typed(cls, text: str) -> TextMatch | None:
        """Returns the match of a text that a user typed; None for a blank one."""
        words = tuple(SearchTerm.typed(word) for word in text.split())
        return cls(words) if words else None

    @property
    def has_index(self) -> bool:
        """Whether an index tells where they stand: it does of words of three letters and more."""
        return any(word.index_pattern is not None for word in self.words)

    def segments(self) -> Statement:
        """Selects the numbers of the segments that are called so, or were when deleted."""
        now, then = self._called_so(), self._of_text()
        query = (
            f"SELECT number FROM segments {now.sql()}"
            f" UNION ALL SELECT segment FROM deleted_segment_texts {then.sql()}"
        )
        return query, [*now.values, *then.values]

    def own(self) -> Statement:
        """Selects the positions of the commands whose file or reason holds them."""
        where = self._of_text()
        return f"SELECT position FROM command_texts {where.sql()}", where.values

    def of_event(self, event: str) -> Statement:
        """Returns the condition that an event, which is called so in the query, is about a segment
        that is called so, or that it is the first of a command whose own text holds them.
        """
        now, then, own = self._called_so(), self._of_text(), self._of_text()
        now.add(f"number = {event}.segment")
        then.add(f"segment = {event}.segment")
        own.add(f"position = {event}.position")
        parts = [
            f"EXISTS (SELECT FROM segments {now.sql()})",
            f"EXISTS (SELECT FROM deleted_segment_texts {then.sql()})",
            f"EXISTS (SELECT FROM command_texts {own.sql()})",
        ]
        return f"({' OR '.join(parts)})", [*now.values, *then.values, *own.values]

    def of_command(self) -> Conditions:
        """Returns the condition on commands: that it holds for one of their events."""
        which, values = self.of_event("said")
        between = "said.position BETWEEN commands.position AND commands.last_position"
        where = f"EXISTS (SELECT FROM recorded_events AS said WHERE {between} AND {which})"
        return Conditions([where], [*values])

    def _called_so(self) -> Conditions:
        where = Conditions()
        for word in self.words:
            where.add(_NAME_OR_CODE, word.key, word.key)
            _add_pattern(where, "search", word)
        return where

    def _of_text(self) -> Conditions:
        where = Conditions()
        for word in self.words:
            where.add("strpos(text, %s) > 0", word.key)
            _add_pattern(where, "text", word)
        return where


def _add_pattern(where: Conditions, column: str, word: SearchTerm) -> None:
    if word.index_pattern is not None:
        where.add(f"{column} LIKE %s", word.index_pattern)
