"""What usernames, e-mail addresses, names of people and roles may be."""

from __future__ import annotations

import pytest
from hypothesis import assume, given

from domain.kernel.principal import Role
from domain.kernel.text import InvalidText
from domain.people.values import (
    MAX_EMAIL_LENGTH,
    email_key,
    parse_email,
    parse_person_name,
    parse_role,
    parse_username,
)
from tests.domain.strategies import addresses, texts, usernames
from tests.ids import text_id

NOT_ON_ONE_LINE = ["two\nlines", "nul\x00", "tab\tinside", "bidi\u202etxt", "half \ud83d of it"]


# ---------------------------------------------------------------- usernames


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ann\t", "ann"),
        ("ANN.Lee_7-x+y@Home", "ann.lee_7-x+y@home"),
        ("0042", "0042"),
        ("x" * 100, "x" * 100),
        ("e\u0301" * 100, "é" * 100),
        ("JÖRG", "jörg"),
        ("Strauß", "strauss"),
        ("ΣΊΣΥΦΟΣ", "σίσυφοσ"),
        ("İbrahim", "i\u0307brahim"),
        ("हिन्दी", "हिन्दी"),
    ],
    ids=text_id,
)
def test_a_username_is_trimmed_and_case_folded(typed: str, kept: str) -> None:
    """Letters of every script, with the marks that they are written with; 100 after NFC."""
    assert parse_username(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("", " \t\n", "a b", "a/b", "a'b", "a,b", "a\u00a0b", "x" * 101, "ß" * 51, "😀"),
        *("\u0301", "ann\ufe0f", "ann\u034f", "ann\u200b", *NOT_ON_ONE_LINE),
    ],
    ids=text_id,
)
def test_a_bad_username_is_refused(typed: str) -> None:
    """Blank, over 100 once folded, other characters, or marks that nobody could see."""
    with pytest.raises(InvalidText):
        parse_username(typed)


@given(usernames)
def test_a_username_as_kept_is_a_username(typed: str) -> None:
    """And stays as it is: what the site shows can be typed again."""
    kept = parse_username(typed)
    assert parse_username(kept) == kept
    assert parse_username(f" {typed.upper()} ") == parse_username(typed.upper())


@given(texts)
def test_any_text_is_a_username_or_refused(typed: str) -> None:
    """And what is accepted is accepted again, unchanged."""
    try:
        kept = parse_username(typed)
    except InvalidText:
        return
    assert parse_username(kept) == kept
    assert 1 <= len(kept) <= 100


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    "typed",
    [
        "ann@localhost",
        "ann@example.test",
        "ann@mail.internal",
        "ann@host.invalid",
        "Ann.Lee+tag@Example.ORG",
        "o'hara@x.de",
        "jörg@müller.example",
        "हिन्दी@उदाहरण.परीक्षा",
        "ann@ex--ample.de",
        "ann@10.0.0.1",
        "a" * 64 + "@x.de",
        "a@" + "b" * 63 + ".de",
        "a@" + ".".join(["b" * 62] * 4),
    ],
    ids=text_id,
)
def test_an_address_stays_as_typed(typed: str) -> None:
    """Reserved and internal domains pass; whether it exists is not asked. Only blanks go."""
    assert parse_email(f" {typed}\n") == typed


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "ann", "@x.de", "ann@", "a@b@c", "a b@x.de", "ann@x y.de", "ann@-x.de"),
        *("ann@x-.de", "ann@x..de", "ann@x.de.", ".a@x.de", "a.@x.de", "a..b@x.de", "a,b@x.de"),
        *("Ann <ann@x.de>", "ann@😀.de", "a" * 65 + "@x.de", "a@" + "b" * 64 + ".de"),
        *("a@" + ".".join(["b" * 62] * 4) + ".de", "ann@x.de\ufe0f", *NOT_ON_ONE_LINE),
    ],
    ids=text_id,
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    """Of the wrong shape, over 64 characters before the @, or over 254 in all."""
    with pytest.raises(InvalidText):
        parse_email(typed)


@pytest.mark.parametrize("start", ["", "a@", "a.a@a-"])
@pytest.mark.parametrize("piece", ["a", "a.", "a-", "a.a-", "ä.", "a\u0301-", ".", "@", "a@"])
@pytest.mark.parametrize("end", ["!", "-", "@", "a@-"])
def test_no_address_takes_long(start: str, piece: str, end: str) -> None:
    """However long it seems to be one: it can be read in one way, and this ends."""
    times = (MAX_EMAIL_LENGTH - len(start) - len(end)) // len(piece)
    with pytest.raises(InvalidText, match="Must be an e-mail address"):
        parse_email(start + piece * times + end)


@given(addresses)
def test_the_case_of_an_address_does_not_matter(typed: str) -> None:
    """Its key is the same in capitals, and the key of a key is itself."""
    assume(typed.upper().casefold() == typed.casefold())  # not so for the Turkish "ı"
    key = email_key(parse_email(typed))
    assert email_key(parse_email(typed.upper())) == key
    assert email_key(key) == key


@given(texts, texts)
def test_any_text_is_an_address_or_refused(local: str, domain: str) -> None:
    """And what is accepted is accepted again, unchanged."""
    try:
        kept = parse_email(f"{local}@{domain}")
    except InvalidText:
        return
    assert parse_email(kept) == kept
    assert len(kept) <= 254


# ---------------------------------------------------------------- names, roles


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ann \n", "Ann"),
        ("Ann  Mary", "Ann  Mary"),
        ("O’Hara-Lee, Jr.", "O’Hara-Lee, Jr."),
        ("e\u0301" * 100, "é" * 100),
        ("李", "李"),
    ],
    ids=text_id,
)
def test_a_name_is_trimmed_and_normalised(typed: str, kept: str) -> None:
    """Else as typed: 100 code points at most, counted after NFC."""
    assert parse_person_name(typed) == kept


@pytest.mark.parametrize("typed", ["", " \u3000", "x" * 101, *NOT_ON_ONE_LINE], ids=text_id)
def test_a_bad_name_is_refused(typed: str) -> None:
    """Blank, over 100, or not on one line of visible text."""
    with pytest.raises(InvalidText):
        parse_person_name(typed)


@pytest.mark.parametrize("typed", ["site-admin", "SITE_ADMIN", " Site-Admin "])
def test_a_role_is_read_in_every_spelling(typed: str) -> None:
    """As files, command lines and the schema spell it."""
    assert parse_role(typed) is Role.SITE_ADMIN


def test_an_unknown_role_is_told_the_known_ones() -> None:
    """All of them, so that nobody need look them up."""
    with pytest.raises(InvalidText) as told:
        parse_role("teacher")
    assert all(role.value in str(told.value) for role in Role)
