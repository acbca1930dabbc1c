from decimal import Decimal

import pytest

from panel.domain.dossier import Dossier
from panel.domain.flag import Flag
from panel.domain.llm import OFFLINE, LlmSettings
from panel.domain.reduction import reduce
from panel.domain.review import Review
from panel.domain.run import Run
from panel.domain.scorecard import Scorecard
from panel.testing import (
    AUDIENCE,
    FAKE_LLM,
    make_dossier,
    make_order,
    make_review,
    make_run,
    make_seat,
)
from tests.domain.panels import DOSSIER, SEATS, make_reviews, panel


def one_card(dossier: Dossier, *llms: LlmSettings, cost: Decimal | None = None) -> Scorecard:
    seats = tuple(make_seat(persona, llm) for persona, llm in zip(AUDIENCE, llms, strict=False))
    order = make_order(dossier, seats=seats)
    reviews = [make_review(dossier, seat, "ship", cost=cost) for seat in seats]
    return reduce(make_run(order), dossier, reviews)


OTHER_LLM = FAKE_LLM.model_copy(update={"name": "muse-spark"})


def test_the_common_llm_is_named_once_and_others_in_order() -> None:
    assert one_card(DOSSIER, FAKE_LLM, FAKE_LLM).drafted_by == "openai-chat:fake-llm"
    assert (
        one_card(DOSSIER, OTHER_LLM, FAKE_LLM, OTHER_LLM).drafted_by
        == "openai-chat:muse-spark; openai-chat:fake-llm"
    )
    assert one_card(DOSSIER, OFFLINE).drafted_by == "rubric draft, no llm"


def test_seats_of_the_models_own_vendor_are_marked() -> None:
    card = one_card(make_dossier(vendor="Meta"), FAKE_LLM, OTHER_LLM, OFFLINE)
    assert card.same_vendor == ("skeptic",)
    assert [result.same_vendor for result in card.results] == [False, True, False]


@pytest.mark.parametrize(
    ("llms", "cost", "total"),
    [
        ((FAKE_LLM, FAKE_LLM), Decimal("0.0012"), Decimal("0.0024")),
        ((FAKE_LLM, FAKE_LLM), None, None),
        ((FAKE_LLM, OFFLINE), Decimal("0.5"), Decimal("0.5")),
        ((FAKE_LLM, OFFLINE), None, None),
        ((OFFLINE, OFFLINE), None, Decimal(0)),
    ],
)
def test_the_cost_is_the_sum_and_unknown_as_soon_as_one_is(
    llms: tuple[LlmSettings, ...], cost: Decimal | None, total: Decimal | None
) -> None:
    assert one_card(DOSSIER, *llms, cost=cost).cost == total


def test_the_cost_does_not_depend_on_the_order_of_addition() -> None:
    order = make_order(DOSSIER, seats=SEATS[:3])
    costs = ["0.1", "1E-20", "1000"]
    reviews = [
        make_review(DOSSIER, seat, "ship", cost=cost)
        for seat, cost in zip(order.seats, costs, strict=True)
    ]
    run = make_run(order)
    assert reduce(run, DOSSIER, reviews).cost == reduce(run, DOSSIER, reviews[::-1]).cost


def test_the_pricing_read_comes_from_the_dossier() -> None:
    pricing = one_card(DOSSIER, FAKE_LLM).pricing
    assert (pricing.entry, pricing.currency) == ("Weights at no charge", "USD")
    assert (pricing.input_per_million, pricing.output_per_million) == (
        Decimal("0.40"),
        Decimal("1.60"),
    )
    assert pricing.facts == ("F7",)
    assert not pricing.disputed


def test_a_price_nobody_stated_stays_unknown() -> None:
    pricing = one_card(make_dossier(price={}), FAKE_LLM).pricing
    assert (pricing.entry, pricing.input_per_million, pricing.output_per_million) == (None,) * 3


def test_a_price_on_a_fact_in_open_conflict_is_disputed() -> None:
    price = {"entry": "Weights at no charge", "facts": ["F7", "F2"]}
    card = one_card(make_dossier(conflict=True, price=price), FAKE_LLM)
    assert card.pricing.disputed
    assert card.open_conflicts == ("C1",)


def test_flags_are_counted_by_severity() -> None:
    flags = [
        Flag(kind="length", severity="warns", message="too long", span=None),
        Flag(kind="first-hand", severity="blocks", message="claims to have run it", span=None),
        Flag(kind="length", severity="warns", message="too long", span=None),
    ]
    order = make_order(DOSSIER, seats=SEATS[:2])
    reviews = [
        make_review(DOSSIER, order.seats[0], "ship", flags=flags),
        make_review(DOSSIER, order.seats[1], "ship", flags=flags[:1]),
    ]
    card = reduce(make_run(order), DOSSIER, reviews)
    assert (card.blocking, card.warnings) == (1, 3)


def test_the_scorecard_says_what_it_is_about() -> None:
    card = one_card(DOSSIER, FAKE_LLM)
    assert (card.slug, card.name, card.vendor) == ("tern-2", "Tern 2", "Harbour Labs")
    assert (card.dossier, card.as_of) == (DOSSIER.digest, DOSSIER.as_of)
    assert card.newest_fact == DOSSIER.newest_fact
    assert card.run == make_run().id


def five() -> tuple[Run, list[Review]]:
    order = make_order(DOSSIER, seats=SEATS[:3], samples=2)
    return make_run(order), make_reviews(order, panel("ss ss sk"))


def test_missing_reviews_are_named() -> None:
    run, reviews = five()
    with pytest.raises(ValueError, match="missing: reviewer-1, sample 2, reviewer-3, sample 1"):
        reduce(run, DOSSIER, [review for at, review in enumerate(reviews) if at not in {1, 4}])


def test_a_review_given_twice_is_refused() -> None:
    run, reviews = five()
    with pytest.raises(ValueError, match="reviewer-2, sample 1 is there twice"):
        reduce(run, DOSSIER, [*reviews, reviews[2]])


@pytest.mark.parametrize(
    ("foreign", "message"),
    [
        (make_review(make_dossier(name="Tern 3"), SEATS[0]), "not part of this order"),
        (make_review(DOSSIER, SEATS[5]), "reviewer-6, sample 1 of tern-2 is not part"),
        (make_review(DOSSIER, SEATS[0], sample=3), "reviewer-1, sample 3 of tern-2 is not part"),
        (make_review(DOSSIER, make_seat("reviewer-1", OFFLINE)), "another persona or llm"),
    ],
)
def test_a_foreign_review_is_refused(foreign: Review, message: str) -> None:
    run, reviews = five()
    with pytest.raises(ValueError, match=message):
        reduce(run, DOSSIER, [foreign, *reviews[1:]])


def test_a_persona_cannot_hold_two_seats() -> None:
    order = make_order(DOSSIER, seats=(SEATS[0], SEATS[0]))
    with pytest.raises(ValueError, match="sits on the panel twice"):
        reduce(make_run(order), DOSSIER, [make_review(DOSSIER, SEATS[0])])
