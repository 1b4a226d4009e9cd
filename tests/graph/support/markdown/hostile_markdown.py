"""Descriptions of 10,000 characters that ask for as much work, or HTML, as they can."""

from __future__ import annotations

from domain.segments.values import MAX_DESCRIPTION_LENGTH


def filled(with_: str, before: str = "") -> str:
    """The longest description, of one piece over and over."""
    return (before + with_ * MAX_DESCRIPTION_LENGTH)[:MAX_DESCRIPTION_LENGTH]


def table(columns: int, rows: int) -> str:
    """A table whose rows are as short as can be."""
    return "|a" * columns + "|\n" + "|-" * columns + "|\n" + "|\n" * rows


HOSTILE = {
    "wide table": filled("|\n", "|a" * 1_600 + "|\n" + "|-" * 1_600 + "|\n"),
    "square table": filled("|\n", table(100, 0)),
    "tables": filled(table(20, 20) + "\n"),
    "tables in quotes": filled(">" + table(20, 20).replace("\n", "\n>") + "\n"),
    "address referred to": filled("[a]", "[a]: " + "b" * 5_000 + "\n\n"),
    "title referred to": filled("[a]", "[a]: b '" + '"' * 5_000 + "'\n\n"),
    "emoji in an address": filled("[a]", "[a]: " + "\N{GRINNING FACE}" * 5_000 + "\n\n"),
    "hosts beyond ASCII": filled(f"<http://{''.join(map(chr, range(0x4E00, 0x4E3C)))}>"),
    "quote of many lines": filled("a\n", ">" * 19 + "a\n"),
    "quotes that end at once": filled("> # a\na\n"),
    "fences in quotes": filled(">> ```\na\n"),
    "quotes in quotes": filled(">"),
    "lists in lists": filled("- "),
    "short items": filled("- a\n"),
    "short paragraphs": filled("a\n\n"),
    "emphasis": filled("*a"),
    "underlines": filled("_a_ "),
    "stars and underlines": filled("*_"),
    "runs of stars": filled("***a** *b"),
    "brackets": filled("["),
    "brackets before signs": filled("%\\&", "[" * 10),
    "brackets of links": filled("[](", ""),
    "links": filled("[](a)"),
    "pictures": filled("![a](b)"),
    "open titles": filled('[a](b "'),
    "definitions that do not end": filled("[a\n"),
    "definitions": filled("[a]:\nb\n"),
    "addresses": filled("<a:b>"),
    "ticks": filled("`"),
    "ticks of each length": "".join("`" * length + " " for length in range(140)),
    "backslashes": filled("\\"),
    "ampersands": filled("&"),
    "named characters": filled("&amp;"),
    "numbered characters": filled("&#x1F600;"),
    "tags": filled("<a b='"),
    "lines": filled("a\n"),
    "lines of CR": filled("a\r"),
    "lines of spaces": filled(" " * 99 + "\n"),
    "blanks": filled(" \u00a0\n"),
    "tabs": filled("\t"),
}
