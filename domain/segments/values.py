"""The values of a segment, as typed by people (docs/reference/rules.md, "Segments")."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

from domain.kernel.text import InvalidText, multi_line, single_line

Name = NewType("Name", str)
Description = NewType("Description", str)

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
