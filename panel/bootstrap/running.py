"""Starts and resumes runs: joins store, judge, pipeline and engine."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import TYPE_CHECKING

from panel.bootstrap.collector import quiet_collector
from panel.bootstrap.observing import observed
from panel.bootstrap.planning import Plan
from panel.domain.run import Run
from panel.engine.local import Ending, LocalEngine
from panel.engine.notes import note_of
from panel.engine.watching import Silent, Watcher, Watchers
from panel.errors import (
    EndpointError,
    InputError,
    InterruptError,
    ShipskipError,
    SpendingError,
    StoreError,
)
from panel.judging.brake import Brake
from panel.judging.judges import Limits, judge_of
from panel.judging.pace import MemoryPacer
from panel.judging.question import Judge, Mend
from panel.judging.tape import Mode, Want
from panel.pipeline import Material, Pipeline
from panel.settings import Settings
from panel.store.records import StandingFailure
from panel.store.store import Store

if TYPE_CHECKING:
    from panel.engine.rounds import BatchRounds

LEFT_ALONE = "quarantined:"
"""Begins the note of a run with dossiers that are not opened any more."""


async def start(
    plan: Plan,
    store: Store,
    watcher: Watcher | None = None,
    brake: Brake | None = None,
    *,
    settings: Settings | None = None,
) -> None:
    """Store a planned run and work it to its end.

    Args:
        plan: The run.
        store: An open, writable store.
        watcher: Who is told.
        brake: Ends the run early, without losing what has begun.
        settings: What is logged, and where to; nothing unless given.

    Raises:
        EndpointError: An llm refuses every call; the run is marked as stopped.
        SpendingError: The next call would exceed the cap; likewise.
        InterruptError: Somebody pulled the brake; likewise.
        InputError: An llm or the log cannot be opened; nothing is stored then.
    """
    run = plan.run

    def stored() -> Material:
        store.claim_run(run.id)
        store.create_run(run, plan.documents())
        return plan.material(store)

    working = _Working(run, store, watcher, brake, settings=settings)
    await working.work("record", plan.prompts.mend, stored)


async def resume(
    run: Run,
    material: Material,
    store: Store,
    watcher: Watcher | None = None,
    brake: Brake | None = None,
    *,
    again: bool = False,
    live: bool = False,
    settings: Settings | None = None,
) -> None:
    """Go on with a run where it stopped; nothing that was answered is asked or paid again.

    Args:
        run: The run as stored.
        material: What it reads, see `pinned`.
        store: An open, writable store.
        watcher: Who is told.
        brake: Ends the run early, without losing what has begun.
        again: Whether failed seats are asked again, and dossiers that ended their process opened
            again; failures stand until they answer.
        live: Whether what waits for a provider's batch is called live from now on.
        settings: What is logged, and where to; nothing unless given.

    Raises:
        BusyError: Somebody else works on this run.
        EndpointError: An llm refuses every call; the run is marked as stopped.
        SpendingError: The next call would exceed the cap; likewise.
        InterruptError: Somebody pulled the brake; likewise.
        InputError: The run was cancelled, or an llm cannot be opened; nothing is stored then.
    """
    refuse_cancelled(run)

    def claimed() -> Material:
        store.claim_run(run.id)
        store.note_run(run.id, "running", "failed seats again" if again else "resumed")
        return material

    failures = store.failures(run.id) if again else ()
    working = _Working(run, store, watcher, brake, forgiving=again, settings=settings)
    await working.work(
        "resume",
        material.prompts.mend,
        claimed,
        again=[failed for failed in failures if failed.kind != "recused"],
        live=live,
    )


def refuse_cancelled(run: Run) -> None:
    """Refuse to go on with a run that was ended for good.

    Args:
        run: The run as stored.

    Raises:
        InputError: It was cancelled.
    """
    if run.state == "cancelled":
        raise InputError(
            f"run {run.id} was cancelled", remedy=f"order it anew: shipskip runs fork {run.id}"
        )


class _Working:
    """One start of a run in this process."""

    def __init__(
        self,
        run: Run,
        store: Store,
        watcher: Watcher | None,
        brake: Brake | None,
        *,
        forgiving: bool = False,
        settings: Settings | None = None,
    ) -> None:
        self._run = run
        self._store = store
        self._settings = settings
        self._watcher = watcher or Silent()
        self._brake = brake or Brake()
        self._forgiving = forgiving

    async def work(
        self,
        mode: Mode,
        mend: Mend,
        begin: Callable[[], Material],
        *,
        again: Sequence[StandingFailure] = (),
        live: bool = False,
    ) -> None:
        """Open the llms, begin, and note how it ended, whatever happens."""
        with observed(self._settings, self._run) as observers:
            self._watcher = Watchers([self._watcher, *observers])
            await self._work(mode, mend, begin, again, live)

    async def _work(
        self,
        mode: Mode,
        mend: Mend,
        begin: Callable[[], Material],
        again: Sequence[StandingFailure],
        live: bool,
    ) -> None:
        batched = self._run.delivery == "batch"
        working = self._batched if batched else self._live
        async with working(mode, mend, begin, again, live) as engine:
            with quiet_collector():
                try:
                    ending = await engine.run()
                except (EndpointError, SpendingError) as error:
                    raise self._stopped(error) from error
                except (asyncio.CancelledError, ShipskipError) as error:
                    self._note(getattr(error, "message", "interrupted"))
                    raise
            self._conclude(ending)

    @asynccontextmanager
    async def _live(
        self,
        mode: Mode,
        mend: Mend,
        begin: Callable[[], Material],
        again: Sequence[StandingFailure],
        _live: bool,
    ) -> AsyncGenerator[LocalEngine]:
        run, store, limits = self._run, self._store, self._limits(None)
        async with judge_of(run, store, mend, mode=mode, limits=limits) as judge:
            yield LocalEngine(
                Pipeline(run, begin(), judge, store),
                concurrency=run.concurrency,
                watcher=self._watcher,
                brake=self._brake,
                again=again,
                forgiving=self._forgiving,
            )

    @asynccontextmanager
    async def _batched(
        self,
        _mode: Mode,
        mend: Mend,
        begin: Callable[[], Material],
        again: Sequence[StandingFailure],
        live: bool,
    ) -> "AsyncGenerator[BatchRounds]":
        from panel.engine.rounds import BatchRounds
        from panel.judging.batch_apis import batch_apis

        run, store = self._run, self._store

        def judge_in(mode: Mode, want: Want | None) -> AbstractAsyncContextManager[Judge]:
            return judge_of(run, store, mend, mode=mode, limits=self._limits(want))

        async with batch_apis(run) as providers:
            yield BatchRounds(
                run,
                begin(),
                judge_in=judge_in,
                providers=providers,
                store=store,
                watcher=self._watcher,
                brake=self._brake,
                again=again,
                forgiving=self._forgiving,
                live=live,
            )

    def _limits(self, want: Want | None) -> Limits:
        """Rates are booked in a database that other machines share, else in memory."""
        shared = not self._store.address.is_sqlite and (self._run.rate or self._run.token_rate)
        pacer = self._store if shared else MemoryPacer()
        return Limits(brake=self._brake, pacer=pacer, want=want)

    def _conclude(self, ending: Ending) -> None:
        run = self._run
        if ending.drained:
            self._note("stopped by hand")
            raise InterruptError(
                "stopped; everything that was answered is kept",
                remedy=f"go on with: shipskip runs resume {run.id}",
            )
        if ending.quarantined:
            slugs = ", ".join(ending.quarantined)
            self._note(f"{LEFT_ALONE} {slugs}")
            raise ShipskipError(
                f"run {run.id} is done but for {slugs}: opening it ended the process three times",
                remedy="please report this with the dossier; once the cause is gone: shipskip runs"
                f" retry-failed {run.id}",
            )
        self._store.note_run(run.id, "finished")

    def _stopped(self, error: ShipskipError) -> ShipskipError:
        self._store.note_run(self._run.id, "stopped", note_of(error))
        remedy = f"{error.remedy} (shipskip runs resume {self._run.id})"
        return type(error)(error.message, remedy=remedy)

    def _note(self, note: str) -> None:
        with suppress(StoreError):  # what cannot be noted was told already
            self._store.note_run(self._run.id, "stopped", note)
