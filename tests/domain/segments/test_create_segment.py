"""createUserSegment: who may, what a name, code and description must be, and who holds a code."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from domain.kernel.principal import Principal
from domain.kernel.rejections import RejectionCode
from tests.domain.given import Given
from tests.domain.principals import ADMIN, ANONYMOUS, AUDITOR, LEARNER, TRAINER
from tests.domain.segments.commands import by_id, create, delete, update
from tests.domain.segments.events import A, B, C, archived, created, deleted, edited, restored
from tests.ids import text_id

INVALID, CODE_TAKEN = RejectionCode.INVALID, RejectionCode.CODE_TAKEN


@pytest.mark.parametrize("who", [ANONYMOUS, AUDITOR, LEARNER], ids=lambda who: who.id)
def test_anonymous_and_wrong_roles_are_refused(given: Given, who: Principal) -> None:
    """Neither an auditor nor a learner nor anybody without a role creates segments."""
    given().when(create(), by=who).then_refused(RejectionCode.FORBIDDEN)


@pytest.mark.parametrize("who", [ADMIN, TRAINER], ids=lambda who: who.id)
def test_site_admins_and_training_managers_create(given: Given, who: Principal) -> None:
    """Each of the two roles is enough."""
    given().when(create(name="Sales"), by=who).then(created(name="Sales"))


def test_everything_that_was_given_is_recorded(given: Given) -> None:
    """One event holds name, code, description and visibility; the version is 1, made by hand."""
    command = create(name="Sales", code="S-1", description="*All* of them", visible=False)
    event = created(name="Sales", code="S-1", description="*All* of them", visible=False)
    given().when(command).then(event)


def test_only_a_name_is_needed(given: Given) -> None:
    """Without more, there is no code, an empty description, and the segment is visible."""
    event = created(name="Sales", code=None, description="", visible=True)
    given().when(create(name="Sales")).then(event)


def test_the_tags_are_its_own_its_code_and_its_command(given: Given) -> None:
    """Boundaries are read by these very tags; they are as lasting as the event itself."""
    story = given().when(create(code="Straße 1"), command_id="c-1").then(created(code="Straße 1"))
    assert sorted(story.recorded()[0].tags) == [
        "code:strasse 1",
        "codes",
        "command:c-1",
        f"segment:{A}",
    ]


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Sales\t\n", "Sales"),
        ("\u00a0\u3000Sales\u2003", "Sales"),
        ("Cafe\u0301", "Café"),
        ("e\u0301" * 254, "é" * 254),
        ("😀" * 254, "😀" * 254),
        ("Sales  Team", "Sales  Team"),
        ("שלום Sales", "שלום Sales"),
    ],
    ids=["blanks", "wide blanks", "NFC", "254 after NFC", "code points", "inner blanks", "hebrew"],
)
def test_a_name_is_trimmed_and_normalised(given: Given, typed: str, kept: str) -> None:
    """Trimmed, in NFC, 254 code points at most counted after that; else as typed."""
    given().when(create(name=typed)).then(created(name=kept))


@pytest.mark.parametrize(
    "name",
    [
        "",
        " \t\n",
        "\u00a0\u3000",
        "x" * 255,
        "two\nlines",
        "two\rlines",
        "two\u2028lines",
        "two\u2029lines",
        "two\x85lines",
        "nul\x00",
        "tab\tinside",
        "del\x7f",
        "bidi\u202etxt",
        "isolate\u2066",
        "half \ud83d of a pair",
    ],
    ids=text_id,
)
def test_a_bad_name_is_invalid(given: Given, name: str) -> None:
    """Blank, over 254, with line breaks, control or bidi characters, or half a surrogate pair."""
    given().when(lambda: create(name=name)).then_refused(INVALID, path=("name",))


def test_a_name_need_not_be_unique(given: Given) -> None:
    """Only codes are unique."""
    given(created(A, name="Sales")).when(create(B, name="Sales")).then(created(B, name="Sales"))


# ---------------------------------------------------------------- descriptions


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "a\tb\r\nc\n", "  as typed  ", "e\u0301", "bidi \u202e"], ids=text_id
)
def test_a_description_is_kept_as_typed(given: Given, text: str) -> None:
    """Up to 10,000 code points with TAB, CR and LF; only NFC changes anything of it."""
    kept = unicodedata.normalize("NFC", text)
    given().when(create(description=text)).then(created(description=kept))


@pytest.mark.parametrize("text", ["x" * 10_001, "\x00", "\x0b", "\x1b[1m", "\udc00"], ids=text_id)
def test_a_bad_description_is_invalid(given: Given, text: str) -> None:
    """Over 10,000 code points, or with other control characters or half a surrogate pair."""
    given().when(lambda: create(description=text)).then_refused(INVALID, path=("description",))


def test_all_bad_fields_are_reported_at_once(given: Given) -> None:
    """The client need not find them out one by one."""
    bad: dict[str, Any] = {"name": " ", "code": "c" * 101, "description": "\x00"}
    reasons = [(INVALID, (field,)) for field in bad]
    given().when(lambda: create(**bad)).then_refused_for(*reasons)


# ---------------------------------------------------------------- codes


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  S-1 ", "S-1"),
        ("", None),
        (" \t ", None),
        (None, None),
        ("0042", "0042"),
        ("x" * 100, "x" * 100),
        ("e\u0301" * 100, "é" * 100),
        ("Große Gruppe", "Große Gruppe"),
    ],
    ids=text_id,
)
def test_a_code_is_trimmed_and_shown_as_typed(
    given: Given, typed: str | None, kept: str | None
) -> None:
    """Empty means none; all digits is an ordinary code; 100 code points at most."""
    given().when(create(code=typed)).then(created(code=kept))


@pytest.mark.parametrize(
    "code", ["x" * 101, "a\nb", "a\x00", "a\tb", "a\u202eb", "a\u2069", "\ud800"], ids=text_id
)
def test_a_bad_code_is_invalid(given: Given, code: str) -> None:
    """Over 100, or with line breaks, control or bidi characters, or half a surrogate pair."""
    given().when(lambda: create(code=code)).then_refused(INVALID, path=("code",))


@pytest.mark.parametrize(
    ("held", "typed"),
    [
        ("sales", "sales"),
        ("sales", "SALES"),
        ("sales", "  Sales  "),
        ("Straße", "STRASSE"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("café", "cafe\u0301"),
        ("ｓａｌｅｓ", "Sales"),
        ("ﬁrst", "FIRST"),
        ("①", "1"),
        ("ᾳ", "ΑΙ"),
        ("a b", "A\u00a0B"),
    ],
    ids=text_id,
)
def test_a_code_is_taken_in_every_spelling(given: Given, held: str, typed: str) -> None:
    """Codes are compared after NFKC and case folding; the refusal names who holds it."""
    story = given(created(A, code=held))
    answer = story.when(create(B, code=typed))
    answer.then_refused(CODE_TAKEN, path=("code",), held_by=A)


@pytest.mark.parametrize(
    ("held", "typed"),
    [("e", "é"), ("o", "0"), ("1", "01"), ("a b", "ab"), ("s", "s-1")],
    ids=text_id,
)
def test_what_only_looks_alike_is_another_code(given: Given, held: str, typed: str) -> None:
    """Accents, zeros and inner blanks count."""
    given(created(A, code=held)).when(create(B, code=typed)).then(created(B, code=typed))


def test_segments_without_a_code_do_not_stand_in_each_others_way(given: Given) -> None:
    """No code is no value that could be taken."""
    given(created(A, code=None)).when(create(B, code=" ")).then(created(B, code=None))


def test_an_archived_segment_keeps_its_code(given: Given) -> None:
    """Codes are unique over active and archived segments."""
    story = given(created(A, code="s"), archived(A, 2))
    story = story.when(create(B, code="S")).then_refused(CODE_TAKEN, path=("code",), held_by=A)
    story = story.and_then(restored(A, 3))
    story.when(create(B, code="S")).then_refused(CODE_TAKEN, path=("code",), held_by=A)


FREED = {
    "by deletion": deleted(A, 2, code="s"),
    "by clearing": edited(A, 2, code=("s", None)),
    "by change": edited(A, 2, code=("s", "t")),
}


@pytest.mark.parametrize("freeing", FREED.values(), ids=FREED.keys())
def test_a_freed_code_can_be_taken_again(given: Given, freeing: Any) -> None:
    """Deletion, clearing and change free a code, and then its new owner has it."""
    story = given(created(A, code="s"), freeing)
    story = story.when(create(B, code="S")).then(created(B, code="S"))
    story.when(create(C, code="s")).then_refused(CODE_TAKEN, path=("code",), held_by=B)


def test_other_edits_do_not_free_a_code(given: Given) -> None:
    """Renaming a segment leaves its code where it is."""
    story = given(created(A, code="s"), edited(A, 2, name=("Sales", "Sellers")))
    story.when(create(B, code="s")).then_refused(CODE_TAKEN, path=("code",), held_by=A)


def test_a_code_that_moved_is_held_by_its_new_holder(given: Given) -> None:
    """The refusal names the present owner, not the first."""
    story = given(created(A, code="s"), created(B), edited(A, 2, code=("s", None)))
    story = story.and_then(edited(B, 2, code=(None, "s")))
    story.when(create(C, code="s")).then_refused(CODE_TAKEN, path=("code",), held_by=B)


# ---------------------------------------------------------------- commandId


def test_the_same_again_gives_the_first_segment(given: Given) -> None:
    """Even when the code is somebody else's by now, and under the id of the first sending."""
    story = given().when(create(A, code="s"), command_id="c-1").then(created(A, code="s"))
    story = story.when(update(by_id(A), code=None)).then(edited(A, 2, code=("s", None)))
    story = story.when(create(B, code="s")).then(created(B, code="s"))
    again = story.when(create(C, code=" s"), command_id="c-1")
    again.then_repeated(created(A, code="s"), position=1)


def test_the_same_again_after_its_deletion_makes_no_second_one(given: Given) -> None:
    """A deletion does not make the command undone."""
    story = given().when(create(A), command_id="c-1").then(created(A))
    story = story.when(delete(by_id(A))).then(deleted(A, 2))
    story.when(create(B), command_id="c-1").then_repeated(created(A), position=1)


@pytest.mark.parametrize(
    "other",
    [{"name": "Seller"}, {"code": "S"}, {"description": "x"}, {"visible": False}],
    ids=lambda other: next(iter(other)),
)
def test_other_content_under_the_same_id_is_refused(given: Given, other: dict[str, Any]) -> None:
    """Every field counts, the code as typed."""
    first: dict[str, Any] = {"name": "Sales", "code": "s"}
    story = given().when(create(A, **first), command_id="c-1").then(created(A, **first))
    again = story.when(create(B, **first | other), command_id="c-1")
    again.then_refused(RejectionCode.COMMAND_REUSED, path=("commandId",))


def test_a_refused_command_leaves_its_id_free(given: Given) -> None:
    """The same id may then be used for a better attempt."""
    story = given(created(A, code="s"))
    story = story.when(create(B, code="s"), command_id="c-1").then_refused(
        CODE_TAKEN, path=("code",), held_by=A
    )
    story.when(create(B, code="t"), command_id="c-1").then(created(B, code="t"))
