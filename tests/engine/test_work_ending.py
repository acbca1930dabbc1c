"""A shared run ends once, in the state that is true."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from panel.domain.run import RunState
from panel.engine.work_ending import ask_again, conclude, stop_run
from panel.engine.workers import Queue
from panel.errors import EndpointError
from panel.store.store import Store
from panel.testing import ScriptedJudge
from tests.engine.crew import QUICK, Site, site


@pytest.fixture
def shared(postgres_url: str, tmp_path: Path) -> Iterator[Site]:
    with site(postgres_url, tmp_path, dossiers=2, seats=1) as made:
        yield made


async def concluded(shared: Site) -> None:
    with Store.open(shared.url, write=True) as store:
        async with Queue.open(shared.url) as queue:
            await conclude(store, queue, shared.run, shared.said.append)


def test_what_is_neither_done_nor_waiting_waits_again(shared: Site) -> None:
    asyncio.run(concluded(shared))
    assert asyncio.run(shared.waiting()) == 2
    assert (shared.states, shared.said) == (["running"], [])


def test_many_who_see_the_end_at_once_say_it_once(shared: Site) -> None:
    async def story() -> None:
        await shared.enqueue()
        await shared.work(ScriptedJudge(), replace(QUICK, drain=True))
        shared.store.note_run(shared.run.id, "running")
        await asyncio.gather(*(concluded(shared) for _ in range(4)))

    asyncio.run(story())
    assert shared.states == ["running", "finished", "running", "finished"]


def test_many_who_stop_a_run_stop_it_once(shared: Site) -> None:
    async def stopped() -> None:
        with Store.open(shared.url, write=True) as store:
            error = EndpointError("the key is refused", remedy="mend it")
            await stop_run(store, shared.run.id, error, shared.said.append)

    async def story() -> None:
        await asyncio.gather(*(stopped() for _ in range(4)))

    asyncio.run(story())
    assert shared.states == ["running", "stopped"]
    assert shared.said == [f"run {shared.run.id} is stopped: the key is refused -> mend it"]


@pytest.mark.parametrize("state", ["paused", "cancelled", "finished"])
def test_a_run_that_does_not_run_is_left_as_it_is(shared: Site, state: RunState) -> None:
    shared.store.note_run(shared.run.id, state)
    asyncio.run(concluded(shared))
    asyncio.run(stop_run(shared.store, shared.run.id, EndpointError("late"), shared.said.append))
    assert (shared.states, shared.said) == (["running", state], [])
    assert asyncio.run(shared.waiting()) == 0


async def asked_again(shared: Site) -> int:
    with Store.open(shared.url, write=True) as store:
        async with Queue.open(shared.url) as queue:
            return await ask_again(store, queue, shared.run)


def test_a_run_with_something_to_ask_again_does_not_end(shared: Site) -> None:
    async def story() -> None:
        await shared.enqueue()
        judge = ScriptedJudge({"reviewer-1": "timeout"})
        await shared.work(judge, replace(QUICK, drain=True))
        assert await asked_again(shared) == 2
        await concluded(shared)

    asyncio.run(story())
    assert shared.states == ["running", "finished", "running"]
    assert asyncio.run(shared.waiting()) == 2


def test_only_what_failed_or_has_no_scorecard_is_worked_on_again(shared: Site) -> None:
    async def story() -> ScriptedJudge:
        await shared.enqueue()
        judge = ScriptedJudge({"reviewer-1": "timeout"})
        await shared.work(judge, replace(QUICK, drain=True))
        assert await asked_again(shared) == 2
        well = ScriptedJudge()
        await shared.work(well, replace(QUICK, drain=True))
        assert sorted(well.asked) == sorted(judge.asked)
        assert await asked_again(shared) == 2  # both were retried, and are only reduced anew
        await shared.work(well, replace(QUICK, drain=True))
        return well

    assert len(asyncio.run(story()).asked) == 2
    assert shared.store.failures(shared.run.id) == ()
    assert [review.nth for review in shared.store.reviews(shared.run.id)] == [2, 2]
    assert shared.states == ["running", "finished"] * 3


def test_whose_turn_it_is_is_waited_for(shared: Site) -> None:
    async def story() -> None:
        with Store.open(shared.url, write=True) as other:
            other.claim_run(f"end of {shared.run.id}")
            asking = asyncio.create_task(asked_again(shared))
            await asyncio.sleep(0.5)
            assert shared.states == ["running"]
        assert await asking == 2

    asyncio.run(story())
    assert shared.states == ["running", "running"]
