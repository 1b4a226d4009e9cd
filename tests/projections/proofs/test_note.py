"""Checkpoints as signed notes: what is signed is what is read."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from projections.proofs.note import BadNote, Checkpoint, Verifier, opened, signed

ORIGIN = "example.org/log"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
OTHER = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
CHECKPOINT = Checkpoint(ORIGIN, 7, bytes(range(32)), 9)
NOTE = signed(CHECKPOINT, [KEY])


def verifier(key: Ed25519PrivateKey, name: str = ORIGIN) -> Verifier:
    return Verifier(name, key.public_key())


def test_a_note_reads_as_the_format_says() -> None:
    """C2SP signed-note: origin, size, root, an extension line, an empty line, signatures."""
    lines = NOTE.split("\n")
    root = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    assert lines[:5] == [ORIGIN, "7", root, "position 9", ""]
    assert lines[5].startswith(f"\u2014 {ORIGIN} ")
    assert lines[6:] == [""]


def test_a_key_as_a_text() -> None:
    """The vkey of the format's own example: name, hash, kind and key."""
    vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert Verifier.from_vkey(vkey).vkey == vkey


def test_the_formats_own_example_holds() -> None:
    """A signature that others made is verified by ours."""
    vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    note = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n\n"
        "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfq"
        "dngotpRZb6KE6RyyBwJnAM=\n"
    )
    with pytest.raises(BadNote, match="not a checkpoint"):  # and nothing about the signature
        opened(note, [Verifier.from_vkey(vkey)])
    with pytest.raises(BadNote, match="does not hold"):
        opened(note.replace("problem is", "problem was"), [Verifier.from_vkey(vkey)])


def test_what_is_signed_is_read() -> None:
    """By whoever knows the key; and by the key's text."""
    assert opened(NOTE, [verifier(KEY)]) == CHECKPOINT
    assert opened(NOTE, [Verifier.from_vkey(verifier(KEY).vkey)]) == CHECKPOINT


def test_either_of_two_keys_will_do() -> None:
    """While keys change, both sign."""
    note = signed(CHECKPOINT, [OTHER, KEY])
    assert opened(note, [verifier(KEY)]) == opened(note, [verifier(OTHER)]) == CHECKPOINT


@pytest.mark.parametrize(
    "known",
    [[], [verifier(OTHER)], [verifier(KEY, "another.example/log")]],
    ids=["none", "another", "renamed"],
)
def test_a_note_of_nobody_who_is_known(known: list[Verifier]) -> None:
    """Another key, or another name for it, signs nothing."""
    with pytest.raises(BadNote, match="none of the known keys"):
        opened(NOTE, known)


@pytest.mark.parametrize(
    ("before", "after"),
    [("\n7\n", "\n8\n"), ("position 9", "position 8")],
    ids=["size", "position"],
)
def test_a_changed_note(before: str, after: str) -> None:
    """Is told from one by somebody unknown."""
    with pytest.raises(BadNote, match="does not hold"):
        opened(NOTE.replace(before, after), [verifier(KEY)])


@pytest.mark.parametrize(
    "note",
    ["", "\n\n", "text", NOTE.replace("\u2014", "-"), NOTE + "x\n"],
    ids=["empty", "blank lines", "no signature", "hyphen for dash", "more below"],
)
def test_what_is_no_note_at_all(note: str) -> None:
    """BadNote, never anything else."""
    with pytest.raises(BadNote):
        opened(note, [verifier(KEY)])


@pytest.mark.parametrize("vkey", ["", "a", "a+b", "a+00000000+AAAA", "a+b+%", "a+b+é"])
def test_what_is_no_key(vkey: str) -> None:
    """BadNote, never anything else."""
    with pytest.raises(BadNote, match="not a verifier key"):
        Verifier.from_vkey(vkey)
