"""Base of all uploads: a plan made on the read model, and its commit as one command.

    file ─► rows ─► decided one by one on the site as it stands ─► plan ─► dry run: told
                                                                     └──► commit: recorded

The plan is made anew when it is committed, on the site as it is then; a `planHash` that is not the
new plan's any more is refused. While it is being recorded the log sees to it that nothing that it
relied on has changed: if something has, the plan is made once more.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Generic, Protocol, Self, TypeVar

from domain.kernel.clock import Clock
from domain.kernel.commands.append_condition import AppendCondition, FilteredSelector
from domain.kernel.commands.plan_hash import plan_stale
from domain.kernel.commands.planned_command import PlannedCommand
from domain.kernel.commands.proposed import Proposed
from domain.kernel.envelope import UploadNote, UploadSummary
from domain.kernel.event import Event
from domain.kernel.rejections import CommandRejected
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.vault import Vault
from domain.uploads.csv.row_errors import BadRow
from domain.uploads.csv.row_file import RowFile
from domain.uploads.options import BadRows, UploadOptions
from domain.uploads.plan import Plan, UploadCounts
from domain.uploads.snapshot import UploadSnapshot
from domain.uploads.uploaded_file import UploadedFile

BATCH_SIZE = 5_000
"""Rows for which the read model is asked at once."""

R = TypeVar("R")


class UploadServices(Protocol):
    """The services that upload commands need, beside the file."""

    @property
    def clock(self) -> Clock: ...

    @property
    def hashes(self) -> IdentifierHasher: ...

    @property
    def vault(self) -> Vault: ...


class UploadCommand(PlannedCommand[UploadSnapshot], Generic[R]):
    """The upload of one file. `plan` is its result, once it is dispatched or dry-run."""

    def __init__(
        self,
        file: UploadedFile,
        options: UploadOptions,
        plan_hash: str | None = None,
    ) -> None:
        self.file = file
        self.options = options
        self.plan_hash = plan_hash
        self.plan = Plan("")
        self.ignored_columns: tuple[str, ...] = ()

    def contention_key(self) -> str:
        return "uploads"

    def content(self) -> dict[str, Any]:
        return {"file": self.file.sha256, **self._choices(), "planHash": self.plan_hash}

    def make_plan(self, snapshot: UploadSnapshot) -> None:
        self.plan = Plan(f"{self.NAME} {self.file.sha256} {self._choices()}")
        file = self.open_file()
        self.ignored_columns = tuple(file.ignored_columns)
        self.plan.position = snapshot.position
        self.begin(file, snapshot)
        rows = file.rows()
        while chunk := list(islice(rows, BATCH_SIZE)):
            self.plan_rows(chunk, snapshot)
        self.plan.rows_read = file.rows_read

    def plan_condition(self) -> AppendCondition:
        return self.plan.condition(*self.filtered_selectors())

    def filtered_selectors(self) -> Sequence[FilteredSelector]:
        """Returns the events that make the plan outdated beside those that it watches."""
        return ()

    def decide(self) -> Sequence[Proposed]:
        if self.plan_hash not in (None, self.plan.hash):
            raise CommandRejected(plan_stale())
        if self.is_rejected:
            return []
        return [Proposed(event, origin=note) for event, note in self._with_notes()]

    def _with_notes(self) -> Iterator[tuple[Event, UploadNote]]:
        """Adds the file's summary to the first event of the command."""
        file: UploadSummary | None = self._summary()
        for row, event in self.events():
            yield event, UploadNote(row=row, file=file)
            file = None

    @property
    def is_rejected(self) -> bool:
        """Whether bad rows keep the good ones from being recorded."""
        return bool(self.plan.rejected) and self.options.bad_rows is BadRows.REJECT_FILE

    def counts(self) -> UploadCounts:
        """Returns the counts of the plan with these options."""
        return self.plan.counts(is_recorded=not self.is_rejected)

    @classmethod
    @abstractmethod
    def build(
        cls,
        file: UploadedFile,
        options: UploadOptions,
        site: UploadServices,
        plan_hash: str | None = None,
    ) -> Self:
        """Returns the command for a file. `plan_hash` is that of the dry run, which it must still
        have.
        """

    @abstractmethod
    def open_file(self) -> RowFile[R]:
        """Opens the file, its header read. CommandRejected when it is invalid as a whole."""

    def begin(self, file: RowFile[R], snapshot: UploadSnapshot) -> None:
        """Called before the first row."""

    @abstractmethod
    def plan_rows(self, chunk: Sequence[R | BadRow[R]], snapshot: UploadSnapshot) -> None:
        """Adds some rows to the plan."""

    @abstractmethod
    def events(self) -> Iterator[tuple[int | None, Event]]:
        """Yields the events of the plan in the order of the file, each with its row: None when it
        comes from several.
        """

    def _choices(self) -> dict[str, str]:
        options = self.options
        return {
            "badRows": options.bad_rows.value,
            "existing": options.existing.value,
            "delimiter": options.delimiter,
            "encoding": options.encoding,
        }

    def _summary(self) -> UploadSummary:
        counts = self.counts()
        return UploadSummary(
            name=self.file.name,
            rows_read=counts.rows_read,
            rows_rejected=counts.rows_rejected,
            created=counts.created,
            updated=counts.updated,
            unchanged=counts.unchanged,
        )
