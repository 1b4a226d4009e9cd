"""A search term, as the two conditions that find it.

A text holds the term if `strpos(search, key) > 0`: that alone is exact. Which texts are worth that
look the trigram index tells: `search LIKE index_pattern`, true of every text that holds the term.

The index reads a list of texts for each trigram of the pattern, and steps along all of them for
each text on the shortest. The name of a segment in a million, typed in full, has 30 trigrams, of
which 25 are in tens of thousands of texts: 35 ms. So the pattern has four letters of each word, but
all of numbers and of the last word: 7 ms, and no more found that strpos must look at than before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from projections.text.search_key import escaped, sought_key

_BEGINNING = 4
"""Letters of a word that the index is asked for."""

_WORD = re.compile(r"[^\x00-/:-`{-\x7f]{3,}")
"""Three letters or digits make a trigram. What is not ASCII is taken for a letter; where the server
does not think so, the search is slower, and still right."""


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """A term without case and accents, and the pattern for the index; None if it is too short."""

    key: str
    index_pattern: str | None

    @classmethod
    def typed(cls, term: str) -> SearchTerm:
        """Returns the term that a user typed, trimmed. Blank text is held by every text."""
        key = sought_key(term)
        return cls(key, _index_pattern(key))


def _index_pattern(key: str) -> str | None:
    words = list(_WORD.finditer(key))
    if not words:
        return None
    beginnings = [_beginning(word[0]) for word in words[:-1]]
    rest = key[words[-1].start() :] if beginnings else key
    return "".join(f"%{escaped(piece)}" for piece in (*beginnings, rest)) + "%"


def _beginning(word: str) -> str:
    return word if any(map(str.isdigit, word)) else word[:_BEGINNING]
