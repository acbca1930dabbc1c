"""Which runs a worker has open, and when their judges are closed."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from panel.domain.run import Run
from panel.engine.quarantine import Retry, Strikes
from panel.engine.slots import Slots
from panel.engine.watching import Silent
from panel.engine.work_runs import Runs
from panel.errors import BusyError, InputError
from panel.judging.brake import Brake
from panel.judging.tape import Mode
from panel.pipeline import Pipeline
from panel.store.store import Store
from panel.testing import ScriptedJudge
from tests.engine.crew import Site, site


class Judges:
    """Opens pipelines and remembers which are open."""

    def __init__(self, shared: Site) -> None:
        self._shared = shared
        self.open: list[tuple[str, Mode]] = []

    @asynccontextmanager
    async def __call__(self, run: Run, mode: Mode, brake: Brake) -> AsyncGenerator[Pipeline]:
        self.open.append((run.id, mode))
        yield Pipeline(run, self._shared.material, ScriptedJudge(), self._shared.store)
        self.open.remove((run.id, mode))


@pytest.fixture
def shared(postgres_url: str, tmp_path: Path) -> Iterator[Site]:
    with site(postgres_url, tmp_path, dossiers=1, seats=1) as made:
        yield made


def runs_of(shared: Site, judges: Judges) -> Runs:
    return Runs(shared.store, judges, Slots(3), Silent(), brake=Brake())


def more_runs(shared: Site, number: int) -> list[str]:
    """Further runs of the same order."""
    ids = [f"20260512-090000-{at:06x}" for at in range(number)]
    for run_id in ids:
        shared.store.create_run(shared.run.model_copy(update={"id": run_id}), [])
    return ids


def test_what_was_begun_before_has_a_judge_that_knows_the_tape(shared: Site) -> None:
    async def story() -> None:
        judges = Judges(shared)
        runs = runs_of(shared, judges)
        run = await runs.at(shared.run.id)
        assert run is not None
        assert await runs.at(shared.run.id) is run
        assert judges.open == []
        for again in (False, True, False):
            await run.ready(again=again)
        assert judges.open == [(shared.run.id, "record"), (shared.run.id, "resume")]
        await runs.close()
        assert judges.open == []

    asyncio.run(story())


def test_the_runs_that_rest_longest_are_closed(shared: Site) -> None:
    async def story() -> None:
        judges = Judges(shared)
        runs, ids = runs_of(shared, judges), more_runs(shared, 6)
        for run_id in (*ids, ids[0]):
            run = await runs.at(run_id)
            assert run is not None
            await run.ready(again=False)
        await runs.look()
        assert {run_id for run_id, _ in judges.open} == {*ids[3:], ids[0]}
        assert {run.run.id for run in runs.open} == {*ids[3:], ids[0]}
        await runs.close()

    asyncio.run(story())


def test_a_run_that_pauses_is_closed_once_nothing_of_it_is_in_hand(shared: Site) -> None:
    async def story() -> None:
        judges = Judges(shared)
        runs = runs_of(shared, judges)
        run = await runs.at(shared.run.id)
        assert run is not None
        await run.ready(again=False)
        task = asyncio.create_task(asyncio.sleep(60))
        run.tasks.add(task)
        await shared.store.anote_run(shared.run.id, "paused")
        await runs.look()
        assert (run.control.brake.pulled, task.done(), runs.open) == (True, False, ())
        assert await runs.at(shared.run.id) is None
        assert judges.open
        run.tasks.clear()
        await runs.look()
        assert judges.open == []
        await shared.store.anote_run(shared.run.id, "running")
        await asyncio.sleep(1.1)  # for as long it is believed to be paused
        await runs.look()
        assert [one.run.id for one in runs.open] == [shared.run.id]
        assert runs.open[0] is not run
        task.cancel()
        await runs.close()

    asyncio.run(story())


def test_a_run_that_was_not_running_a_moment_ago_can_be_asked_for_again(shared: Site) -> None:
    async def story() -> None:
        runs = runs_of(shared, Judges(shared))
        await shared.store.anote_run(shared.run.id, "finished")
        assert await runs.at(shared.run.id) is None
        await shared.store.anote_run(shared.run.id, "running")
        assert await runs.at(shared.run.id) is None
        assert await runs.at(shared.run.id, sure=True) is not None
        await runs.close()

    asyncio.run(story())


def test_what_is_asked_again_is_open_until_it_has_cost_a_process(shared: Site) -> None:
    async def story() -> None:
        runs = runs_of(shared, Judges(shared))
        run = await runs.at(shared.run.id)
        assert run is not None
        run.control.again = {"other": 1}
        run.control.strikes = Strikes({"model-1": 3})
        wish = Retry({"key": 1}, deaths=3)
        assert run.treatment("model-1", None) == "quarantined"
        assert run.treatment("model-1", wish) == "alone"
        assert run.control.again == {"other": 1, "key": 1}
        run.control.strikes = Strikes({"model-1": 4})
        assert run.treatment("model-1", wish) == "quarantined"
        assert run.control.again == {"other": 1}
        await runs.close()

    asyncio.run(story())


def test_what_a_cancelled_run_has_in_hand_is_cut_off(shared: Site) -> None:
    async def story() -> None:
        runs = runs_of(shared, Judges(shared))
        run = await runs.at(shared.run.id)
        assert run is not None
        task = asyncio.create_task(asyncio.sleep(60))
        run.tasks.add(task)
        await shared.store.anote_run(shared.run.id, "cancelled")
        await runs.look()
        with pytest.raises(asyncio.CancelledError):
            await task
        await runs.close()

    asyncio.run(story())


def test_a_refusal_is_news_once(shared: Site) -> None:
    runs = runs_of(shared, Judges(shared))
    assert runs.refuse("a", InputError("no key"))
    assert not runs.refuse("a", InputError("no key"))
    assert runs.refuse("a", InputError("no such llm"))
    assert [str(error) for error in runs.refused.values()] == ["no such llm"]


def test_a_run_is_shared_with_workers_only(shared: Site) -> None:
    async def story() -> None:
        runs = runs_of(shared, Judges(shared))
        with Store.open(shared.url, write=True) as other:
            assert await runs.at(shared.run.id) is not None
            other.claim_run(shared.run.id, shared=True)
            other.release_run(shared.run.id)
            with pytest.raises(BusyError):
                other.claim_run(shared.run.id)
            await runs.close()
            other.claim_run(shared.run.id)
            with pytest.raises(BusyError):
                await runs_of(shared, Judges(shared)).at(shared.run.id)

    asyncio.run(story())


@pytest.mark.parametrize(("lead", "weight"), [("on", 1), ("off", 3)])
def test_only_a_dossier_whose_first_seat_runs_ahead_weighs_one(
    postgres_url: str, tmp_path: Path, lead: str, weight: int
) -> None:
    async def story(shared: Site) -> int:
        runs = runs_of(shared, Judges(shared))
        run = await runs.at(shared.run.id)
        assert run is not None
        run.run = run.run.model_copy(update={"lead": lead})
        await runs.close()
        return run.weight("model-1")

    with site(postgres_url, tmp_path, dossiers=1, seats=3) as shared:
        assert asyncio.run(story(shared)) == weight
