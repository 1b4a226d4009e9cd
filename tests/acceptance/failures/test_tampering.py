"""Whatever a superuser does to the log is found out, by people who kept what was published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.catalogue import CATALOGUE
from domain.dispatch import Dispatcher
from domain.kernel.envelope import Channel, CommandRequest
from domain.kernel.principal import SYSTEM
from domain.kernel.values import Reason
from domain.log import EventLog, EventMapper
from service.database.log_store.recorder import LogRecorder
from tests.acceptance.audited import GAP, Audited
from tests.domain.snapshots import StoodStill

EVENTS = "log.events_tt_main"
TAGS = "log.events_tt_tag"

TAMPERING: dict[str, tuple[list[str], int]] = {
    "a byte of the data": (
        [f"UPDATE {EVENTS} SET data = set_byte(data, 40, get_byte(data, 40) # 1) WHERE id = 25"],
        25,
    ),
    "no data": (
        [
            f"ALTER TABLE {EVENTS} DROP CONSTRAINT events_tt_main_has_data",
            f"UPDATE {EVENTS} SET data = NULL WHERE id = 25",
        ],
        25,
    ),
    "the type": ([f"UPDATE {EVENTS} SET type = 'segment.deleted' WHERE id = 25"], 25),
    "the tags": ([f"UPDATE {EVENTS} SET tags = tags || '{{x}}'::text[] WHERE id = 25"], 25),
    "the order of tags": (
        [f"UPDATE {EVENTS} SET tags = ARRAY(SELECT unnest(tags) ORDER BY 1 DESC) WHERE id = 25"],
        25,
    ),
    "a deletion": (
        [f"DELETE FROM {EVENTS} WHERE id = 25", f"DELETE FROM {TAGS} WHERE main_id = 25"],
        25,
    ),
    "an insertion": (
        [
            f"INSERT INTO {EVENTS} SELECT {GAP}, type, data, tags FROM {EVENTS} WHERE id = 25",
        ],
        GAP,
    ),
    "a swap": (
        [
            f"UPDATE {EVENTS} SET id = 999 WHERE id = 25",
            f"UPDATE {EVENTS} SET id = 25 WHERE id = 35",
            f"UPDATE {EVENTS} SET id = 35 WHERE id = 999",
        ],
        25,
    ),
    "the end cut off": ([f"DELETE FROM {EVENTS} WHERE id >= 55"], 55),
}
"""What is done, and the first position that does not hold any more."""

each_way = pytest.mark.parametrize(("statements", "position"), TAMPERING.values(), ids=TAMPERING)


@pytest.fixture
def audited(database_url: str, tmp_path: Path) -> Audited:
    """A log of sixty events, signed three times."""
    return _filled(database_url, tmp_path)


@pytest.fixture(scope="module")
def honest(shared_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Audited:
    """Such a log, to which nothing is done."""
    return _filled(shared_database_url, tmp_path_factory.mktemp("honest"))


def _filled(database_url: str, folder: Path) -> Audited:
    (folder / "outside").mkdir()
    audited = Audited(database_url, folder / "data", folder / "outside")
    request = CommandRequest(
        principal=SYSTEM, channel=Channel.SYSTEM, correlation_id="test", reason=Reason("A test.")
    )
    with LogRecorder(database_url, 1) as recorder:
        log = EventLog(recorder, EventMapper(CATALOGUE))
        dispatcher = Dispatcher(log, _now, b"key", StoodStill(log))
        audited.fill(lambda command: dispatcher.dispatch(command, request))
    return audited


def _now() -> datetime:
    return datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_an_honest_log_holds(honest: Audited) -> None:
    """As a whole, from some position on, gzipped or not; and in the database."""
    for export in (
        honest.export(),
        honest.export("log.jsonl"),
        honest.export("later.jsonl", "--after", "25"),
        honest.export("last.jsonl", "--after", "61"),
    ):
        for code, told in honest.verified(export):
            assert (code, "holds: " in told) == (0, True), told
    code, told = honest.database_verified()
    assert (code, "holds: 60 events" in told) == (0, True), told


def test_what_proves_little_is_said(honest: Audited) -> None:
    """Without a key and a checkpoint from outside all may hold, and mean nothing."""
    ours, auditors = honest.verified(honest.export(), believing=False)
    for code, told in (ours, auditors):
        assert code == 0
        assert "who signed" in told
        assert "another history" in told


@each_way
def test_the_position_is_named(audited: Audited, statements: list[str], position: int) -> None:
    """While the stored tree is as it was."""
    audited.tamper(*statements)
    for code, told in [*audited.verified(audited.export()), audited.database_verified()]:
        assert code == 1, told
        assert "DOES NOT HOLD" in told
        assert f"position {position}" in told


@each_way
def test_between_which_checkpoints_it_is_is_told(
    audited: Audited, statements: list[str], position: int
) -> None:
    """When the stored tree was written anew so that it agrees, and what was kept is gone."""
    audited.tamper(*statements)
    honest = audited.export
    audited.rewrite_the_tree()
    code, told = audited.database_verified()
    assert code == 1, told
    assert "signed" in told
    # Whoever can do all that can sign it, too, with a key of their own or with the stolen one.
    (audited.data_dir / "checkpoints" / "log.checkpoints").unlink()
    for code, told in audited.verified(honest()):
        assert code == 1, told
        if position == 55:
            assert "cut off: 60 events were signed" in told
        else:
            assert "between position 20 (not included) and 41" in told


@pytest.mark.parametrize(
    ("statement", "position"),
    [
        pytest.param(
            f"DELETE FROM {TAGS} WHERE main_id = 25 AND tag LIKE 'code:%'", 25, id="a tag goes"
        ),
        pytest.param(
            f"INSERT INTO {TAGS} (tag, main_id) VALUES ('segment:x', 25)", 25, id="a tag comes"
        ),
        pytest.param(
            f"UPDATE {TAGS} SET main_id = 26 WHERE main_id = 25 AND tag LIKE 'segment:%'",
            25,
            id="a tag moves",
        ),
    ],
)
def test_the_table_of_tags_is_compared(audited: Audited, statement: str, position: int) -> None:
    """By which commands find events, and which no export holds."""
    audited.tamper(statement)
    code, told = audited.database_verified()
    assert code == 1, told
    assert f"position {position}: " in told


def test_another_key_signs_nothing(audited: Audited) -> None:
    """Neither does the right one in another's place."""
    export = audited.export()
    (audited.data_dir / "keys" / "log-signing.pem").unlink()
    (audited.data_dir / "checkpoints" / "log.checkpoints").unlink()
    audited.rewrite_the_tree()
    forged = audited.export("forged.jsonl")
    ours, auditors = audited.verified(forged)
    for code, told in (ours, auditors):
        assert code == 1, told
        assert "signed by no key that is believed" in told
    kept = audited.outside / "log.checkpoints"
    kept.write_text(kept.read_text().replace("\n20\n", "\n21\n", 1))
    ours, auditors = audited.verified(export)
    for code, told in (ours, auditors):
        assert code == 1, told
        assert "forged" in told


BadExport = Callable[[bytes], bytes]

BROKEN: dict[str, tuple[BadExport, int]] = {
    "empty": (lambda _: b"", 2),
    "no JSON": (lambda _: b"\x89PNG\n", 2),
    "no manifest": (lambda content: content.partition(b"\n")[2], 2),
    "another format": (lambda content: content.replace(b"log/1", b"log/9", 1), 2),
    "cut off within a line": (lambda content: content[:-5], 2),
    "cut off between lines": (lambda content: b"\n".join(content.split(b"\n")[:30]) + b"\n", 1),
    "a line twice": (lambda content: content + content.split(b"\n")[-2] + b"\n", 1),
    "a line with NUL bytes": (lambda content: content + b"\x00" * 50 + b"\n", 1),
    "something else in between": (lambda content: content.replace(b"\n", b"\n{}\n", 1), 1),
}


@pytest.mark.parametrize(("spoil", "expected"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_is_not_as_it_should_be(
    honest: Audited, spoil: BadExport, expected: int
) -> None:
    """Is told from one that holds, in a sentence: 1 from ours and 2 from the script when it cannot
    be read at all.
    """
    export = honest.export("log.jsonl")
    export.write_bytes(spoil(export.read_bytes()))
    ours, script = honest.verified(export)
    assert (ours[0], script[0]) == (1, expected)
    assert "Traceback" not in ours[1] + script[1]
    assert ("annot be checked" in script[1]) is (expected == 2)
