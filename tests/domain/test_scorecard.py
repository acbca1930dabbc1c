from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from panel.domain.reduction import reduce
from panel.domain.scorecard import Interval, PricingRead, Scorecard
from panel.testing import make_dossier, make_order, make_review, make_run


def make_scorecard(**changes: Any) -> Scorecard:
    dossier = make_dossier()
    order = make_order(dossier, seats=3)
    calls = ("ship", "ship", "skip")
    reviews = [
        make_review(dossier, seat, call, cost="0.10")
        for seat, call in zip(order.seats, calls, strict=True)
    ]
    card = reduce(make_run(order), dossier, reviews)
    return Scorecard.model_validate({**card.model_dump(), **changes})


def test_the_digest_of_a_scorecard_is_pinned() -> None:
    assert make_scorecard(results=(), dossier="a" * 64).digest.startswith("f7edd4e612b316b6")


@pytest.mark.parametrize(
    "change",
    [
        {"run": "20270101-000000-000000"},
        {"outcome": "skip"},
        {"ships": 3},
        {"rate": 0.5},
        {"interval": None},
        {"dissent": ()},
        {"blocking": 1},
        {"cost": None},
        {"cost": Decimal("0.31")},
        {"drafted_by": "rubric draft, no llm"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_digest_covers_the_result(change: dict[str, Any]) -> None:
    assert make_scorecard(**change).digest != make_scorecard().digest


def test_a_scorecard_survives_its_json() -> None:
    card = make_scorecard()
    again = Scorecard.model_validate_json(card.model_dump_json())
    assert again == card
    assert again.digest == card.digest


def test_money_is_written_as_text_so_that_no_cent_is_lost() -> None:
    written = make_scorecard().model_dump(mode="json")
    assert written["cost"] == "0.30"
    assert written["pricing"]["input_per_million"] == "0.40"


@pytest.mark.parametrize("change", [{"outcome": "maybe"}, {"score": 97}, {"slug": "../x"}], ids=str)
def test_what_is_no_scorecard_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        make_scorecard(**change)


@pytest.mark.parametrize(("low", "high"), [(-0.01, 0.5), (0.2, 1.01)])
def test_an_interval_lies_between_zero_and_one(low: float, high: float) -> None:
    with pytest.raises(ValidationError):
        Interval(low=low, high=high, method="wilson", n=5)


def test_an_interval_says_how_it_was_made() -> None:
    with pytest.raises(ValidationError, match="wilson"):
        Interval.model_validate({"low": 0.1, "high": 0.9, "method": "guess", "n": 5})


def test_an_unknown_price_is_none_and_never_zero() -> None:
    pricing = PricingRead(
        entry=None,
        input_per_million=None,
        output_per_million=None,
        currency="USD",
        facts=(),
        disputed=False,
    )
    assert pricing.model_dump(mode="json")["input_per_million"] is None


def test_a_scorecard_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(make_scorecard(), "outcome", "skip")  # noqa: B010
