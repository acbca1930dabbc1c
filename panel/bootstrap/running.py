"""Starts and resumes runs: joins store, judge, pipeline and engine."""

import asyncio

from panel.bootstrap.planning import Plan
from panel.domain.run import Run
from panel.domain.scorecard import Scorecard
from panel.engine.local import LocalEngine, Watcher
from panel.errors import EndpointError
from panel.judging.judges import judge_of
from panel.pipeline import Material, Pipeline
from panel.store.store import Store


async def start(plan: Plan, store: Store, watcher: Watcher) -> list[Scorecard]:
    """Store a planned run and work it to its end.

    Args:
        plan: The run.
        store: An open, writable store.
        watcher: Who is told.

    Raises:
        EndpointError: An llm refuses every call; the run is marked as stopped.
        InputError: An llm cannot be opened; nothing is stored then.
    """
    run, material = plan.run, plan.material
    async with judge_of(run, store, material.prompts.mend, mode="record") as judge:
        store.create_run(run, plan.documents)
        store.claim_run(run.id)
        return await _work(Pipeline(run, material, judge, store), store, watcher)


async def resume(run: Run, material: Material, store: Store, watcher: Watcher) -> list[Scorecard]:
    """Go on with a run where it stopped; nothing that was answered is asked or paid again.

    Args:
        run: The run as stored.
        material: What it reads, see `pinned`.
        store: An open, writable store.
        watcher: Who is told.

    Raises:
        BusyError: Somebody else works on this run.
        EndpointError: An llm refuses every call; the run is marked as stopped.
        InputError: An llm cannot be opened; nothing is stored then.
    """
    async with judge_of(run, store, material.prompts.mend, mode="resume") as judge:
        store.claim_run(run.id)
        store.note_run(run.id, "running", "resumed")
        return await _work(Pipeline(run, material, judge, store), store, watcher)


async def _work(pipeline: Pipeline, store: Store, watcher: Watcher) -> list[Scorecard]:
    run = pipeline.run
    engine = LocalEngine(pipeline, concurrency=run.concurrency, watcher=watcher)
    try:
        cards = await engine.run()
    except EndpointError as error:
        store.note_run(run.id, "stopped", error.message)
        remedy = f"{error.remedy} (shipskip runs resume {run.id})"
        raise EndpointError(error.message, remedy=remedy) from error
    except asyncio.CancelledError:
        store.note_run(run.id, "stopped", "interrupted")
        raise
    store.note_run(run.id, "finished")
    return cards
