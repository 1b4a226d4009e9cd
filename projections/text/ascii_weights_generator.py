"""Writes ascii_weights.py: what sort_key must know before the collation table is read.

    python -m projections.text.ascii_weights_generator > projections/text/ascii_weights.py

What it writes does not depend on the Unicode version of the Python that runs it: only characters
that the table knows are looked at, and how those combine is stable.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable

from projections.text.ducet import Element, ducet

_MODULE = '''"""Written by ascii_weights_generator.py, from DUCET {version}."""

from __future__ import annotations

PRIMARY_WEIGHTS = """
{primary}
"""
"""Weights of the characters from U+0020 to U+007E. Their secondary weights are all the same."""

TERTIARY_WEIGHTS = """
{tertiary}
"""
"""Weights of the same characters."""

LEADERS = "{leaders}"
"""As in a character class: vowels written before the consonant that they are sorted after."""

JOINERS = (
{joiners}
)
"""As in a character class: what can change the weights of the character before it; marks above all.
"""
'''


def module() -> str:
    """Returns the text of ascii_weights.py."""
    elements = [_only_element(chr(code)) for code in range(0x20, 0x7F)]
    leaders = _leaders()
    return _MODULE.format(
        version=ducet().UCA_VERSION,
        primary=_wrapped([f"{primary} " for primary, _, _ in elements]),
        tertiary=_wrapped([f"{tertiary} " for _, _, tertiary in elements]),
        leaders="".join(_ranges(leaders)),
        joiners=_wrapped(_ranges(_joiners(leaders)), '    "', '"'),
    )


def _only_element(character: str) -> Element:
    (element,) = ducet().collation_elements(character)
    if element[1] != 0x20:
        raise ValueError(f"{character!r} has an accent, says the table")
    weights: Element = element
    return weights


def _leaders() -> set[int]:
    """Returns the heads of contractions with dozens of letters: vowels of Thai, Lao, Tai Viet, New
    Tai Lue.
    """
    heads = [head for head, *_ in ducet().table.contractions]
    return {head for head in heads if heads.count(head) > 20}


def _joiners(leaders: set[int]) -> set[int]:
    contractions = ducet().table.contractions
    joining = {code for head, *tail in contractions if head not in leaders for code in tail}
    for code in ducet().table.codes():
        first = unicodedata.normalize("NFD", chr(code))[0]
        if unicodedata.combining(first) or ord(first) in joining:
            joining.add(code)
    return joining


def _ranges(codes: Iterable[int]) -> list[str]:
    """As in a character class.

    Beyond the BMP ranges that are close are joined: there each one costs time, whereas a character
    that stands among the joiners without need costs next to none.
    """
    ranges: list[tuple[int, int]] = []
    for code in sorted(codes):
        slack = 0x1000 if ranges and ranges[-1][1] > 0xFFFF else 1
        if ranges and ranges[-1][1] + slack >= code:
            ranges[-1] = ranges[-1][0], code
        else:
            ranges.append((code, code))
    return [_escaped(a) if a == b else f"{_escaped(a)}-{_escaped(b)}" for a, b in ranges]


def _escaped(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _wrapped(parts: Iterable[str], opening: str = "", closing: str = "") -> str:
    lines = [""]
    for part in parts:
        if len(lines[-1]) + len(part) > 90:
            lines.append("")
        lines[-1] += part
    return "\n".join(f"{opening}{line.rstrip()}{closing}" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(module())
