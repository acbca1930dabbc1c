"""Runs by id and by age: states folded in, costs exact or unknown."""

from decimal import Decimal

import pytest

from panel.domain.run import Panel
from panel.errors import StoreError
from panel.store.store import Store
from tests.store import values as v


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


def test_a_summary_counts_every_panel_and_says_the_name(store: Store) -> None:
    wanted = v.order()
    small = Panel(seats=wanted.seats[:1], samples=3, quorum=1)
    items = (wanted.dossiers[0], wanted.dossiers[1].model_copy(update={"panel": 0}))
    mixed = wanted.model_copy(update={"dossiers": items, "panels": (small,)})
    v.stored_run(store, wanted=mixed, name="overnight")
    (summary,) = store.runs()
    assert (summary.ordered, summary.name) == (4 + 3, "overnight")
    assert summary.model_dump(mode="json")["ordered"] == 7


def test_a_summary_counts_what_stands_and_what_all_of_it_cost(store: Store) -> None:
    run = v.stored_run(store)
    v.keep(store, run, v.review(failure=v.TIMEOUT), v.review(sample=2, failure=v.TIMEOUT))
    v.keep(store, run, v.review(nth=2))
    (summary,) = store.runs()
    assert (summary.answered, summary.failed) == (1, 1)
    assert summary.cost == Decimal("0.30")
