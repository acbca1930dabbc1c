"""The real command as real workers: killed, stopped, capped, paced, steered."""

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from panel.bootstrap.house import House
from panel.bootstrap.planning import plan
from panel.bootstrap.working import enqueue
from panel.store.store import Store
from panel.testing import FakeOpenAI
from tests.cli.conftest import Command
from tests.databases import rows
from tests.resilience.lives import PATIENCE, Life, Tripwire, begin, furnished

QUICK = ("--beat", "0.5", "--patience", "6")
"""A loop that opens its first judge on a busy machine is silent for a second or two."""


class Desk:
    """A workspace on PostgreSQL, and the processes that were started in it."""

    def __init__(self, folder: Path, url: str, dossiers: int) -> None:
        self.folder = furnished(folder, dossiers)
        self.url = url
        (folder / "shipskip.toml").write_text(f'database_url = "{url}"\n', encoding="utf-8")
        slugs = "\n".join(f"tern-{number}" for number in range(1, dossiers + 1))
        (folder / "list.txt").write_text(f"{slugs}\n", encoding="utf-8")
        self.lives: list[Life] = []

    def begin(self, *arguments: object) -> Life:
        life = begin(self.folder, *(str(argument) for argument in arguments))
        self.lives.append(life)
        return life

    def workers(self, number: int, *arguments: object) -> list[Life]:
        return [self.begin("worker", *QUICK, *arguments) for _ in range(number)]

    def order(self, fake: FakeOpenAI, *arguments: object) -> Life:
        llm = ("--llm", "fake-llm", "--base-url", fake.base_url)
        return self.begin("batch", "list.txt", *llm, *arguments)

    def run_id(self) -> str:
        """The run, once it is stored."""
        deadline = time.monotonic() + PATIENCE
        while not (found := rows(self.url, "SELECT id FROM runs")):
            assert time.monotonic() < deadline, "no run was ever stored"
            time.sleep(0.05)
        return str(found[0][0])

    def until(self, state: str) -> str:
        """The run, once it is in a state."""
        run, deadline = self.run_id(), time.monotonic() + PATIENCE
        query = "SELECT state FROM run_events ORDER BY seq DESC LIMIT 1"
        while (found := rows(self.url, query)) != [(state,)]:
            assert time.monotonic() < deadline, f"still {found}"
            time.sleep(0.1)
        return run


@pytest.fixture
def desk(tmp_path: Path, postgres_url: str) -> Iterator[Desk]:
    """Six dossiers; whatever still runs at the end is killed."""
    made = Desk(tmp_path / "desk", postgres_url, 6)
    yield made
    for life in made.lives:
        if life.process.is_alive():
            life.kill()
            life.process.join()


def stopped(life: Life) -> str:
    """Stop a worker as a service manager does; gives what it said."""
    os.kill(life.pid, signal.SIGTERM)
    assert life.end() == 0, life.err.read_text()
    return life.err.read_text(encoding="utf-8")


def test_nothing_is_lost_or_doubled_when_one_of_three_workers_is_killed(desk: Desk) -> None:
    wire = Tripwire()
    with FakeOpenAI(wire) as fake:
        workers = desk.workers(3, "--concurrency", 4)
        wire.arm(12)
        wire.hold()
        batch = desk.order(fake)
        wire.wait_for_pull(batch.process.is_alive)  # each of the three holds four calls
        workers[0].kill()
        wire.release()
        run = desk.until("finished")
        said = [stopped(worker) for worker in workers[1:]]
        asked = fake.count
    with Store.open(desk.url, write=False) as store:
        keys = [review.key for review in store.reviews(run)]
        assert len(keys) == len(set(keys)) == 30
        assert store.progress(run).state == "finished"
        assert store.ledger(run).unanswered == asked - store.ledger(run).answered
    assert 30 <= asked <= 34
    assert any("of workers that are gone" in text for text in said)
    assert all("what was not begun is left to others" in text for text in said)


def test_a_cap_holds_for_all_workers_together(desk: Desk) -> None:
    cap = Decimal("0.4")
    with FakeOpenAI() as fake:
        priced = {"input_price": Decimal(1), "output_price": Decimal(100), "max_tokens": 1000}
        flags = {"llm": "fake-llm", "base_url": fake.base_url, **priced}
        house = House.open(desk.folder, flags)
        made = plan(house, [f"tern-{number}" for number in range(1, 7)])
        # Planning would refuse a cap that is surely too low, which is just what is wanted here.
        capped = replace(made, run=made.run.model_copy(update={"max_cost": cap}))
        with house.store(write=True) as store:
            enqueue(capped, store)
        for worker in desk.workers(3, "--concurrency", 2, "--drain"):
            assert worker.end() == 0, worker.err.read_text()
    with Store.open(desk.url, write=False) as store:
        progress = store.progress(capped.run.id)
    assert progress.state == "stopped"
    assert f"cap of {cap}" in progress.note
    assert 0 < progress.ledger.spent <= cap
    assert progress.done < progress.reviews


def test_workers_share_one_rate(desk: Desk) -> None:
    begun = time.time()
    with FakeOpenAI() as fake:
        workers = desk.workers(2)
        desk.order(fake, "--rate", "20/s")
        desk.until("finished")
        for worker in workers:
            stopped(worker)
        calls = fake.count
    [(booked,)] = rows(desk.url, "SELECT calls_at FROM paces")
    assert booked >= begun + calls / 20


def test_a_worker_drains_what_was_left_to_it(desk: Desk) -> None:
    with FakeOpenAI() as fake:
        desk.order(fake)
        run = desk.run_id()
        told = desk.workers(1, "--drain", "--name", "ada", "--run", run[:15])[0]
        assert told.end() == 0, told.err.read_text()
    said = told.err.read_text(encoding="utf-8").splitlines()
    assert said[-2:] == [f"worker ada: run {run} is finished", "worker ada: nothing is left to do"]
    assert sum(f"(run {run})" in line for line in said) == 6


def test_a_run_is_paused_continued_and_cancelled(
    desk: Desk, shipskip: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.folder)
    wire = Tripwire()
    with FakeOpenAI(wire) as fake:
        wire.arm(4)
        wire.hold()
        worker = desk.workers(1, "--concurrency", 4)[0]
        batch = desk.order(fake)
        wire.wait_for_pull(batch.process.is_alive)
        run = desk.run_id()
        assert shipskip("runs", "pause", run).err.startswith(f"run {run} is paused; go on with:")
        again = shipskip("runs", "pause", run)
        assert (again.code, again.err) == (2, f"error: run {run} is not running: it is paused\n")
        assert shipskip("runs", "continue", run).code == 0
        cancelled = shipskip("runs", "cancel", run)
        assert cancelled.code == 0
        assert "what was answered is kept" in cancelled.err
        stopped(worker)
        wire.release()
        assert fake.count == 4
    refused = shipskip("runs", "continue", run)
    assert (refused.code, "is cancelled" in refused.err) == (2, True)
    assert [s for (s,) in rows(desk.url, "SELECT state FROM run_events ORDER BY seq")] == [
        "running",
        "paused",
        "running",
        "cancelled",
    ]


def test_a_worker_needs_postgresql(
    shipskip: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = shipskip("worker")
    assert (result.code, "one of them is a SQLite file" in result.err) == (2, False)
    assert "SHIPSKIP_DATABASE_URL=postgresql://" in result.err


def test_a_patience_shorter_than_three_beats_is_refused(
    shipskip: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = shipskip("worker", "--beat", "20")
    assert (result.code, "less than 3 beats" in result.err) == (2, True)
