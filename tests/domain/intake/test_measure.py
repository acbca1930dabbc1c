from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.intake.measure import Measure, measure


def read(text: str, *, context: bool = False) -> Measure:
    value, _, unit = text.partition("|")
    found = measure(value, unit or None, context=context)
    assert found, text
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("0.60|USD per million input tokens", "$0.0006 per 1K input tokens"),
        ("60 cents per million tokens", "$0.60/M"),
        ("$0.60 / 1M tokens", "0.6|USD/MTok"),
        ("$20 per month", "20|USD a month"),
        ("440MB", "0.44|GB"),
        ("218 billion|parameters", "218B"),
        ("14.3|billion USD", "$14.3 billion"),
        ("#4", "4|rank"),
        ("three|modes", "3|modes"),
        ("free", "$0"),
        ("at least 1,000|users", "2,500|users"),
        ("up to 64|GB", "48|GB"),
        ("52|points", "52.4|points"),
        ("92.0|%", "92|points"),
        ("forty|people", "40|people"),
        ("twenty-four|hours", "1|day"),
        ("14|days", "two|weeks"),
        ("a hundred|languages", "100|languages"),
        ("more than a hundred|languages", "119|languages"),
        ("two dozen|languages", "24|languages"),
        ("12B only", "12B"),
    ],
)
def test_amounts_that_may_be_one(one: str, other: str) -> None:
    first, second = read(one), read(other)
    assert first.comparable(second)
    assert first.compatible(second)
    assert second.compatible(first)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("$0.60/M", "$0.61/M"),
        ("52|points", "53|points"),
        ("free", "$0\u2013$50"),
        ("0 to 50|USD a month", "free"),
        ("up to 32|GB", "48|GB"),
        ("from $5", "$3"),
        ("4|rank", "5|rank"),
        ("27B", "32B"),
        ("eleven|people", "forty|people"),
        ("24|hours", "30|days"),
        ("a dozen|cards", "two|cards"),
    ],
)
def test_amounts_that_exclude_each_other(one: str, other: str) -> None:
    first, second = read(one), read(other)
    assert first.comparable(second)
    assert not first.compatible(second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("$3 per million input tokens", "$15 per million output tokens"),
        ("$3", "\u20ac3"),
        ("$20 per month", "$200 per year"),
        ("4|bits", "4|GB"),
        ("1,000|physicians", "1,000|users"),
    ],
)
def test_amounts_of_different_things_are_not_compared(one: str, other: str) -> None:
    assert not read(one).comparable(read(other))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("128K", "131,072", True),
        ("128,000", "131072", True),
        ("262K", "262,144", True),
        ("1M", "1,048,576", True),
        ("up to 1M", "1M", True),
        ("128K", "200K", False),
        ("1M", "1.4M", False),
    ],
)
def test_a_context_is_counted_in_thousands_of_either_kind(one: str, other: str, same: bool) -> None:
    assert read(one, context=True).compatible(read(other, context=True)) is same


@pytest.mark.parametrize(
    "text",
    ["GPT-5.4", "Nvidia B200", "1.8B, 7B, 30B-A3B", "W4A4", "2026-04-08", "Apache 2.0", "text", ""],
)
def test_names_and_lists_are_no_amounts(text: str) -> None:
    assert measure(text) is None


NUMBERS = st.integers(1, 999) | st.decimals("0.1", "999.9", places=1, allow_nan=False)


@given(NUMBERS, NUMBERS, st.sampled_from(["", "K", "B", " million", "%", " GB"]))
def test_comparing_is_symmetric_and_every_amount_fits_itself(
    one: Decimal | int, other: Decimal | int, scale: str
) -> None:
    first, second = read(f"{one}{scale}"), read(f"{other}{scale}")
    assert first.compatible(first)
    assert first.compatible(second) == second.compatible(first)
    assert all(low <= high for low, high in first.spans)


@given(st.text(max_size=30), st.none() | st.text(max_size=20))
def test_any_text_is_read_or_not_but_never_breaks(value: str, unit: str | None) -> None:
    found = measure(value, unit)
    assert found is None or found.compatible(found)
