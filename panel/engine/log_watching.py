"""A watcher that writes the log of a run; what it says is counted and named, never quoted."""

import logging
import time
from contextvars import ContextVar

from panel.domain.review import FailureKind, Review
from panel.domain.run import Run
from panel.domain.scorecard import Scorecard
from panel.engine.ids import leave_seat, work_for_seat
from panel.errors import InterruptError, ShipskipError
from panel.judging.question import Question

_log = logging.getLogger("shipskip.run")

_begun: ContextVar[tuple[str, float] | None] = ContextVar("_begun", default=None)
"""Key and begin of the review the current task is at; gone with the task."""

_QUOTED: frozenset[FailureKind] = frozenset(
    {"refused", "filtered", "invalid-answer", "bad-request", "too-long", "unexpected"}
)
"""Failures whose detail may repeat what an llm was told or answered."""


class LogWatcher:
    """Logs what happens in a run, or in all runs of a worker."""

    def opened(self, run: Run | None) -> None:
        """Log that work begins.

        Args:
            run: The run; None for a worker.
        """
        if run is None:
            _log.info("worker started")
            return
        order = run.order
        size = {"dossiers": len(order.dossiers), "reviews": order.reviews}
        _log.info("run started", extra={**size, "delivery": run.delivery})

    def closed(self, run: Run | None, error: BaseException | None) -> None:
        """Log how work ended.

        Args:
            run: The run; None for a worker.
            error: What ended it early.
        """
        event = "run ended" if run else "worker ended"
        if error is None:
            _log.info(event, extra={"outcome": "finished" if run else "left"})
            return
        said = error.message if isinstance(error, ShipskipError) else ""
        values = {"outcome": "stopped", "error": type(error).__name__, "detail": said}
        by_hand = isinstance(error, InterruptError) or not isinstance(error, Exception)
        _log.log(logging.WARNING if by_hand else logging.ERROR, event, extra=values)

    def started(self, question: Question) -> None:
        """Log that a review begins, and give its ids to all that is logged on its way."""
        work_for_seat(question)
        _begun.set((question.key, time.monotonic()))
        _log.debug("review started")

    def finished(self, review: Review) -> None:
        """Log how a review came out; one that an earlier start kept is told apart."""
        begun = _begun.get()
        ours = begun is not None and begun[0] == review.key
        values = _values(review)
        if begun and ours:
            values["seconds"] = round(time.monotonic() - begun[1], 3)
        if review.failure:
            _log.warning("review failed", extra=values)
        elif ours:
            _log.info("review kept", extra=values)
        else:
            _log.debug("review kept before", extra=values)
        _begun.set(None)
        leave_seat()

    def scored(self, card: Scorecard, reviews: tuple[Review, ...]) -> None:
        """Log a dossier's outcome."""
        values = {
            "run": card.run,
            "dossier": card.slug,
            "outcome": card.outcome,
            "ships": card.ships,
            "answered": card.answered,
            "seats": card.seats,
            "reviews": len(reviews),
            "cost": _usd(card.cost),
        }
        _log.info("dossier scored", extra=values)


def _values(review: Review) -> dict[str, object]:
    usage, failed = review.usage, review.failure
    values: dict[str, object] = {
        "dossier": review.slug,
        "seat": review.persona,
        "sample": review.sample,
        "nth": review.nth,
        "llm": review.llm_label,
        "outcome": review.verdict.call if review.verdict else "failed",
        "calls": usage.calls,
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "cached_tokens": usage.cached_tokens,
        "cost": _usd(review.cost),
    }
    if failed is None:
        blocking = sum(flag.severity == "blocks" for flag in review.flags)
        return {**values, "blocking": blocking, "warnings": len(review.flags) - blocking}
    detail = {} if failed.kind in _QUOTED else {"detail": failed.detail}
    return {**values, "kind": failed.kind, "retryable": failed.retryable, **detail}


def _usd(cost: object) -> float | None:
    return None if cost is None else float(str(cost))
