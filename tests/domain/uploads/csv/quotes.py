"""Where quotes begin and end in a CSV text: csv's own rules, character by character."""

from __future__ import annotations

from collections.abc import Iterator


def states(text: str, *, is_quoted: bool = False) -> Iterator[tuple[bool, bool]]:
    """After each character: whether it stands within quotes, and whether a record ends with it.

    A quote that is closing counts as within quotes: another may follow.
    """
    begins, is_closing = True, False
    for character in text:
        if is_quoted and (character == '"' or not is_closing):
            is_closing = character == '"' and not is_closing
            yield True, False
            continue
        is_quoted = not is_quoted and begins and character == '"'
        is_closing = False
        begins = character in ",\r\n"
        yield is_quoted, character in "\r\n"


def ends_within_quotes(text: str, *, is_quoted: bool = False) -> bool:
    """Whether the last quote is never closed."""
    *_, (within, _) = states(text + ",", is_quoted=is_quoted)
    return within
