"""The columns that files of each kind may have, under all of their names."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.fuzz.cells import (
    CODES,
    DESCRIPTIONS,
    EMAILS,
    KNOWN_USERNAMES,
    NAMES,
    PERSON_NAMES,
    ROLES,
    SEGMENTS,
    TEXTS,
    USERCODES,
    USERNAMES,
    VISIBLE,
)


@dataclass(frozen=True)
class Column:
    """What it may be called, and what stands in it."""

    names: tuple[str, ...]
    cells: st.SearchStrategy[str]
    is_needed: bool = False


COLUMNS = {
    "uploadUserSegments": [
        Column(("name", "NAME", " Name "), NAMES, is_needed=True),
        Column(("code", "idnumber", "User segment ID", "SEGMENT-ID", "i_d_number"), CODES),
        Column(("description",), DESCRIPTIONS),
        Column(("visible", "Visible"), VISIBLE),
    ],
    "uploadSegmentMembers": [
        Column(("segment", "user_segment_id", "Cohort"), SEGMENTS, is_needed=True),
        Column(("username", "User Name"), KNOWN_USERNAMES, is_needed=True),
        Column(("cohort1", "cohort2", "Cohort 3"), SEGMENTS),
        Column(("email", "E-Mail"), EMAILS),
        Column(("usercode", "user idnumber"), USERCODES),
    ],
    "uploadUsers": [
        Column(("username", "User-Name"), USERNAMES, is_needed=True),
        Column(("email", "E-Mail"), EMAILS, is_needed=True),
        Column(("firstname", "First name"), PERSON_NAMES, is_needed=True),
        Column(("lastname",), PERSON_NAMES, is_needed=True),
        Column(("code", "ID number"), USERCODES),
        Column(("roles",), ROLES),
        Column(("cohort1", "Cohort 1"), SEGMENTS),
        Column(("segment2", "cohort2"), SEGMENTS),
    ],
}
"""By mutation. What is not needed may be missing, and so, rarely, may the others."""

UNKNOWN = [
    Column(("password", "", "é\u202e", "x" * 300), TEXTS),
    Column(("guarded", "reason", "outcome"), st.just("")),
]
