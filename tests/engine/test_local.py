"""Many at once, each exactly once, nothing after the first refusal."""

import asyncio
import datetime as dt
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.domain.scorecard import Scorecard
from panel.engine.local import LocalEngine, Silent, Watcher
from panel.errors import EndpointError, StoreError
from panel.judging.question import Question
from panel.pipeline import Pipeline
from panel.testing import ScriptedJudge
from panel.testing.scripted import Ending
from tests.engine.floor import Shelf, Watching, keys_of, pipeline_of

NOW = dt.datetime(2026, 5, 12, tzinfo=dt.UTC)


def worked(
    pipeline: Pipeline, *, concurrency: int = 32, watcher: Watcher | None = None
) -> list[Scorecard]:
    """Run a pipeline; whatever hangs is an error."""
    engine = LocalEngine(pipeline, concurrency=concurrency, watcher=watcher or Silent())

    async def bounded() -> list[Scorecard]:
        async with asyncio.timeout(60):
            return await engine.run()

    return asyncio.run(bounded())


sizes = st.integers(1, 3)


@settings(max_examples=25)
@given(dossiers=sizes, seats=sizes, samples=st.integers(1, 2), concurrency=st.integers(1, 6))
def test_every_question_is_answered_once_and_never_too_many_at_once(
    dossiers: int, seats: int, samples: int, concurrency: int
) -> None:
    judge, watching = ScriptedJudge({"reviewer-2": "timeout", "reviewer-3": "skip"}), Watching()
    with pipeline_of(judge, dossiers=dossiers, seats=seats, samples=samples) as (
        pipeline,
        store,
        _,
    ):
        cards = worked(pipeline, concurrency=concurrency, watcher=watching)
        wanted = keys_of(pipeline)
        assert {review.key for review in store.reviews(pipeline.run.id)} == set(wanted)
        assert list(store.scorecards(pipeline.run.id)) == cards
    assert Counter(judge.asked) == Counter(wanted)
    assert Counter(watching.finished_keys) == Counter(wanted)
    assert judge.most == min(concurrency, len(wanted))
    assert [card.slug for card in cards] == [f"model-{at}" for at in range(1, dossiers + 1)]
    assert {frozenset(keys) for _, keys in watching.cards} == {
        frozenset(key for result in card.results for key in result.reviews) for card in cards
    }


class Ahead:
    """Notes how many dossiers are taken from the shelf beyond those that are done."""

    def __init__(self, seats: int) -> None:
        self.shelf: Shelf | None = None
        self.judge = ScriptedJudge(hold=self)
        self.most = 0
        self._seats = seats

    async def __call__(self, question: Question) -> None:
        assert self.shelf is not None
        done = len(self.judge.answered) // self._seats
        self.most = max(self.most, self.shelf.taken - done)
        await asyncio.sleep(0)


@pytest.mark.parametrize("concurrency", [1, 3])
def test_dossiers_are_taken_as_they_are_needed(concurrency: int) -> None:
    ahead = Ahead(seats=2)
    with pipeline_of(ahead.judge, dossiers=20, seats=2) as (pipeline, _, shelf):
        ahead.shelf = shelf
        worked(pipeline, concurrency=concurrency)
    assert shelf.taken == 20
    assert 1 <= ahead.most <= concurrency + 1


def test_a_slow_seat_holds_up_nobody_else() -> None:
    rest = asyncio.Event()
    judge = ScriptedJudge()

    async def hold(question: Question) -> None:
        if question.persona.id == "reviewer-1" and question.dossier.slug == "model-1":
            await rest.wait()
        elif len(judge.answered) == 8:
            rest.set()

    judge = ScriptedJudge(hold=hold)
    with pipeline_of(judge, dossiers=2) as (pipeline, _, _):
        cards = worked(pipeline, concurrency=2)
        slow = keys_of(pipeline)[0]
    assert judge.answered.index(slow) >= 8
    assert [card.answered for card in cards] == [5, 5]


def test_scorecards_come_back_in_the_order_of_the_run_not_of_completion() -> None:
    first = asyncio.Event()

    async def hold(question: Question) -> None:
        if question.dossier.slug == "model-1":
            await first.wait()
        else:
            first.set()

    watching = Watching()
    with pipeline_of(ScriptedJudge(hold=hold), dossiers=2, seats=1) as (pipeline, _, _):
        cards = worked(pipeline, watcher=watching)
    assert [card.slug for card in cards] == ["model-1", "model-2"]
    assert [card.slug for card, _ in watching.cards] == ["model-2", "model-1"]


@pytest.mark.parametrize("kept", [[0], [1, 3], [0, 1, 2, 3], [2, 3]])
def test_what_is_kept_is_not_asked_again(kept: list[int]) -> None:
    first, second, watching = ScriptedJudge({"reviewer-1": "skip"}), ScriptedJudge(), Watching()
    with pipeline_of(second, dossiers=2, seats=2) as (pipeline, store, shelf):
        questions = [
            question
            for dossier in shelf
            for question in pipeline.material.questions(pipeline.run, dossier)
        ]

        async def before() -> None:
            for at in kept:
                review = await first.review(questions[at])
                await store.keep_review(pipeline.run.id, review, started=NOW, seconds=1)

        asyncio.run(before())
        cards = worked(pipeline, watcher=watching)
        reviews = {review.key: review for review in store.reviews(pipeline.run.id)}
    keys = [question.key for question in questions]
    assert sorted(second.asked) == sorted(key for at, key in enumerate(keys) if at not in kept)
    assert sorted(watching.finished_keys) == sorted(keys)
    assert [card.answered for card in cards] == [2, 2]
    for at in kept:
        wanted = "skip" if questions[at].persona.id == "reviewer-1" else "ship"
        verdict = reviews[keys[at]].verdict
        assert verdict is not None
        assert verdict.call == wanted


def test_a_refused_key_ends_the_run_and_cancels_what_is_running() -> None:
    answered, cancelled = asyncio.Event(), list[str]()

    async def hold(question: Question) -> None:
        if question.persona.id == "reviewer-1":
            await answered.wait()
        elif question.persona.id == "reviewer-2":
            answered.set()
        else:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                cancelled.append(question.key)
                raise

    judge, watching = ScriptedJudge({"reviewer-1": "key-refused"}, hold=hold), Watching()
    with pipeline_of(judge, dossiers=3) as (pipeline, store, _):
        with pytest.raises(EndpointError, match="key-refused"):
            worked(pipeline, concurrency=4, watcher=watching)
        kept = [review.persona for review in store.reviews(pipeline.run.id)]
        assert store.scorecards(pipeline.run.id) == ()
    assert kept in ([], ["reviewer-2"])
    assert len(judge.asked) <= 5
    assert len(cancelled) >= 2
    assert set(watching.finished_keys).isdisjoint(cancelled)
    assert judge.running == 0


def test_five_refusals_at_once_are_one_error() -> None:
    refused: dict[str, Ending] = {f"reviewer-{at}": "key-refused" for at in range(1, 6)}
    judge = ScriptedJudge(refused)
    with pipeline_of(judge) as (pipeline, store, _):
        with pytest.raises(EndpointError) as caught:
            worked(pipeline)
        assert store.reviews(pipeline.run.id) == ()
    assert caught.value.__cause__ is None


def test_an_error_of_the_store_ends_the_run() -> None:
    judge = ScriptedJudge()
    with pipeline_of(judge, dossiers=2) as (pipeline, store, _):
        engine = LocalEngine(pipeline, concurrency=1, watcher=Silent())
        store.close()
        with pytest.raises(StoreError, match="closed"):
            asyncio.run(engine.run())
    assert len(judge.asked) == 1


def test_cancelling_the_run_cancels_the_seats() -> None:
    begun = asyncio.Event()

    async def hold(_: Question) -> None:
        begun.set()
        await asyncio.Event().wait()

    judge = ScriptedJudge(hold=hold)

    async def interrupted(pipeline: Pipeline) -> None:
        task = asyncio.create_task(LocalEngine(pipeline, concurrency=2, watcher=Silent()).run())
        await begun.wait()
        task.cancel()
        await task

    with pipeline_of(judge) as (pipeline, _, _), pytest.raises(asyncio.CancelledError):
        asyncio.run(interrupted(pipeline))
    assert judge.running == 0
    assert judge.answered == []
