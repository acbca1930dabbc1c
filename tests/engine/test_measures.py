"""Metrics as the library collects them, in the middle of a run and after it."""

import asyncio
from typing import Any

from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from panel.domain.review import Review
from panel.engine.local import LocalEngine
from panel.engine.measures import Measures
from panel.errors import PendingError
from panel.judging.question import Question
from panel.pipeline import Pipeline
from panel.testing import ScriptedJudge
from tests.engine.floor import pipeline_of


class Metered:
    """Metrics of one process, to be read at any time."""

    def __init__(self) -> None:
        self._reader = InMemoryMetricReader()
        meters = MeterProvider([self._reader], shutdown_on_exit=False)
        self.watcher = Measures(meters.get_meter("test"))

    def points(self, name: str) -> list[Any]:
        data = self._reader.get_metrics_data()
        assert data is not None
        metrics = data.resource_metrics[0].scope_metrics[0].metrics
        return [point for one in metrics if one.name == name for point in one.data.data_points]

    @property
    def in_flight(self) -> int:
        return self.points("shipskip.reviews.in_flight")[0].value


def ran(pipeline: Pipeline, metered: Metered) -> None:
    """Work on a run."""
    asyncio.run(LocalEngine(pipeline, concurrency=2, watcher=metered.watcher).run())


def test_reviews_are_counted_by_outcome_and_kind() -> None:
    metered, judge = Metered(), ScriptedJudge({"reviewer-2": "timeout"})
    with pipeline_of(judge, dossiers=3, seats=2) as (pipeline, _, _):
        ran(pipeline, metered)
    counted = {
        (
            point.attributes["shipskip.seat"],
            point.attributes["shipskip.outcome"],
            point.attributes.get("error.type"),
        ): point.value
        for point in metered.points("shipskip.reviews")
    }
    assert counted == {
        ("reviewer-1", "verdict", None): 3,
        ("reviewer-2", "failed", "timeout"): 3,
    }
    assert sum(point.count for point in metered.points("shipskip.review.duration")) == 6
    assert {key for point in metered.points("shipskip.tokens") for key in point.attributes} == {
        "gen_ai.operation.name",
        "gen_ai.provider.name",
        "gen_ai.request.model",
        "gen_ai.token.type",
        "server.address",
        "shipskip.seat",
    }


def test_what_is_in_flight_is_seen_while_it_is() -> None:
    metered, seen = Metered(), list[int]()

    async def hold(_: Question) -> None:
        seen.append(metered.in_flight)

    with pipeline_of(ScriptedJudge(hold=hold), dossiers=2, seats=2) as (pipeline, _, _):
        ran(pipeline, metered)
    assert set(seen) <= {1, 2}
    assert metered.in_flight == 0


def test_what_waits_for_a_batch_is_neither_counted_nor_in_flight() -> None:
    class Waiting(ScriptedJudge):
        async def review(self, question: Question) -> Review:
            raise PendingError("waits for its batch")

    metered = Metered()
    with pipeline_of(Waiting(), dossiers=3, seats=2) as (pipeline, _, _):
        ran(pipeline, metered)
    assert metered.points("shipskip.reviews") == []
    assert metered.in_flight == 0


def test_what_an_earlier_start_kept_is_not_counted_again() -> None:
    with pipeline_of(ScriptedJudge(), seats=2) as (pipeline, store, _):
        ran(pipeline, Metered())
        metered = Metered()
        for review in store.reviews(pipeline.run.id):
            metered.watcher.finished(review)
    assert metered.points("shipskip.reviews") == []
