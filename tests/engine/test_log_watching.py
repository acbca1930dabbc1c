"""The watcher's lines: every review once, by what became of it."""

import asyncio
import io
import json
from typing import Any

import pytest

from panel.domain.review import FailureKind
from panel.engine.ids import work_for
from panel.engine.local import LocalEngine
from panel.engine.log_watching import LogWatcher
from panel.engine.logs import logged
from panel.errors import InterruptError, ShipskipError, SpendingError
from panel.judging.remedies import failure
from panel.pipeline import Pipeline
from panel.testing import ScriptedJudge, make_failure, make_run
from tests.engine.floor import pipeline_of, questions_of


def lines_of(pipeline: Pipeline) -> list[dict[str, Any]]:
    """The log of a run."""
    stream = io.StringIO()

    async def work() -> None:
        work_for(pipeline.run.id)
        await LocalEngine(pipeline, concurrency=2, watcher=LogWatcher()).run()

    with logged(lambda: stream, "debug", "json", (), print):
        asyncio.run(work())
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def said_at_the_end(error: BaseException | None) -> dict[str, Any]:
    """The last line of a run."""
    stream = io.StringIO()
    with logged(lambda: stream, "debug", "json", (), print):
        LogWatcher().closed(make_run(), error)
    return json.loads(stream.getvalue())


def test_each_review_is_begun_and_kept_under_its_own_ids() -> None:
    judge = ScriptedJudge({"reviewer-2": "timeout"})
    with pipeline_of(judge, dossiers=3, seats=2, samples=2) as (pipeline, _, _):
        lines = lines_of(pipeline)
        asked = {
            (question.dossier.slug, question.persona.id, question.sample)
            for question in questions_of(pipeline)
        }

    def ids(*events: str) -> list[tuple[str, str, int]]:
        of = [line for line in lines if line["event"] in events]
        return sorted((line["dossier"], line["seat"], line["sample"]) for line in of)

    assert ids("review started") == ids("review kept", "review failed") == sorted(asked)
    assert {line["seat"] for line in lines if line["event"] == "review failed"} == {"reviewer-2"}
    assert {line["run"] for line in lines} == {pipeline.run.id}
    assert all("seconds" in line for line in lines if line["event"] == "review kept")
    scored = [line for line in lines if line["event"] == "dossier scored"]
    assert sorted(line["dossier"] for line in scored) == ["model-1", "model-2", "model-3"]
    assert {(line["answered"], line["seats"], line["reviews"]) for line in scored} == {(1, 2, 4)}
    assert [line for line in scored if "seat" in line] == []


def test_what_an_earlier_start_kept_is_no_news() -> None:
    judge = ScriptedJudge({"reviewer-2": "key-refused"})
    with pipeline_of(judge, seats=3) as (pipeline, store, _):
        with pytest.raises(ShipskipError):
            lines_of(pipeline)
        kept = {review.persona for review in store.reviews(pipeline.run.id)}
        lines = lines_of(Pipeline(pipeline.run, pipeline.material, ScriptedJudge(), store))
    before = [line for line in lines if line["event"] == "review kept before"]
    assert {line["seat"] for line in before} == kept
    assert {line["level"] for line in before} == {"debug"}
    new = {line["seat"] for line in lines if line["event"] == "review kept"}
    assert new == {"reviewer-1", "reviewer-2", "reviewer-3"} - kept


@pytest.mark.parametrize(
    ("kind", "told"),
    [("server-error", True), ("timeout", True), ("refused", False), ("invalid-answer", False)],
)
def test_details_that_may_quote_an_answer_are_left_out(kind: FailureKind, told: bool) -> None:
    with pipeline_of(ScriptedJudge(), seats=1) as (pipeline, _, _):
        question = questions_of(pipeline)[0]
    stream = io.StringIO()
    with logged(lambda: stream, "debug", "json", (), print):
        review = question.answered(failure=failure(kind, "so it was said"))
        LogWatcher().finished(review)
    line = json.loads(stream.getvalue())
    assert (line["event"], line["kind"]) == ("review failed", kind)
    assert ("detail" in line) is told
    assert make_failure().remedy not in stream.getvalue()


@pytest.mark.parametrize(
    ("error", "level", "outcome", "detail"),
    [
        (None, "info", "finished", None),
        (SpendingError("the cap is reached"), "error", "stopped", "the cap is reached"),
        (InterruptError("stopped by hand"), "warning", "stopped", "stopped by hand"),
        (asyncio.CancelledError(), "warning", "stopped", ""),
        (RuntimeError("the answer was: ship"), "error", "stopped", ""),
    ],
)
def test_the_last_line_says_how_the_run_ended(
    error: BaseException | None, level: str, outcome: str, detail: str | None
) -> None:
    line = said_at_the_end(error)
    assert line["event"] == "run ended"
    assert (line["level"], line["outcome"], line.get("detail")) == (level, outcome, detail)
