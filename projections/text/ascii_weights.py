"""Written by ascii_weights_generator.py, from DUCET 10.0.0."""

from __future__ import annotations

PRIMARY_WEIGHTS = """
521 609 781 921 7287 922 919 774 792 793 912 1580 546 525 632 917 7331 7332 7333 7334
7335 7336 7337 7338 7339 7340 570 564 1584 1585 1586 615 911 7341 7366 7392 7413 7440
7499 7514 7550 7576 7602 7627 7645 7696 7711 7747 7794 7815 7833 7895 7931 7963 8009 8027
8037 8049 8071 794 918 795 1179 523 1176 7341 7366 7392 7413 7440 7499 7514 7550 7576
7602 7627 7645 7696 7711 7747 7794 7815 7833 7895 7931 7963 8009 8027 8037 8049 8071 796
1588 797 1590
"""
"""Weights of the characters from U+0020 to U+007E. Their secondary weights are all the same."""

TERTIARY_WEIGHTS = """
2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 8 8 8 8 8 8 8 8 8 8 8 8
8 8 8 8 8 8 8 8 8 8 8 8 8 8 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2
2 2 2 2 2
"""
"""Weights of the same characters."""

LEADERS = "\u0e40-\u0e44\u0ec0-\u0ec4\u19b5-\u19b7\u19ba\uaab5-\uaab6\uaab9\uaabb-\uaabc"
"""As in a character class: vowels written before the consonant that they are sorted after."""

JOINERS = (
    "\u00b7\u0300-\u034e\u0350-\u036f\u0387\u0483-\u0487\u0591-\u05bd\u05bf\u05c1-\u05c2"
    "\u05c4-\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7-\u06e8"
    "\u06ea-\u06ed\u0711\u0730-\u074a\u07eb-\u07f3\u0816-\u0819\u081b-\u0823\u0825-\u0827"
    "\u0829-\u082d\u0859-\u085b\u08d4-\u08e1\u08e3-\u08ff\u093c\u094d\u0951-\u0954\u09bc\u09be"
    "\u09cd\u09d7\u0a3c\u0a4d\u0abc\u0acd\u0b3c\u0b3e\u0b4d\u0b56-\u0b57\u0bbe\u0bcd\u0bd7"
    "\u0c4d\u0c55-\u0c56\u0cbc\u0cc2\u0ccd\u0cd5-\u0cd6\u0d3b-\u0d3c\u0d3e\u0d4d\u0d57\u0dca"
    "\u0dcf\u0ddf\u0e32\u0e38-\u0e3a\u0e48-\u0e4b\u0eb2\u0eb8-\u0eb9\u0ec8-\u0ecb\u0f18-\u0f19"
    "\u0f35\u0f37\u0f39\u0f71-\u0f75\u0f7a-\u0f7d\u0f80-\u0f84\u0f86-\u0f87\u0fc6\u102e\u1037"
    "\u1039-\u103a\u108d\u135d-\u135f\u1714\u1734\u17d2\u17dd\u18a9\u1939-\u193b\u1a17-\u1a18"
    "\u1a60\u1a75-\u1a7c\u1a7f\u1ab0-\u1abd\u1b34-\u1b35\u1b44\u1b6b-\u1b73\u1baa-\u1bab\u1be6"
    "\u1bf2-\u1bf3\u1c37\u1cd0-\u1cd2\u1cd4-\u1ce0\u1ce2-\u1ce8\u1ced\u1cf4\u1cf8-\u1cf9"
    "\u1dc0-\u1df9\u1dfb-\u1dff\u20d0-\u20dc\u20e1\u20e5-\u20f0\u2cef-\u2cf1\u2d7f\u2de0-\u2dff"
    "\u302a-\u302f\u3099-\u309a\ua66f\ua674-\ua67d\ua69e-\ua69f\ua6f0-\ua6f1\ua806\ua8c4"
    "\ua8e0-\ua8f1\ua92b-\ua92d\ua953\ua9b3\ua9c0\uaab0\uaab2-\uaab4\uaab7-\uaab8\uaabe-\uaabf"
    "\uaac1\uaaf6\uabed\ufb1e\ufe20-\ufe2f\U000101fd-\U00011d45\U00016af0-\U00016b36\U0001bc9e"
    "\U0001d165-\U0001e94a"
)
"""As in a character class: what can change the weights of the character before it; marks above all.
"""
