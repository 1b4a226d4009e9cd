"""References to many segments, by one kind of identifier: as a client gave them, and the segments
that they name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Any

from domain.kernel.ids import SEGMENT, present_id_wanted, uuid_in
from domain.kernel.rejections import InvalidValue, NotFound, Path, Rejection
from domain.kernel.text import InvalidText
from domain.kernel.values import CodeKey, lookup_code
from domain.segment_sets.snapshot import SegmentSets
from domain.segments.state import Segment
from domain.segments.tags import code_tag, segment_tag

MAX_SEGMENTS = 100_000
"""Segments that one command is about, each counted once."""

MAX_REJECTIONS = 1_000
"""Unknown segments that are reported one by one (docs/reference/rules.md, "Errors")."""


class NamedBy(StrEnum):
    """The identifiers by which segments are named, as the input calls the list of them."""

    IDS = "ids"
    CODES = "codes"


@dataclass(frozen=True)
class SegmentRefs:
    """References to segments: their identifiers, as given. The keys are computed at their first
    use: in the command's thread, as it takes a while for the largest set.
    """

    by: NamedBy
    names: Sequence[str]

    @cached_property
    def keys(self) -> tuple[str | None, ...]:
        """The lookup key of each identifier, or None when no segment could have it."""
        look_up = _id_key if self.by is NamedBy.IDS else _code_key
        return tuple(map(look_up, self.names))

    @cached_property
    def distinct(self) -> list[str]:
        """The keys to look up, each once, in the order given."""
        return list(dict.fromkeys(key for key in self.keys if key is not None))

    def content(self) -> dict[str, Any]:
        """Returns the references as JSON, for the request hash."""
        return {self.by.value: list(self.names)}

    def find(self, snapshot: SegmentSets) -> dict[str, Segment]:
        """Returns the segments by their keys, in the order given; those that are not on the site
        are left out. None of them when there are too many.
        """
        if len(self.distinct) > MAX_SEGMENTS:
            return {}
        found: dict[str, Segment] = {}
        if self.by is NamedBy.IDS:
            found |= snapshot.segments_by_id(self.distinct)
        else:
            by_code = snapshot.segments_by_code([CodeKey(key) for key in self.distinct])
            found |= {str(key): segment for key, segment in by_code.items()}
        return {key: found[key] for key in self.distinct if key in found}

    def tags(self) -> Iterator[str]:
        """Yields the tags of the events by which a key comes to name another segment, or none."""
        if self.by is NamedBy.IDS:
            return map(segment_tag, self.distinct)
        return (code_tag(CodeKey(key)) for key in self.distinct)

    def rejections(self, found: dict[str, Segment]) -> list[Rejection]:
        """Returns a rejection with its place for each entry whose key is not in `found`; or one
        for all of them when there are too many.
        """
        if len(self.distinct) > MAX_SEGMENTS:
            return [too_many(("segments", self.by.value), f"these are {len(self.distinct):,}")]
        places = (place for place, key in enumerate(self.keys) if key not in found)
        return [self._rejection(place) for place in islice(places, MAX_REJECTIONS)]

    def _rejection(self, place: int) -> Rejection:
        path = ("segments", self.by.value, str(place))
        wrong = present_id_wanted(self.names[place], SEGMENT) if self.by is NamedBy.IDS else None
        if wrong is not None:
            return InvalidValue(message=wrong, path=path)
        return NotFound(message="There is no such segment.", path=path)


def too_many(path: Path, found: str) -> Rejection:
    """Returns the rejection of a set of more than MAX_SEGMENTS; `found` says how many it has."""
    message = f"At most {MAX_SEGMENTS:,} segments in one command; {found}."
    return InvalidValue(message=message, path=path)


def _id_key(name: str) -> str | None:
    return None if uuid_in(name, SEGMENT) is None else name


def _code_key(name: str) -> str | None:
    try:
        return lookup_code(name)
    except InvalidText:
        return None
