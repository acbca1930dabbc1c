import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.reduction import has_answered, quorum_default, reduce
from panel.domain.statistics import wilson
from panel.testing import make_order, make_run
from tests.domain.panels import DOSSIER, SEATS, Ended, make_reviews, panel, reduced

RANK = {"skip": 0, "split": 1, "ship": 2}


@st.composite
def tables(draw: st.DrawFn, most_samples: int = 4) -> list[list[Ended]]:
    samples = draw(st.integers(1, most_samples))
    ended: st.SearchStrategy[Ended] = st.sampled_from(["ship", "skip", "timeout"])
    row = st.lists(ended, min_size=samples, max_size=samples)
    return draw(st.lists(row, min_size=1, max_size=len(SEATS)))


@pytest.mark.parametrize(
    ("letters", "outcome", "ships", "skips", "answered"),
    [
        ("s s s s s", "ship", 5, 0, 5),
        ("s s s k k", "ship", 3, 2, 5),
        ("k k k s s", "skip", 2, 3, 5),
        ("s s k k", "split", 2, 2, 4),
        ("s s k k f", "split", 2, 2, 4),
        ("s s s k f", "ship", 3, 1, 4),
        ("s s s f f", "ship", 3, 0, 3),
        ("s s f f", "no_quorum", 2, 0, 2),
        ("s s f f f", "no_quorum", 2, 0, 2),
        ("s s k f f", "split", 2, 1, 3),
        ("f f f f f", "no_quorum", 0, 0, 0),
        ("s", "ship", 1, 0, 1),
        ("k", "skip", 0, 1, 1),
        ("f", "no_quorum", 0, 0, 0),
        ("sk ss kk", "split", 1, 1, 3),
        ("sk sk sk", "split", 0, 0, 3),
        ("ssk ssf kkk", "ship", 2, 1, 3),
        ("sff sff kkk", "no_quorum", 0, 1, 1),
        ("ssff ssss ssss", "ship", 2, 0, 2),
    ],
)
def test_outcomes(letters: str, outcome: str, ships: int, skips: int, answered: int) -> None:
    card = reduced(panel(letters))
    assert (card.outcome, card.ships, card.skips, card.answered) == (
        outcome,
        ships,
        skips,
        answered,
    )


@pytest.mark.parametrize(("seats", "quorum"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (32, 17)])
def test_the_default_quorum_is_more_than_half(seats: int, quorum: int) -> None:
    assert quorum_default(seats) == quorum


def test_the_order_may_ask_for_another_quorum() -> None:
    assert reduced(panel("s s s k f"), quorum=5).outcome == "no_quorum"
    assert reduced(panel("s s f f f"), quorum=2).outcome == "split"


@given(tables())
def test_the_counts_add_up(table: list[list[Ended]]) -> None:
    card = reduced(table)
    called = [result for result in card.results if result.call]
    assert card.ships + card.skips == len(called) <= card.answered <= card.seats == len(table)
    assert card.answered == sum(has_answered(result) for result in card.results)
    assert {result.persona for result in card.results} == {
        seat.persona for seat in SEATS[: len(table)]
    }
    for result, row in zip(sorted(card.results, key=lambda one: one.persona), table, strict=True):
        assert result.ships == row.count("ship")
        assert result.answered == len(row) - row.count("timeout")
        assert result.samples == len(result.reviews) == len(row)


@given(tables())
def test_the_outcome_follows_from_the_seats(table: list[list[Ended]]) -> None:
    card = reduced(table)
    if card.answered < card.quorum:
        assert card.outcome == "no_quorum"
    else:
        assert (card.outcome == "ship") is (card.ships > card.seats / 2)
        assert (card.outcome == "skip") is (card.skips > card.seats / 2)


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_the_reviews_does_not_matter(
    table: list[list[Ended]], dice: random.Random
) -> None:
    order = make_order(DOSSIER, seats=SEATS[: len(table)], samples=len(table[0]))
    reviews = make_reviews(order, table)
    shuffled = dice.sample(reviews, len(reviews))
    run = make_run(order)
    assert reduce(run, DOSSIER, shuffled).digest == reduce(run, DOSSIER, reviews).digest


@given(tables())
def test_no_percentage_without_a_quorum(table: list[list[Ended]]) -> None:
    card = reduced(table)
    without = card.outcome == "no_quorum"
    assert (card.rate is None) is without
    assert (card.interval is None) is without
    assert not (without and card.dissent)


@given(tables())
def test_the_rate_lies_in_its_interval_and_counts_failures(table: list[list[Ended]]) -> None:
    card = reduced(table)
    if card.rate is not None and card.interval is not None:
        flat = [ended for row in table for ended in row]
        assert card.rate == pytest.approx(flat.count("ship") / len(flat))
        assert 0 <= card.interval.low <= card.rate + 1e-12
        assert card.rate - 1e-12 <= card.interval.high <= 1
        assert card.interval.low < card.interval.high
        assert card.interval.n == len(table)


@given(tables(), st.data())
def test_turning_a_skip_into_a_ship_never_lowers_the_outcome(
    table: list[list[Ended]], data: st.DataObject
) -> None:
    skips = [(at, nth) for at, row in enumerate(table) for nth, e in enumerate(row) if e == "skip"]
    if not skips:
        return
    at, nth = data.draw(st.sampled_from(skips))
    changed = [list(row) for row in table]
    changed[at][nth] = "ship"
    before, after = reduced(table), reduced(changed)
    assert after.answered == before.answered
    if before.outcome == "no_quorum":
        assert after.outcome == "no_quorum"
    else:
        assert RANK[after.outcome] >= RANK[before.outcome]


@given(tables(most_samples=1), st.data())
def test_a_failure_never_helps_either_side(table: list[list[Ended]], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(table) - 1))
    failed = [list(row) for row in table]
    failed[at] = ["timeout"]
    before, after = reduced(table), reduced(failed)
    assert after.outcome in {before.outcome, "split", "no_quorum"}


@given(tables())
def test_dissent_comes_first_and_seats_without_a_call_last(table: list[list[Ended]]) -> None:
    card = reduced(table)
    shown = [result.persona for result in card.results]
    seated = [seat.persona for seat in SEATS[: len(table)]]
    opposed = {"ship": "skip", "skip": "ship"}.get(card.outcome)
    calls = {result.persona: result.call for result in card.results}
    dissent = [persona for persona in seated if opposed and calls[persona] == opposed]
    silent = [persona for persona in seated if calls[persona] is None]
    rest = [persona for persona in seated if persona not in {*dissent, *silent}]
    assert list(card.dissent) == dissent
    assert shown == [*dissent, *rest, *silent]


@pytest.mark.parametrize(("letters", "ships"), [("s s s k k", 3), ("s s s f f", 3), ("k k k", 0)])
def test_one_sample_takes_wilson_over_seats(letters: str, ships: int) -> None:
    card = reduced(panel(letters))
    assert card.interval
    assert card.interval.method == "wilson"
    assert (card.interval.low, card.interval.high) == wilson(ships, card.seats)


def test_samples_take_the_bootstrap() -> None:
    card = reduced(panel("sss ssk kkk"))
    assert card.interval
    assert (card.interval.method, card.interval.n) == ("bootstrap", 3)
    assert card.rate == pytest.approx(5 / 9)


@pytest.mark.parametrize("letters", ["sss sss sss", "kkk kkk kkk", "kkf kkk kkk", "ssk"])
def test_a_unanimous_or_lone_table_of_samples_says_that_it_took_wilson(letters: str) -> None:
    card = reduced(panel(letters))
    assert card.interval
    assert card.interval.method == "wilson"


def test_the_bootstrap_is_seeded_by_dossier_and_order() -> None:
    table = panel("sskks kkkss sssks skkkk sssss")
    intervals = [reduced(table, quorum=quorum).interval for quorum in (1, 2, 3, 4, 5)]
    assert [reduced(table, quorum=quorum).interval for quorum in (1, 2, 3, 4, 5)] == intervals
    assert len({interval.low for interval in intervals if interval}) > 1


def test_failures_weigh_on_the_rate_like_a_vote_not_given() -> None:
    assert reduced(panel("s s s f f")).rate == pytest.approx(0.6)
