"""Identifiers: a kind and a UUID, one string everywhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.ids import (
    EVENT,
    SEGMENT,
    event_id,
    new_segment_id,
    position_in,
    segment_id_of,
    uuid7,
    uuid_in,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(9999, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS)
def test_an_id_is_a_uuid_of_version_7(now: datetime) -> None:
    """RFC 9562: its first 48 bits are the milliseconds since 1970."""
    uuid = uuid7(now)
    assert (uuid.version, uuid.variant) == (7, RFC_4122)
    assert abs((uuid.int >> 80) - (now - EPOCH) // timedelta(milliseconds=1)) <= 1


@given(MOMENTS, st.timedeltas(timedelta(milliseconds=1), timedelta(days=1)))
def test_ids_grow_with_time(now: datetime, later: timedelta) -> None:
    """As numbers and as text, so that a B-tree over them grows at its end."""
    first, second = new_segment_id(now), new_segment_id(now + later)
    assert first < second


@given(MOMENTS)
def test_a_segments_id_and_its_uuid_lead_to_each_other(now: datetime) -> None:
    """The database holds the UUID, everything else the text."""
    identifier = new_segment_id(now)
    uuid = uuid_in(identifier, SEGMENT)
    assert uuid is not None
    assert segment_id_of(uuid) == identifier


def test_ids_of_one_moment_differ() -> None:
    """74 bits are by chance."""
    assert len({uuid7(EPOCH) for _ in range(1_000)}) == 1_000


DIGITS = "0192f0c17a9b7c3d8e4f5061728394aa"


@pytest.mark.parametrize(
    "identifier",
    [
        "",
        DIGITS,
        f"user_{DIGITS}",
        f"Segment_{DIGITS}",
        f"segment_{DIGITS.upper()}",
        f"segment_{UUID(DIGITS)}",
        f"segment_{{{DIGITS[2:]}}}",
        f"segment_{DIGITS[1:]}",
        f"segment_{DIGITS}0",
        f"segment_ {DIGITS[1:]}",
        f"segment_0_{DIGITS[2:]}",
        f"segment_+{DIGITS[1:]}",
        f"segment_{DIGITS[:-1]}g",
        f"segment_{DIGITS[:-1]}٣",
        pytest.param(f"segment_{DIGITS}\n", id="line feed at the end"),
        f" segment_{DIGITS}",
    ],
)
def test_an_id_has_one_spelling(identifier: str) -> None:
    """Anything else names nothing, so that two texts are never one thing."""
    assert uuid_in(identifier, SEGMENT) is None
    assert uuid_in(f"segment_{DIGITS}", SEGMENT) == UUID(DIGITS)


@given(st.integers(min_value=0, max_value=10**18 - 1))
def test_an_events_id_is_its_position(position: int) -> None:
    """There and back, above 2^31 too."""
    assert position_in(event_id(position)) == position


@pytest.mark.parametrize(
    "identifier",
    [
        "",
        "7",
        "event_",
        "event_07",
        "event_-1",
        "event_+1",
        "event_ 1",
        "event_1.0",
        "event_1_0",
        pytest.param("event_7\n", id="line feed at the end"),
        "event_٣",
        "event_²",
        f"event_{10**18}",
        "segment_7",
        "Event_7",
    ],
)
def test_an_events_id_has_one_spelling(identifier: str) -> None:
    """Anything else is no event."""
    assert position_in(identifier) is None


@given(st.text(max_size=50))
def test_no_text_is_too_strange_to_be_asked(text: str) -> None:
    """Whatever a client sends is an id or is none; nothing raises."""
    for identifier in (text, f"{SEGMENT}_{text}", f"{EVENT}_{text}"):
        uuid, position = uuid_in(identifier, SEGMENT), position_in(identifier)
        assert uuid is None or segment_id_of(uuid) == identifier
        assert position is None or event_id(position) == identifier
