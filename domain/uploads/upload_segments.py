"""A file of segments: each row creates one, or updates the one that holds its code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.kernel.ids import SegmentId
from domain.kernel.permission import Permission
from domain.kernel.refusals import RefusalCode
from domain.kernel.values import CodeKey, code_key
from domain.segments.events import SegmentCreated, SegmentEdited
from domain.segments.tags import code_tag, segment_tag
from domain.segments.values import SegmentSource
from domain.uploads.csv.row_errors import BadRow, RowError, row_error, taken_apart
from domain.uploads.options import ExistingRows, UploadOptions
from domain.uploads.segment_file import SegmentFile, SegmentRow
from domain.uploads.snapshot import KnownSegment, UploadSnapshot
from domain.uploads.upload_command import Rows, UploadCommand
from domain.uploads.uploaded_file import Source


@dataclass(frozen=True, slots=True)
class _Edit:
    row: int
    segment: KnownSegment
    changes: dict[str, Any]


class UploadSegments(UploadCommand[SegmentRow]):
    """Records `segment.created` and `segment.edited`, each with the row that it comes from."""

    NAME = "uploadUserSegments"
    PERMISSION = Permission.CHANGE_MEMBERS

    def __init__(
        self,
        source: Source,
        options: UploadOptions,
        new_id: Callable[[], SegmentId],
        plan_hash: str | None = None,
    ) -> None:
        super().__init__(source, options, plan_hash)
        self._new_id = new_id

    def open_file(self) -> SegmentFile:
        return SegmentFile(self.source.rewound(), self.options)

    def begin(self, file: Rows[SegmentRow], snapshot: UploadSnapshot) -> None:
        self._code_column = file.column("code")
        self._accepted: list[SegmentRow | _Edit] = []

    def plan_rows(
        self, chunk: Sequence[SegmentRow | BadRow[SegmentRow]], snapshot: UploadSnapshot
    ) -> None:
        read = [(row.row, *taken_apart(row)) for row in chunk]
        keys = {row.code: code_key(row.code) for _, row, _ in read if row and row.code}
        known = snapshot.segments_named(keys.values())
        self.plan.watch(code_tag(key) for key in keys.values())
        for line, row, wrong in read:
            key = keys[row.code] if row and row.code else None
            holder = None if key is None else known.get(key)
            self._rely_on(key, holder)
            errors = [*wrong, *(() if row is None else self._errors(row, holder))]
            if errors or row is None:
                self.plan.reject(line, errors)
            else:
                self._decide(row, holder)

    def _rely_on(self, key: CodeKey | None, holder: KnownSegment | None) -> None:
        """On who holds the code; when that one is to be updated, on all that it is."""
        if holder is None or self.options.existing is not ExistingRows.UPDATE:
            self.plan.rely_on(key, holder and holder.id)
            return
        self.plan.rely_on(key, holder.id, holder.version)
        self.plan.watch([segment_tag(holder.id)])

    def _errors(self, row: SegmentRow, holder: KnownSegment | None) -> Iterator[RowError]:
        """What the site says against a row."""
        if holder is None:
            return
        if self.options.existing is ExistingRows.REJECT:
            yield self._error(row, RefusalCode.CODE_TAKEN, "A segment with this ID exists.")
        elif self.options.existing is ExistingRows.UPDATE and holder.archived:
            message = "The segment is archived; restore it first."
            yield self._error(row, RefusalCode.ARCHIVED, message)

    def _decide(self, row: SegmentRow, holder: KnownSegment | None) -> None:
        if holder is None:
            self._accept(row, row, "create")
            self.plan.created += 1
        elif self.options.existing is ExistingRows.SKIP:
            self._leave(row)
        else:
            self._update(row, holder)

    def _update(self, row: SegmentRow, holder: KnownSegment) -> None:
        changes = _changes(row, holder)
        if changes:
            self._accept(row, _Edit(row.row, holder, changes), "update")
            self.plan.updated += 1
        else:
            self._leave(row)

    def _accept(self, row: SegmentRow, accepted: SegmentRow | _Edit, outcome: str) -> None:
        self._accepted.append(accepted)
        self.plan.show(row.row, outcome, **_shown(row))

    def _leave(self, row: SegmentRow) -> None:
        self.plan.unchanged += 1
        self.plan.show(row.row, "unchanged", **_shown(row))

    def _error(self, row: SegmentRow, code: RefusalCode, message: str) -> RowError:
        return row_error(row.row, self._code_column, code, message, row.code)

    def events(self) -> Iterator[tuple[int, Event]]:
        for accepted in self._accepted:
            if isinstance(accepted, _Edit):
                yield accepted.row, _edited(accepted)
            else:
                yield accepted.row, self._created(accepted)

    def _created(self, row: SegmentRow) -> SegmentCreated:
        return SegmentCreated(
            segment_id=self._new_id(),
            version=1,
            name=row.name,
            code=row.code,
            description=row.description or "",
            visible=row.visible is not False,
            source=SegmentSource.UPLOAD,
        )


def _edited(edit: _Edit) -> SegmentEdited:
    segment = edit.segment
    return SegmentEdited(segment_id=segment.id, version=segment.version + 1, **edit.changes)


def _changes(row: SegmentRow, segment: KnownSegment) -> dict[str, Any]:
    """What an update changes; empty and absent cells leave what is."""
    wanted = {"name": row.name, "description": row.description, "visible": row.visible}
    return {
        field: Change(before=before, after=after)
        for field, after in wanted.items()
        if after is not None and after != (before := getattr(segment, field))
    }


def _shown(row: SegmentRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "code": row.code,
        "description": row.description,
        "visible": row.visible,
    }
