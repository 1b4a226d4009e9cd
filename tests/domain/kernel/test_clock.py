"""Times as text: as events hold them and the API prints them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.clock import format_instant, parse_instant, utc_now

MOMENTS = st.datetimes(
    datetime(1970, 1, 2),  # noqa: DTZ001
    datetime(9999, 12, 30),  # noqa: DTZ001
    timezones=st.integers(-720, 720).map(lambda m: timezone(timedelta(minutes=m))),
)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 3, 1, 12, 30, tzinfo=UTC), "2026-03-01T12:30:00.000000Z"),
        (datetime(2026, 3, 1, 1, 2, 3, 40, tzinfo=UTC), "2026-03-01T01:02:03.000040Z"),
        (
            datetime(2026, 3, 1, 1, 0, tzinfo=timezone(timedelta(hours=2))),
            "2026-02-28T23:00:00.000000Z",
        ),
    ],
    ids=["whole minutes", "microseconds", "another zone"],
)
def test_a_time_is_written_in_utc_with_microseconds(moment: datetime, text: str) -> None:
    """Always six decimals and a Z, so that texts of one length compare as times do."""
    assert format_instant(moment) == text


@given(MOMENTS, MOMENTS)
def test_times_come_back_as_they_were_and_in_order(one: datetime, another: datetime) -> None:
    """To the microsecond, whatever the offset was."""
    assert parse_instant(format_instant(one)) == one
    assert (format_instant(one) < format_instant(another)) == (one < another)


def test_a_time_that_is_read_is_in_utc() -> None:
    """So that it is printed alike everywhere."""
    instant = parse_instant("2026-03-01T14:30:00+02:00")
    assert (instant.tzinfo, instant.hour) == (UTC, 12)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-27T07:00:00.1234567899Z", datetime(2026, 11, 27, 7, 0, 0, 123456, UTC)),
        ("2026-11-27t07:00:00.5z", datetime(2026, 11, 27, 7, 0, 0, 500000, UTC)),
        ("2026-11-27T07:00:00-00:00", datetime(2026, 11, 27, 7, tzinfo=UTC)),
        ("2026-11-27T23:59:59+23:59", datetime(2026, 11, 27, 0, 0, 59, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime(2017, 1, 1, tzinfo=UTC)),
        ("2017-01-01T01:59:60.75+02:00", datetime(2017, 1, 1, tzinfo=UTC)),
    ],
    ids=["finer", "small letters", "unknown offset", "greatest offset", "leap", "leap elsewhere"],
)
def test_each_form_of_the_standard_is_read(text: str, moment: datetime) -> None:
    """RFC 3339, 5.6, and the leap seconds of its 5.8."""
    assert parse_instant(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2026-03-01",
        "2026-03-01T12:00:00",
        "2026-13-01T00:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "9999-12-31T23:59:60Z",
        "20261127T070000Z",
        "2026-11-27 07:00:00Z",
        "2026-11-27T07:00Z",
        "2026-11-27T07:00:00+0100",
        "2026-11-27T07:00:00+01",
        "2026-11-27T07:00:00,5Z",
        "2026-11-27T07:00:00.Z",
        "2026-W48-5T07:00:00Z",
        "2026-11-27T24:00:00Z",
        "2026-11-27T07:00:61Z",
        "2026-11-27T07:00:60Z",
        "2026-12-30T23:59:60Z",
        "2026-12-31T23:59:60+01:00",
        "2026-11-27T07:00:00+24:00",
        pytest.param("\uff12026-11-27T07:00:00Z", id="a wide digit"),
        pytest.param("2026-11-27T07:00:00Z\n", id="a line break"),
    ],
)
def test_what_is_no_moment_is_a_value_error(text: str) -> None:
    """No offset, no such day, outside the calendar once it is in UTC, or not in RFC 3339's form."""
    with pytest.raises(ValueError, match=r".+"):
        parse_instant(text)


def test_the_machines_clock_is_read_in_utc() -> None:
    """And it moves on."""
    earlier, later = utc_now(), utc_now()
    assert earlier.tzinfo is UTC
    assert earlier <= later
