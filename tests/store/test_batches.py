"""Provider batches: sealed whole, absorbed once, in any order, under the cap."""

import asyncio
import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from panel.domain.exchange import Call, Charge, Exchange
from panel.domain.run import Run
from panel.errors import StoreError
from panel.store.store import Store
from tests.databases import rows
from tests.store import values as v

LLM = v.digest("llm")
CENT = Charge(input_tokens=10, output_tokens=1, cost=Decimal("0.01"))


def replies(count: int, **changes: Any) -> list[Exchange]:
    """Answers to as many calls."""
    return [v.exchange(str(n), tier="batch", **changes) for n in range(count)]


def calls(run: Run, count: int, **changes: Any) -> list[Call]:
    """The calls to answer."""
    return [v.the_call(run, reply, llm=LLM, **changes) for reply in replies(count)]


def begin(store: Store, run: Run, wanted: Sequence[Call]) -> str:
    """Store a batch."""
    return asyncio.run(store.begin_batch(run.id, LLM, iter(wanted)))


def note(store: Store, batch: str, state: str, told: str = "") -> None:
    """Note a state."""
    asyncio.run(store.note_batch(batch, state, told))  # type: ignore[arg-type]


def absorb(store: Store, batch: str, found: Sequence[Exchange], charge: Charge = CENT) -> int:
    """Store answers."""
    return asyncio.run(store.absorb(batch, [(reply.key, reply, charge) for reply in found]))


def test_a_batch_from_its_calls_to_its_end(store: Store) -> None:
    run = v.stored_run(store)
    batch = begin(store, run, calls(run, 3))
    assert [(r.id, r.llm, r.state, r.calls) for r in store.batches(run.id)] == [
        (batch, LLM, "sealed", 3)
    ]
    note(store, batch, "submitted", "batch_remote")
    assert absorb(store, batch, replies(3)[:2]) == 2
    note(store, batch, "ended", "completed")
    (record,) = store.batches(run.id)
    assert (record.state, record.remote, record.answered) == ("ended", "batch_remote", 2)
    assert store.answered(run.id, replies(1)[0].key) == replies(1)[0]


def test_calls_are_read_by_key_page_by_page(store: Store) -> None:
    run = v.stored_run(store)
    wanted = calls(run, 700)
    batch = begin(store, run, wanted)
    begin(store, run, [v.the_call(run, v.exchange("other"), llm=LLM)])
    found = list(store.batch_calls(batch))
    assert found == sorted((call.key, call.path, call.body) for call in wanted)


def test_answers_in_any_order_and_number_count_once(store: Store, url: str) -> None:
    run = v.stored_run(store)
    batch = begin(store, run, calls(run, 400))
    found = [*replies(400), v.exchange("unknown")]
    random.Random(1).shuffle(found)
    assert absorb(store, batch, found[:150]) + absorb(store, batch, found) == 400
    assert absorb(store, batch, found + found) == 0
    assert store.ledger(run.id).spent == 4
    assert rows(url, "SELECT count(*) FROM answers") == [(400,)]


def test_one_call_answered_twice_in_one_file_keeps_the_first(store: Store) -> None:
    run = v.stored_run(store)
    batch = begin(store, run, calls(run, 1))
    reply = replies(1)[0]
    assert absorb(store, batch, [reply, reply.model_copy(update={"status": 500})]) == 1
    assert store.tries(run.id, reply.key) == (reply,)


def test_a_live_try_of_the_same_call_is_another_attempt(store: Store) -> None:
    run = v.stored_run(store)
    batch = begin(store, run, calls(run, 1))
    live = v.exchange("0", status=503)
    v.call(store, run, live)
    assert absorb(store, batch, replies(1)) == 1
    assert store.tries(run.id, live.key) == (live, replies(1)[0])


def test_calls_that_do_not_fit_under_the_cap_are_left_out(store: Store, url: str) -> None:
    run = v.stored_run(store, max_cost=Decimal(1))
    batch = begin(store, run, calls(run, 700, bound=Decimal("0.002"), capped=True))
    assert store.batches(run.id)[0].calls == 500 == len(list(store.batch_calls(batch)))
    assert rows(url, "SELECT note FROM provider_batch_events") == [("500",)]
    assert absorb(store, batch, replies(100), Charge(cost=Decimal("0.001"))) == 100
    query = "SELECT spent, reserved FROM ledgers"
    assert rows(url, query) == [(100_000_000, 800_000_000)]


def test_an_abandoned_batch_gives_its_reserve_back(store: Store, url: str) -> None:
    run = v.stored_run(store, max_cost=Decimal(1))
    batch = begin(store, run, calls(run, 3, bound=Decimal("0.25"), capped=True))
    absorb(store, batch, replies(1))
    for _ in range(2):
        note(store, batch, "abandoned")
    assert rows(url, "SELECT spent, reserved FROM ledgers") == [(10_000_000, 0)]
    faults = [store.tries(run.id, reply.key)[0].fault for reply in replies(3)]
    assert faults == [None, "abandoned", "abandoned"]
    found = store.ledger(run.id)
    assert (found.calls, found.unknown, found.unanswered) == (1, 0, 0)
    assert all(stored.holds for stored in store.evidence(run.id))


def test_an_expired_call_costs_nothing(store: Store, url: str) -> None:
    run = v.stored_run(store, max_cost=Decimal(1))
    batch = begin(store, run, calls(run, 1, bound=Decimal("0.25"), capped=True))
    assert absorb(store, batch, replies(1, status=None, fault="expired"), Charge()) == 1
    assert rows(url, "SELECT spent, reserved FROM ledgers") == [(0, 0)]


def test_batches_of_other_runs_are_not_told(store: Store) -> None:
    one, two = v.stored_run(store, 1), v.stored_run(store, 2)
    batches = [begin(store, one, calls(one, 2)) for _ in range(2)]
    begin(store, two, calls(two, 1))
    assert [record.id for record in store.batches(one.id)] == batches


def test_a_batch_needs_its_run_and_an_event_its_batch(store: Store) -> None:
    with pytest.raises(StoreError, match="not stored"):
        begin(store, v.run(), [])
    with pytest.raises(StoreError, match="not stored"):
        note(store, "nowhere", "ended")
