"""How a run ends that many workers share: said once, by whoever sees it first."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from panel.domain.run import Run
from panel.engine.quarantine import Strikes
from panel.engine.workers import Queue
from panel.errors import BusyError, ShipskipError
from panel.store.store import Store


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
            await store.anote_run(run_id, "stopped", error.message)
            say(f"run {run_id} is stopped: {error}")


async def conclude(store: Store, queue: Queue, run: Run, say: Callable[[str], None]) -> None:
    """End a run of which nothing waits: finished, or stopped when the rest is in quarantine.

    What is neither done nor waiting was lost from the queue, and waits again.

    Args:
        store: Where it lies.
        queue: Where its dossiers waited.
        run: The run.
        say: Tells the person.

    Raises:
        StoreError: The database refuses.
    """
    async with _turn(store, run.id) as ours:
        if not ours or await asyncio.to_thread(store.run_state, run.id) != "running":
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
