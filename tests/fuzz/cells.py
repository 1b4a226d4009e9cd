"""What stands in cells: what exists, what does not, what is wrong, and what nobody thought of."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.fuzz.initial_site import PEOPLE, SEGMENT_CODES
from tests.fuzz.sampling import weighted

Cells = st.SearchStrategy[str]

NASTY: Cells = st.sampled_from(
    [
        "",
        " ",
        "\u00a0",
        "=1+1",
        "+1",
        "-1",
        "@x",
        "'quoted",
        "\tTAB",
        "Sa\u202eles",
        "a\x07b",
        "two\nlines",
        "two\r\nlines",
        "\r",
        'say "no"',
        '"',
        ",;:",
        "Cafe\u0301",
        "ﬁ",
        "STRASSE",
        "straße",
        "İ",
        "🙂",
        "x" * 101,
        "x" * 255,
        "x" * 10_001,
        "x" * 100_001,
        "%s%n{0}",
        "\\",
        "null",
        "\ufeffbom",
    ]
)
TEXTS: Cells = st.one_of(
    NASTY, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
)


def _mostly(*good: tuple[int, Cells]) -> Cells:
    """One of these, and now and then any text at all."""
    weights = sum(weight for weight, _ in good)
    return weighted(*((4 * weight, cells) for weight, cells in good), (max(1, weights // 3), TEXTS))


def _spelled(*words: str) -> Cells:
    """As it is, in capitals, or with spaces around."""
    spelled = [(word, word.upper(), f" {word} ") for word in words]
    return st.sampled_from([one for words in spelled for one in words])


def _new(pattern: str) -> Cells:
    return st.integers(0, 400).map(pattern.format)


NAMES = _mostly((6, _new("Segment {}")), (1, st.just("Segment")))
CODES = _mostly((2, _spelled(*SEGMENT_CODES)), (4, _new("new-{}")), (1, st.just("")))
SEGMENTS = _mostly(
    (6, _spelled(*SEGMENT_CODES[:-2])),
    (1, st.sampled_from(SEGMENT_CODES)),
    (1, st.sampled_from(["", "none", "segment_019ca9450de877e0bc6b8398cda33856"])),
)
DESCRIPTIONS = _mostly((3, st.sampled_from(["", "About", "**Bold**"])))
VISIBLE = _mostly((3, st.sampled_from(["", "yes", "NO", "1", "0", " true ", "off", "Y"])))
KNOWN_USERNAMES = _mostly((9, _spelled(*(person.username for person in PEOPLE))))
USERNAMES = _mostly((3, _spelled(*(p.username for p in PEOPLE))), (5, _new("new-{}")))
EMAILS = _mostly(
    (1, st.sampled_from([person.email for person in PEOPLE])),
    (8, _new("new-{}@example.org")),
    (1, st.just("")),
)
USERCODES = _mostly(
    (1, st.sampled_from([person.code for person in PEOPLE])),
    (4, _new("p-new-{}")),
    (4, st.just("")),
)
PERSON_NAMES = _mostly((12, st.sampled_from(["Ann", "Böll", "O'Neil", "李"])), (1, st.just("")))
ROLES = _mostly((3, st.sampled_from(["", "", "learner", "site-admin", "AUDITOR learner"])))
