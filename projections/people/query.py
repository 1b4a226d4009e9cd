"""A query of the directory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from domain.kernel.principal import Role
from domain.people.values import UserStatus
from projections.sql.listing import Listing, ListSource, QueryPlan
from projections.sql.paging import Conditions, PageRequest
from projections.sql.roster_conditions import in_segment, in_small_segment
from projections.text.search_term import SearchTerm

ORDER = ("name_key", "id")
"""By last name, then first name; the id makes it total."""

ON_THE_SITE = frozenset({UserStatus.ACTIVE, UserStatus.SUSPENDED})
"""The statuses of users on lists: others are on none, whatever is asked."""

EVERYBODY = (ListSource("users"),)
"""All rows of the directory: users who are or were in it."""

_BEFORE_ALL = (b"", UUID(int=2**128 - 1))
"""The cursor behind all who are off the lists: they have no name."""


def past_the_nameless(page_request: PageRequest) -> PageRequest:
    """Starts the page after the users without a name, lest a walk begins with everybody who was
    erased.
    """
    return (
        page_request if page_request.after is not None else replace(page_request, after=_BEFORE_ALL)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UserQuery:
    """The users to be returned. None in a field: it does not matter. Segments, and the one user
    that may be seen (`only`), are given by their numbers.
    """

    search: str = ""
    statuses: frozenset[UserStatus] | None = None
    role: Role | None = None
    in_segment: int | None = None
    not_in_segment: int | None = None
    only: int | None = None

    def listing(
        self, *, segment_is_small: bool = False, deleted: tuple[int, int] = (0, 0)
    ) -> Listing:
        """Returns the list that answers it; `segment_is_small` is about `in_segment`, and `deleted`
        holds the positions of the last deletion of that and of `not_in_segment`.
        """
        where = self._own_conditions(deleted[1])
        if self.in_segment is not None:
            condition = in_small_segment if segment_is_small else in_segment
            part, values = condition(self.in_segment, deleted[0])
            where.add(part, *values)
        plan = QueryPlan.GATHER if segment_is_small else self._way()
        return Listing(parts=EVERYBODY, columns=ORDER, where=where, plan=plan)

    @property
    def is_by_segment_alone(self) -> bool:
        """Whether nothing else matters: then the number of users in it, and not in it, is known."""
        others = (self.statuses, self.role, self.only, term_of(self.search))
        segments = (self.in_segment, self.not_in_segment)
        return all(other is None for other in others) and segments.count(None) == 1

    def _own_conditions(self, deleted: int) -> Conditions:
        where = Conditions()
        where.add(_is_in(ON_THE_SITE if self.statuses is None else self.statuses & ON_THE_SITE))
        if self.role is not None:
            where.add("roles @> ARRAY[%s]", self.role.value)
        if self.only is not None:
            where.add("number = %s", self.only)
        if self.not_in_segment is not None:
            part, values = in_segment(self.not_in_segment, deleted)
            where.add(f"NOT {part}", *values)
        add_search(where, self.search)
        return where

    def _way(self) -> QueryPlan:
        term = term_of(self.search)
        if term is not None:
            return QueryPlan.of_search(term)
        rare = self.statuses is not None and UserStatus.ACTIVE not in self.statuses
        if rare or self.role is not None or self.only is not None:
            return QueryPlan.INDEX_FIRST
        some = self.in_segment is not None or self.not_in_segment is not None
        return QueryPlan.SCAN_NEAR if some else QueryPlan.IN_ORDER


def term_of(search: str) -> SearchTerm | None:
    """Returns the search term, if any."""
    return SearchTerm.typed(search) if search.strip() else None


def add_search(where: Conditions, search: str) -> None:
    """Keeps to the users whose names, username, address or code contain a text."""
    term = term_of(search)
    if term is not None:
        where.add("strpos(search, %s) > 0", term.key)
        if term.index_pattern is not None:
            where.add("search LIKE %s", term.index_pattern)


def _is_in(statuses: frozenset[UserStatus]) -> str:
    """Writes the status out, so that PostgreSQL sees when an index has just these."""
    if not statuses:
        return "false"
    return f"status IN ({', '.join(repr(status.value) for status in sorted(statuses))})"
