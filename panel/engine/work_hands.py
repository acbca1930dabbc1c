"""A worker's hands in the queue: taking dossiers, giving them back, and signs of life."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, cast

from procrastinate import App
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status

from panel.engine.quarantine import Retry
from panel.engine.workers import Queue

LAST = -1000
"""Priority of what ended its process before: when nothing else waits."""


@dataclass(frozen=True)
class Ticket:
    """A dossier that a worker has taken.

    Attributes:
        run: Run id.
        slug: Slug of the dossier.
        again: Whether it was begun before, so that answers may lie on the tape.
        priority: Higher ones are taken first.
        job: What the queue calls it.
        retry: What of it is to be asked again, if anything.
    """

    run: str
    slug: str
    again: bool
    priority: int
    job: Job = field(repr=False)
    retry: Retry | None = None

    @property
    def id(self) -> int:
        """Its number in the queue."""
        return self.job.id or 0


class Hands(Queue):
    """The queue as one worker sees it.

    Args:
        app: An open app of the queue library.
    """

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self._worker: int | None = None

    async def sign_on(self) -> None:
        """Become a worker."""
        self._worker = await self._patient(self._jobs.register_worker)

    async def sign_off(self) -> None:
        """Be a worker no longer; what is still in hand is free for others at once."""
        if self._worker is not None:
            await self._jobs.unregister_worker(self._worker)

    async def beat(self) -> None:
        """Tell the others that this worker lives."""
        await self._patient(lambda: self._jobs.update_heartbeat(self._me))

    async def listen(self, heard: Callable[[], None]) -> None:
        """Tell of new jobs, for ever; a lost connection is made anew.

        Args:
            heard: Called when there may be some.
        """

        async def noted(**_: object) -> None:
            heard()

        while True:
            with suppress(ConnectorException):
                await self._jobs.listen_for_jobs(on_notification=noted)
            await asyncio.sleep(1)

    async def take(self, run: str | None = None, *, but: Collection[str] = ()) -> Ticket | None:
        """Take the next dossier; None when there is none.

        Args:
            run: Of one run only.
            but: Not of these runs.
        """
        queues = [run] if run else None
        if but:
            rows = await self._patient(
                lambda: self._jobs.list_queues_async(queue=run, status="todo")
            )
            queues = [row["name"] for row in rows if row["name"] not in but]
            if not queues:
                return None
        try:
            job = await self._patient(lambda: self._jobs.fetch_job(queues, self._me))
        except ConnectorException:
            # We were silent so long that the others struck us off; sign on anew.
            await self.sign_on()
            return None
        return None if job is None else _ticket(job)

    async def done(self, ticket: Ticket) -> None:
        """Forget a dossier; the record knows what came of it.

        Args:
            ticket: What was taken.
        """
        await self._settled(
            lambda: self._jobs.finish_job(ticket.job, Status.SUCCEEDED, delete_job=True)
        )

    async def give_back(self, ticket: Ticket, *, priority: int | None = None) -> None:
        """Let a dossier wait again.

        Args:
            ticket: What was taken.
            priority: A new one.
        """
        await self._put_back(ticket.job, priority)

    async def take_over(self, stalled: float) -> int:
        """Let what dead workers had in hand wait again.

        Args:
            stalled: Seconds without a heartbeat after which a worker is dead.

        Returns:
            How many dossiers.
        """
        found = await self._patient(
            lambda: self._jobs.get_stalled_jobs(seconds_since_heartbeat=stalled)
        )
        jobs = list(found)
        for job in jobs:
            await self._put_back(job)
        await self._patient(lambda: self._jobs.prune_stalled_workers(stalled))
        return len(jobs)

    async def put_back_but(self, held: Callable[[], Collection[int]]) -> None:
        """Let wait again what the server gave to us while the connection broke.

        Args:
            held: Tickets that we know to hold; asked after the server.
        """
        jobs = await self._patient(
            lambda: self._jobs.list_jobs_async(status="doing", worker_id=self._me)
        )
        known = held()
        for job in jobs:
            if job.id not in known:
                await self._put_back(job)

    @property
    def _me(self) -> int:
        if self._worker is None:
            raise TypeError("only a worker that has signed on may take dossiers")
        return self._worker

    async def _put_back(self, job: Job, priority: int | None = None) -> None:
        try:
            await self._settled(lambda: self._jobs.retry_job(job, priority=priority))
        except UniqueViolation:  # it waits already, since somebody added it meanwhile
            await self._settled(lambda: self._jobs.finish_job(job, Status.ABORTED, delete_job=True))

    async def _settled(self, change: Callable[[], Awaitable[None]]) -> None:
        """Change a job that somebody else, or a first try, may have changed already."""
        try:
            await self._patient(change)
        except UniqueViolation:
            raise
        except ConnectorException:
            return


def _ticket(job: Job) -> Ticket:
    retry = cast("dict[str, Any] | None", job.task_kwargs.get("retry"))
    return Ticket(
        run=job.queue,
        slug=str(job.task_kwargs["slug"]),
        again=bool(job.task_kwargs["again"]) or job.attempts > 0,
        priority=job.priority,
        job=job,
        retry=Retry(**retry) if retry else None,
    )
