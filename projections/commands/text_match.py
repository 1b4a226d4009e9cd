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
    """A search term, as conditions on the tables in which it is looked for."""

    term: SearchTerm

    @property
    def has_index(self) -> bool:
        """Whether an index tells where it stands: it does of three letters and more."""
        return self.term.index_pattern is not None

    def segments(self) -> Statement:
        """Selects the numbers of the segments that are called so, or were when deleted."""
        now = Conditions()
        now.add(_NAME_OR_CODE, self.term.key, self.term.key)
        self._add_pattern(now, "search")
        then = self._of_text()
        query = (
            f"SELECT number FROM segments {now.sql()}"
            f" UNION ALL SELECT segment FROM deleted_segment_texts {then.sql()}"
        )
        return query, [*now.values, *then.values]

    def own(self) -> Statement:
        """Selects the positions of the commands whose file or reason holds it."""
        where = self._of_text()
        return f"SELECT position FROM command_texts {where.sql()}", where.values

    def of_event(self, event: str) -> Statement:
        """Returns the condition that an event, which is called so in the query, is about a segment
        that is called so, or that it is the first of a command whose own text holds it.
        """
        now = Conditions([f"number = {event}.segment", _NAME_OR_CODE], [self.term.key] * 2)
        then, own = self._of_text(), self._of_text()
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

    def _of_text(self) -> Conditions:
        where = Conditions()
        where.add("strpos(text, %s) > 0", self.term.key)
        self._add_pattern(where, "text")
        return where

    def _add_pattern(self, where: Conditions, column: str) -> None:
        if self.term.index_pattern is not None:
            where.add(f"{column} LIKE %s", self.term.index_pattern)
