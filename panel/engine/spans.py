"""A watcher that makes spans: a run holds dossiers, a dossier holds reviews.

A review that gets no answer for now, since the run stops or it waits for a batch, leaves no span.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass

from opentelemetry.trace import Span, StatusCode, Tracer, set_span_in_context
from opentelemetry.util.types import AttributeValue

from panel.domain.review import Review
from panel.domain.run import Run
from panel.domain.scorecard import Scorecard
from panel.engine.ids import current_run
from panel.engine.llm_attributes import asked_of
from panel.judging.question import Question

_MOST = 2000
"""Dossiers that are open at once at most: in a batch, most of them wait unscored for their answers,
and memory must not grow with the list."""


@dataclass(frozen=True)
class _Asked:
    key: str
    span: Span


_asked: ContextVar[_Asked | None] = ContextVar("_asked", default=None)
"""The review the current task is at; gone with the task."""


class Spans:
    """Makes the spans of a run, or of all runs of a worker.

    Args:
        tracer: Makes them.
    """

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer
        self._runs: dict[str, Span] = {}
        self._dossiers: dict[tuple[str, str], Span] = {}

    def opened(self, run: Run | None) -> None:
        """Begin the span of a run; a worker's runs begin theirs with their first review.

        Args:
            run: The run; None for a worker.
        """
        if run is None:
            return
        span = self._run(run.id)
        span.set_attribute("shipskip.dossiers", len(run.order.dossiers))
        span.set_attribute("shipskip.reviews", run.order.reviews)
        span.set_attribute("shipskip.delivery", run.delivery)

    def closed(self, _run: Run | None, error: BaseException | None) -> None:
        """End all spans that are open.

        Args:
            error: What ended the work early.
        """
        for span in self._dossiers.values():
            span.set_attribute("shipskip.outcome", "unfinished")
            span.end()
        for span in self._runs.values():
            if error is not None:
                span.set_attribute("error.type", type(error).__name__)
                span.set_status(StatusCode.ERROR)
            span.end()
        self._dossiers.clear()
        self._runs.clear()

    def started(self, question: Question) -> None:
        """Begin the span of a review."""
        dossier = self._dossier(current_run(), question.dossier.slug)
        attributes: dict[str, AttributeValue] = {
            "shipskip.run": current_run(),
            "shipskip.dossier": question.dossier.slug,
            "shipskip.seat": question.persona.id,
            "shipskip.sample": question.sample,
            "shipskip.nth": question.nth,
            **asked_of(question.llm),
        }
        span = self._begin("shipskip.review", attributes, dossier)
        _asked.set(_Asked(question.key, span))

    def finished(self, review: Review) -> None:
        """End the span of a review; one that was kept before has none."""
        asked = _asked.get()
        _asked.set(None)
        if asked is None or asked.key != review.key:
            return
        span = asked.span
        span.set_attributes(_answer(review))
        if review.failure:
            span.set_attribute("error.type", review.failure.kind)
            span.set_status(StatusCode.ERROR)
        span.end()

    def scored(self, card: Scorecard, reviews: tuple[Review, ...]) -> None:  # noqa: ARG002
        """End the span of a dossier; one without a new review has none."""
        span = self._dossiers.pop((card.run, card.slug), None)
        if span:
            span.set_attribute("shipskip.outcome", card.outcome)
            span.set_attribute("shipskip.ships", card.ships)
            span.set_attribute("shipskip.answered", card.answered)
            span.set_attribute("shipskip.seats", card.seats)
            span.end()

    def _run(self, run: str) -> Span:
        if run not in self._runs:
            self._runs[run] = self._begin("shipskip.run", {"shipskip.run": run})
        return self._runs[run]

    def _dossier(self, run: str, slug: str) -> Span:
        found = self._dossiers.get((run, slug))
        if found is None:
            if len(self._dossiers) == _MOST:
                self._dossiers.pop(next(iter(self._dossiers))).end()
            ids = {"shipskip.run": run, "shipskip.dossier": slug}
            found = self._begin("shipskip.dossier", ids, self._run(run))
            self._dossiers[run, slug] = found
        return found

    def _begin(
        self, name: str, attributes: Mapping[str, AttributeValue], parent: Span | None = None
    ) -> Span:
        above = set_span_in_context(parent) if parent else None
        return self._tracer.start_span(name, context=above, attributes=attributes)


def _answer(review: Review) -> dict[str, AttributeValue]:
    usage = review.usage
    known: dict[str, AttributeValue | None] = {
        "gen_ai.response.model": review.answered_by,
        "gen_ai.usage.input_tokens": usage.input_tokens,
        "gen_ai.usage.output_tokens": usage.output_tokens,
        "gen_ai.usage.cache_read.input_tokens": usage.cached_tokens,
        "shipskip.calls": usage.calls,
        "shipskip.outcome": review.verdict.call if review.verdict else "failed",
        "shipskip.flags": len(review.flags),
        "shipskip.cost": None if review.cost is None else float(review.cost),
    }
    return {name: value for name, value in known.items() if value is not None}
