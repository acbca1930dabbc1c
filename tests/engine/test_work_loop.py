"""Workers of one database: everything once, nobody hoards, nothing is lost on the way."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from panel.domain.run import Run
from panel.engine.work_ending import ask_again
from panel.engine.work_hands import Hands
from panel.engine.work_runs import Opening
from panel.errors import InputError
from panel.judging.brake import Brake
from panel.judging.question import Question
from panel.judging.tape import Mode
from panel.pipeline import Pipeline
from panel.testing import ScriptedJudge
from tests.engine.crew import PATIENCE, QUICK, Site, eventually, site, strike

DRAIN = replace(QUICK, drain=True)


class Gate:
    """Holds every question until it is opened."""

    def __init__(self) -> None:
        self.opened = asyncio.Event()
        self.waiting = 0

    async def __call__(self, question: Question) -> None:
        self.waiting += 1
        async with asyncio.timeout(PATIENCE):
            await self.opened.wait()

    async def holds(self, number: int) -> None:
        """Wait until so many questions have come."""
        await eventually(lambda: self.waiting >= number)


@pytest.fixture
def six(postgres_url: str, tmp_path: Path) -> Iterator[Site]:
    """Six dossiers of two seats."""
    with site(postgres_url, tmp_path, dossiers=6, seats=2) as made:
        yield made


def test_three_workers_share_thirty_dossiers_and_ask_everything_once(
    postgres_url: str, tmp_path: Path
) -> None:
    async def story(shared: Site) -> list[ScriptedJudge]:
        gate = Gate()
        judges = [ScriptedJudge(hold=gate) for _ in range(3)]
        await shared.enqueue()
        working = [asyncio.create_task(shared.work(judge, DRAIN)) for judge in judges]
        await gate.holds(15)  # only if each fills its five places and hoards no dossier
        assert [judge.running for judge in judges] == [5, 5, 5]
        gate.opened.set()
        await asyncio.gather(*working)
        return judges

    with site(postgres_url, tmp_path, dossiers=30) as shared:
        judges = asyncio.run(story(shared))
        kept = [review.key for review in shared.store.reviews(shared.run.id)]
        assert len(kept) == len(set(kept)) == 150
        assert len(shared.store.scored(shared.run.id)) == 30
        assert shared.states == ["running", "finished"]
    asked = Counter(key for judge in judges for key in judge.asked)
    assert asked == Counter(kept)


def test_a_worker_that_drains_leaves_when_nothing_waits(six: Site) -> None:
    asyncio.run(six.work(ScriptedJudge(), DRAIN))
    assert six.states == ["running"]


def test_a_worker_waits_for_runs_that_come_later(six: Site) -> None:
    async def story() -> None:
        brake = Brake()
        working = asyncio.create_task(six.work(ScriptedJudge(), brake=brake))
        await asyncio.sleep(0.5)
        await six.enqueue()
        await six.until("finished")
        brake.pull()
        await working

    asyncio.run(story())
    assert six.states == ["running", "finished"]


def test_a_worker_that_is_stopped_finishes_its_calls_and_gives_the_rest_back(six: Site) -> None:
    async def story() -> ScriptedJudge:
        gate, brake = Gate(), Brake()
        judge = ScriptedJudge(hold=gate)
        await six.enqueue()
        working = asyncio.create_task(six.work(judge, replace(QUICK, concurrency=3), brake))
        await gate.holds(3)
        brake.pull()
        gate.opened.set()
        await working
        return judge

    judge = asyncio.run(story())
    assert judge.answered == judge.asked
    assert len(six.store.reviews(six.run.id)) == len(judge.asked) == 3
    assert asyncio.run(six.waiting()) == 6 - len(six.store.scored(six.run.id))
    assert six.state == "running"
    other = ScriptedJudge()
    asyncio.run(six.work(other, DRAIN))
    assert len(set(judge.asked) | set(other.asked)) == len(judge.asked) + len(other.asked) == 12
    assert six.state == "finished"


def test_a_paused_run_rests_until_it_is_continued(six: Site) -> None:
    async def story() -> ScriptedJudge:
        gate, brake = Gate(), Brake()
        judge = ScriptedJudge(hold=gate)
        await six.enqueue()
        working = asyncio.create_task(six.work(judge, brake=brake))
        await gate.holds(5)
        await six.store.anote_run(six.run.id, "paused")
        await asyncio.sleep(10 * QUICK.look)
        gate.opened.set()
        await six.until_idle()
        assert len(judge.asked) == 5
        await six.store.anote_run(six.run.id, "running")
        await six.enqueue(again=True)
        await six.until("finished")
        brake.pull()
        await working
        return judge

    judge = asyncio.run(story())
    assert len(set(judge.asked)) == len(judge.asked) == 12
    assert six.states == ["running", "paused", "running", "finished"]


def test_what_was_lost_from_the_queue_while_paused_is_found_again(six: Site) -> None:
    async def story() -> None:
        brake = Brake()
        await six.store.anote_run(six.run.id, "paused")
        await six.enqueue()
        working = asyncio.create_task(six.work(ScriptedJudge(), brake=brake))
        await six.until_idle()  # nothing waits any more, and nobody adds it
        await six.store.anote_run(six.run.id, "running")
        await six.until("finished")
        brake.pull()
        await working

    asyncio.run(story())
    assert len(six.store.scored(six.run.id)) == 6


def test_a_cancelled_run_ends_at_once_and_another_goes_on(six: Site) -> None:
    async def story() -> ScriptedJudge:
        gate, brake = Gate(), Brake()
        judge = ScriptedJudge(hold=gate)
        await six.enqueue()
        working = asyncio.create_task(six.work(judge, brake=brake))
        await gate.holds(5)
        await six.store.anote_run(six.run.id, "cancelled")
        await six.until_idle()  # although nobody opened the gate
        brake.pull()
        await working
        return judge

    judge = asyncio.run(story())
    assert judge.answered == []
    assert six.store.reviews(six.run.id) == ()
    assert six.states == ["running", "cancelled"]


def test_an_error_that_ends_a_run_ends_it_for_all_workers(six: Site) -> None:
    async def story() -> list[ScriptedJudge]:
        judges = [ScriptedJudge({"reviewer-1": "key-refused"}) for _ in range(2)]
        await six.enqueue()
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(six.work(judge, DRAIN) for judge in judges))
        return judges

    judges = asyncio.run(story())
    assert six.states == ["running", "stopped"]
    assert "key-refused" in six.store.run(six.run.id).note
    assert sum(len(judge.asked) for judge in judges) <= 12
    assert len([text for text in six.said if "is stopped" in text]) == 1
    assert asyncio.run(six.waiting()) == 0


def test_what_a_dead_worker_had_in_hand_is_taken_over(six: Site) -> None:
    async def story() -> None:
        await six.enqueue()
        async with Hands.open(six.url) as dead:
            await dead.sign_on()
            assert await dead.take() is not None
            await six.work(ScriptedJudge(), DRAIN)

    asyncio.run(story())
    assert six.state == "finished"
    assert [text for text in six.said if "are gone" in text] == [
        "1 dossiers of workers that are gone wait again"
    ]


def refusing(error: InputError) -> Opening:
    @asynccontextmanager
    async def opened(run: Run, mode: Mode, brake: Brake) -> AsyncGenerator[Pipeline]:
        raise error
        yield

    return opened


def test_a_worker_that_cannot_open_an_llm_leaves_the_run_to_others(six: Site) -> None:
    async def story() -> ScriptedJudge:
        judge, missing = ScriptedJudge(), InputError("no key", remedy="set one")
        await six.enqueue()
        with pytest.raises(InputError, match="no key"):
            await six.work(ScriptedJudge(), DRAIN, opening=refusing(missing))
        assert await six.waiting() == 6
        assert six.state == "running"
        await six.work(judge, DRAIN)
        return judge

    judge = asyncio.run(story())
    assert len(judge.asked) == 12
    assert six.said[0] == f"run {six.run.id} is left to other workers: no key -> set one"
    assert six.said[1:] == [f"run {six.run.id} is finished"]


def test_a_run_that_one_process_holds_is_left_to_it(six: Site) -> None:
    async def story() -> None:
        brake = Brake()
        six.store.claim_run(six.run.id)
        await six.enqueue()
        working = asyncio.create_task(six.work(ScriptedJudge(), brake=brake))
        await eventually(lambda: bool(six.said))
        brake.pull()
        await working

    asyncio.run(story())
    assert "is being worked on by" in six.said[0]
    assert six.store.reviews(six.run.id) == ()
    assert asyncio.run(six.waiting()) == 6


def test_what_ended_its_process_twice_comes_last_and_alone(six: Site) -> None:
    strike(six.url, six.run.id, "model-1", 2)
    judge = ScriptedJudge(hold=lambda _: asyncio.sleep(0.02))
    asyncio.run(six.enqueue())
    asyncio.run(six.work(judge, DRAIN))
    assert six.state == "finished"
    last = [review.key for review in six.store.reviews_of(six.run.id, "model-1")]
    assert judge.asked[-2:] == last


def test_what_ended_its_process_three_times_is_left_alone(six: Site) -> None:
    strike(six.url, six.run.id, "model-1", 3)
    asyncio.run(six.enqueue())
    asyncio.run(six.work(ScriptedJudge(), DRAIN))
    assert six.store.scored(six.run.id) == set(six.slugs) - {"model-1"}
    assert six.state == "stopped"
    assert six.store.run(six.run.id).note == "quarantined: model-1"


def test_what_was_left_alone_gets_one_more_try_when_it_is_asked_for(six: Site) -> None:
    async def asked_again() -> int:
        async with Hands.open(six.url) as hands:
            return await ask_again(six.store, hands, six.run)

    strike(six.url, six.run.id, "model-1", 3)
    asyncio.run(six.enqueue())
    asyncio.run(six.work(ScriptedJudge(), DRAIN))
    assert asyncio.run(asked_again()) == 1
    judge = ScriptedJudge()
    asyncio.run(six.work(judge, DRAIN))
    assert (len(judge.asked), six.state) == (2, "finished")


def test_a_worker_that_saw_the_end_asks_again_at_once(six: Site) -> None:
    async def story() -> None:
        brake, script = Brake(), {"reviewer-1": "timeout"}
        judge = ScriptedJudge(script)  # pyright: ignore[reportArgumentType]
        await six.enqueue()
        working = asyncio.create_task(six.work(judge, brake=brake))
        await six.until("finished")
        await asyncio.sleep(3 * QUICK.look)  # so that it has closed the run
        script.clear()
        async with Hands.open(six.url) as hands:
            assert await ask_again(six.store, hands, six.run) == 6
        await eventually(lambda: six.states[2:] == ["running", "finished"])
        brake.pull()
        await working

    asyncio.run(story())
    assert six.store.failures(six.run.id) == ()
