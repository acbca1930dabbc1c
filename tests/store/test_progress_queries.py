"""How far a run is: counted from the database alone, the same for all who look."""

import asyncio
import datetime as dt
from decimal import Decimal

import pytest

from panel.domain.exchange import Charge
from panel.domain.progress import Ledger
from panel.domain.run import Run
from panel.errors import StoreError
from panel.store.store import Store
from tests.databases import tamper
from tests.store import values as v

PAID = Charge(input_tokens=1000, output_tokens=100, cached_tokens=600, cost=Decimal("0.25"))


def test_a_run_without_calls_cost_nothing(store: Store) -> None:
    run = v.stored_run(store)
    assert store.ledger(run.id) == Ledger()
    found = store.progress(run.id)
    assert (found.done, found.reviews, found.dossiers, found.scored) == (0, 8, 2, 0)
    assert (found.projected_cost, found.seconds_left, found.last_failures) == (None, None, ())


def test_an_unknown_run(store: Store) -> None:
    with pytest.raises(StoreError, match="there is no run"):
        store.progress(v.run().id)


def test_the_ledger_adds_up_what_answers_tell(store: Store) -> None:
    run, other = v.stored_run(store), v.stored_run(store, 2)
    v.call(store, run, v.exchange("1"), PAID)
    v.call(store, run, v.exchange("2"), PAID)
    v.call(store, run, v.exchange("3", status=429), Charge(cost=Decimal(0)))
    v.call(store, other, v.exchange("4"), PAID)
    found = store.ledger(run.id)
    assert (found.calls, found.answered, found.succeeded) == (3, 3, 2)
    assert (found.input_tokens, found.output_tokens, found.cached_tokens) == (2000, 200, 1200)
    assert (found.spent, found.unknown, found.at_risk) == (Decimal("0.5"), 0, 0)
    assert found.cached_share == 0.6


@pytest.mark.parametrize(
    ("status", "fault", "unknown"),
    [
        (200, None, 1),
        (None, "timeout", 1),
        (None, "cancelled", 1),
        (500, None, 0),
        (None, "connect", 0),
        (None, "expired", 0),
    ],
)
def test_what_may_be_billed_unseen_is_told(
    store: Store, status: int | None, fault: str | None, *, unknown: int
) -> None:
    run = v.stored_run(store)
    reply = v.exchange(status=status, fault=fault)
    v.call(store, run, reply, bound=Decimal("0.7"))
    found = store.ledger(run.id)
    assert (found.unknown, found.at_risk) == (unknown, unknown * Decimal("0.7"))


def test_calls_under_way_are_at_risk(store: Store) -> None:
    run = v.stored_run(store)
    for n in range(3):
        v.call(store, run, v.exchange(f"done {n}"), PAID, bound=Decimal(5))
        asyncio.run(v.begin(store, run, v.exchange(str(n)), bound=Decimal("0.2")))
    found = store.ledger(run.id)
    assert (found.calls, found.answered, found.unanswered) == (6, 3, 3)
    assert found.at_risk == Decimal("0.6")


def test_one_call_without_a_known_price_makes_the_risk_unknown(store: Store) -> None:
    run = v.stored_run(store)
    v.call(store, run, v.exchange("1"), bound=Decimal("0.7"))
    asyncio.run(v.begin(store, run, v.exchange("2")))
    assert store.ledger(run.id).at_risk is None


def test_notes_that_time_ran_out_are_no_calls(store: Store) -> None:
    run = v.stored_run(store)
    v.call(store, run, v.exchange(status=None, fault="given-up", path="/given-up"))
    assert store.ledger(run.id) == Ledger()


def test_standing_reviews_are_counted_by_kind(store: Store) -> None:
    run = v.stored_run(store)
    failed = [v.review(sample=n, failure=v.TIMEOUT) for n in (1, 2)]
    refused = v.TIMEOUT.model_copy(update={"kind": "refused"})
    v.keep(store, run, *failed, v.review("alpha"), v.review("alpha", sample=2, failure=refused))
    v.keep(store, run, v.review(sample=2, nth=2))
    v.keep_card(store, v.card(run))
    v.keep_card(store, v.card(run, warnings=1))
    found = store.progress(run.id)
    assert (found.answered, found.failed, found.scored) == (2, 2, 1)
    assert found.kinds == {"timeout": 1, "refused": 1}


def test_the_newest_failures_come_first(store: Store) -> None:
    run = v.stored_run(store)
    kept = [v.review(sample=n, failure=v.TIMEOUT) for n in range(1, 5)]

    async def all_of_them() -> None:
        for n, review in enumerate(kept):
            at = v.NOON + dt.timedelta(minutes=n)
            await store.keep_review(run.id, review, started=at, seconds=30)

    asyncio.run(all_of_them())
    found = store.progress(run.id, failures=2).last_failures
    assert [failure.at for failure in found] == [
        v.NOON + dt.timedelta(minutes=n, seconds=30) for n in (3, 2)
    ]
    assert (found[0].slug, found[0].persona, found[0].detail) == ("zeta", "skeptic", "no answer")
    assert store.progress(run.id, failures=0).last_failures == ()


def test_calls_of_the_last_minute(store: Store, url: str) -> None:
    run = v.stored_run(store)
    for n in range(3):
        asyncio.run(v.begin(store, run, v.exchange(str(n))))
    assert store.progress(run.id).last_minute == 3
    tamper(url, "UPDATE attempts SET begun = '2026-11-21T08:00:00.000000Z'")
    assert store.progress(run.id).last_minute == 0


def happened(url: str, run: Run, *events: tuple[int, str]) -> None:
    """Make these the events of a run: minutes after noon, and state."""
    tamper(url, "DELETE FROM run_events")
    for seq, (minute, state) in enumerate(events, start=1):
        at = f"2026-11-21T12:{minute:02}:00.000000Z"
        tamper(
            url,
            "INSERT INTO run_events VALUES (:run, :seq, :at, :state, '')",
            run=run.id,
            seq=seq,
            at=at,
            state=state,
        )


def test_idle_gaps_are_no_work(store: Store, url: str) -> None:
    run = v.stored_run(store)
    happened(url, run, (0, "running"), (10, "stopped"), (40, "running"), (45, "finished"))
    assert store.progress(run.id).working == 15 * 60


def test_pausing_is_no_work(store: Store, url: str) -> None:
    run = v.stored_run(store)
    happened(url, run, (0, "running"), (10, "paused"), (40, "paused"), (45, "cancelled"))
    assert store.progress(run.id).working == 10 * 60


def move_calls(url: str, begun: str, ended: str) -> None:
    """Calls of these tests were made and came back at these minutes after noon."""
    tamper(url, f"UPDATE attempts SET begun = '2026-11-21T12:{begun}:00.000000Z'")
    tamper(url, f"UPDATE answers SET ended = '2026-11-21T12:{ended}:00.000000Z'")


def test_after_a_crash_work_ends_with_the_last_sign_of_life(store: Store, url: str) -> None:
    run = v.stored_run(store)
    v.call(store, run, v.exchange())
    move_calls(url, "07", "08")
    happened(url, run, (0, "running"), (30, "running"), (31, "finished"))
    assert store.progress(run.id).working == 9 * 60


def test_a_crash_before_the_first_call(store: Store, url: str) -> None:
    run = v.stored_run(store)
    happened(url, run, (0, "running"), (30, "running"), (31, "finished"))
    assert store.progress(run.id).working == 60


def test_a_dead_run_has_worked_until_its_last_sign_of_life(store: Store, url: str) -> None:
    run = v.stored_run(store)
    v.call(store, run, v.exchange())
    move_calls(url, "07", "08")
    happened(url, run, (0, "running"))
    assert store.progress(run.id).working == 8 * 60


def test_a_run_with_a_call_under_way_is_working(store: Store, url: str) -> None:
    run = v.stored_run(store, timeout=3600)
    begun = dt.datetime.now(dt.UTC)
    asyncio.run(v.begin(store, run, v.exchange()))
    hour_ago = f"{(begun - dt.timedelta(hours=1)).replace(tzinfo=None).isoformat()}Z"
    tamper(url, f"UPDATE run_events SET at = '{hour_ago}'")
    assert store.progress(run.id).working >= 3600


def test_a_run_with_open_work_is_working(store: Store, url: str) -> None:
    run = v.stored_run(store)
    asyncio.run(store.begin_work(run.id, "zeta"))
    before = store.progress(run.id).working
    assert store.progress(run.id).working > before


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_claimed_run_is_working(store: Store, url: str) -> None:
    run = v.stored_run(store)
    assert store.progress(run.id).working == 0
    with Store.open(url, write=True) as other:
        other.claim_run(run.id, shared=True)
        assert store.progress(run.id).working > 0
