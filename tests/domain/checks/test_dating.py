"""Every date of a verdict is a day of the calendar and carried by a cited fact or a prediction."""

import datetime as dt

import pytest

from panel.domain.verdict import FlipCondition, Prediction
from tests.domain.checks.bench import NEXT_YEAR, flags_of, found, words_of


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
