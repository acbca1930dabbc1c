"""Judges of whole runs at a fake server, for the tests of what many calls share."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from panel.domain.review import Review
from panel.domain.run import Run
from panel.errors import ShipskipError
from panel.judging.brake import Brake
from panel.judging.judge import LlmJudge
from panel.judging.judges import Limits, judge_of
from panel.judging.pace import MemoryPacer
from panel.judging.question import Question
from panel.judging.tape import Mode
from panel.store.document import Document
from panel.store.store import Store
from panel.testing import FakeOpenAI, make_dossier, make_order, make_run, make_seat
from tests.judging.conftest import question_for, told


def run_at(server: FakeOpenAI, **changes: Any) -> Run:
    """A run whose one seat asks the server."""
    llm = question_for(server, **changes.pop("llm", {})).llm
    seats = (make_seat("developer", llm),)
    return make_run(make_order(make_dossier(), seats=seats), id="20260513-083000-5f2a9c", **changes)


def questions_of(run: Run, count: int) -> list[Question]:
    """Questions that differ, to the llm of the run."""
    llm = run.order.seats[0].llm
    return [replace(question_for(None), llm=llm, sample=sample) for sample in range(1, count + 1)]


@asynccontextmanager
async def judging(
    store: Store, run: Run, mode: Mode = "record", limits: Limits | None = None
) -> AsyncGenerator[LlmJudge]:
    """The judge of a run, which is stored when it is recorded."""
    if mode == "record":
        store.create_run(run, [Document.of("order", run.order)])
    async with judge_of(run, store, told, mode=mode, limits=limits) as judge:
        yield judge


async def all_of(
    judge: LlmJudge, questions: Iterable[Question], workers: int = 16
) -> tuple[list[Review], ShipskipError | None]:
    """What workers side by side get answered until one of them meets an error."""
    waiting, reviews, met = list(questions)[::-1], list[Review](), list[ShipskipError]()

    async def work() -> None:
        while waiting and not met:
            try:
                reviews.append(await judge.review(waiting.pop()))
            except ShipskipError as error:
                met.append(error)

    await asyncio.gather(*(work() for _ in range(workers)))
    return reviews, met[0] if met else None


class Waiter(Brake):
    """A brake whose clock goes on only by what is waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0
        self.waits: list[float] = []

    async def sleep(self, seconds: float) -> None:
        """Wait without waiting."""
        self.check()
        self.waits.append(round(seconds, 3))
        self.now += seconds

    @property
    def limits(self) -> Limits:
        """Limits by this clock."""
        return Limits(brake=self, pacer=MemoryPacer(lambda: self.now))
