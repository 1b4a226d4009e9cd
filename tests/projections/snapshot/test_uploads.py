"""The read model answers uploads as the log says, folded naively: domain tests stand on that."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from domain.command_result import CommandResult
from domain.dispatch import Dispatcher
from domain.kernel.ids import SegmentId, UserId, new_segment_id, new_user_id
from domain.people.events import UserCreated, UserRemoved
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.identifiers.lookup import UserKey
from domain.people.values import UserStatus
from domain.people.vault import Vault
from domain.segments.events import SegmentCreated
from domain.uploads.options import ExistingRows, UploadOptions
from domain.uploads.snapshot import UploadSnapshot
from domain.uploads.upload_segments import UploadSegments
from domain.uploads.upload_users import UploadUsers
from domain.uploads.uploaded_file import UploadedFile
from projections.engine.projector import Projector
from projections.snapshot.site import SiteSnapshots
from service.database.log_store.recorder import LogRecorder
from service.database.pools import vault_pool
from service.database.vault import PersonVault
from tests.domain.given import Story
from tests.domain.memberships.events import left
from tests.domain.people.events import person, turned
from tests.domain.segments.events import archived, deleted
from tests.domain.snapshots import StoodStill
from tests.projections.conftest import REQUEST, Ticking

HASHES = IdentifierHasher(b"key")
SEGMENTS = (
    "name,code,description,visible\nSales,SALES,About,no\nOther,other,,\nGone,gone,,\nNo,,,\n"
)
USERS = (
    "username,email,firstname,lastname,code,roles,cohort1,cohort2\n"
    "ann,Ann@example.test,Ann,Smith,A-1,site-admin,sales,\n"
    "bo,bo@example.test,Bo,Smith,,learner,sales,other\n"
    "cy,cy@example.test,Cy,Smith,,site-admin,other,gone\n"
    "dan,dan@example.test,Dan,Smith,,site-admin,,\n"
)
UPDATES = "username,email,firstname,roles\nann,anna@example.test,Anna,site-admin auditor\n"


class Site:
    """A site that some files made."""

    def __init__(self, recorder: LogRecorder, vault: Vault) -> None:
        self.story = Story(recorder)
        self.known = StoodStill(self.story.log)
        self.known.hashes, self.known.vault = HASHES, vault
        self._clock = Ticking()
        self._dispatcher = Dispatcher(self.story.log, self._clock, b"key", self.known)

    def upload_segments(self, text: str) -> list[SegmentId]:
        """Their ids."""
        file = UploadedFile(io.BytesIO(text.encode()))
        new_id = lambda: new_segment_id(self._clock())  # noqa: E731 - as the service does
        events = self._done(UploadSegments(file, UploadOptions(), new_id)).events
        return [SegmentId(e.segment_id) for e in events if isinstance(e, SegmentCreated)]

    def upload_users(self, text: str) -> list[UserId]:
        """The ids of those who are new."""
        file = UploadedFile(io.BytesIO(text.encode()))
        new_id = lambda: new_user_id(self._clock())  # noqa: E731 - as the service does
        options = UploadOptions(existing=ExistingRows.UPDATE)
        command = UploadUsers(file, options, new_id, HASHES, self.known.vault)
        events = self._done(command).events
        return [UserId(event.user_id) for event in events if isinstance(event, UserCreated)]

    def _done(self, command: UploadSegments | UploadUsers) -> CommandResult:
        return self._dispatcher.dispatch(command, REQUEST)


@pytest.fixture
def site(recorder: LogRecorder, database_url: str) -> Iterator[Site]:
    """Without anything on it; its vault is the service's: the projector opens what it seals."""
    with vault_pool(database_url) as pool:
        yield Site(recorder, PersonVault(pool))


def test_both_answer_alike(site: Site, snapshots: SiteSnapshots, site_projector: Projector) -> None:
    """Of what is on the site, archived, suspended or not, and of what is not."""
    segments, users = site.upload_segments(SEGMENTS), site.upload_users(USERS)
    site.upload_users(UPDATES)
    suspended = turned(users[2], 2, UserStatus.ACTIVE, UserStatus.SUSPENDED)
    site.story.and_then(
        archived(segments[1], 2),
        deleted(segments[2], 2, name="Gone", code="gone"),
        suspended,
        left(segments[0], users[1]),
        _removed(users[3]),
    )
    site_projector.catch_up(site.story.head)
    with site.known.open() as naive, snapshots.open() as real:
        assert _segments(real, segments) == _segments(naive, segments)
        assert len(_segments(real, segments)) == 5
        assert _users(real) == _users(naive)
        assert len(_users(real)) == 7
        assert (
            _members(real, segments)
            == _members(naive, segments)
            == {
                ("Sales", "ann"),
                ("Other", "bo"),
                ("Other", "cy"),
            }
        )
        assert real.active_site_admins() == naive.active_site_admins() == {users[0]}


def _removed(dan: UserId) -> UserRemoved:
    held = HASHES.of(person("dan"))
    return UserRemoved(
        user_id=dan,
        version=2,
        username_hash=held.username,
        email_hash=held.email,
        code_hash=held.code,
    )


def _segments(snapshot: UploadSnapshot, ids: list[SegmentId]) -> dict[str, object]:
    found = snapshot.segments_named(["sales", "other", "gone", "none", *ids])
    return {key: replace(segment, number=0) for key, segment in found.items()}


def _users(snapshot: UploadSnapshot) -> dict[tuple[str, str], object]:
    keys = {
        UserKey.USERNAME: ["ann", "bo", "cy", "dan"],
        UserKey.EMAIL: [
            "ann@example.test",
            "anna@example.test",
            "bo@example.test",
            "cy@example.test",
        ],
        UserKey.CODE: ["a-1", "b-1"],
    }
    found: dict[tuple[str, str], object] = {}
    for by, names in keys.items():
        users = snapshot.users_named(by, names)
        few = snapshot.find_users(by, names)
        assert {key: (user.number, user.id) for key, user in users.items()} == few
        found |= {(by.value, key): replace(user, number=0) for key, user in users.items()}
    return found


def _members(snapshot: UploadSnapshot, ids: list[SegmentId]) -> set[tuple[str, str]]:
    segments = {s.number: s.segment.name for s in snapshot.segments_named(ids).values()}
    known = snapshot.users_named(UserKey.USERNAME, ["ann", "bo", "cy"])
    users = {user.number: user.person.username for user in known.values()}
    pairs = snapshot.memberships(list(product(segments, users)))
    return {(segments[segment], users[user]) for segment, user in pairs}
