"""Dates are read from every form people write them in, and nothing else is read as one."""

import pytest

from panel.domain.checks.dates import dates


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("April 8, 2026", (2026, 4, 8, None)),
        ("8 April 2026", (2026, 4, 8, None)),
        ("the 8th of April 2026", (2026, 4, 8, None)),
        ("2026-04-08", (2026, 4, 8, None)),
        ("April 2026", (2026, 4, None, None)),
        ("April 8", (None, 4, 8, None)),
        ("Q2 2026", (2026, None, None, 2)),
        ("the second quarter of 2026", (2026, None, None, 2)),
        ("2026", (2026, None, None, None)),
        ("in April", (None, 4, None, None)),
        ("Sept. 3, 2025", (2025, 9, 3, None)),
        ("April\u00a08,\u00a02026", (2026, 4, 8, None)),
    ],
)
def test_forms(text: str, parts: tuple[int | None, ...]) -> None:
    (date,) = dates(text)
    assert (date.year, date.month, date.day, date.quarter) == parts


@pytest.mark.parametrize(
    "text",
    [
        "it may be so",
        "they march on",
        "a decision in may cases differ",
        "2048 tokens",
        "2000 GB",
        "version 2.4.1",
        "24/7 service",
        "$2020",
        "20260408",
    ],
)
def test_other_words_and_numbers_are_no_dates(text: str) -> None:
    assert dates(text) == ()
