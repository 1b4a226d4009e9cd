"""An undo about many people asks about them together: the questions are counted."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from domain.kernel.commands.command import Command
from domain.kernel.ids import new_user_id
from domain.people.events import UserErased
from domain.people.state import user_of
from domain.uploads.options import ExistingRows, UploadOptions
from domain.uploads.upload_users import UploadUsers
from domain.uploads.uploaded_file import UploadedFile
from projections.engine.projector import Projector
from projections.snapshot.base import SqlSnapshot
from tests.projections.conftest import START
from tests.projections.undo.site import HASHES, Site

FEW, MANY = 3, 60


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Those that undos ask."""
    asked: list[str] = []
    ask = SqlSnapshot._rows

    def noted(asking: SqlSnapshot, query: str, values: Any) -> list[tuple[Any, ...]]:
        asked.append(query)
        return ask(asking, query, values)

    monkeypatch.setattr(SqlSnapshot, "_rows", noted)
    return asked


class Files:
    """Files of as many people, whose usernames begin alike."""

    def __init__(self, site: Site, projector: Projector, name: str, count: int) -> None:
        self.count = count
        self._site = site
        self._projector = projector
        self._names = [f"{name}{number}" for number in range(count)]
        self.added = self.send("first")

    def send(self, first: str, last: str = "last", roles: str = "") -> str:
        """What they are all like from now on; the command's id."""
        rows = [f"{name},{name}@x.de,{first},{last},{roles}" for name in self._names]
        text = "\n".join(["username,email,firstname,lastname,roles", *rows])
        source, options = UploadedFile(io.BytesIO(text.encode()), "f.csv"), _UPDATE
        site = self._site
        return self._done(
            UploadUsers(source, options, lambda: new_user_id(START), HASHES, site.vault)
        )

    def take_back(self, command: str) -> str:
        """The id of the undo."""
        return self._done(self._site.undo(command))

    def erase(self) -> None:
        """All of them, as the log has it."""
        for user in {user_of(recorded.event) for recorded in self._site.events_of(self.added)}:
            self._site.tell(1, partial(_erasure, user))
        self._projector.catch_up()

    def _done(self, command: Command) -> str:
        self._projector.catch_up()
        done = self._site.do(command)
        self._projector.catch_up()
        return done


def _erasure(user: str, _: int) -> UserErased:
    hashes: dict[str, Any] = {"username_hash": "", "email_hash": "", "code_hash": None}
    return UserErased(user_id=user, version=9, **hashes)


_UPDATE = UploadOptions.of(existing=ExistingRows.UPDATE)


def _added(files: Files) -> str:
    return files.added


def _added_and_edited(files: Files) -> str:
    files.send("second")
    return files.added


def _removed(files: Files) -> str:
    return files.take_back(files.added)


def _replaced(files: Files) -> str:
    removal = files.take_back(files.added)
    files.send("first")
    return removal


def _edited(files: Files) -> str:
    return files.send("second", roles="learner")


def _edited_elsewhere(files: Files) -> str:
    edited = files.send("second")
    files.send("second", "other", "learner")
    return edited


def _edited_again(files: Files) -> str:
    edited = files.send("second", roles="learner")
    files.send("third", roles="auditor")
    return edited


def _edited_and_erased(files: Files) -> str:
    edited = files.send("second", roles="learner")
    files.erase()
    return edited


LIVES: dict[str, tuple[Callable[[Files], str], int, int]] = {
    "added": (_added, 1, 0),
    "added, edited since": (_added_and_edited, 0, 1),
    "removed": (_removed, 1, 0),
    "removed, others have their names": (_replaced, 0, 1),
    "edited, roles too": (_edited, 2, 0),
    "edited, other fields since": (_edited_elsewhere, 1, 0),
    "edited, the same again since": (_edited_again, 0, 2),
    "edited, erased since": (_edited_and_erased, 0, 1),
}
"""What becomes of them; what of each the undo takes back, and what of each is in the way."""


@pytest.mark.parametrize(("live", "undone", "in_the_way"), LIVES.values(), ids=LIVES)
def test_as_many_questions_are_asked_about_many_as_about_few(
    site: Site,
    site_projector: Projector,
    questions: list[str],
    live: Callable[[Files], str],
    undone: int,
    in_the_way: int,
) -> None:
    """Whatever became of them."""
    asked: list[list[str]] = []
    for name, count in (("few", FEW), ("many", MANY)):
        command = live(Files(site, site_projector, name, count))
        questions.clear()
        plan = site.preview(command)
        asked.append(list(questions))
        assert (plan.undone, len(plan.conflicts)) == (undone * count, in_the_way * count)
    few, many = asked
    assert many == few
