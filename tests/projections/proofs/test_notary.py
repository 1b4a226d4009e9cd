"""What is signed, and what never is."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from projections.proofs.follower import TreeFollower
from projections.proofs.merkle import EMPTY
from projections.proofs.notary import Inconsistent, Notary
from projections.proofs.note import Checkpoint, Verifier, opened, signed
from service.database.connections import service_conninfo
from tests.projections.proofs.logged import Logged
from tests.projections.proofs.trees import leaf, mth

ORIGIN = "example.org/log"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
NEW_KEY = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
OLD = Verifier(ORIGIN, KEY.public_key())

Followers = Callable[[int], TreeFollower]


class Board:
    """Where notes are published, in memory."""

    def __init__(self, *notes: str) -> None:
        self.notes = list(notes)

    def last(self) -> str | None:
        return self.notes[-1] if self.notes else None

    def publish(self, note: str) -> None:
        self.notes.append(note)


class Full(Board):
    """Nothing more goes onto it."""

    def publish(self, note: str) -> None:
        raise OSError("no space left")


@pytest.fixture
def notary(database_url: str) -> Callable[..., Notary]:
    """Notaries of the service, with some board."""
    conninfo = service_conninfo(database_url, "pg_catalog")

    def make(
        board: Board,
        *keys: Ed25519PrivateKey,
        origin: str = ORIGIN,
        retired: tuple[Verifier, ...] = (),
    ) -> Notary:
        return Notary(lambda: psycopg.connect(conninfo), origin, keys or (KEY,), board, retired)

    return make


def test_a_checkpoint_is_of_the_whole_tree(
    logged: Logged, follower: Followers, notary: Callable[..., Notary]
) -> None:
    """Size, root, and the position of the last event; published, and kept."""
    board = Board()
    assert notary(board).sign().root == EMPTY
    logged.add(3, 5, 9)
    follower(10).catch_up()
    kept = notary(board).sign()
    expected = Checkpoint(ORIGIN, 3, mth(logged.leaves()), 9)
    assert [opened(note, [OLD]) for note in board.notes] == [
        Checkpoint(ORIGIN, 0, EMPTY, 0),
        expected,
    ]
    assert (kept.size, kept.position, kept.root) == (3, 9, expected.root)
    assert logged.rows("SELECT size, note FROM proofs.checkpoints ORDER BY size")[1] == (
        3,
        kept.note,
    )


def test_nothing_new_is_not_signed_again(
    logged: Logged, follower: Followers, notary: Callable[..., Notary]
) -> None:
    """However many ask at once, in whatever process."""
    logged.add(1)
    follower(10).catch_up()
    board = Board()
    with ThreadPoolExecutor(8) as threads:
        kept = list(threads.map(lambda _: notary(board).sign(), range(16)))
    assert len(set(kept)) == 1
    assert len(board.notes) == 1


def test_a_log_that_was_cut_off_is_not_signed(
    logged: Logged, follower: Followers, notary: Callable[..., Notary]
) -> None:
    """What was published outside speaks of more."""
    logged.add(1, 2)
    follower(10).catch_up()
    board = Board(signed(Checkpoint(ORIGIN, 3, mth(logged.leaves()), 9), [KEY]))
    with pytest.raises(Inconsistent, match="3 events were published, and there are 2 now"):
        notary(board).sign()
    assert len(board.notes) == 1


def test_another_past_is_not_signed(
    logged: Logged, follower: Followers, notary: Callable[..., Notary]
) -> None:
    """Though log, tree and kept checkpoints agree with one another."""
    logged.add(1, 2, 3)
    follower(10).catch_up()
    board = Board(signed(Checkpoint(ORIGIN, 2, mth([leaf(b"x"), leaf(b"y")]), 2), [KEY]))
    with pytest.raises(Inconsistent, match="the first 2 events are not those"):
        notary(board).sign()
    assert logged.rows("SELECT * FROM proofs.checkpoints") == []


@pytest.mark.parametrize(
    "note",
    ["nonsense\n", signed(Checkpoint(ORIGIN, 0, EMPTY, 0), [NEW_KEY])],
    ids=["no note", "unknown key"],
)
def test_what_cannot_be_trusted_is_not_built_upon(
    logged: Logged, notary: Callable[..., Notary], note: str
) -> None:
    """A file that somebody wrote into, or whose key is not known here."""
    with pytest.raises(Inconsistent, match="cannot be trusted"):
        notary(Board(note)).sign()


def test_a_log_of_another_name_is_not_gone_on_with(notary: Callable[..., Notary]) -> None:
    """Two logs in one file would prove nothing."""
    board = Board(signed(Checkpoint("other.example/log", 0, EMPTY, 0), [KEY]))
    other = Verifier("other.example/log", KEY.public_key())
    with pytest.raises(Inconsistent, match="of another log"):
        notary(board, retired=(other,)).sign()


def test_keys_can_be_changed(
    logged: Logged, follower: Followers, notary: Callable[..., Notary]
) -> None:
    """The old one signs along for a while; later it is only known."""
    board = Board()
    for number, keys in enumerate([(KEY,), (NEW_KEY, KEY), (NEW_KEY,)], 1):
        logged.add(number)
        follower(10).catch_up()
        notary(board, *keys, retired=(OLD,)).sign()
    new = Verifier(ORIGIN, NEW_KEY.public_key())
    assert [opened(note, [OLD]).size for note in board.notes[:2]] == [1, 2]
    assert [opened(note, [new]).size for note in board.notes[1:]] == [2, 3]


def test_what_could_not_be_published_is_not_kept(
    logged: Logged, follower: Followers, notary: Callable[..., Notary]
) -> None:
    """It is signed once it can be."""
    logged.add(1)
    follower(10).catch_up()
    with pytest.raises(OSError, match="no space left"):
        notary(Full()).sign()
    assert logged.rows("SELECT * FROM proofs.checkpoints") == []
    assert notary(Board()).sign().size == 1
