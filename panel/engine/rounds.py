"""A run through a provider's batch API: collect what is unanswered, submit, wait, absorb, repeat.

The state is the tape: each round runs the very coroutine of a live run over it, and whatever has no
answer yet becomes the next batch. After the deadline, what is left is called live.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager

from panel.domain.run import Run
from panel.engine.collected import Collected
from panel.engine.local import Ending, LocalEngine
from panel.engine.submitting import Providers, Submitting
from panel.engine.watching import Watcher
from panel.errors import DrainError, SpendingError
from panel.judging.brake import Brake
from panel.judging.question import Judge
from panel.judging.tape import Mode, Want
from panel.pipeline import Material, Pipeline
from panel.store.records import StandingFailure
from panel.store.store import Store

JudgeIn = Callable[[Mode, Want | None], AbstractAsyncContextManager[Judge]]
"""Opens the judge of the run in a mode; calls to collect go to the second argument."""

Now = Callable[[], dt.datetime]


class BatchRounds:
    """Works on a run through the batch API of its providers.

    Args:
        run: The run.
        material: What it reads.
        judge_in: Opens its judge.
        providers: The batch APIs of its llms.
        store: Where results are kept.
        watcher: Who is told.
        brake: Ends the run early; batches go on at the provider.
        again: Failures to ask again.
        forgiving: Whether dossiers that are not opened any more get another try.
        live: Whether the deadline is taken for over.
        now: The clock of the deadline.
    """

    def __init__(  # noqa: PLR0913 - the parts of a run, joined in bootstrap only
        self,
        run: Run,
        material: Material,
        *,
        judge_in: JudgeIn,
        providers: Providers,
        store: Store,
        watcher: Watcher,
        brake: Brake,
        again: Sequence[StandingFailure] = (),
        forgiving: bool = False,
        live: bool = False,
        now: Now = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._run = run
        self._material = material
        self._judge_in = judge_in
        self._store = store
        self._watcher = watcher
        self._brake = brake
        self._again = again
        self._forgiving = forgiving
        self._live = live
        self._now = now
        llms = {seat.llm.digest: seat.llm for seat in run.order.all_seats}
        self._batches = Submitting(run.id, llms, providers=providers, store=store, brake=brake)

    async def run(self) -> Ending:
        """Round after round until nothing is unanswered.

        Raises:
            EndpointError: A provider refuses, or has no batch API.
            SpendingError: The cap leaves no room for another call.
            StoreError: A result cannot be kept.
        """
        try:
            while not self._overdue():
                await self._batches.settle(until=self._overdue)
                ending = await self._round()
                if not ending.pending:
                    return ending
            await self._batches.settle(until=self._overdue)
        except DrainError:
            return Ending(drained=True)
        return await self._pass("resume", None)

    async def _round(self) -> Ending:
        collected = Collected()
        try:
            ending = await self._pass("collect", collected.want)
            if ending.drained or not ending.pending:
                return ending
            if not await self._batches.submit(collected):
                raise SpendingError(
                    f"the cap of {self._run.max_cost} USD leaves no room for another batch",
                    remedy="order a new run with a higher --max-cost",
                )
            return ending
        finally:
            collected.close()

    async def _pass(self, mode: Mode, want: Want | None) -> Ending:
        async with self._judge_in(mode, want) as judge:
            pipeline = Pipeline(self._run, self._material, judge, self._store)
            return await LocalEngine(
                pipeline,
                concurrency=self._run.concurrency,
                watcher=self._watcher,
                brake=self._brake,
                again=self._again,
                forgiving=self._forgiving,
            ).run()

    def _overdue(self) -> bool:
        """Whether the deadline, counted from the first batch, is over."""
        if self._live:
            return True
        batches = self._store.batches(self._run.id)
        if not batches or self._run.deadline is None:
            return False
        first = min(record.created for record in batches)
        return self._now() > first + dt.timedelta(hours=self._run.deadline)
