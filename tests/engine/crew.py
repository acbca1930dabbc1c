"""A run on a real PostgreSQL and workers of one process, each with its own store and hands."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from panel.domain.run import Run
from panel.engine.watching import Silent
from panel.engine.work_hands import Hands
from panel.engine.work_loop import Habits, Worker
from panel.engine.work_runs import Opening
from panel.engine.workers import Queue
from panel.judging.brake import Brake
from panel.judging.question import Judge
from panel.judging.tape import Mode
from panel.library.prompts import Prompts
from panel.library.workspace import Workspace
from panel.pipeline import Material, Pipeline
from panel.store.document import Document
from panel.store.store import Store
from panel.testing import make_dossier, make_order, make_persona, make_run, make_seat
from tests.databases import rows, tamper
from tests.engine.floor import Shelf

PATIENCE = 60.0
"""Seconds after which whatever is waited for is an error."""

QUICK = Habits(concurrency=5, beat=0.1, stalled=0.6, look=0.1)
"""A worker that loses no time."""


async def eventually(is_so: Callable[[], bool]) -> None:
    """Wait until something is so, in another process or task that tells nobody."""
    async with asyncio.timeout(PATIENCE):
        while not is_so():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


@dataclass
class Site:
    """A run that workers share.

    Attributes:
        url: Of the database.
        run: The run.
        material: What it reads.
        store: A store of nobody's.
        said: What workers said.
    """

    url: str
    run: Run
    material: Material
    store: Store
    said: list[str] = field(default_factory=list[str])

    @property
    def slugs(self) -> list[str]:
        return [item.slug for item in self.run.order.dossiers]

    @property
    def states(self) -> list[str]:
        query = "SELECT state FROM run_events WHERE run_id = :run ORDER BY seq"
        return [state for (state,) in rows(self.url, query, run=self.run.id)]

    @property
    def state(self) -> str:
        return self.states[-1]

    async def enqueue(self, *, again: bool = False) -> int:
        async with Queue.open(self.url) as queue:
            return await queue.enqueue(self.run.id, self.slugs, again=again)

    async def waiting(self) -> int:
        async with Queue.open(self.url) as queue:
            return await queue.waiting()

    def opening(self, judge: Judge, store: Store) -> Opening:
        @asynccontextmanager
        async def opened(run: Run, mode: Mode, brake: Brake) -> AsyncGenerator[Pipeline]:
            yield Pipeline(run, self.material, judge, store)

        return opened

    async def work(
        self,
        judge: Judge,
        habits: Habits = QUICK,
        brake: Brake | None = None,
        *,
        opening: Opening | None = None,
    ) -> None:
        """Be a worker."""
        with Store.open(self.url, write=True) as store:
            async with Hands.open(self.url) as hands:
                await Worker(
                    hands,
                    store,
                    opening or self.opening(judge, store),
                    watcher=Silent(),
                    habits=habits,
                    brake=brake or Brake(),
                    say=self.said.append,
                ).run()

    async def until(self, *states: str) -> None:
        """Wait until the run is in one of some states."""
        await eventually(lambda: self.state in states)

    async def until_idle(self) -> None:
        """Wait until nothing waits and nothing is in hand."""
        async with asyncio.timeout(PATIENCE):
            while await self.waiting():  # noqa: ASYNC110
                await asyncio.sleep(0.05)


@contextmanager
def site(url: str, folder: Path, *, dossiers: int, seats: int = 5) -> Generator[Site]:
    """A stored run of made dossiers, of which nothing waits yet."""
    shelf = Shelf([make_dossier(slug=f"model-{number}") for number in range(1, dossiers + 1)])
    personas = [make_persona(f"reviewer-{number}") for number in range(1, seats + 1)]
    order = make_order(*shelf.dossiers, seats=tuple(make_seat(persona) for persona in personas))
    run = make_run(order)
    prompts = Prompts(Workspace(folder))
    material = Material(shelf, {persona.id: persona for persona in personas}, prompts, {})
    with Store.open(url, write=True) as store:
        store.create_run(run, [Document.of("order", order)])
        yield Site(url, run, material, store)


def strike(url: str, run: str, slug: str, times: int) -> None:
    """Lay deaths of processes to a dossier."""
    at = "2026-05-12T08:30:00.000000Z"
    for number in range(times):
        for statement in (
            "INSERT INTO works VALUES (:id, :run, :slug, :at, '')",
            "INSERT INTO strikes (work_id, subject) VALUES (:id, :slug)",
            "INSERT INTO work_ends (work_id, at) VALUES (:id, :at)",
        ):
            values = {"id": f"{slug}-{number}", "run": run, "slug": slug, "at": at}
            named = {name: value for name, value in values.items() if f":{name}" in statement}
            tamper(url, statement, **named)
