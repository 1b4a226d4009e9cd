"""Files as people send them, and as nobody should: every kind, every option, and plain noise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.cells import TEXTS
from tests.fuzz.columns import COLUMNS, UNKNOWN, Column
from tests.fuzz.sampling import rarely, weighted

Draw = Callable[[st.SearchStrategy[Any]], Any]

LINE_ENDS = ("\n", "\r\n", "\r")
DELIMITERS = (",", ";", ":", "\t")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "windows-1252")
ODD_ENCODINGS = ("utf-7", "rot13", "base64", "shift_jis", "cp037", "gb18030", "no-such", "hz", "")
INSERTED = (b"", b"\0", b'"', b"\r", b"\xff", b"PK\x03\x04", b"\xd8\x00", b"\x1a")
MAX_ROWS = 15


@dataclass(frozen=True)
class Sent:
    """One file, and how it is to be taken."""

    kind: str
    content: bytes
    options: dict[str, str]


@st.composite
def sent_files(draw: Draw) -> Sent:
    """A file of any kind: nearly always one that somebody could mean."""
    kind = draw(st.sampled_from(sorted(COLUMNS)))
    delimiter = draw(st.sampled_from(DELIMITERS))
    encoding = draw(weighted((3, st.just("utf-8")), (1, st.sampled_from(ENCODINGS))))
    content: bytes
    if rarely(draw, 30):
        content = draw(st.binary(max_size=300))
    else:
        content = draw(_tables(kind, delimiter)).encode(encoding, errors="replace")
    if rarely(draw, 30):
        content = _damaged(draw, content)
    return Sent(kind, content, draw(_options(delimiter, encoding)))


def _damaged(draw: Draw, content: bytes) -> bytes:
    """Cut off somewhere, or with something in the midst of it."""
    at: int = draw(st.integers(0, len(content)))
    inserted: bytes = draw(st.sampled_from(INSERTED))
    return content[:at] + inserted + (content[at:] if inserted else b"")


@st.composite
def _options(draw: Draw, delimiter: str, encoding: str) -> dict[str, str]:
    options = {
        "badRows": draw(weighted((1, st.just("REJECT_FILE")), (3, st.just("SKIP_ROWS")))),
        "existing": draw(st.sampled_from(["REJECT", "UPDATE", "SKIP"])),
        "delimiter": draw(st.sampled_from(["AUTO", delimiter])),
        "encoding": encoding,
    }
    if rarely(draw, 30):
        options["encoding"] = draw(st.sampled_from([*ENCODINGS, *ODD_ENCODINGS]))
    if rarely(draw, 30):
        options["delimiter"] = draw(st.sampled_from([*DELIMITERS, "TAB", "|", "", "auto", '"']))
    return options


@st.composite
def _tables(draw: Draw, kind: str, delimiter: str) -> str:
    """Header and rows, quoted or not, whole or not."""
    columns: list[Column] = draw(_columns(kind))
    end = draw(st.sampled_from(LINE_ENDS))
    ends = LINE_ENDS if rarely(draw, 8) else (end,)
    header = [draw(st.sampled_from(column.names)) for column in columns]
    parts = [draw(st.sampled_from(["\ufeff", "\n"])) if rarely(draw, 10) else ""]
    parts.append(delimiter.join(draw(_quoted(name, delimiter)) for name in header))
    for _ in range(draw(st.integers(1, MAX_ROWS))):
        parts.append(draw(st.sampled_from(ends)))
        cells = [draw(column.cells) for column in columns]
        if rarely(draw, 30):
            cells = cells[:-1] if draw(st.booleans()) else [*cells, draw(TEXTS)]
        parts.append(delimiter.join(draw(_quoted(cell, delimiter)) for cell in cells))
    parts.append(draw(st.sampled_from(["", end, end + end])))
    return "".join(parts)


@st.composite
def _columns(draw: Draw, kind: str) -> list[Column]:
    """Those that are needed and some more, in any order; now and then one too few, or a double."""
    needed = [column for column in COLUMNS[kind] if column.is_needed]
    others = [column for column in COLUMNS[kind] if not column.is_needed]
    columns = needed + draw(st.lists(st.sampled_from(others), unique=True, max_size=len(others)))
    columns += draw(st.lists(st.sampled_from(UNKNOWN), max_size=1))
    if rarely(draw, 30):
        columns.append(draw(st.sampled_from(COLUMNS[kind])))
    if rarely(draw, 30):
        columns.pop(draw(st.integers(0, len(columns) - 1)))
    shuffled: list[Column] = draw(st.permutations(columns))
    return shuffled


@st.composite
def _quoted(draw: Draw, cell: str, delimiter: str) -> str:
    """As spreadsheets write it; now and then as none would."""
    if rarely(draw, 400):
        odd: str = draw(st.sampled_from([f'"{cell}"x', f'"{cell}', f'x"{cell}"', cell]))
        return odd
    special = any(mark in cell for mark in (delimiter, '"', "\r", "\n"))
    if special or rarely(draw, 5):
        return '"{}"'.format(cell.replace('"', '""'))
    return cell
