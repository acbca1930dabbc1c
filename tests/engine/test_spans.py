"""Spans as the library keeps them: a tree of runs, dossiers and reviews that all end."""

import asyncio

from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from panel.engine import spans as module
from panel.engine.ids import work_for
from panel.engine.local import LocalEngine
from panel.engine.spans import Spans
from panel.judging.question import Question
from panel.pipeline import Pipeline
from panel.testing import ScriptedJudge
from tests.engine.floor import pipeline_of, questions_of


class Kept:
    """Spans of one process, kept."""

    def __init__(self) -> None:
        self._kept = InMemorySpanExporter()
        provider = TracerProvider(shutdown_on_exit=False)
        provider.add_span_processor(SimpleSpanProcessor(self._kept))
        self.watcher = Spans(provider.get_tracer("test"))

    def named(self, name: str) -> list[ReadableSpan]:
        return [span for span in self._kept.get_finished_spans() if span.name == name]


def ran(pipeline: Pipeline, kept: Kept, *, opened: bool = True) -> None:
    """Work on a run."""

    async def work() -> None:
        work_for(pipeline.run.id)
        await LocalEngine(pipeline, concurrency=3, watcher=kept.watcher).run()

    if opened:
        kept.watcher.opened(pipeline.run)
    asyncio.run(work())
    kept.watcher.closed(pipeline.run, None)


def number(span: ReadableSpan) -> int:
    """What a span is called by those below it."""
    assert span.context is not None
    return span.context.span_id


def test_a_run_is_a_tree() -> None:
    kept = Kept()
    with pipeline_of(ScriptedJudge(), dossiers=2, seats=2) as (pipeline, _, _):
        ran(pipeline, kept)
    (run,) = kept.named("shipskip.run")
    dossiers = {number(span): span for span in kept.named("shipskip.dossier")}
    reviews = kept.named("shipskip.review")
    assert run.attributes
    assert (run.attributes["shipskip.dossiers"], run.attributes["shipskip.reviews"]) == (2, 4)
    parents = [span.parent.span_id for span in dossiers.values() if span.parent]
    assert parents == [number(run)] * 2
    for span in reviews:
        assert span.parent
        assert span.attributes
        above = dossiers[span.parent.span_id].attributes
        assert above
        assert above["shipskip.dossier"] == span.attributes["shipskip.dossier"]
        assert span.attributes["shipskip.outcome"] == "ship"
        assert above["shipskip.outcome"] == "ship"


def test_a_failed_seat_is_an_error_with_its_kind() -> None:
    kept, judge = Kept(), ScriptedJudge({"reviewer-1": "refused"})
    with pipeline_of(judge, seats=2) as (pipeline, _, _):
        ran(pipeline, kept)
    failed = [s for s in kept.named("shipskip.review") if s.status.status_code is StatusCode.ERROR]
    (span,) = failed
    assert span.attributes
    assert (span.attributes["error.type"], span.attributes["shipskip.seat"]) == (
        "refused",
        "reviewer-1",
    )
    assert span.status.description is None


def test_a_worker_has_a_span_for_each_run_it_helps_with() -> None:
    kept = Kept()
    with pipeline_of(ScriptedJudge(), seats=1) as (pipeline, _, _):
        ran(pipeline, kept, opened=False)
    (span,) = kept.named("shipskip.run")
    assert span.attributes == {"shipskip.run": pipeline.run.id}


def test_dossiers_that_wait_for_a_batch_are_let_go_of_before_they_are_too_many() -> None:
    kept = Kept()
    most = module._MOST  # pyright: ignore[reportPrivateUsage]

    def asked(question: Question, times: int) -> None:
        for number in range(times):
            slug = f"{question.dossier.slug}-{number}"
            other = question.dossier.model_copy(update={"slug": slug})
            kept.watcher.started(Question(other, question.persona, question.prompt, question.llm))

    with pipeline_of(ScriptedJudge(), seats=1) as (pipeline, _, _):
        asked(questions_of(pipeline)[0], most + 3)
    assert len(kept.named("shipskip.dossier")) == 3
    kept.watcher.closed(None, None)
    assert len(kept.named("shipskip.dossier")) == most + 3
    assert kept.named("shipskip.review") == []
