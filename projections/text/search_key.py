"""Search keys: text without case, accents and compatibility forms, stored beside it.

Folded here and not by SQL's unaccent() in a generated column: 1.5 µs a row against 17 (by COPY
88,000 rows a second against 34,000), and the same on every server: those rules are a file there.

A key is the keys of its characters, one after the other, so a term stands in a text's key wherever
it stands in the text. A character's key is its NFKD form without marks that accent (combining
classes 10 to 36, which are Hebrew's and Arabic's points, and 200 and above), case-folded, some
letters and punctuation replaced as unaccent does it, in NFC. Vowel signs of Indic scripts, voicing
marks of kana and the stroke of ≠ are no accents. What cannot be seen has an empty key.
"""

from __future__ import annotations

import re
import unicodedata

FIELD_END = "\x01"
"""Separates the fields in a segment's search text, so that no term is found across two of them."""

_NOWHERE = "\x02"
"""A character in no stored text: control characters are refused, but for line breaks and TAB."""

_NEVER_STORED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_REMEMBERED = 16_384
_SPECIAL_TO_LIKE = re.compile(r"([\\%_])")

_UNSEEN = "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f"
_REPLACED = {
    **dict.fromkeys(_UNSEEN, ""),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("‘’‚‛′ʹʻʼʽ´", "'"),
    **dict.fromkeys("“”„‟″ʺ", '"'),
    **dict.fromkeys("⁄∕", "/"),
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ƕ": "hv",
    "ƣ": "oi",
    **dict(zip("ðøđħıĸłŋŧƀƃƈƌƒƙƚƞƥƫƭƴƶǥȥȼɇɉɍɏ", "dodhiqlntbbcdfklnpttyzgzcejry", strict=True)),
    **dict(zip("ɓɖɗɛɠɨɲʈʉʋⱥⱦ", "bddegintuvat", strict=True)),
}


def search_key(text: str) -> str:
    """Returns the key of a text in NFC: it is stored, and searched for keys."""
    return text.lower() if text.isascii() else text.translate(_KEYS)


def sought_key(term: str) -> str:
    """Returns the key of a search term, trimmed: a key holds it if the text holds the term.

    Nothing may be left of a term: every text holds that. PostgreSQL takes the key whatever the
    term: NUL and half surrogate pairs, which it would refuse, become what no text holds.
    """
    text = _NEVER_STORED.sub(_NOWHERE, term.strip())
    return search_key(unicodedata.normalize("NFC", text)).strip()


def escaped(key: str) -> str:
    """Returns a part of a pattern for LIKE in which every character means itself."""
    return _SPECIAL_TO_LIKE.sub(r"\\\1", key)


class _Keys(dict[int, str]):
    """A table for str.translate: the key of a character, computed when it is first met.

    Forgets all when it holds more than any site's writing has, lest a text of every character
    there is, sent by whoever may search, stay in memory.
    """

    def __missing__(self, code: int) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        key = self[code] = _key_of(chr(code))
        return key


_KEYS = _Keys()


def _key_of(character: str) -> str:
    parts = unicodedata.normalize("NFKD", character)
    if character in _REPLACED or (parts[0] == " " and len(parts) > 1):
        parts = character  # an accent that stands alone is not a space
    bare = "".join(c for c in parts if not _is_accent(c))
    replaced = "".join(_REPLACED.get(c, c) for c in bare.casefold())
    return unicodedata.normalize("NFC", replaced)


def _is_accent(character: str) -> bool:
    combining = unicodedata.combining(character)
    return 10 <= combining <= 36 or combining >= 200
