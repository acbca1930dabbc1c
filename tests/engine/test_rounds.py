"""A run through a provider's batch API comes out like a live one, at half the price, once."""

import asyncio
import datetime as dt
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from panel.bootstrap.house import House
from panel.bootstrap.pinning import pinned
from panel.bootstrap.planning import Plan, plan
from panel.bootstrap.running import resume, start
from panel.domain.scorecard import Scorecard
from panel.engine import submitting
from panel.errors import (
    EndpointError,
    InputError,
    InterruptError,
    ShipskipError,
    SpendingError,
)
from panel.judging.brake import Brake
from panel.testing import BatchPlan, FakeOpenAI, FakeRequest, Reply
from panel.testing.grounded import grounded_answer
from tests.databases import Environment
from tests.engine.crew import strike

ROOT = Path(__file__).parents[2]
PRICES = {"input_price": "2", "output_price": "8"}

Opened = Callable[..., House]


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a minute between two looks here."""
    monkeypatch.setattr(submitting, "_FIRST_WAIT", 0.01)
    monkeypatch.setattr(submitting, "_LONGEST_WAIT", 0.02)


@pytest.fixture
def house(tmp_path: Path, database: Environment) -> Opened:
    (tmp_path / "dossiers").mkdir()
    for slug in ("muse-spark", "hy-mt2"):
        shutil.copy(ROOT / "dossiers" / f"{slug}.md", tmp_path / "dossiers")

    def open_(server: FakeOpenAI, **flags: Any) -> House:
        given = {"llm": "fake-llm", "base_url": server.base_url, "provider_batch": True}
        return House.open(tmp_path, {**given, **PRICES, **flags})

    return open_


def begun(house: House, *, brake: Brake | None = None) -> Plan:
    made = plan(house, ["muse-spark", "hy-mt2"])
    with house.store(write=True) as store:
        asyncio.run(start(made, store, brake=brake))
    return made


def gone_on(house: House, made: Plan, **how: Any) -> None:
    with house.store(write=True) as store:
        run = store.run(made.run.id)
        asyncio.run(resume(run, pinned(run, store, house.workspace), store, **how))


def cards_of(house: House, made: Plan) -> list[Scorecard]:
    with house.store(write=False) as store:
        return list(store.scorecards(made.run.id))


def calls_of(cards: list[Scorecard]) -> list[list[tuple[str, str | None]]]:
    return [[(seat.persona, seat.call) for seat in card.results] for card in cards]


def test_it_comes_out_like_a_live_run_at_half_the_price(house: Opened) -> None:
    with FakeOpenAI() as server:
        live = house(server, provider_batch=False, lead="off")
        one, two = begun(live), begun(house(server, lead="off"))
        first, second = cards_of(live, one), cards_of(live, two)
        assert len(server.batches) == 1
        assert server.count == 10
    assert calls_of(first) == calls_of(second)
    assert [card.cost and card.cost / 2 for card in first] == [card.cost for card in second]
    with live.store(write=False) as store:
        ledger = store.ledger(two.run.id)
        assert store.run(two.run.id).state == "finished"
    assert ledger.spent == sum((card.cost or Decimal(0) for card in second), Decimal(0))
    assert (ledger.calls, ledger.succeeded, ledger.unanswered) == (10, 10, 0)


def test_mends_are_the_next_round(house: Opened) -> None:
    def careless(request: FakeRequest) -> Reply:
        answer = dict(grounded_answer(request))
        if len(request.body["messages"]) < 4:
            answer["headline"] = ""
        return Reply.json(answer)

    with FakeOpenAI({"developer": careless, "*": Reply()}) as server:
        made = begun(house(server))
        assert [len(batch.lines) for batch in server.batches] == [10, 2]
        assert [card.answered for card in cards_of(house(server), made)] == [5, 5]


def test_refused_lines_are_asked_again_as_often_as_a_live_call(house: Opened) -> None:
    with FakeOpenAI({"developer": Reply.status(500), "*": Reply()}) as server:
        made = begun(house(server, max_retries=2))
        assert [len(batch.lines) for batch in server.batches] == [10, 2, 2]
        with house(server).store(write=False) as store:
            failed = [review for review in store.reviews(made.run.id) if review.failure]
    kinds = {review.failure.kind for review in failed if review.failure}
    assert (len(failed), kinds) == (2, {"server-error"})


@pytest.mark.parametrize(
    "batch_plan",
    [
        BatchPlan(duplicates=4),
        BatchPlan(lost=1),
        BatchPlan(cut_downloads=1),
        BatchPlan(expire_after=3),
    ],
    ids=["duplicate lines", "lost creation", "cut download", "expired"],
)
def test_whatever_a_provider_does_every_review_is_there_once(
    house: Opened, batch_plan: BatchPlan
) -> None:
    with FakeOpenAI(batch_plan=batch_plan) as server:
        made = begun(house(server))
        with house(server).store(write=False) as store:
            assert len(store.reviews(made.run.id)) == 10
            assert store.ledger(made.run.id).succeeded == 10
        assert server.billed == 10


def test_a_refused_batch_stops_the_run_and_says_why(house: Opened) -> None:
    with FakeOpenAI(batch_plan=BatchPlan(refuse="the file is not to our taste")) as server:
        settings = house(server)
        made = plan(settings, ["hy-mt2"])
        with settings.store(write=True) as store:
            with pytest.raises(EndpointError, match="not to our taste"):
                asyncio.run(start(made, store))
            assert store.run(made.run.id).state == "stopped"


def test_a_provider_without_a_batch_api_is_told(house: Opened) -> None:
    with FakeOpenAI(batch_plan=None) as server, pytest.raises(EndpointError, match="Batch"):
        begun(house(server))


def test_a_protocol_without_it_is_refused_before_anything_is_stored(
    house: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("anthropic")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-000000")
    with FakeOpenAI() as server:
        settings = house(server, llm="anthropic:claude-x", base_url=None)
        made = plan(settings, ["hy-mt2"])
        with settings.store(write=True) as store:
            with pytest.raises(InputError, match="Batch API"):
                asyncio.run(start(made, store))
            assert store.runs() == ()


def test_stopping_leaves_the_batch_at_the_provider_and_going_on_collects_it(
    house: Opened,
) -> None:
    brake = Brake()

    class Waiting(FakeOpenAI):
        def receive(self, request: FakeRequest) -> Reply:
            if request.method == "GET" and request.path.startswith("/v1/batches/"):
                brake.pull()
            return super().receive(request)

    with Waiting(batch_plan=BatchPlan(polls=50)) as server:
        settings = house(server)
        made = plan(settings, ["muse-spark", "hy-mt2"])
        store = settings.store(write=True)
        with store, pytest.raises(InterruptError, match="resume"):
            asyncio.run(start(made, store, brake=brake))
        gone_on(settings, made)
        assert len(server.batches) == 1
        assert [card.answered for card in cards_of(settings, made)] == [5, 5]


def test_after_the_deadline_the_rest_is_called_live_and_the_batch_is_cancelled(
    house: Opened,
) -> None:
    with FakeOpenAI(batch_plan=BatchPlan(polls=10_000)) as server:
        settings = house(server, deadline=1e-9)
        made = begun(settings)
        assert [card.answered for card in cards_of(settings, made)] == [5, 5]
        assert [batch.status for batch in server.batches] == ["cancelled"]
        assert server.count == 10


def test_a_cap_leaves_calls_out_and_stops_when_none_fits(house: Opened) -> None:
    with FakeOpenAI() as server:
        settings = house(server, max_cost=Decimal("0.065"), max_tokens=12_000)
        made = plan(settings, ["muse-spark", "hy-mt2"])
        with settings.store(write=True) as store:
            with pytest.raises(SpendingError, match="leaves no room"):
                asyncio.run(start(made, store))
            ledger = store.ledger(made.run.id)
    assert 0 < len([line for batch in server.batches for line in batch.lines]) < 10
    assert ledger.spent <= Decimal("0.065")


def test_batches_are_dated_so_that_the_deadline_outlives_a_crash(house: Opened) -> None:
    with FakeOpenAI() as server:
        made = begun(house(server))
        with house(server).store(write=False) as store:
            (record,) = store.batches(made.run.id)
    assert record.state == "ended"
    assert dt.datetime.now(dt.UTC) - record.created < dt.timedelta(minutes=5)


def test_what_was_left_alone_is_opened_again_when_that_is_asked_for(house: Opened) -> None:
    with FakeOpenAI() as server:
        settings = house(server)
        made = plan(settings, ["muse-spark", "hy-mt2"])
        with settings.store(write=True) as store:
            store.create_run(made.run, made.documents())
        strike(settings.database_url, made.run.id, "hy-mt2", 3)
        with pytest.raises(ShipskipError, match="done but for hy-mt2"):
            gone_on(settings, made)
        assert [card.slug for card in cards_of(settings, made)] == ["muse-spark"]
        gone_on(settings, made, again=True)
        assert [card.answered for card in cards_of(settings, made)] == [5, 5]
        assert [len(batch.lines) for batch in server.batches] == [5, 5]
