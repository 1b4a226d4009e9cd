"""What all uploads share: a plan made on the read model, and its commit as one command.

    file ─► rows ─► decided one by one on the site as it stands ─► plan ─► dry run: told
                                                                     └──► commit: recorded

The plan is made anew when it is committed, on the site as it is then; a `planHash` that is not the
new plan's any more is refused. While it is being recorded the log sees to it that nothing that it
relied on has changed: if something has, the plan is made once more.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, Generic, Protocol, TypeVar

from domain.kernel.concerns import Concern, Concerns
from domain.kernel.envelope import UploadedFile, UploadNote
from domain.kernel.event import Event
from domain.kernel.planned_command import PlannedCommand
from domain.kernel.refusals import CommandRefused, RefusalCode, Refused
from domain.uploads.options import BadRows, UploadOptions
from domain.uploads.plan import Plan
from domain.uploads.report import BadRow
from domain.uploads.source import Source
from domain.uploads.standing import ReadModel, Standing

AT_ONCE = 5_000
"""Rows for which the site is asked in one go."""

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Rows(Protocol[R_co]):
    """A file of one kind, read row by row."""

    ignored_columns: tuple[str, ...]
    used_columns: tuple[str, ...]
    rows_read: int

    def column(self, field: str) -> str | None: ...

    def rows(self) -> Iterator[R_co | BadRow[R_co]]: ...

    def used_cells(self) -> Iterator[tuple[int, list[str]]]: ...


class UploadCommand(PlannedCommand, Generic[R]):
    """One file. `plan` says what came of it, once it is dispatched or rehearsed."""

    def __init__(
        self,
        source: Source,
        options: UploadOptions,
        site: ReadModel,
        plan_hash: str | None = None,
    ) -> None:
        self.source = source
        self.options = options
        self.plan_hash = plan_hash
        self.plan = Plan("")
        self.ignored_columns: tuple[str, ...] = ()
        self._site = site
        self._rows: list[int | None] = []

    def line(self) -> str:
        return "uploads"

    def content(self) -> dict[str, Any]:
        return {"file": self.source.sha256, **self._choices(), "planHash": self.plan_hash}

    def make_plan(self, at_least: int) -> int:
        self.plan = Plan(f"{self.NAME} {self.source.sha256} {self._choices()}")
        file = self.open_file()
        self.ignored_columns = tuple(file.ignored_columns)
        with self._site.standing(at_least) as standing:
            self.plan.position = standing.position
            self.begin(file, standing)
            rows = file.rows()
            while chunk := list(islice(rows, AT_ONCE)):
                self.decide(chunk, standing)
            self.plan.rows_read = file.rows_read
        return self.plan.position

    def minds(self) -> Concerns:
        return self.plan.concerns(*self.closer())

    def closer(self) -> Sequence[Concern]:
        """What the plan minds beside what it watches."""
        return ()

    def execute(self) -> None:
        if self.plan_hash not in (None, self.plan.hash):
            raise Refused(plan_stale())
        self._rows.clear()
        if not self.is_rejected:
            self.record()

    @property
    def is_rejected(self) -> bool:
        """Whether bad rows keep the good ones from being recorded."""
        return bool(self.plan.rejected) and self.options.bad_rows is BadRows.REJECT_FILE

    def note(self, number: int) -> UploadNote | None:
        file = self._uploaded_file() if number == 0 else None
        return UploadNote(row=self._rows[number], file=file)

    def add(
        self, row: int | None, event: Callable[..., Event], tags: Sequence[str], **fields: Any
    ) -> None:
        """Records one fact that comes from a row, or from several (None)."""
        self._rows.append(row)
        self.trigger_event(event, tags, **fields)

    @abstractmethod
    def open_file(self) -> Rows[R]:
        """The file, its header read. Refused when it will not do as a whole."""

    def begin(self, file: Rows[R], standing: Standing) -> None:
        """Before the first row."""

    @abstractmethod
    def decide(self, chunk: Sequence[R | BadRow[R]], standing: Standing) -> None:
        """Takes some rows into the plan."""

    @abstractmethod
    def record(self) -> None:
        """Adds the facts of the plan, in the order of the file."""

    def _choices(self) -> dict[str, str]:
        options = self.options
        return {
            "badRows": options.bad_rows.value,
            "existing": options.existing.value,
            "delimiter": options.delimiter,
            "encoding": options.encoding,
        }

    def _uploaded_file(self) -> UploadedFile:
        plan = self.plan
        return UploadedFile(
            name=self.source.name,
            rows_read=plan.rows_read,
            rows_rejected=plan.rows_rejected,
            created=plan.created,
            updated=plan.updated,
            unchanged=plan.unchanged,
        )


def plan_stale() -> CommandRefused:
    """The site is not any more as the dry run saw it."""
    message = "Something that the dry run relied on has changed since. Look at a new one."
    return CommandRefused(code=RefusalCode.PLAN_STALE, message=message, path=("planHash",))
