"""Uploads a file of segments: each row creates one, or updates the one that has its code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.kernel.ids import SegmentId, new_segment_id
from domain.kernel.permission import Permission
from domain.kernel.rejections import RejectionCode
from domain.kernel.values import CodeKey, code_key
from domain.segments.events import SegmentCreated, SegmentEdited
from domain.segments.fields import FIELDS, values_of
from domain.segments.state import Segment
from domain.segments.tags import code_tag, segment_tag
from domain.segments.values import SegmentSource
from domain.uploads.csv.row_errors import BadRow, RowError, row_error, split_row
from domain.uploads.csv.row_file import RowFile
from domain.uploads.options import ExistingRows, UploadOptions
from domain.uploads.segment_file import SegmentFile, SegmentFileRow
from domain.uploads.snapshot import ExistingSegment, UploadSnapshot
from domain.uploads.upload_command import UploadCommand, UploadServices
from domain.uploads.uploaded_file import UploadedFile


@dataclass(frozen=True, slots=True)
class _Edit:
    row: int
    segment: Segment
    changes: dict[str, Any]


class UploadSegments(UploadCommand[SegmentFileRow]):
    """Records `segment.created` and `segment.edited`, each with the row that it comes from."""

    NAME = "uploadUserSegments"
    PERMISSION = Permission.CHANGE_MEMBERS

    def __init__(
        self,
        file: UploadedFile,
        options: UploadOptions,
        new_id: Callable[[], SegmentId],
        plan_hash: str | None = None,
    ) -> None:
        super().__init__(file, options, plan_hash)
        self._new_id = new_id

    @classmethod
    def build(
        cls,
        file: UploadedFile,
        options: UploadOptions,
        site: UploadServices,
        plan_hash: str | None = None,
    ) -> Self:
        return cls(file, options, lambda: new_segment_id(site.clock()), plan_hash)

    def open_file(self) -> SegmentFile:
        return SegmentFile(self.file.rewound(), self.options)

    def begin(self, file: RowFile[SegmentFileRow], snapshot: UploadSnapshot) -> None:
        self._code_column = file.column("code")
        self._accepted: list[SegmentFileRow | _Edit] = []

    def plan_rows(
        self, chunk: Sequence[SegmentFileRow | BadRow[SegmentFileRow]], snapshot: UploadSnapshot
    ) -> None:
        read = [(row.row, *split_row(row)) for row in chunk]
        keys = {row.code: code_key(row.code) for _, row, _ in read if row and row.code}
        known = snapshot.segments_named(keys.values())
        self.plan.watch(code_tag(key) for key in keys.values())
        for line, row, wrong in read:
            key = keys[row.code] if row and row.code else None
            owner = None if key is None else known.get(key)
            self._add_to_hash(key, owner)
            errors = [*wrong, *(() if row is None else self._errors(row, owner))]
            if errors or row is None:
                self.plan.reject(line, errors)
            else:
                self._decide(row, owner)

    def _add_to_hash(self, key: CodeKey | None, owner: ExistingSegment | None) -> None:
        """Adds the owner of the code; when that one is to be updated, all its data."""
        if owner is None or self.options.existing is not ExistingRows.UPDATE:
            self.plan.add_to_hash(key, owner and owner.id)
            return
        self.plan.add_to_hash(key, owner.id, owner.segment.version)
        self.plan.watch([segment_tag(owner.id)])

    def _errors(self, row: SegmentFileRow, owner: ExistingSegment | None) -> Iterator[RowError]:
        """Returns the errors of a row against the site."""
        if owner is None:
            return
        if self.options.existing is ExistingRows.REJECT:
            yield self._error(row, RejectionCode.CODE_TAKEN, "A segment with this ID exists.")
        elif self.options.existing is ExistingRows.UPDATE and owner.archived:
            message = "The segment is archived; restore it first."
            yield self._error(row, RejectionCode.ARCHIVED, message)

    def _decide(self, row: SegmentFileRow, owner: ExistingSegment | None) -> None:
        if owner is None:
            self._accept(row, row, "create")
            self.plan.created += 1
        elif self.options.existing is ExistingRows.SKIP:
            self._leave(row)
        else:
            self._update(row, owner)

    def _update(self, row: SegmentFileRow, owner: ExistingSegment) -> None:
        changes = _changes(row, owner.segment)
        if changes:
            self._accept(row, _Edit(row.row, owner.segment, changes), "update")
            self.plan.updated += 1
        else:
            self._leave(row)

    def _accept(self, row: SegmentFileRow, accepted: SegmentFileRow | _Edit, outcome: str) -> None:
        self._accepted.append(accepted)
        self.plan.add_preview(row.row, outcome, **values_of(row))

    def _leave(self, row: SegmentFileRow) -> None:
        self.plan.unchanged += 1
        self.plan.add_preview(row.row, "unchanged", **values_of(row))

    def _error(self, row: SegmentFileRow, code: RejectionCode, message: str) -> RowError:
        return row_error(row.row, self._code_column, code, message, row.code)

    def events(self) -> Iterator[tuple[int, Event]]:
        for accepted in self._accepted:
            if isinstance(accepted, _Edit):
                yield accepted.row, _edited(accepted)
            else:
                yield accepted.row, self._created(accepted)

    def _created(self, row: SegmentFileRow) -> SegmentCreated:
        return SegmentCreated(
            segment_id=self._new_id(),
            version=1,
            source=SegmentSource.UPLOAD,
            **{
                field: FIELDS[field].blank if value is None else value
                for field, value in values_of(row).items()
            },
        )


def _edited(edit: _Edit) -> SegmentEdited:
    segment = edit.segment
    return SegmentEdited(segment_id=segment.id, version=segment.version + 1, **edit.changes)


def _changes(row: SegmentFileRow, segment: Segment) -> dict[str, Any]:
    """Returns the changes of an update; empty and absent cells change nothing."""
    return {
        field: Change(before=before, after=after)
        for field, after in values_of(row).items()
        if field != "code"  # by which the segment was found
        and after is not None
        and after != (before := getattr(segment, field))
    }
