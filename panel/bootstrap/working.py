"""Runs that many machines share: leaves them to workers, is a worker, pauses and ends them.

Everything goes through the database; no machine knows another by name.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeVar

from panel.bootstrap.house import House
from panel.bootstrap.observing import observed
from panel.bootstrap.pinning import pinned
from panel.bootstrap.planning import Plan
from panel.bootstrap.running import refuse_cancelled
from panel.domain.run import Run
from panel.engine.watching import Silent, Watcher, Watchers
from panel.engine.work_ending import ask_again
from panel.engine.work_hands import Hands
from panel.engine.work_loop import Habits, Say, Worker
from panel.engine.workers import Queue
from panel.errors import BusyError, InputError
from panel.judging.brake import Brake
from panel.judging.judges import Limits, judge_of
from panel.judging.tape import Mode
from panel.pipeline import Pipeline
from panel.store.address import Address
from panel.store.store import Store

_log = logging.getLogger("shipskip.worker")

Found = TypeVar("Found")


def enqueue(plan: Plan, store: Store, *, priority: int = 0) -> int:
    """Store a planned run and leave it to workers.

    Args:
        plan: The run.
        store: An open, writable store on PostgreSQL.
        priority: Higher ones are worked on first, of all runs.

    Returns:
        How many dossiers wait.

    Raises:
        StoreError: The database refuses.
    """
    store.create_run(plan.run, plan.documents())
    return leave(plan.run, store, priority=priority)


def leave(run: Run, store: Store, *, priority: int = 0) -> int:
    """Leave a stored run, of which nothing was begun, to workers.

    Args:
        run: The run.
        store: An open, writable store on PostgreSQL.
        priority: Higher ones are worked on first, of all runs.

    Returns:
        How many dossiers wait.

    Raises:
        StoreError: The database refuses.
    """
    slugs = [item.slug for item in run.order.dossiers]
    return _asked(_address(store), lambda queue: queue.enqueue(run.id, slugs, priority=priority))


def leave_failed(run: Run, store: Store, *, priority: int = 0) -> int:
    """Leave failed seats of a run, and its dossiers without a scorecard, to workers.

    Args:
        run: The run as stored.
        store: An open, writable store on PostgreSQL.
        priority: Higher ones are worked on first, of all runs.

    Returns:
        How many dossiers were added to those that wait already.

    Raises:
        InputError: The run was cancelled.
        BusyError: One process works on it by itself.
        StoreError: The database refuses.
    """
    refuse_cancelled(run)
    store.claim_run(run.id, shared=True)
    try:
        return _asked(
            _address(store), lambda queue: ask_again(store, queue, run, priority=priority)
        )
    finally:
        store.release_run(run.id)


def workers_alive(url: str) -> int:
    """How many workers gave a sign of life of late.

    Args:
        url: `postgresql://...`.

    Raises:
        StoreError: The database does not answer.
    """
    return _asked(_conninfo(Address.parse(url)), lambda queue: queue.alive(Habits().stalled))


async def work(
    house: House,
    habits: Habits,
    brake: Brake,
    *,
    say: Say,
    watcher: Watcher | None = None,
) -> None:
    """Be a worker until the brake is pulled, or until nothing is left if that was asked for.

    Args:
        house: Workspace and settings; runs read neither, but for the address of the database.
        habits: How to work.
        brake: Ends it; calls in flight come home, the rest is given back.
        say: Tells the person.
        watcher: Who is told of every review.

    Raises:
        InputError: The database is no PostgreSQL; or the queue was to be drained, and this worker
            cannot work on some run of it.
        StoreError: The database stays away.
    """
    _refuse_file(house)

    def told(text: str) -> None:
        _log.info("worker said", extra={"said": text})
        say(text)

    with observed(house.settings) as observers, house.store(write=True) as store:

        @asynccontextmanager
        async def opening(run: Run, mode: Mode, brake: Brake) -> AsyncGenerator[Pipeline]:
            material = await asyncio.to_thread(pinned, run, store, house.workspace)
            here = run.model_copy(update={"concurrency": habits.concurrency})
            limits = Limits(brake=brake, pacer=store)
            async with judge_of(
                here, store, material.prompts.mend, mode=mode, limits=limits
            ) as judge:
                yield Pipeline(run, material, judge, store)

        async with Hands.open(_address(store)) as hands:
            await Worker(
                hands,
                store,
                opening,
                watcher=Watchers([watcher or Silent(), *observers]),
                habits=habits,
                brake=brake,
                say=told,
            ).run()


def pause(house: House, name: str) -> str:
    """Let workers finish the calls in flight of a run and begin no more.

    Args:
        house: Workspace and settings.
        name: Run id, the beginning of one, or `latest`.

    Returns:
        The run's id.

    Raises:
        InputError: It is not running, or no worker can be working on it.
        BusyError: One process works on it by itself.
    """
    with _steered(house, name) as (store, run):
        if run.state != "running":
            raise InputError(f"run {run.id} is not running: it is {run.state}")
        if store.address.is_sqlite:
            raise InputError(
                f"nobody works on run {run.id}, so there is nothing to pause",
                remedy=f"go on with it: shipskip runs resume {run.id}",
            )
        store.note_run(run.id, "paused", "paused by hand")
        return run.id


def continue_(house: House, name: str, *, priority: int = 0) -> tuple[str, int]:
    """Let a run that was paused or stopped wait for workers again.

    Args:
        house: Workspace and settings.
        name: Run id, the beginning of one, or `latest`.
        priority: Higher ones are worked on first, of all runs.

    Returns:
        The run's id, and how many dossiers were added to those that wait already.

    Raises:
        InputError: It is finished or cancelled, or workers cannot work on it.
        BusyError: One process works on it by itself.
    """
    with _steered(house, name) as (store, run):
        if run.state in {"finished", "cancelled"}:
            remedy = f"order it anew: shipskip runs fork {run.id}"
            raise InputError(f"run {run.id} is {run.state}", remedy=remedy)
        if store.address.is_sqlite or run.delivery == "batch":
            raise InputError(
                f"run {run.id} is worked on by one process, not by workers",
                remedy=f"go on with it: shipskip runs resume {run.id}",
            )
        # What was asked again may have been put away before it was reduced anew.
        done = store.scored(run.id) - store.retried(run.id)
        missing = [item.slug for item in run.order.dossiers if item.slug not in done]
        store.note_run(run.id, "running" if missing else "finished", "continued")
        return run.id, _asked(
            _address(store),
            lambda queue: queue.enqueue(run.id, missing, priority=priority, again=True),
        )


def cancel(house: House, name: str) -> str:
    """End a run for good: calls in flight are cut off, the rest is not begun.

    Args:
        house: Workspace and settings.
        name: Run id, the beginning of one, or `latest`.

    Returns:
        The run's id.

    Raises:
        InputError: It is finished or cancelled already.
        BusyError: One process works on it by itself.
    """
    with _steered(house, name) as (store, run):
        if run.state in {"finished", "cancelled"}:
            raise InputError(f"run {run.id} is {run.state} already")
        store.note_run(run.id, "cancelled", "cancelled by hand")
        return run.id


@contextmanager
def _steered(house: House, name: str) -> Generator[tuple[Store, Run]]:
    """A run that no process works on by itself.

    Raises:
        BusyError: One does; only there can it be stopped.
    """
    try:
        with house.store(write=True) as store:
            run = store.run(store.resolve_run(name))
            store.claim_run(run.id, shared=True)
            yield store, run
    except BusyError as error:
        raise BusyError(
            error.message, remedy="press Ctrl-C where it runs; what was answered is kept"
        ) from error


def _refuse_file(house: House) -> None:
    if Address.parse(house.database_url).is_sqlite:
        raise InputError(
            "workers share a PostgreSQL database, and this one is a SQLite file",
            remedy="set SHIPSKIP_DATABASE_URL=postgresql://user:password@host/name",
        )


def _asked(url: str, ask: Callable[[Queue], Awaitable[Found]]) -> Found:
    async def asking() -> Found:
        async with Queue.open(url) as queue:
            return await ask(queue)

    return asyncio.run(asking())


def _address(store: Store) -> str:
    return _conninfo(store.address)


def _conninfo(address: Address) -> str:
    """The address as the server's own library reads it, with its password."""
    return address.url.set(drivername="postgresql").render_as_string(hide_password=False)
