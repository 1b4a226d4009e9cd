"""How a file is to be read: checked choices."""

from __future__ import annotations

from encodings.aliases import aliases

import pytest

from domain.kernel.rejections import CommandRejected, RejectionCode
from domain.uploads.options import BadRows, ExistingRows, UploadOptions
from tests.ids import text_id


def test_nothing_needs_choosing() -> None:
    """A file is all or nothing, adds only what is new, and is UTF-8 with a delimiter to find."""
    options = UploadOptions.of()
    assert options == UploadOptions()
    assert (options.bad_rows, options.existing) == (BadRows.REJECT_FILE, ExistingRows.REJECT)
    assert (options.delimiter, options.encoding) == ("AUTO", "utf-8")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("AUTO", "AUTO"),
        ("auto", "AUTO"),
        (",", ","),
        (";", ";"),
        (":", ":"),
        pytest.param("\t", "\t", id="tab"),
        pytest.param("TAB", "\t", id="TAB in capitals"),
        pytest.param("tab", "\t", id="TAB in small letters"),
        pytest.param("\\t", "\t", id="TAB escaped"),
    ],
)
def test_delimiters_have_one_spelling(typed: str, kept: str) -> None:
    """So that the same choices are the same command; a TAB is hard to type."""
    assert UploadOptions.of(delimiter=typed).delimiter == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("UTF8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("Latin-1", "iso8859-1"),
        ("windows-1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("shift_jis", "shift_jis"),
    ],
)
def test_encodings_have_one_name(typed: str, kept: str) -> None:
    """Whichever of an encoding's names was typed."""
    assert UploadOptions.of(encoding=typed).encoding == kept


@pytest.mark.parametrize(
    "delimiter", ["", "|", " ", ",,", ",;", '"', pytest.param("\n", id="line feed"), "COMMA", "é"]
)
def test_other_delimiters_are_refused(delimiter: str) -> None:
    """Comma, semicolon, colon and TAB are all that there is."""
    with pytest.raises(CommandRejected) as refused:
        UploadOptions.of(delimiter=delimiter)
    assert [r.path for r in refused.value.rejections] == [("delimiter",)]


NO_ENCODINGS = [
    "",
    "klingon",
    "utf-8\0",
    "é",
    "\ud800",
    "x" * 100_000,
    "os",
    "../os",
    "../x",
    "aliases",
]
NOT_OF_TEXT = ["rot13", "base64", "hex", "zip", "zlib", "bz2", "uu", "quopri"]
UNSAFE = ["idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "charmap", "U7"]


@pytest.mark.parametrize("encoding", [*NO_ENCODINGS, *NOT_OF_TEXT, *UNSAFE], ids=text_id)
def test_what_is_no_encoding_of_files_is_refused(encoding: str) -> None:
    """Unknown names, transformations that are no text, and tricks that hide text within text."""
    with pytest.raises(CommandRejected) as refused:
        UploadOptions.of(encoding=encoding)
    assert [r.path for r in refused.value.rejections] == [("encoding",)]


@pytest.mark.parametrize("name", sorted(aliases))
def test_every_name_that_python_knows_is_taken_or_refused(name: str) -> None:
    """Nothing else happens, and what is taken is taken again under the name that is kept."""
    try:
        kept = UploadOptions.of(encoding=name).encoding
    except CommandRejected:
        return
    assert UploadOptions.of(encoding=kept).encoding == kept


def test_both_are_reported_at_once() -> None:
    """As everywhere."""
    with pytest.raises(CommandRejected) as refused:
        UploadOptions.of(delimiter="|", encoding="klingon")
    reasons = [(r.code, r.path) for r in refused.value.rejections]
    invalid = RejectionCode.INVALID
    assert reasons == [(invalid, ("delimiter",)), (invalid, ("encoding",))]
