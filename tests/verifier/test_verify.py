"""The script that auditors run: it sees every change, and says where it is."""

from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.projections.proofs.trees import leaf, mth
from tests.verifier.exported import VKEY, export, leaves, line, note
from verifier.verify import (
    Report,
    Tree,
    Unusable,
    checkpoint_in,
    key_from,
    notes_in,
    position_in,
    verify,
)

POSITIONS = [1, 2, 3, 5, 8, 9, 10, 14, 15, 16, 17, 20]


def verified(lines: list[bytes], *sizes: int) -> Report:
    """Against checkpoints of the honest log, kept outside, of those sizes."""
    return verify(lines, [note(POSITIONS[:size]) for size in sizes], [VKEY])


def findings(report: Report) -> list[str]:
    return [finding.message for finding in report.findings]


@given(st.integers(0, 200))
def test_its_tree_is_the_rfc_s(size: int) -> None:
    """Leaf by leaf."""
    tree, some = Tree(), [leaf(str(number).encode()) for number in range(size)]
    for hashed in some:
        tree.add(hashed)
    assert tree.root() == mth(some)


@pytest.mark.parametrize("first", range(len(POSITIONS) + 1))
def test_an_honest_export_holds_from_any_event_on(first: int) -> None:
    """With all checkpoints after that; those before are said to be left out."""
    report = verified(export(POSITIONS, first), 1, 4, 11, 12)
    assert report.findings == []
    assert report.events == len(POSITIONS) - first
    assert report.held == [size for size in (1, 4, 11, 12) if size >= first]
    left_out = sum(size < first for size in (1, 4, 11, 12))
    assert any("not compared" in remark for remark in report.remarks) is bool(left_out)


@pytest.mark.parametrize("number", range(1, len(POSITIONS) + 1))
def test_any_change_of_one_bit_is_found(number: int) -> None:
    """In whatever line of an event, and wherever in it; with the checkpoint inside alone, too."""
    lines = export(POSITIONS)
    honest = lines[number]
    assert len(honest) > 100
    for at, bit in product(range(len(honest)), range(8)):
        changed = bytearray(honest)
        changed[at] ^= 1 << bit
        lines[number] = bytes(changed)
        assert verified(lines).findings, changed


@settings(max_examples=100)
@given(st.randoms(use_true_random=False))
def test_any_other_order_or_number_of_events_is_found(chance: random.Random) -> None:
    """Removed, repeated, moved: every line for itself is as it was signed."""
    lines = export(POSITIONS)
    events = lines[1:]
    match chance.choice(["remove", "repeat", "move"]):
        case "remove":
            events.pop(chance.randrange(len(events)))
        case "repeat":
            events.insert(chance.randrange(len(events)), chance.choice(events))
        case _:
            moved = events.pop(chance.randrange(len(events) - 1))
            events.append(moved)
    assert verified([lines[0], *events]).findings


def test_the_position_of_what_was_changed_is_named() -> None:
    """Its own leaf tells; what data and tags say about positions does not matter."""
    lines = export(POSITIONS)
    lines[5] = lines[5].replace(b'"n":8', b'"n":7')
    (finding,) = verified(lines).findings
    assert finding.position == 8
    assert "position 8 (line 6)" in finding.message


def test_the_checkpoints_around_what_was_changed_are_named() -> None:
    """When the leaf is of the changed event, so that no line tells by itself."""
    changed = [*POSITIONS[:4], 7, *POSITIONS[5:]]
    lines = [export(POSITIONS)[0], *map(line, changed)]
    (told,) = findings(verified(lines, 2, 4, 8))
    assert "something between position 5 (not included) and 14 was changed" in told


def test_a_log_that_ends_early_is_cut_off() -> None:
    """As whoever kept a later checkpoint can tell."""
    (told,) = findings(verified(export(POSITIONS[:9]), 12))
    assert "cut off: 12 events were signed, up to position 20" in told
    assert "it ends after 9, at position 15" in told


def test_another_history_is_found_by_who_kept_a_checkpoint() -> None:
    """Though it was signed with the right key, and holds by itself."""
    other = export([1, 2, 4, 6, 8, 9])
    assert verify(other, [], [VKEY]).findings == []
    assert "between position 2" in findings(verified(other, 2, 4))[0]


def test_what_was_not_given_is_said() -> None:
    """A key, and a checkpoint from outside."""
    assert len(verify(export(POSITIONS)).remarks) == 2
    assert len(verify(export(POSITIONS), [note(POSITIONS)]).remarks) == 1
    assert verify(export(POSITIONS), [note(POSITIONS)], [VKEY]).remarks == []


def test_the_empty_log_holds() -> None:
    """It was signed as such."""
    report = verify(export([]), [], [VKEY])
    assert (report.findings, report.held) == ([], [0])


@pytest.mark.parametrize(
    ("event", "position"),
    [
        pytest.param(b'{"data":{},"position":17,"tags":[],"type":"t"}', 17, id="between fields"),
        pytest.param(b'{"data":null,"position":17}', 17, id="at the end"),
        pytest.param(
            b'{"data":",\\"position\\":1,","position":17,"tags":[]', 17, id="in the data, too"
        ),
        pytest.param(b'{"data":{},"position":,"tags":[]', None, id="nothing"),
        pytest.param(b'{"data":{},"position":x,"tags":[]', None, id="letter"),
        pytest.param(b'{"data":{},"position":99999999999999999999,"tags":[]', None, id="too large"),
        pytest.param(b"", None, id="empty"),
    ],
)
def test_positions_are_read_from_bytes(event: bytes, position: int | None) -> None:
    """Which may be of any kind."""
    assert position_in(event) == position


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([], id="no lines"),
        pytest.param([b""], id="empty line"),
        pytest.param([b"{}"], id="empty object"),
        pytest.param([b"[]"], id="list"),
        pytest.param([b"\xff"], id="not UTF-8"),
        pytest.param([b'{"manifest":{}}'], id="manifest empty"),
        pytest.param([b'{"manifest":{"format":"user-segments-log/2"}}'], id="another format"),
        pytest.param([b"[" * 100_000], id="nested too deep"),
        pytest.param(
            [export(POSITIONS, 5)[0].replace(b'"firstIndex": 5', b'"firstIndex": 7')],
            id="another first index",
        ),
    ],
)
def test_what_is_no_export_is_refused(lines: list[bytes]) -> None:
    """Unusable, never anything else."""
    with pytest.raises(Unusable):
        verify(lines, [], [VKEY])


def test_notes_in_a_file() -> None:
    """One alone, with or without the empty line; many; one that a crash cut off is left aside."""
    one, other = note(POSITIONS[:3]), note(POSITIONS)
    assert notes_in(one) == notes_in(f"{one}\n") == [one]
    assert notes_in(f"{one}\n{other}\n") == [one, other]
    assert notes_in(f"{one}\n{other[:30]}") == [one]


def test_a_note_of_another_kind_is_a_finding() -> None:
    """As is one that nobody signed who is believed."""
    key = key_from(VKEY)
    for text in ("", "nonsense", note(POSITIONS).replace("position", "place")):
        assert not hasattr(checkpoint_in(text, [key]), "root")
    assert not hasattr(checkpoint_in(note(POSITIONS), []), "root")
    assert checkpoint_in(note(POSITIONS), [key]).root == mth(leaves(POSITIONS))  # type: ignore[union-attr]


@pytest.mark.parametrize("vkey", ["", "a+b+c", "a+00000000+AAAA"])
def test_what_is_no_key_is_refused(vkey: str) -> None:
    """Unusable."""
    with pytest.raises(Unusable, match="not a verifier key"):
        key_from(vkey)
