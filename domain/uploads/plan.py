"""The plan of an upload: counted, explained, and bound to all that it relied on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from eventsourcing.dcb.domain import Selector

from domain.kernel.commands.append_condition import AppendCondition, FilteredSelector
from domain.kernel.commands.plan_hash import PlanHash
from domain.kernel.envelope import UploadSummary
from domain.kernel.event import Event
from domain.kernel.text_set import TextSet
from domain.uploads.csv.row_errors import RowError
from domain.uploads.rejection_index import RejectionIndex

MAX_ERRORS = 1_000
"""Row errors that are reported; all of them are counted."""

MAX_PREVIEW_ROWS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadCounts:
    """Counts of a file's rows, and of what is recorded of them, or would be (memberships, of a file
    of members), or exists already.
    """

    rows_read: int = 0
    rows_rejected: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    new_site_admins: int = 0

    @property
    def rows_accepted(self) -> int:
        """Rows without an error."""
        return self.rows_read - self.rows_rejected

    @classmethod
    def of(cls, file: UploadSummary) -> UploadCounts:
        """Returns the counts that the log has of a recorded file; it does not have
        `new_site_admins`.
        """
        return cls(
            rows_read=file.rows_read,
            rows_rejected=file.rows_rejected,
            created=file.created,
            updated=file.updated,
            unchanged=file.unchanged,
        )


class Plan:
    """Grows while the rows are decided one after the other.

    `add_to_hash` is for whatever of the site a decision depends on: the same file, with the same
    options, on a site that is the same in all these respects gives the same `hash`.
    """

    def __init__(self, basis: str) -> None:
        self._hash = PlanHash(basis)
        self.position = 0
        self.rows_read = 0
        self.created = 0
        self.updated = 0
        self.unchanged = 0
        self.new_site_admins = 0
        self.errors: list[RowError] = []
        self.rejected = RejectionIndex()
        self.preview: list[dict[str, Any]] = []
        self.watched: set[str] = set()
        self.rosters: set[str] = set()
        self.people = TextSet()

    @property
    def rows_rejected(self) -> int:
        """Rows with at least one error."""
        return len(self.rejected)

    def counts(self, *, is_recorded: bool) -> UploadCounts:
        """Returns the counts of a plan that is recorded, or would be; one that is not creates and
        updates nothing.
        """
        return UploadCounts(
            rows_read=self.rows_read,
            rows_rejected=self.rows_rejected,
            created=self.created if is_recorded else 0,
            updated=self.updated if is_recorded else 0,
            unchanged=self.unchanged,
            new_site_admins=self.new_site_admins if is_recorded else 0,
        )

    @property
    def hash(self) -> str:
        """The hash of the file, the options, and all that decisions depend on: the API's
        planHash.
        """
        return str(self._hash)

    def add_to_hash(self, *parts: object) -> None:
        """Adds something that a decision depends on."""
        self._hash.add(*parts)

    def watch(self, tags: Iterable[str]) -> None:
        """Adds the tags of events that would change a decision."""
        self.watched.update(tags)

    def watch_roster(self, tag: str) -> None:
        """Adds a roster, of which those of the `people` matter whom rows put into it."""
        self.rosters.add(tag)

    def condition(self, *filtered_selectors: FilteredSelector) -> AppendCondition:
        """Returns the events that would change a decision: those that are watched, and these."""
        self.people.sort()
        watched = (Selector(tags=[tag]) for tag in self.watched)
        rosters = FilteredSelector(self.rosters, self._names_some)
        return AppendCondition(watched, rosters, *filtered_selectors)

    def _names_some(self, event: Event) -> bool:
        return not self.people.isdisjoint(getattr(event, "user_ids", ()))

    def reject(self, row: int, errors: Sequence[RowError]) -> None:
        """Counts a row as rejected, with its errors."""
        room = MAX_ERRORS - len(self.errors)
        self.errors.extend(errors[:room])
        reason = "; ".join(_told(error) for error in errors)
        self.rejected.add(row, reason)
        self.add_to_hash("rejected", row, reason)

    def add_preview(self, row: int, outcome: str, **fields: Any) -> None:
        """Adds a row to the preview, as long as there is room."""
        if len(self.preview) < MAX_PREVIEW_ROWS:
            self.preview.append({"row": row, "outcome": outcome, **fields})


def _told(error: RowError) -> str:
    return f"{error.column}: {error.message}" if error.column else error.message
