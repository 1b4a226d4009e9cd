"""What text may hold, everywhere (BEHAVIOUR.md, "Everywhere")."""

from __future__ import annotations

import re
import unicodedata

# C0, DEL and C1 controls; U+2028 and U+2029 are line breaks that some programs honour.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROLS_BUT_LAYOUT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SURROGATES = re.compile("[\ud800-\udfff]")


class InvalidText(ValueError):
    """A text breaks a rule; `str()` of it is a sentence for the person who typed it."""


def normalised(text: str) -> str:
    """`text` in Unicode NFC. InvalidText when it holds a lone surrogate, which is no character."""
    if text.isascii():
        return text
    if _SURROGATES.search(text):
        raise InvalidText("Must not contain half of a surrogate pair.")
    return unicodedata.normalize("NFC", text)


def single_line(text: str) -> str:
    """`text` in NFC, trimmed. InvalidText when it holds line breaks, control or bidi characters."""
    line = normalised(text).strip()
    if line.isascii() and line.isprintable():
        return line
    if _CONTROLS.search(line):
        raise InvalidText("Must not contain line breaks or control characters.")
    if _BIDI_CONTROLS.search(line):
        raise InvalidText("Must not contain bidirectional control characters.")
    return line


def multi_line(text: str) -> str:
    """`text` in NFC. InvalidText when it holds control characters other than TAB, CR and LF."""
    prose = normalised(text)
    if _CONTROLS_BUT_LAYOUT.search(prose):
        raise InvalidText("Must not contain control characters.")
    return prose


def within(text: str, longest: int) -> str:
    """`text`, when it has at most `longest` code points; else InvalidText."""
    if len(text) > longest:
        raise InvalidText(f"Must be at most {longest:,} characters; this has {len(text):,}.")
    return text
