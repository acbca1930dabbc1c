"""Works on runs inside the desk: each in a thread of its own, stopped gently, never by a request.

What was answered is kept whatever happens, so that a desk that is closed loses nothing but time.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from panel.bootstrap.pinning import pinned
from panel.bootstrap.planning import Plan
from panel.bootstrap.running import refuse_cancelled, resume
from panel.bootstrap.working import continue_, enqueue, leave_failed
from panel.desk.context import Context
from panel.domain.run import Run
from panel.errors import InputError, ShipskipError
from panel.judging.brake import Brake
from panel.judging.judges import judge_of
from panel.judging.question import Mend

log = logging.getLogger("shipskip.desk")

GRACE = 8.0
"""Seconds that calls in flight get to come home when the desk is closed."""

_HANDS = 2
"""Runs worked on at once, so that pages stay quick; others are asked to wait."""

Work = Callable[[Brake], Coroutine[Any, Any, None]]


@dataclass
class _Job:
    """A run in hand."""

    brake: Brake = field(default_factory=Brake)
    for_good: bool = False
    loop: asyncio.AbstractEventLoop | None = None
    task: "asyncio.Task[None] | None" = None
    thread: threading.Thread | None = None


class Workshop:
    """The runs a desk works on itself.

    Args:
        context: The desk.
        ended: Called when a run has ended.
    """

    def __init__(self, context: Context, ended: Callable[[], None]) -> None:
        self._context = context
        self._ended = ended
        self._jobs: dict[str, _Job] = {}
        self._keys: dict[str, str] = {}
        self._lock = threading.Lock()
        self._closed = False

    @property
    def hands_over(self) -> bool:
        """Whether workers on other machines do the work, as `shipskip batch` leaves it to them."""
        settings = self._context.house.settings
        return not self._context.store.address.is_sqlite and not settings.provider_batch

    def works_on(self, run_id: str) -> bool:
        """Whether a run is in hand here.

        Args:
            run_id: Full run id.
        """
        return run_id in self._jobs

    def done_by(self, key: str) -> str | None:
        """The run an earlier sending of the same form began; None when there was none.

        Args:
            key: The name of the attempt.
        """
        return self._keys.get(key)

    def begin(self, plan: Plan, key: str = "") -> None:
        """Begin a planned run, here or by leaving it to workers.

        Args:
            plan: The run.
            key: Name of the attempt, so that one sent twice begins one run.

        Raises:
            InputError: This attempt has begun one, too many are in hand, or an llm cannot be
                opened; nothing is stored then.
            StoreError: The database refuses.
        """
        store, run = self._context.store, plan.run
        with self._lock:
            if key and key in self._keys:
                raise InputError(f"this form has begun run {self._keys[key]} already")
            self._check_hands()
            if key:
                self._keys[key] = run.id
        try:
            if self.hands_over:
                enqueue(plan, store)
            else:
                self._check_llms(run, plan.prompts.mend)
                store.create_run(run, plan.documents())  # so that the next page can show it
                self.go_on(run)
        except ShipskipError:
            self._keys.pop(key, None)
            raise

    def go_on(self, run: Run, *, again: bool = False) -> None:
        """Go on with a stored run.

        Args:
            run: The run as stored.
            again: Whether failed seats are asked again.

        Raises:
            InputError: It was cancelled, is in hand already, too many are, or an llm cannot be
                opened.
            BusyError: Another process works on it by itself.
            StoreError: The database refuses.
        """
        refuse_cancelled(run)
        store, house = self._context.store, self._context.house
        if self.hands_over and run.delivery == "live":
            if again:
                leave_failed(run, store)
            else:
                continue_(house, run.id)
            return
        material = pinned(run, store, house.workspace)
        self._check_llms(run, material.prompts.mend)

        async def work(brake: Brake) -> None:
            await resume(run, material, store, brake=brake, again=again)

        job = _Job()
        with self._lock:
            if run.id in self._jobs:
                raise InputError(f"run {run.id} is being worked on", remedy="wait, or stop it")
            self._check_hands()
            self._jobs[run.id] = job
        name = f"desk-run-{run.id}"
        job.thread = threading.Thread(
            target=self._work, args=(run.id, job, work), name=name, daemon=True
        )
        job.thread.start()

    def stop(self, run: Run, *, for_good: bool = False) -> None:
        """Let a run begin nothing new; calls in flight come home.

        Args:
            run: The run as stored.
            for_good: Whether it is cancelled, so that nobody goes on with it.

        Raises:
            InputError: It has ended.
            BusyError: Another process works on it by itself.
            StoreError: The database refuses.
        """
        job = self._jobs.get(run.id)
        if job is not None:
            job.for_good = job.for_good or for_good
            self._pull(job)
            return
        if run.state in ("finished", "cancelled") or (run.state != "running" and not for_good):
            raise InputError(f"run {run.id} is {run.state} already", remedy="reload the page")
        store = self._context.store
        store.claim_run(run.id, shared=True)
        try:
            if for_good:
                store.note_run(run.id, "cancelled", "cancelled by hand")
            else:
                store.note_run(run.id, "paused", "paused by hand")
        finally:
            store.release_run(run.id)

    def close(self) -> None:
        """Bring everything to an end: calls in flight get a while, then they are cut off."""
        self._closed = True
        jobs = list(self._jobs.values())
        for job in jobs:
            self._pull(job)
        until = time.monotonic() + GRACE
        for job in jobs:
            if job.thread:
                job.thread.join(max(0, until - time.monotonic()))
        for job in jobs:
            if job.loop and job.task and job.thread and job.thread.is_alive():
                with suppress(RuntimeError):  # the loop has just ended by itself
                    job.loop.call_soon_threadsafe(job.task.cancel)
                job.thread.join(GRACE)

    def _check_hands(self) -> None:
        if self._closed:
            raise InputError("the desk is being closed", remedy="begin the run when it is open")
        if len(self._jobs) >= _HANDS and not self.hands_over:
            raise InputError(
                f"the desk works on {_HANDS} runs already",
                remedy="wait for one to end, or stop one",
            )

    def _check_llms(self, run: Run, mend: Mend) -> None:
        """Find out that a key is missing before anything is stored."""

        async def opening() -> None:
            async with judge_of(run, self._context.store, mend, mode="resume"):
                pass

        if run.delivery == "live":
            asyncio.run(opening())

    @staticmethod
    def _pull(job: _Job) -> None:
        """Pull the brake where its loop runs."""
        if job.loop is None:
            job.brake.pull()
            return
        with suppress(RuntimeError):  # the loop has just ended by itself
            job.loop.call_soon_threadsafe(job.brake.pull)

    def _work(self, run_id: str, job: _Job, work: Work) -> None:
        """Work on a run to its end; how it ended is noted with the run, so that nobody is told."""

        async def working() -> None:
            job.loop, job.task = asyncio.get_running_loop(), asyncio.current_task()
            await work(job.brake)

        why = "interrupted"
        try:
            asyncio.run(working())
        except ShipskipError as error:
            why = error.message
            log.info("run ended early", extra={"event": "desk.run", "run": run_id, "said": why})
        except asyncio.CancelledError:
            log.info("run cut off", extra={"event": "desk.run", "run": run_id})
        finally:
            self._put_away(run_id, job, why)

    def _put_away(self, run_id: str, job: _Job, why: str) -> None:
        store = self._context.store
        with suppress(ShipskipError):  # the run can be looked at, and gone on with, all the same
            state = store.run_state(run_id)
            if job.for_good and state != "finished":
                store.note_run(run_id, "cancelled", "cancelled by hand")
            elif state == "running":
                store.note_run(run_id, "stopped", why)
        store.release_run(run_id)
        with self._lock:
            self._jobs.pop(run_id, None)
        self._ended()
