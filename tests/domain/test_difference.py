"""Two runs are compared seat by seat, and a flip that nothing explains is called chance."""

from typing import Any

import pytest

from panel.domain.difference import (
    CardChange,
    SeatChange,
    card_change,
    changed_inputs,
    common_inputs,
)
from panel.domain.reduction import reduce
from panel.domain.run import Order, OrderedDossier, Panel
from panel.testing import make_dossier, make_order, make_persona, make_run, make_seat
from panel.testing.values import FAKE_LLM
from tests.domain.panels import DOSSIER, SEATS, make_reviews, panel, reduced

ORDER = make_order(DOSSIER)
OTHER = FAKE_LLM.model_copy(update={"name": "other-llm"})


def between(before: str, after: str, **changes: Any) -> CardChange:
    """The change between two panels in letters, under orders that differ as told."""
    one = make_order(DOSSIER, seats=SEATS[: len(before.split())])
    two = make_order(DOSSIER, **{"seats": SEATS[: len(after.split())], **changes})
    cards = reduced(panel(before)), reduced(panel(after))
    return card_change(DOSSIER.slug, (one, two), cards)


def with_seat(at: int, **changes: Any) -> Order:
    """The order with one seat changed."""
    seats = list(ORDER.seats)
    seats[at] = seats[at].model_copy(update=changes)
    return make_order(DOSSIER, seats=tuple(seats))


def test_equal_runs_do_not_differ() -> None:
    change = between("s s k", "s s k")
    assert not change.differs
    assert not change.flipped
    assert (change.seats, change.inputs) == ((), ())


def test_a_flip_names_the_seats_and_is_chance_when_nothing_changed() -> None:
    change = between("s s k", "k s k")
    assert change.flipped
    assert change.before is not None
    assert change.after is not None
    assert (change.before.outcome, change.before.ships, change.before.seats) == ("ship", 2, 3)
    assert (change.after.outcome, change.after.ships) == ("skip", 1)
    assert change.seats == (
        SeatChange(persona="reviewer-1", before="ship", after="skip", chance=True),
    )


def test_other_seats_with_the_same_outcome_differ_without_a_flip() -> None:
    change = between("s s k", "s k s")
    assert change.differs
    assert not change.flipped
    assert {seat.persona for seat in change.seats} == {"reviewer-2", "reviewer-3"}


@pytest.mark.parametrize(
    ("before", "after", "calls"),
    [
        ("s s f", "s s k", ("no answer", "skip")),
        ("s s s", "s s", ("ship", "no seat")),
        ("s s", "s s s", ("no seat", "ship")),
        ("ss ss sk", "ss ss ss", ("tie", "ship")),
        ("ss ss sf", "ss ss ss", ("no answer", "ship")),
    ],
)
def test_a_seat_without_a_call_says_why(before: str, after: str, calls: tuple[str, str]) -> None:
    (seat,) = between(before, after).seats
    assert (seat.before, seat.after) == calls
    assert seat.chance is (calls[0] == "tie")


def test_a_changed_persona_explains_its_own_seat_only() -> None:
    seats = (make_seat(make_persona("reviewer-1", lens="Another one?")), *SEATS[1:3])
    change = between("s s k", "k k k", seats=seats)
    assert change.inputs == ("persona reviewer-1",)
    assert {seat.persona: seat.chance for seat in change.seats} == {
        "reviewer-1": False,
        "reviewer-2": True,
    }


def test_what_all_seats_were_given_explains_each() -> None:
    change = between("s s k", "k k k", versions={**ORDER.versions, "checks": "next"})
    assert not any(seat.chance for seat in change.seats)


def test_a_quorum_explains_no_seat() -> None:
    (seat,) = between("s s k", "k s k", quorum=1).seats
    assert seat.chance


@pytest.mark.parametrize(
    ("two", "said"),
    [
        (make_order(make_dossier(tagline="Another")), "dossier"),
        (with_seat(0, digest="0" * 64), "persona developer"),
        (with_seat(0, llm=OTHER), "llm openai-chat:fake-llm -> openai-chat:other-llm"),
        (
            with_seat(0, llm=FAKE_LLM.model_copy(update={"temperature": 0.5})),
            "temperature of openai-chat:fake-llm not set -> 0.5",
        ),
        (make_order(DOSSIER, seats=ORDER.seats[1:], quorum=ORDER.quorum), "seat developer left"),
        (make_order(DOSSIER, samples=3), "samples 1 -> 3"),
        (make_order(DOSSIER, quorum=5), "quorum 3 -> 5"),
        (make_order(DOSSIER, recuse=True), "recusal on"),
        (
            make_order(DOSSIER, templates={**ORDER.templates, "rules": "1" * 64}),
            "prompt rules",
        ),
    ],
)
def test_each_changed_input_is_said(two: Order, said: str) -> None:
    assert said in tuple(changed_inputs(DOSSIER.slug, ORDER, two))
    assert tuple(changed_inputs(DOSSIER.slug, ORDER, ORDER)) == ()


def test_versions_are_inputs() -> None:
    before = make_order(DOSSIER, versions={"checks": "7"})
    after = make_order(DOSSIER, versions={"checks": "8", "shipskip": "2"})
    assert tuple(common_inputs(before, after)) == ("checks 7 -> 8", "shipskip none -> 2")


def test_a_dossier_with_a_panel_of_its_own_has_inputs_of_its_own() -> None:
    own = Panel(seats=ORDER.seats[:2], quorum=2)
    item = OrderedDossier(slug=DOSSIER.slug, digest=DOSSIER.digest, panel=0)
    one = make_order(DOSSIER, dossiers=(item,), panels=(own,))
    samples = own.model_copy(update={"samples": 2})
    two = make_order(DOSSIER, dossiers=(item,), panels=(samples,), quorum=5)
    assert tuple(common_inputs(one, two)) == ("quorum 3 -> 5",)
    assert tuple(changed_inputs(DOSSIER.slug, one, two)) == ("samples 1 -> 2",)


def test_a_dossier_without_a_scorecard_in_one_run_differs_but_does_not_flip() -> None:
    order = make_order(DOSSIER, seats=SEATS[:3])
    card = reduce(make_run(order), DOSSIER, make_reviews(order, panel("s s k")))
    change = card_change(DOSSIER.slug, (order, order), (card, None))
    assert change.differs
    assert not change.flipped
    assert (change.after, change.seats) == (None, ())
