"""The values of a segment, as typed by people (docs/reference/rules.md, "Segments")."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

from domain.kernel.text import InvalidText, multi_line, single_line

Name = NewType("Name", str)
Description = NewType("Description", str)

_VISIBLE = {
    **dict.fromkeys(("yes", "true", "on", "1", "y"), True),
    **dict.fromkeys(("no", "false", "off", "0", "n"), False),
}

MAX_NAME_LENGTH = 254
MAX_DESCRIPTION_LENGTH = 10_000


class SegmentStatus(StrEnum):
    """Active segments take changes; archived ones only restore and delete."""

    ACTIVE = "active"
    ARCHIVED = "archived"


class SegmentSource(StrEnum):
    """The origin of a segment, or of a membership."""

    MANUAL = "manual"
    UPLOAD = "upload"
    RULE = "rule"
    SYNC = "sync"


def parse_name(text: str) -> Name:
    """Parses a segment's name: 1 to 254 characters after trimming, on one line."""
    name = single_line(text, MAX_NAME_LENGTH)
    if not name:
        raise InvalidText("Must not be blank.")
    return Name(name)


def parse_description(text: str) -> Description:
    """Parses plain text or Markdown as typed, at most 10,000 characters; may be empty."""
    return Description(multi_line(text, MAX_DESCRIPTION_LENGTH))


def parse_visible(text: str) -> bool:
    """Yes or no, in any of the words that files use."""
    visible = _VISIBLE.get(text)
    if visible is None:
        visible = _VISIBLE.get(text.strip().casefold())
    if visible is None:
        raise InvalidText("Must be yes or no (or true, false, on, off, 1, 0, y, n).")
    return visible
