"""The queue: which dossiers wait for a worker, and who is one; the one door to the queue library.

It holds no result: what is lost from it is found missing in the record and put back.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from typing import Any, Self, TypeVar

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job
from psycopg import OperationalError

from panel.engine.quarantine import Retry
from panel.engine.work_schema import prepare
from panel.errors import StoreError

Found = TypeVar("Found")

_TASK = "dossier"
_PAGE = 1000
_PATIENCE = 60.0
"""Seconds to wait for a server that is away, as long as the store waits with its writes."""

_ALIVE = (
    "SELECT count(*) AS n FROM procrastinate_workers"
    " WHERE last_heartbeat > now() - make_interval(secs => %(within)s)"
)
_ANALYZE = "ANALYZE procrastinate_jobs"

for _name in ("procrastinate", "psycopg.pool"):
    # Without a handler Python prints their tracebacks to the person's terminal.
    logging.getLogger(_name).addHandler(logging.NullHandler())


class Queue:
    """The queue of a database. Every call waits a while for a server that is away.

    Learned by trial of procrastinate 3.10, and the reasons for a loop of our own over its job
    manager: its worker sends no heartbeat while it drains, so that a slow call would be made twice;
    it ends when the server restarts; it takes a job before there is a place to work on it. Its
    `lock` makes a fetch from 10,000 jobs 40 times as slow, so only its `queueing_lock` is used.
    One double refuses a whole page of new jobs. A job put back notifies nobody.

    Args:
        app: An open app of the queue library.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._jobs = app.job_manager

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> AsyncGenerator[Self]:
        """Open the queue, with tables of its own in the same database.

        Args:
            url: `postgresql://...`.

        Raises:
            StoreError: The server cannot be reached, or refuses the tables.
        """
        # A pool that opens connections at once raises past the library when there is no server.
        app = App(connector=PsycopgConnector(conninfo=url, min_size=0, max_size=4, timeout=5))
        try:
            await app.open_async()
            await prepare(app)
            yield cls(app)
        except ConnectorException as error:
            raise _away(error) from error
        finally:
            with suppress(ConnectorException):
                await app.close_async()

    async def enqueue(
        self,
        run: str,
        slugs: Iterable[str],
        *,
        priority: int = 0,
        again: bool = False,
        retries: Mapping[str, Retry] | None = None,
    ) -> int:
        """Let dossiers wait for a worker; those that wait or are worked on already are left out.

        Args:
            run: Run id; also the name of the library's queue, so that a worker may serve one run.
            slugs: The dossiers, in order.
            priority: Higher ones are taken first, of all runs.
            again: Whether they may have been begun before.
            retries: What of them is to be asked again, by slug.

        Returns:
            How many were added.
        """
        retries = retries or {}
        known = await self._known(run)
        wanted = [slug for slug in slugs if slug not in known]
        for at in range(0, len(wanted), _PAGE):
            jobs = [
                _job(run, priority, _arguments(slug, again, retries.get(slug)))
                for slug in wanted[at : at + _PAGE]
            ]
            try:
                await self._patient(lambda jobs=jobs: self._jobs.batch_defer_jobs_async(jobs))
            except AlreadyEnqueued:  # somebody else is adding the same ones
                rest = wanted[at:]
                return at + await self.enqueue(
                    run, rest, priority=priority, again=again, retries=retries
                )
        if len(wanted) >= _PAGE:
            # Without statistics a fetch from 10,000 jobs takes the server 3 times as long.
            await self._patient(lambda: self._app.connector.execute_query_async(_ANALYZE))
        return len(wanted)

    async def waiting(self, run: str | None = None, *, but: Collection[str] = ()) -> int:
        """How many dossiers wait or are worked on.

        Args:
            run: Of one run only.
            but: Runs that do not count.
        """
        queues = await self._patient(lambda: self._jobs.list_queues_async(queue=run, task=_TASK))
        return sum(row["todo"] + row["doing"] for row in queues if row["name"] not in but)

    async def alive(self, within: float) -> int:
        """How many workers are alive.

        Args:
            within: Seconds within which they must have been heard of.
        """
        connector = self._app.connector
        row = await self._patient(lambda: connector.execute_query_one_async(_ALIVE, within=within))
        return int(row["n"])

    async def _known(self, run: str) -> set[str]:
        found: set[str] = set()
        for status in ("todo", "doing"):
            jobs = await self._patient(
                lambda status=status: self._jobs.list_jobs_async(queue=run, status=status)
            )
            found |= {str(job.task_kwargs["slug"]) for job in jobs}
        return found

    async def _patient(self, ask: Callable[[], Awaitable[Found]]) -> Found:
        """Ask until the server is there.

        Raises:
            StoreError: It stays away.
            ConnectorException: It refuses.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + _PATIENCE
        while True:
            try:
                return await ask()
            except ConnectorException as error:
                if not isinstance(error.__cause__, OperationalError):
                    raise
                if loop.time() > until:
                    raise _away(error) from error
            await asyncio.sleep(0.5)


def _arguments(slug: str, again: bool, retry: Retry | None) -> dict[str, Any]:
    return {"slug": slug, "again": again} | ({"retry": asdict(retry)} if retry else {})


def _job(run: str, priority: int, arguments: dict[str, Any]) -> Job:
    return Job(
        id=None,
        queue=run,
        lock=None,
        queueing_lock=f"{run}:{arguments['slug']}",
        task_name=_TASK,
        priority=priority,
        task_kwargs=arguments,
    )


def _away(error: ConnectorException) -> StoreError:
    return StoreError(
        f"the queue's database does not answer: {error.__cause__ or error}".strip(),
        remedy="see that the server of database_url runs, then start again; nothing is lost",
    )
