"""Reads of runs and results: one order, states folded in, costs exact or unknown."""

import datetime as dt
import itertools
from decimal import Decimal

import pytest

from panel.domain.review import Review
from panel.errors import StoreError, TamperError
from panel.store.store import Store
from tests.store import values as v


def every_review() -> list[Review]:
    """The reviews of `values.order()` in the order they must be read."""
    seats = itertools.product(v.SLUGS, v.PERSONAS, (1, 2))
    return [v.review(slug, persona, sample) for slug, persona, sample in seats]


def test_reviews_come_in_the_order_of_the_run(store: Store) -> None:
    run = v.stored_run(store)
    expected = every_review()
    v.keep(store, run, *reversed(expected))
    assert store.reviews(run.id) == tuple(expected)


def test_a_review_of_no_seat_comes_last(store: Store) -> None:
    run = v.stored_run(store)
    stranger = v.review("zeta", "aaa-stranger")
    v.keep(store, run, stranger, v.review())
    assert store.reviews(run.id) == (v.review(), stranger)


def test_scorecards_come_in_the_order_of_the_run(store: Store) -> None:
    run = v.stored_run(store)
    for slug in reversed(v.SLUGS):
        store.keep_scorecard(v.card(run, slug))
    assert [card.slug for card in store.scorecards(run.id)] == list(v.SLUGS)


def test_times_are_kept_beside_the_reviews(store: Store) -> None:
    run = v.stored_run(store)
    review = v.review()
    zone = dt.timezone(dt.timedelta(hours=5, minutes=30))
    started = dt.datetime(2026, 11, 21, 17, 30, 0, 123456, tzinfo=zone)
    v.waiting(lambda: store.keep_review(run.id, review, started=started, seconds=0.1 + 0.2))
    timing = store.review_times(run.id)[review.key]
    assert timing.started == started
    assert timing.started.utcoffset() == dt.timedelta(0)
    assert timing.seconds == 0.1 + 0.2


def test_a_run_keeps_state_and_note_of_its_last_event(store: Store) -> None:
    run = v.stored_run(store)
    store.note_run(run.id, "stopped", "the key was refused")
    found = store.run(run.id)
    assert (found.state, found.note) == ("stopped", "the key was refused")
    assert found.order == run.order
    assert found.created == run.created


@pytest.mark.parametrize("name", ["20261121-130000-00000f", "../x", "a\x00b", ""])
def test_an_unknown_run(store: Store, name: str) -> None:
    for read in (store.run, store.reviews, store.scorecards):
        with pytest.raises(StoreError, match="there is no run"):
            read(name)


def test_summaries_newest_first(store: Store) -> None:
    made = [v.stored_run(store, number) for number in (2, 3, 1)]
    v.keep(store, made[0], v.review(), v.review(sample=2, failure=v.TIMEOUT, cost=Decimal("0.02")))
    store.note_run(made[0].id, "finished")
    found = store.runs()
    assert [summary.id for summary in found] == [made[1].id, made[0].id, made[2].id]
    summary = found[1]
    assert (summary.state, summary.answered, summary.failed) == ("finished", 1, 1)
    assert (summary.dossiers, summary.seats) == (v.SLUGS, v.PERSONAS)
    assert summary.ordered == 8
    assert summary.cost == Decimal("0.12")
    assert store.runs(limit=1) == found[:1]


def test_costs_are_summed_exactly(store: Store) -> None:
    run = v.stored_run(store)
    costs = [Decimal("0.1"), Decimal("0.1"), Decimal("0.2"), Decimal("1E-12")]
    v.keep(store, run, *(v.review(sample=n, cost=cost) for n, cost in enumerate(costs, start=1)))
    assert store.runs()[0].cost == Decimal("0.400000000001")


def test_one_unknown_cost_makes_the_sum_unknown(store: Store) -> None:
    run = v.stored_run(store)
    assert store.runs()[0].cost == 0
    v.keep(store, run, v.review(), v.review(sample=2, cost=None))
    assert store.runs()[0].cost is None


def test_no_runs(store: Store) -> None:
    assert store.runs() == ()


def test_earlier_quotes_are_those_of_finished_runs_before(store: Store) -> None:
    finished, open_one, later = (v.stored_run(store, number) for number in (1, 2, 3))
    for run, word in ((finished, "One"), (open_one, "Two"), (later, "Three")):
        quote = f"Four words {word} here."
        v.keep(store, run, v.review(verdict=v.verdict(quote)), v.review(persona="developer"))
    v.keep(store, finished, v.review(sample=2, failure=v.TIMEOUT))
    for run in (finished, later):
        store.note_run(run.id, "finished")
    assert store.earlier_quotes("skeptic", later.created) == (("zeta", "Four words One here."),)
    after = later.created + dt.timedelta(seconds=1)
    assert [quote for _, quote in store.earlier_quotes("skeptic", after)] == [
        "Four words Three here.",
        "Four words One here.",
    ]
    assert store.earlier_quotes("futurist", after) == ()


def test_a_run_resumed_after_it_finished_is_not_finished(store: Store) -> None:
    run = v.stored_run(store)
    v.keep(store, run, v.review())
    store.note_run(run.id, "finished")
    store.note_run(run.id, "running")
    assert store.earlier_quotes("skeptic", run.created + dt.timedelta(days=1)) == ()


def test_a_repeated_review_is_quoted_once_and_two_hundred_at_most(store: Store) -> None:
    for number in (1, 2):
        run = v.stored_run(store, number)
        v.keep(store, run, *(v.review(sample=sample) for sample in range(1, 151)))
        store.note_run(run.id, "finished")
    extra = v.stored_run(store, 3)
    v.keep(store, extra, *(v.review("alpha", sample=sample) for sample in range(1, 101)))
    store.note_run(extra.id, "finished")
    found = store.earlier_quotes("skeptic", extra.created + dt.timedelta(days=1))
    slugs = [slug for slug, _ in found]
    assert slugs == ["alpha"] * 100 + ["zeta"] * 100


@pytest.mark.parametrize("table", ["runs", "reviews", "scorecards"])
def test_a_body_nobody_wrote(store: Store, url: str, table: str) -> None:
    run = v.stored_run(store)
    v.keep(store, run, v.review())
    store.keep_scorecard(v.card(run))
    v.tamper(url, f"UPDATE {table} SET body = '{{}}'")
    with pytest.raises(TamperError, match="verify"):
        store.reviews(run.id) if table != "scorecards" else store.scorecards(run.id)
