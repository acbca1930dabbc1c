"""Reviews and scorecards: those that stand, in one order."""

import asyncio
import datetime as dt
import itertools

import pytest

from panel.domain.review import Review
from panel.errors import TamperError
from panel.store.store import Store
from tests.databases import tamper
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
        v.keep_card(store, v.card(run, slug))
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
    v.keep_card(store, v.card(run))
    tamper(url, f"UPDATE {table} SET body = '{{}}'")
    with pytest.raises(TamperError, match="verify"):
        store.reviews(run.id) if table != "scorecards" else store.scorecards(run.id)


def test_reviews_of_one_dossier(store: Store) -> None:
    run, other = v.stored_run(store), v.stored_run(store, 2)
    v.keep(store, run, *reversed(every_review()))
    v.keep(store, other, v.review("alpha", flags=(v.WHOLE,)))
    assert store.reviews_of(run.id, "alpha") == tuple(every_review()[4:])
    assert store.reviews_of(run.id, "nobody") == ()


def test_only_reviews_that_stand_are_read(store: Store) -> None:
    run = v.stored_run(store)
    failed, again = v.review(failure=v.TIMEOUT), v.review(nth=2)
    v.keep(store, run, failed, v.review("alpha", failure=v.TIMEOUT))
    v.keep(store, run, again)
    assert store.reviews_of(run.id, "zeta") == (again,)
    assert [review.nth for review in store.reviews(run.id)] == [2, 1]
    assert store.review_times(run.id).keys() == {again.key, v.review("alpha").key}
    assert store.review_keys(run.id) == store.review_times(run.id).keys()


def test_failures_that_stand_can_be_asked_again(store: Store) -> None:
    run = v.stored_run(store)
    aside = v.TIMEOUT.model_copy(update={"kind": "recused"})
    failed = [v.review(sample=n, failure=v.TIMEOUT) for n in (1, 2)]
    v.keep(store, run, *failed, v.review("alpha", failure=aside), v.review("alpha", sample=2))
    v.keep(store, run, v.review(nth=2), v.review(sample=2, nth=2, failure=v.TIMEOUT))
    (found,) = store.failures(run.id)
    assert (found.key, found.slug, found.nth, found.kind) == (failed[1].key, "zeta", 2, "timeout")


def test_scorecards_one_by_one_and_page_by_page(store: Store) -> None:
    slugs = tuple(f"model-{n}" for n in range(450, 0, -1))
    run = v.stored_run(store, wanted=v.order(slugs))
    cards = [v.card(run, slug) for slug in ("stranger", *reversed(slugs))]

    async def all_of_them() -> None:
        await asyncio.gather(*map(store.keep_scorecard, cards))

    asyncio.run(all_of_them())
    newer = v.keep_card(store, v.card(run, "model-7", warnings=1))
    assert [card.slug for card in store.iter_scorecards(run.id)] == [*slugs, "stranger"]
    assert store.scorecards(run.id) == tuple(store.iter_scorecards(run.id))
    assert store.scorecard(run.id, "model-7") == newer
    assert store.scorecard(run.id, "nobody") is None
    assert store.scored(run.id) == {*slugs, "stranger"}
    assert store.scored(v.stored_run(store, 2).id) == frozenset()
