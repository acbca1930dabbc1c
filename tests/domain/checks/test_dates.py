"""Every date of a verdict is a day of the calendar and carried by a cited fact or a prediction."""

import datetime as dt

import pytest

from panel.domain.checks.dates import dates
from panel.domain.verdict import FlipCondition, Prediction
from tests.domain.checks.bench import NEXT_YEAR, flags_of, found, words_of


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


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("It came out on 4 May 2026.", []),
        ("It came out on May 4, 2026.", []),
        ("It came out on 2026-05-04.", []),
        ("It came out in May 2026.", []),
        ("It came out in May.", []),
        ("It came out in Q2 2026.", []),
        ("It came out in 2026.", []),
        ("The file ends on 11 May 2026.", []),
        ("No report by 10 May, which is telling.", []),
        ("It came out on 5 May 2026.", ["5 May 2026"]),
        ("It came out in April 2026.", ["April 2026"]),
        ("It came out in Q1 2026.", ["Q1 2026"]),
        ("It came out in 2025.", ["2025"]),
        ("It came out on April 31.", ["April 31"]),
        ("It came out on 30 February 2026.", ["30 February 2026"]),
        ("It will be gone by 2028.", ["2028"]),
        ("It will be gone by March 2027.", ["March 2027"]),
    ],
)
def test_what_carries_a_date(said: str, words: list[str]) -> None:
    assert found("uncarried-date", said) == words


@pytest.mark.parametrize("said", ["By March 2027 it is gone.", "By 2027.", "By 1 March 2027."])
def test_a_prediction_carries_its_own_day(said: str) -> None:
    prediction = Prediction(statement="It is gone.", by=NEXT_YEAR)
    assert found("uncarried-date", said, predictions=(prediction,)) == []
    other = Prediction(statement="It is gone.", by=dt.date(2028, 6, 2))
    assert len(found("uncarried-date", said, predictions=(other,))) == 1


def test_conditions_and_predictions_may_name_any_possible_day() -> None:
    flip = FlipCondition(condition="A report appears by June 2029.", topic="safety")
    never = FlipCondition(condition="A report appears by June 31.", topic="safety")
    assert words_of("uncarried-date", flags_of(flip_conditions=(flip,))) == []
    assert words_of("uncarried-date", flags_of(flip_conditions=(never,))) == ["June 31"]
