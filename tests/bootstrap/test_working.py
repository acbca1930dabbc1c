"""Leaving runs to workers and steering them, also where there are none."""

import asyncio
from pathlib import Path

import pytest

from panel.bootstrap.house import House
from panel.bootstrap.planning import plan
from panel.bootstrap.working import (
    Habits,
    cancel,
    continue_,
    enqueue,
    pause,
    work,
    workers_alive,
)
from panel.engine.work_hands import Hands
from panel.errors import BusyError, InputError
from panel.judging.brake import Brake
from panel.store.store import Store
from tests.bootstrap.conftest import Opened

DRAIN = Habits(drain=True, beat=0.1, stalled=0.6, look=0.1)


def worked(house: House) -> list[str]:
    """Be a worker until nothing is left; gives what it said."""
    said: list[str] = []
    asyncio.run(work(house, DRAIN, Brake(), say=said.append))
    return said


def left(house: House, priority: int = 0) -> str:
    """Leave a run of two dossiers to workers."""
    made = plan(house, ["muse-spark", "hy-mt2"])
    with house.store(write=True) as store:
        assert enqueue(made, store, priority=priority) == 2
    return made.run.id


@pytest.fixture
def shared(house: Opened, postgres_url: str) -> House:
    """A workspace on PostgreSQL."""
    return house(database_url=postgres_url)


def test_a_run_is_left_to_workers_and_comes_back_whole(shared: House) -> None:
    run = left(shared)
    assert worked(shared) == [f"run {run} is finished"]
    with shared.store(write=False) as store:
        assert store.progress(run).answered == 10


def test_the_run_with_the_higher_priority_comes_first(shared: House) -> None:
    later, first = left(shared), left(shared, priority=5)
    assert worked(shared) == [f"run {first} is finished", f"run {later} is finished"]


def test_living_workers_are_counted(shared: House, postgres_url: str) -> None:
    async def story() -> int:
        async with Hands.open(postgres_url) as hands:
            await hands.sign_on()
            return await asyncio.to_thread(workers_alive, postgres_url)

    assert workers_alive(postgres_url) == 0
    assert asyncio.run(story()) == 1


def test_a_worker_without_the_key_says_so_and_leaves_the_run(shared: House) -> None:
    run = left(shared.with_settings(llm="openai-chat:gpt-5.5"))
    with pytest.raises(InputError, match="OPENAI_API_KEY"):
        worked(shared)
    with shared.store(write=False) as store:
        assert store.run(run).state == "running"
    assert continue_(shared, run) == (run, 0)  # both wait as before


def test_pause_continue_and_cancel_say_what_is_so(shared: House) -> None:
    run = left(shared)
    assert pause(shared, "latest") == run
    assert worked(shared) == []
    with pytest.raises(InputError, match="is not running: it is paused"):
        pause(shared, run)
    assert continue_(shared, run) == (run, 2)
    assert worked(shared) == [f"run {run} is finished"]
    for steer in (cancel, continue_):
        with pytest.raises(InputError, match="is finished"):
            steer(shared, run)
    other = left(shared)
    assert cancel(shared, other) == other
    with pytest.raises(InputError, match="is cancelled"):
        continue_(shared, other)
    assert worked(shared) == []


def test_a_run_that_is_done_but_for_the_word_is_finished(shared: House) -> None:
    run = left(shared)
    worked(shared)
    with shared.store(write=True) as store:
        store.note_run(run, "stopped", "made up")
    assert continue_(shared, run) == (run, 0)
    with shared.store(write=False) as store:
        assert store.run(run).state == "finished"


def test_a_run_that_one_process_works_on_is_stopped_there(shared: House) -> None:
    run = left(shared)
    with shared.store(write=True) as store:
        store.claim_run(run)
        for steer in (pause, continue_, cancel):
            with pytest.raises(BusyError, match="Ctrl-C where it runs"):
                steer(shared, run)


@pytest.fixture
def lonely(house: Opened, tmp_path: Path) -> House:
    """A workspace on SQLite with a run that nobody works on."""
    made = house(database_url=f"sqlite:///{tmp_path}/shipskip.db")
    planned = plan(made, ["hy-mt2"])
    with made.store(write=True) as store:
        store.create_run(planned.run, planned.documents())
    return made


def test_a_file_has_no_workers(lonely: House) -> None:
    with pytest.raises(InputError, match="this one is a SQLite file"):
        worked(lonely)
    with pytest.raises(InputError, match=r"nothing to pause.*resume"):
        pause(lonely, "latest")
    with pytest.raises(InputError, match=r"by one process.*resume"):
        continue_(lonely, "latest")
    run = cancel(lonely, "latest")
    with lonely.store(write=False) as store:
        assert store.run(run).state == "cancelled"


def test_a_file_that_is_being_written_is_left_alone(lonely: House) -> None:
    writing = Store.open(lonely.database_url, write=True)
    with writing, pytest.raises(BusyError, match="Ctrl-C where it runs"):
        cancel(lonely, "latest")
