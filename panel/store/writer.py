"""The one thread that writes: it gathers what waits and commits it together.

A commit has to reach the disk, which takes longer than all the rows in it; sharing it is what
makes a review cheap. Callers wait for their own write, so writes of one batch never depend on
each other and may be grouped by kind.
"""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from panel.errors import ShipskipError, StoreError
from panel.store.faults import concerns_one_row, store_error
from panel.store.insertion import marked_again
from panel.store.outage import outlasting

Item = TypeVar("Item")
Result = TypeVar("Result")
Step = Callable[[Connection, Sequence[Item]], Sequence[Result]]
"""Writes several items on a connection and gives one result for each, in order."""

_GATHERING = 0.005
"""Seconds between two commits in which more may come to share the second: a commit costs as much
CPU as six of the rows in it. Nobody waits for it who writes alone."""


@dataclass(slots=True)
class _Job:
    step: Step[Any, Any]
    item: Any
    future: Future[Any] = field(default_factory=Future[Any])
    waiter: asyncio.Future[Any] | None = None


class Writer:
    """Queues writes and commits them in batches on a thread of its own.

    Args:
        engine: An engine that may write.
        place: Which database, for messages.
        batch: Most writes in one transaction.
        patience: Seconds to wait for a server that is away before the writes fail; meanwhile all
            of them are kept, and then written as if nothing had been.
        reconnected: Called on a new connection before anything is written through it.
    """

    def __init__(
        self,
        engine: Engine,
        place: str,
        *,
        batch: int = 1000,
        patience: float = 60,
        reconnected: Callable[[], None] = lambda: None,
    ) -> None:
        self._engine = engine
        self._place = place
        self._batch = batch
        self._patience = patience
        self._reconnected = reconnected
        self._through: object = None
        self._refusal: ShipskipError | None = None
        self._queue: deque[_Job] = deque()
        self._guard = threading.Lock()
        self._draining = False
        self._closed = False
        self._thread = ThreadPoolExecutor(1, "shipskip-writer")

    def submit(self, step: Step[Item, Result], item: Item) -> Future[Result]:
        """Queue one write.

        Args:
            step: How to write items of this kind.
            item: What to write.

        Returns:
            A future that is done once the write is durable, or has failed with a `StoreError`.

        Raises:
            StoreError: When the writer is closed.
        """
        job = _Job(step, item)
        self._enqueue(job)
        return job.future

    async def write(self, step: Step[Item, Result], item: Item) -> Result:
        """Queue one write and wait until it is durable; it happens even if the wait is cancelled.

        Args:
            step: How to write items of this kind.
            item: What to write.

        Raises:
            StoreError: When the writer is closed or the database refuses.
        """
        waiter: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._enqueue(_Job(step, item, waiter=waiter))
        return await waiter

    def _enqueue(self, job: _Job) -> None:
        with self._guard:
            if self._closed:
                raise StoreError(f"{self._place}: the store is closed", remedy="open it again")
            self._queue.append(job)
            if not self._draining:
                self._thread.submit(self._drain)
                self._draining = True

    def close(self) -> None:
        """Finish what is queued and stop; later writes are refused."""
        with self._guard:
            self._closed = True
        self._thread.shutdown(wait=True)

    def _drain(self) -> None:
        while jobs := self._take():
            with _Delivery(jobs):
                self._commit(jobs)
            if 0 < len(self._queue) < self._batch and not self._closed:
                time.sleep(_GATHERING)

    def _take(self) -> list[_Job]:
        with self._guard:
            count = min(self._batch, len(self._queue))
            self._draining = count > 0
            return [self._queue.popleft() for _ in range(count)]

    def _commit(self, jobs: Sequence[_Job]) -> None:
        if self._refusal:
            raise self._refusal
        try:
            results = outlasting(
                lambda: self._write(jobs),
                self._patience,
                again=lambda: self._write(jobs, again=True),
            )
        except SQLAlchemyError as error:
            if len(jobs) == 1 or not concerns_one_row(error):
                raise store_error(error, self._place) from error
            self._commit_singly(jobs)
        except (ShipskipError, ValueError):
            if len(jobs) == 1:
                raise
            self._commit_singly(jobs)
        else:
            for job, result in zip(jobs, results, strict=True):
                job.future.set_result(result)

    def _commit_singly(self, jobs: Sequence[_Job]) -> None:
        for job in jobs:
            with _Delivery([job]):
                self._commit([job])

    def _write(self, jobs: Sequence[_Job], *, again: bool = False) -> list[Any]:
        with self._engine.begin() as connection:
            self._greet(connection)
            return _written(marked_again(connection) if again else connection, jobs)

    def _greet(self, connection: Connection) -> None:
        """A new connection tells of an outage, in which others may have taken our place."""
        raw = connection.connection.dbapi_connection
        if raw is not self._through:
            try:
                self._reconnected()
            except ShipskipError as error:
                self._refusal = error
                raise
            self._through = raw


def _written(connection: Connection, jobs: Sequence[_Job]) -> list[Any]:
    groups: dict[Step[Any, Any], list[int]] = {}
    for at, job in enumerate(jobs):
        groups.setdefault(job.step, []).append(at)
    results: list[Any] = [None] * len(jobs)
    # One order for all writers of a server, so that two never wait for each other's rows.
    for step, places in sorted(groups.items(), key=lambda group: _name(group[0])):
        found = step(connection, [jobs[at].item for at in places])
        for at, result in zip(places, found, strict=True):
            results[at] = result
    return results


def _name(step: Step[Any, Any]) -> str:
    return getattr(step, "__name__", "")


class _Delivery:
    """Hands whatever goes wrong inside to the callers who wait, so that none waits for ever.

    The callers' own code sees the error; the writer lives on for the next batch.
    """

    def __init__(self, jobs: Sequence[_Job]) -> None:
        self._jobs = jobs

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        for job in self._jobs:
            if error is not None and not job.future.done():
                job.future.set_exception(error)
        _wake(self._jobs)
        return isinstance(error, Exception)


def _wake(jobs: Sequence[_Job]) -> None:
    """Wake each event loop once for all its waiters; once for each doubles the cost of a review."""
    loops: dict[asyncio.AbstractEventLoop, list[_Job]] = {}
    for job in jobs:
        if job.waiter is not None:
            loops.setdefault(job.waiter.get_loop(), []).append(job)
    for loop, waiting in loops.items():
        with suppress(RuntimeError):  # a closed loop has nobody left to tell
            loop.call_soon_threadsafe(_hand_over, waiting)


def _hand_over(jobs: Sequence[_Job]) -> None:
    for job in jobs:
        if job.waiter is None or job.waiter.done():
            continue
        if (error := job.future.exception()) is not None:
            job.waiter.set_exception(error)
        else:
            job.waiter.set_result(job.future.result())
