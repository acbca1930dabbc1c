"""How a run ends that many workers share: said once, by whoever sees it first; and goes on."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from panel.domain.run import Run
from panel.engine.notes import note_of
from panel.engine.quarantine import Retry, Strikes
from panel.engine.workers import Queue
from panel.errors import BusyError, ShipskipError
from panel.store.store import Store

_ANOTHER_TURN = 0.1
"""Seconds until the end of a run, which somebody else is just at, is tried again."""


async def stop_run(
    store: Store, run_id: str, error: ShipskipError, say: Callable[[str], None]
) -> None:
    """Stop a run for all workers, unless it has ended or was paused already.

    Args:
        store: Where it lies.
        run_id: Which.
        error: Why.
        say: Tells the person.

    Raises:
        StoreError: The database refuses.
    """
    async with _turn(store, run_id) as ours:
        if ours and await asyncio.to_thread(store.run_state, run_id) == "running":
            await store.anote_run(run_id, "stopped", note_of(error))
            say(f"run {run_id} is stopped: {error}")


async def conclude(
    store: Store, queue: Queue, run: Run, say: Callable[[str], None], *, in_hand: int = 0
) -> None:
    """End a run of which nothing waits: finished, or stopped when the rest is in quarantine.

    What is neither done nor waiting was lost from the queue, and waits again.

    Args:
        store: Where it lies.
        queue: Where its dossiers waited.
        run: The run.
        say: Tells the person.
        in_hand: Dossiers that still count as waiting although they are done.

    Raises:
        StoreError: The database refuses.
    """
    async with _turn(store, run.id) as ours:
        if not ours or await asyncio.to_thread(store.run_state, run.id) != "running":
            return
        if await queue.waiting(run.id) > in_hand:  # somebody has just asked for more
            return
        scored = await asyncio.to_thread(store.scored, run.id)
        missing = [item.slug for item in run.order.dossiers if item.slug not in scored]
        strikes = Strikes(await asyncio.to_thread(store.settle_deaths, run.id))
        lost = [slug for slug in missing if strikes.treatment(slug) != "quarantined"]
        if lost:
            await queue.enqueue(run.id, lost, again=True)
        elif missing:
            note = f"quarantined: {', '.join(missing)}"
            await store.anote_run(run.id, "stopped", note)
            say(f"run {run.id} is stopped: {note}")
        else:
            await store.anote_run(run.id, "finished")
            say(f"run {run.id} is finished")


async def ask_again(store: Store, queue: Queue, run: Run, *, priority: int = 0) -> int:
    """Let failed seats of a run, and its dossiers without a scorecard, wait for workers once more.

    That happens in one turn, so that no worker ends the run between its going on and its work.

    Args:
        store: Where it lies.
        queue: Where its dossiers are to wait.
        run: The run.
        priority: Higher ones are worked on first, of all runs.

    Returns:
        How many dossiers were added to those that wait already.

    Raises:
        StoreError: The database refuses.
    """
    retries = await asyncio.to_thread(_retries, store, run)
    while True:
        async with _turn(store, run.id) as ours:
            if ours:
                await store.anote_run(run.id, "running", "failed seats again")
                return await queue.enqueue(
                    run.id, retries, priority=priority, again=True, retries=retries
                )
        await asyncio.sleep(_ANOTHER_TURN)


def _retries(store: Store, run: Run) -> dict[str, Retry]:
    strikes = Strikes(store.settle_deaths(run.id))
    failed: dict[str, dict[str, int]] = {}
    for failure in store.failures(run.id):
        failed.setdefault(failure.slug, {})[failure.key] = failure.nth
    # A retried dossier may have lost its process before it was reduced anew.
    done = store.scored(run.id) - failed.keys() - store.retried(run.id)
    slugs = [item.slug for item in run.order.dossiers if item.slug not in done]
    return {slug: Retry(failed.get(slug, {}), strikes.most(slug)) for slug in slugs}


@asynccontextmanager
async def _turn(store: Store, run_id: str) -> AsyncGenerator[bool]:
    """Whether it is ours to end a run, or another worker is at it."""
    name = f"end of {run_id}"
    try:
        await asyncio.to_thread(store.claim_run, name)
    except BusyError:
        yield False
        return
    try:
        yield True
    finally:
        await asyncio.to_thread(store.release_run, name)
