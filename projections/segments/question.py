"""A question about the list of segments: what to keep, in which order, as of when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from domain.kernel.values import CodeKey
from domain.segments.values import SegmentSource, SegmentStatus
from projections.engine.paging import Conditions
from projections.text.search_term import SearchTerm


class SegmentOrder(Enum):
    """The orders of the list: the columns that each sorts by. The id makes every order total."""

    NAME = ("name_key", "id")
    CODE = ("code_sort", "id")
    CREATED_AT = ("created_at", "id")
    UPDATED_AT = ("updated_at", "id")
    MEMBER_COUNT = ("member_count", "id")

    @property
    def columns(self) -> tuple[str, ...]:
        """The sort columns, the unique one last."""
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentQuestion:
    """Which segments. None means that it does not matter."""

    search: str = ""
    statuses: frozenset[SegmentStatus] | None = frozenset({SegmentStatus.ACTIVE})
    visible: bool | None = None
    sources: frozenset[SegmentSource] | None = None
    codes: frozenset[CodeKey] | None = None
    as_of: int | None = None
    order: SegmentOrder = SegmentOrder.NAME
    descending: bool = False

    @property
    def table(self) -> str:
        """Where the answer is found: the list of now has a table of its own."""
        return "segments" if self.as_of is None else "segment_states"

    @property
    def term(self) -> SearchTerm | None:
        """What is looked for, if anything."""
        return SearchTerm.typed(self.search) if self.search.strip() else None

    def conditions(self) -> Conditions:
        """The question as SQL."""
        where = Conditions()
        if self.as_of is not None:
            where.add("from_position <= %s AND %s < to_position", self.as_of, self.as_of)
        if self.statuses is not None:
            where.add("status = ANY(%s)", [status.value for status in self.statuses])
        if self.visible is not None:
            where.add("visible = %s", self.visible)
        if self.sources is not None:
            where.add("source = ANY(%s)", [source.value for source in self.sources])
        if self.codes is not None:
            where.add("code_key = ANY(%s)", list(self.codes))
        if self.term is not None:
            where.add("strpos(search, %s) > 0", self.term.key)
            if self.term.index_pattern is not None:
                where.add("search LIKE %s", self.term.index_pattern)
        return where
