"""Any text survives the way in and out, and text order is time order."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from panel.store.columns import Instant, escaped, restored

SQLITE = sqlite.dialect()
HOSTILE = st.text(st.characters(categories=("L", "Cs", "Cc", "Nd")))


@given(HOSTILE)
def test_any_text_is_restored(text: str) -> None:
    stored = escaped(text)
    assert restored(stored) == text
    assert "\x00" not in stored
    assert stored.encode().decode() == stored


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_ordinary_text_is_stored_as_it_is(text: str) -> None:
    assert escaped(text) == text


@given(HOSTILE, HOSTILE)
def test_different_texts_stay_different(one: str, two: str) -> None:
    assert (escaped(one) == escaped(two)) == (one == two)


INSTANTS = st.datetimes(
    dt.datetime(2000, 1, 1),  # noqa: DTZ001
    dt.datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.timezones(),
)


@given(INSTANTS, INSTANTS)
def test_text_order_is_time_order(one: dt.datetime, two: dt.datetime) -> None:
    first = Instant().process_bind_param(one, SQLITE)
    second = Instant().process_bind_param(two, SQLITE)
    assert first is not None
    assert second is not None
    assert len(first) == 27
    assert (first < second) == (one.astimezone(dt.UTC) < two.astimezone(dt.UTC))
    assert Instant().process_result_value(first, SQLITE) == one.astimezone(dt.UTC)


def test_nothing_stays_nothing() -> None:
    assert Instant().process_bind_param(None, SQLITE) is None
    assert Instant().process_result_value(None, SQLITE) is None


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        Instant().process_bind_param(dt.datetime(2026, 1, 1), SQLITE)  # noqa: DTZ001
