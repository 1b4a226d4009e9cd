"""Upload commands from the text of a file, and what is asked of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

import msgspec

from domain.kernel.envelope import UploadNote
from domain.kernel.event import Event
from domain.kernel.ids import SegmentId, UserId
from domain.kernel.rejections import RejectionCode
from domain.log import Recorder
from domain.memberships.events import MembersAdded
from domain.segments.events import SegmentCreated
from domain.segments.values import SegmentSource
from domain.uploads.options import BadRows, ExistingRows, UploadOptions
from domain.uploads.upload_command import UploadCommand
from domain.uploads.upload_members import UploadMembers
from domain.uploads.upload_segments import UploadSegments
from domain.uploads.upload_users import UploadUsers
from domain.uploads.uploaded_file import UploadedFile
from tests.domain.faulty_store import FaultyStore
from tests.domain.given import Answer, Given, Story, request
from tests.domain.memberships.events import joined
from tests.domain.people.events import HASHES, MemoryVault
from tests.domain.segments.events import created

REJECT, UPDATE, SKIP = ExistingRows.REJECT, ExistingRows.UPDATE, ExistingRows.SKIP
SKIP_ROWS = BadRows.SKIP_ROWS

Upload = UploadCommand[Any]
Build = Callable[..., Upload]
"""Of a file's text, options by name, and perhaps a `plan_hash`."""


def new_segment(number: int) -> SegmentId:
    """The id of the segment that a command makes first (1), second …"""
    return SegmentId(f"segment_{number:032x}")


def new_user(number: int) -> UserId:
    """The id of the user that a command makes first (1), second …"""
    return UserId(f"user_{number:032x}")


def segments(text: str, plan_hash: str | None = None, **options: Any) -> UploadSegments:
    numbers = count(1)
    new_id = lambda: new_segment(next(numbers))  # noqa: E731 - one number a segment
    return UploadSegments(_file(text), UploadOptions(**options), new_id, plan_hash)


def members(text: str, plan_hash: str | None = None, **options: Any) -> UploadMembers:
    return UploadMembers(_file(text), UploadOptions(**options), HASHES, plan_hash)


def users(text: str, plan_hash: str | None = None, **options: Any) -> UploadUsers:
    numbers = count(1)
    new_id = lambda: new_user(next(numbers))  # noqa: E731 - one number a user
    file, chosen = _file(text), UploadOptions(**options)
    return UploadUsers(file, chosen, new_id, HASHES, MemoryVault(), plan_hash)


def _file(text: str) -> UploadedFile:
    return UploadedFile(io.BytesIO(text.encode()), "file.csv")


def uploaded(segment: SegmentId, **fields: Any) -> SegmentCreated:
    """A segment that comes from a file."""
    return msgspec.structs.replace(created(segment, **fields), source=SegmentSource.UPLOAD)


def put_in(segment: str, **rows: str) -> MembersAdded:
    """Memberships that come from a file: `row2=ANN`."""
    added = joined(segment, *rows.values())
    lines = tuple(int(name.removeprefix("row")) for name in rows)
    return msgspec.structs.replace(added, source=SegmentSource.UPLOAD, rows=lines)


def dry_run(story: Story, command: Upload) -> Upload:
    """The command, planned on the site as it stands; nothing is recorded."""
    before = story.head
    story.dispatcher().dry_run(command, request(command))
    assert story.head == before
    return command


def errors(command: Upload) -> list[tuple[int, str | None, RejectionCode]]:
    """Row, column and code of all that is wrong with rows."""
    return [(error.row, error.column, error.code) for error in command.plan.errors]


def origins(story: Story, after: int = 0) -> list[UploadNote | None]:
    """What the envelopes say about the file, event by event."""
    return [recorded.envelope.upload for recorded in story.recorded(after)]


def overtaken(
    store: Recorder, before: Sequence[Event], rivals: Sequence[Event], command: Upload
) -> tuple[Answer, FaultyStore]:
    """What comes of a command when those events are recorded just before its own."""
    troubled = FaultyStore(store)
    story = Given(troubled)(*before)
    troubled.plan("append", [lambda: Given(store)(*rivals)])
    return story.when(command), troubled


def later(answer: Answer, before: Sequence[Event]) -> list[Event]:
    """All events after the first ones."""
    return [recorded.event for recorded in answer.story.recorded(len(before))]
