"""A forked run takes over verdicts with all that proves them, and pays for none."""

from decimal import Decimal

import pytest

from panel.domain.exchange import Charge, Exchange
from panel.domain.review import Review
from panel.domain.run import Run
from panel.errors import StoreError
from panel.store.store import Store
from tests.databases import dump, rows
from tests.store import values as v


def asked(store: Store, run: Run, review: Review, reply: Exchange) -> Review:
    """A review with the call it rests on, stored."""
    made = review.model_copy(update={"exchanges": (reply.key,)})
    v.call(store, run, reply, Charge(cost=Decimal("0.25")), review=made.key, capped=True)
    return v.keep(store, run, made)[0]


@pytest.fixture
def parent(store: Store) -> Run:
    """A run with two verdicts and a failure."""
    run = v.stored_run(store, max_cost=Decimal(1))
    asked(store, run, v.review(flags=(v.WHOLE, v.LENGTHY)), v.exchange("1", response="one"))
    asked(store, run, v.review(sample=2), v.exchange("2", response="two"))
    asked(store, run, v.review("alpha", failure=v.TIMEOUT), v.exchange("3", status=500))
    return run


def test_verdicts_are_taken_over_with_their_proof(store: Store, parent: Run) -> None:
    child = v.stored_run(store, 2)
    one, two = (v.review(sample=n).key for n in (1, 2))
    assert store.adopt(parent.id, child.id, [one, v.digest("unknown")]) == 1
    assert store.adopt(parent.id, child.id, [one, two, v.review("alpha").key]) == 2
    kept = [review for review in store.reviews(parent.id) if review.verdict]
    assert list(store.reviews(child.id)) == kept
    for review in kept:
        key = review.exchanges[0]
        assert store.tries(child.id, key) == store.tries(parent.id, key)
    assert [stored for stored in store.evidence(child.id) if not stored.holds] == []
    assert list(store.stale_copies(child.id)) == []
    assert len(list(store.calls(child.id))) == 2


def test_the_child_pays_nothing(store: Store, url: str, parent: Run) -> None:
    child = v.stored_run(store, 2, max_cost=Decimal(1))
    store.adopt(parent.id, child.id, [v.review().key])
    assert store.ledger(child.id).spent == 0
    query = "SELECT spent, reserved FROM ledgers WHERE run_id = :run"
    assert rows(url, query, run=child.id) == [(0, 0)]
    assert store.ledger(parent.id).spent == Decimal("0.75")


def test_adopting_twice_changes_nothing(store: Store, url: str, parent: Run) -> None:
    child = v.stored_run(store, 2)
    keys = [v.review(sample=n).key for n in (1, 2)]
    store.adopt(parent.id, child.id, keys)
    before = dump(url)
    assert store.adopt(parent.id, child.id, keys) == 2
    assert dump(url) == before


def test_a_review_asked_again_is_taken_over_as_it_stands(store: Store, parent: Run) -> None:
    child = v.stored_run(store, 2)
    again = asked(store, parent, v.review("alpha", nth=2, flags=(v.WHOLE,)), v.exchange("4"))
    assert store.adopt(parent.id, child.id, [again.key]) == 1
    assert store.reviews(child.id) == (again,)
    assert list(store.stale_copies(child.id)) == []
    assert v.keep(store, child, v.review("alpha", failure=v.TIMEOUT)) == [again]


def test_runs_of_any_size_are_taken_over(store: Store) -> None:
    parent, child = v.stored_run(store, 1), v.stored_run(store, 2)
    reviews = [v.review(sample=n) for n in range(1, 702)]
    v.keep(store, parent, *reviews)
    assert store.adopt(parent.id, child.id, [review.key for review in reviews]) == 701
    assert len(store.reviews(child.id)) == 701


def test_the_child_must_be_stored(store: Store, parent: Run) -> None:
    with pytest.raises(StoreError, match="not stored"):
        store.adopt(parent.id, v.run(9).id, [v.review().key])
