"""All reviews of a run on one machine: many dossiers at once, work streamed.

Dossiers are opened while calls are awaited, no more than fill all places once, so that answers find
the next questions ready and memory does not grow with the list.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from panel.domain.run import OrderedDossier
from panel.engine.dossier import Control, DossierWork
from panel.engine.errors import first_error
from panel.engine.quarantine import Strikes
from panel.engine.slots import Slots
from panel.engine.watching import Silent, Watcher
from panel.judging.brake import Brake
from panel.pipeline import Pipeline
from panel.store.records import StandingFailure


@dataclass(frozen=True)
class Ending:
    """How the engine came to its end.

    Attributes:
        drained: Whether work was left, since somebody pulled the brake.
        pending: Questions that wait for a provider's batch.
        quarantined: Dossiers that are not opened any more, since that ended the process.
    """

    drained: bool = False
    pending: int = 0
    quarantined: tuple[str, ...] = ()


class LocalEngine:
    """Runs one pipeline to its end.

    Args:
        pipeline: What to run.
        concurrency: Most reviews at once.
        watcher: Who is told.
        brake: Ends the run early, without losing what has begun.
        again: Failures to ask again; each stands until its seat has answered.
        forgiving: Whether dossiers that are not opened any more get another try.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        *,
        concurrency: int,
        watcher: Watcher | None = None,
        brake: Brake | None = None,
        again: Sequence[StandingFailure] = (),
        forgiving: bool = False,
    ) -> None:
        self._pipeline = pipeline
        self._forgiving = forgiving
        self._concurrency = concurrency
        self._control = Control(
            slots=Slots(concurrency),
            brake=brake or Brake(),
            watcher=watcher or Silent(),
            again={failed.key: failed.nth for failed in again},
        )
        self._again = {failed.slug for failed in again}
        self._work = DossierWork(pipeline, self._control)

    async def run(self) -> Ending:
        """Answer every question that has no review yet and reduce every dossier.

        Raises:
            EndpointError: An llm refuses every call; running calls came home, none followed.
            SpendingError: The next call would exceed the run's cap; likewise.
            StoreError: A result cannot be kept.
        """
        run, store = self._pipeline.run, self._pipeline.store
        strikes = Strikes(await asyncio.to_thread(store.settle_deaths, run.id))
        self._control.strikes = strikes
        todo = await asyncio.to_thread(self._todo)
        # What was in hand at a death comes last, so that the rest is done whatever it does.
        todo.sort(key=lambda item: strikes.most(item.slug))
        by_treatment: dict[str, list[OrderedDossier]] = {}
        for item in todo:
            treatment = strikes.treatment(item.slug)
            forgiven = treatment == "quarantined" and self._forgiving
            by_treatment.setdefault("alone" if forgiven else treatment, []).append(item)
        await self._in_company(by_treatment.get("company", []))
        await self._alone(by_treatment.get("alone", []))
        if self._control.ending:
            raise self._control.ending
        return Ending(
            drained=self._control.brake.pulled,
            pending=self._control.pending,
            quarantined=tuple(item.slug for item in by_treatment.get("quarantined", [])),
        )

    def _todo(self) -> list[OrderedDossier]:
        run, store = self._pipeline.run, self._pipeline.store
        # A retried dossier may have lost its process before it was reduced anew.
        done = store.scored(run.id) - self._again - store.retried(run.id)
        return [item for item in run.order.dossiers if item.slug not in done]

    async def _in_company(self, items: Sequence[OrderedDossier]) -> None:
        order = self._pipeline.run.order
        ahead = asyncio.Semaphore(max(1, self._concurrency // (len(order.seats) * order.samples)))
        async with first_error(), asyncio.TaskGroup() as group:
            for item in items:
                await ahead.acquire()
                if self._control.brake.pulled:
                    break
                opened = asyncio.Event()
                group.create_task(self._ahead(item, ahead, opened))
                await opened.wait()  # one after the other: a death while opening has one cause

    async def _ahead(
        self, item: OrderedDossier, ahead: asyncio.Semaphore, opened: asyncio.Event
    ) -> None:
        async def enter() -> None:
            opened.set()
            await self._control.slots.door()
            ahead.release()

        try:
            await self._work.work(item, enter=enter)
        finally:
            opened.set()

    async def _alone(self, items: Sequence[OrderedDossier]) -> None:
        for item in items:
            if self._control.brake.pulled:
                break
            await self._control.slots.door()
            await self._work.work(item, alone=True)
