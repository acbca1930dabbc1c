"""Predictions come from those who make them, and for days to come."""

import datetime as dt

import pytest

from panel.domain.verdict import Prediction
from panel.testing.values import make_persona
from tests.domain.checks.bench import DOSSIER, NEXT_YEAR, context_of, flags_of, words_of

SEER = context_of(persona=make_persona("futurist", predicts=True))
LATER = Prediction(statement="It is gone.", by=NEXT_YEAR)


def test_a_persona_that_makes_none_made_one() -> None:
    flags = [flag for flag in flags_of(predictions=(LATER,)) if flag.kind == "prediction"]
    assert words_of("prediction", tuple(flags)) == ["It is gone."]
    assert [(flag.severity, flag.mendable) for flag in flags] == [("blocks", True)]


def test_a_persona_that_makes_them_made_none() -> None:
    (flag,) = [flag for flag in flags_of("", SEER) if flag.kind == "prediction"]
    assert flag.span is None
    assert flag.message.startswith("predictions:")
    assert flag.severity == "blocks"


@pytest.mark.parametrize(("days", "count"), [(-400, 1), (-1, 1), (0, 1), (1, 0), (400, 0)])
def test_the_day_is_after_the_as_of_date(days: int, count: int) -> None:
    by = DOSSIER.as_of + dt.timedelta(days=days)
    made = (Prediction(statement="It is gone.", by=by),)
    flags = flags_of("", SEER, predictions=made)
    assert len([flag for flag in flags if flag.kind == "prediction"]) == count


def test_none_from_one_who_makes_none_is_fine() -> None:
    assert words_of("prediction", flags_of()) == []
