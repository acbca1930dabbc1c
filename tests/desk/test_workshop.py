"""Runs that the desk works on: begun, watched, stopped, gone on with, cancelled, retried."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from panel.bootstrap.working import work
from panel.engine.work_loop import Habits
from panel.judging.brake import Brake
from panel.testing import FakeOpenAI
from panel.testing.grounded import grounded_answer
from panel.testing.reply import Reply
from panel.testing.request import FakeRequest
from tests.databases import Environment
from tests.desk.living import living, words_of
from tests.desk.working import agree, stocked, until


def test_a_run_is_stopped_and_gone_on_with(tmp_path: Path, database: Environment) -> None:
    with FakeOpenAI(latency=0.3) as server:
        house = stocked(tmp_path / "desk", server, concurrency=1)
        with living(house) as desk:
            store, ana = desk.context.store, desk.person(login="ana")
            path = agree(ana, samples="20", name="Long <b>").headers["location"]
            run = path.removeprefix("/runs/")
            until(lambda: store.progress(run).done)
            page = ana.get(path)
            assert 'data-live="2"' in page.text
            assert 'http-equiv="refresh"' in page.text
            assert "Long <b>" in words_of(page)
            assert ana.post(f"{path}/resume").status_code == 422, "it is in hand"
            assert "calls in flight" in words_of(
                ana.get(ana.post(f"{path}/stop").headers["location"])
            )
            until(lambda: store.run_state(run) == "stopped")
            until(lambda: "Go on" in words_of(ana.get(path)))
            done = store.progress(run).done
            assert 0 < done < 20
            server.latency = 0
            ana.post(f"{path}/resume")
            until(lambda: store.run_state(run) == "finished")
            assert len(server.requests) == 20, "nothing is asked twice"
            until(lambda: store.queue_row(run, "hy-mt2"))
            acts = [event.act for event in store.events(subject=f"run/{run}")]
            assert acts == ["run.start", "run.stop", "run.resume"]


def test_a_run_is_cancelled_for_good(tmp_path: Path, database: Environment) -> None:
    with FakeOpenAI(latency=0.3) as server:
        house = stocked(tmp_path / "desk", server, concurrency=1)
        with living(house) as desk:
            ana, store = desk.person(), desk.context.store
            path = agree(ana, samples="20").headers["location"]
            run = path.removeprefix("/runs/")
            until(lambda: store.progress(run).done)
            ana.post(f"{path}/cancel")
            until(lambda: store.run_state(run) == "cancelled")
            until(lambda: "Stop" not in words_of(ana.get(path)))
            assert ana.post(f"{path}/resume").status_code == 422
            assert ana.post(f"{path}/cancel").status_code == 422


def test_failed_seats_are_asked_again(tmp_path: Path, database: Environment) -> None:
    failing = [True]

    def script(request: FakeRequest) -> Reply | Mapping[str, Any]:
        return Reply.status(500) if failing else grounded_answer(request)

    with FakeOpenAI(script) as server:
        house = stocked(tmp_path / "desk", server)
        with living(house) as desk:
            ana, store = desk.person(), desk.context.store
            path = agree(ana).headers["location"]
            run = path.removeprefix("/runs/")
            until(lambda: store.run_state(run) == "finished")
            until(lambda: "Ask failed seats again" in words_of(ana.get(path)))
            assert "skeptic on hy-mt2" in words_of(ana.get(path))
            failing.clear()
            ana.post(f"{path}/retry")
            until(lambda: store.progress(run).answered == 1)
            until(lambda: store.run_state(run) == "finished")


def test_a_closed_desk_leaves_a_run_that_can_be_gone_on_with(
    tmp_path: Path, database: Environment
) -> None:
    with FakeOpenAI(latency=0.3) as server:
        house = stocked(tmp_path / "desk", server, concurrency=1)
        with living(house) as desk:
            path = agree(desk.person(), samples="20").headers["location"]
            run = path.removeprefix("/runs/")
            until(lambda: desk.context.store.progress(run).done)
        with living(house) as desk:
            assert desk.context.store.run_state(run) == "stopped"
            server.latency = 0
            desk.person().post(f"{path}/resume")
            until(lambda: desk.context.store.run_state(run) == "finished")


def test_a_missing_key_is_told_before_anything_is_stored(
    tmp_path: Path, database: Environment
) -> None:
    with living(stocked(tmp_path / "desk")) as desk:
        told = agree(desk.person(), llm="anthropic:claude-sonnet-4-5")
        assert told.status_code == 422
        assert "Nothing was begun" in words_of(told)
        assert desk.context.store.runs() == ()


def test_on_a_server_workers_do_the_work(tmp_path: Path, postgres_url: str) -> None:
    house = stocked(tmp_path / "desk", database_url=postgres_url)
    with living(house) as desk:
        ana, store = desk.person(), desk.context.store
        path = agree(ana).headers["location"]
        run = path.removeprefix("/runs/")
        assert store.run_state(run) == "running"
        ana.post(f"{path}/stop")
        assert store.run_state(run) == "paused"
        ana.post(f"{path}/resume")
        drain = Habits(drain=True, beat=0.1, stalled=0.6, look=0.1)
        asyncio.run(work(house, drain, Brake(), say=lambda _: None))
        assert store.run_state(run) == "finished"
        until(lambda: store.queue_row(run, "hy-mt2"))
        other = agree(ana).headers["location"]
        ana.post(f"{other}/cancel")
        assert store.run_state(other.removeprefix("/runs/")) == "cancelled"
