"""A watcher that counts: reviews by outcome, tokens, cost, durations, and what is in flight.

Attributes have few values each, so that a collector keeps few series: no dossier and no run.
"""

import time
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from weakref import WeakSet

from opentelemetry.metrics import CallbackOptions, Meter, Observation

from panel.domain.review import Review
from panel.domain.run import Run
from panel.domain.scorecard import Scorecard
from panel.engine.llm_attributes import Attributes, named
from panel.judging.question import Question


@dataclass(frozen=True, eq=False)
class _Asked:
    """A review in flight; gone with its task, also when it gets no answer for now."""

    key: str
    begun: float
    llm: Attributes


_asked: ContextVar[_Asked | None] = ContextVar("_asked", default=None)


class Measures:
    """Counts what happens in a run, or in all runs of a worker.

    Args:
        meter: Makes the instruments.
    """

    def __init__(self, meter: Meter) -> None:
        self._in_flight: WeakSet[_Asked] = WeakSet()
        self._reviews = meter.create_counter(
            "shipskip.reviews", "{review}", "Reviews kept, by outcome and kind of failure."
        )
        self._tokens = meter.create_counter(
            "shipskip.tokens", "{token}", "Tokens of reviews, by type."
        )
        self._cost = meter.create_counter(
            "shipskip.cost", "{USD}", "Cost of reviews, where it is known."
        )
        self._seconds = meter.create_histogram(
            "shipskip.review.duration", "s", "From the start of a review to its being kept."
        )
        meter.create_observable_gauge(
            "shipskip.reviews.in_flight", [self._observed], "{review}", "Reviews being asked for."
        )

    def opened(self, run: Run | None) -> None:
        """Count nothing."""

    def closed(self, run: Run | None, error: BaseException | None) -> None:
        """Count nothing."""

    def started(self, question: Question) -> None:
        """Count a review as in flight."""
        asked = _Asked(question.key, time.monotonic(), named(question.llm))
        _asked.set(asked)
        self._in_flight.add(asked)

    def finished(self, review: Review) -> None:
        """Count a review that was not kept before."""
        asked = _asked.get()
        _asked.set(None)
        if asked is None or asked.key != review.key:
            return
        self._in_flight.discard(asked)
        failed, usage = review.failure, review.usage
        outcome: Attributes = {"shipskip.outcome": "failed" if failed else "verdict"}
        error: Attributes = {"error.type": failed.kind} if failed else {}
        at: Attributes = {**asked.llm, "shipskip.seat": review.persona}
        self._reviews.add(1, {**at, **outcome, **error})
        self._seconds.record(time.monotonic() - asked.begun, {**at, **outcome})
        self._cost.add(float(review.cost or 0), at)
        for kind, tokens in (
            ("input", usage.input_tokens),
            ("output", usage.output_tokens),
            ("cached", usage.cached_tokens),
        ):
            self._tokens.add(tokens or 0, {**at, "gen_ai.token.type": kind})

    def scored(self, card: Scorecard, reviews: tuple[Review, ...]) -> None:
        """Count nothing."""

    def _observed(self, _: CallbackOptions) -> Iterable[Observation]:
        return [Observation(len(self._in_flight))]
