"""Many at once, each exactly once, nothing after the first refusal."""

import asyncio
import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.domain.exchange import Call, Charge, Exchange, tape_key
from panel.domain.review import Review
from panel.domain.run import Order
from panel.domain.scorecard import Scorecard
from panel.engine.local import Ending, LocalEngine
from panel.engine.watching import Silent, Watcher
from panel.errors import EndpointError, SpendingError, StoreError
from panel.judging.brake import Brake
from panel.judging.question import Question
from panel.pipeline import Pipeline
from panel.store.records import StandingFailure
from panel.store.store import Store
from panel.testing import ScriptedJudge
from panel.testing.scripted import Ending as Outcome
from tests.engine.floor import Shelf, Watching, keys_of, pipeline_of, questions_of

NOW = dt.datetime(2026, 5, 12, tzinfo=dt.UTC)


def ended(
    pipeline: Pipeline,
    *,
    concurrency: int = 32,
    watcher: Watcher | None = None,
    brake: Brake | None = None,
    again: Sequence[StandingFailure] = (),
) -> Ending:
    """Run a pipeline; whatever hangs is an error."""
    engine = LocalEngine(
        pipeline, concurrency=concurrency, watcher=watcher, brake=brake, again=again
    )

    async def bounded() -> Ending:
        async with asyncio.timeout(60):
            return await engine.run()

    return asyncio.run(bounded())


def worked(
    pipeline: Pipeline, *, concurrency: int = 32, watcher: Watcher | None = None
) -> list[Scorecard]:
    """Run a pipeline to its end."""
    assert ended(pipeline, concurrency=concurrency, watcher=watcher) == Ending()
    return list(pipeline.store.scorecards(pipeline.run.id))


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
    assert Counter(judge.asked) == Counter(wanted)
    assert Counter(watching.finished_keys) == Counter(wanted)
    assert judge.most <= concurrency
    assert [card.slug for card in cards] == [f"model-{at}" for at in range(1, dossiers + 1)]
    assert {frozenset(keys) for _, keys in watching.cards} == {
        frozenset(key for result in card.results for key in result.reviews) for card in cards
    }


@pytest.mark.parametrize("concurrency", [1, 4, 10])
def test_all_places_are_used_while_there_is_work(concurrency: int) -> None:
    full = asyncio.Event()
    judge = ScriptedJudge()

    async def hold(_: Question) -> None:
        if judge.running == concurrency:
            full.set()
        await full.wait()

    judge = ScriptedJudge(hold=hold)
    with pipeline_of(judge, dossiers=5, seats=2) as (pipeline, _, _):
        worked(pipeline, concurrency=concurrency)
    assert judge.most == concurrency


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


def test_the_next_dossiers_are_opened_while_every_place_is_taken() -> None:
    judge = ScriptedJudge()
    with pipeline_of(judge, dossiers=6, seats=2) as (pipeline, _, shelf):

        async def hold(_: Question) -> None:
            # Two dossiers fill the places, two lie ready; the shelf stands in another thread.
            while shelf.taken < 4:  # noqa: ASYNC110
                await asyncio.sleep(0.001)

        judge = ScriptedJudge(hold=hold)
        cards = worked(
            Pipeline(pipeline.run, pipeline.material, judge, pipeline.store), concurrency=4
        )
    assert judge.most == 4
    assert len(cards) == 6


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
    with pipeline_of(second, dossiers=2, seats=2) as (pipeline, store, _):
        questions = questions_of(pipeline)

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


def test_a_refused_key_ends_the_run_while_running_calls_come_home() -> None:
    begun = asyncio.Event()

    async def hold(question: Question) -> None:
        if question.persona.id == "reviewer-1":
            await begun.wait()
        elif question.persona.id == "reviewer-3":
            begun.set()
            await asyncio.sleep(0.05)

    judge, watching = ScriptedJudge({"reviewer-1": "key-refused"}, hold=hold), Watching()
    with pipeline_of(judge, dossiers=3) as (pipeline, store, _):
        with pytest.raises(EndpointError, match="key-refused"):
            ended(pipeline, concurrency=3, watcher=watching)
        kept = {review.persona for review in store.reviews(pipeline.run.id)}
        assert store.scorecards(pipeline.run.id) == ()
    assert {"reviewer-2", "reviewer-3"} <= kept
    assert "reviewer-1" not in kept
    assert len(judge.asked) < 15
    assert judge.running == 0


def test_a_cap_that_is_reached_ends_the_run_likewise() -> None:
    class Capped(ScriptedJudge):
        async def review(self, question: Question) -> Review:
            if len(self.asked) == 4:
                raise SpendingError("the cap is reached")
            return await super().review(question)

    with pipeline_of(Capped(), dossiers=3, seats=2) as (pipeline, store, _):
        with pytest.raises(SpendingError, match="the cap is reached"):
            ended(pipeline, concurrency=1)
        assert len(store.reviews(pipeline.run.id)) == 4
        assert store.scored(pipeline.run.id) == {"model-1", "model-2"}


def test_a_pulled_brake_lets_what_has_begun_end_and_begins_nothing_new() -> None:
    brake = Brake()

    async def hold(question: Question) -> None:
        if question.dossier.slug == "model-3":
            brake.pull()

    judge = ScriptedJudge(hold=hold)
    with pipeline_of(judge, dossiers=6, seats=2) as (pipeline, store, shelf):
        assert ended(pipeline, concurrency=2, brake=brake) == Ending(drained=True)
        kept = store.reviews(pipeline.run.id)
        assert len(kept) == len(judge.asked) == len(judge.answered)
        assert shelf.taken <= 4
        assert worked(Pipeline(pipeline.run, pipeline.material, ScriptedJudge(), store))
        assert len(store.scorecards(pipeline.run.id)) == 6


@pytest.mark.parametrize(("lead", "first"), [("on", 1), ("auto", 3), ("off", 3)])
def test_the_first_seat_runs_ahead_where_it_is_wanted(lead: str, first: int) -> None:
    judge, running = ScriptedJudge(), list[int]()

    async def hold(_: Question) -> None:
        await asyncio.sleep(0.01)
        if not judge.answered:
            running.append(judge.running)

    judge = ScriptedJudge(hold=hold)
    with pipeline_of(judge, seats=3, lead=lead) as (pipeline, _, _):
        worked(pipeline)
    assert running[0] == first


def test_each_llm_of_a_panel_has_a_seat_that_runs_ahead() -> None:
    judge, most = ScriptedJudge(), list[int]()

    async def hold(_: Question) -> None:
        await asyncio.sleep(0.01)
        if not judge.answered:
            most.append(judge.running)

    judge = ScriptedJudge(hold=hold)
    with pipeline_of(judge, seats=4, lead="on") as (pipeline, store, _):
        order = pipeline.run.order
        other = order.seats[0].llm.model_copy(update={"name": "other-llm"})
        seats = [
            seat.model_copy(update={"llm": other}) if number % 2 else seat
            for number, seat in enumerate(order.seats)
        ]
        changed = order.model_copy(update={"seats": tuple(seats)})
        run = pipeline.run.model_copy(update={"order": Order.model_validate(dict(changed))})
        worked(Pipeline(run, pipeline.material, judge, store))
    assert most[0] == 2


def test_a_failure_is_asked_again_and_stands_until_there_is_an_answer() -> None:
    with pipeline_of(ScriptedJudge({"reviewer-1": "timeout", "reviewer-2": "refused"})) as (
        pipeline,
        store,
        _,
    ):
        before = worked(pipeline)
        failures = store.failures(pipeline.run.id)
        second = ScriptedJudge({"reviewer-2": "refused"})
        again = Pipeline(pipeline.run, pipeline.material, second, store)
        assert ended(again, again=failures) == Ending()
        after = store.scorecards(pipeline.run.id)
        reviews = {review.persona: review for review in store.reviews(pipeline.run.id)}
    assert {failed.kind for failed in failures} == {"timeout", "refused"}
    assert len(second.asked) == 2
    assert (before[0].answered, after[0].answered) == (3, 4)
    assert reviews["reviewer-1"].verdict
    assert reviews["reviewer-2"].failure
    assert (reviews["reviewer-1"].nth, reviews["reviewer-3"].nth) == (2, 1)


@pytest.mark.sqlite_only("on PostgreSQL a process that lives holds a lock: nobody is dead")
def test_what_was_in_hand_at_two_deaths_runs_alone_after_the_rest_and_at_three_no_more() -> None:
    judge = ScriptedJudge()
    with pipeline_of(judge, dossiers=3, seats=2) as (pipeline, store, _):
        guilty = questions_of(pipeline)[0]
        for _ in range(3):
            died_with_an_answer_in_hand(store, pipeline, guilty)
        most = list[int]()

        async def hold(question: Question) -> None:
            if question.dossier.slug == "model-1":
                most.append(judge.running)
                assert len(judge.answered) >= 4

        judge = ScriptedJudge(hold=hold)
        worked(Pipeline(pipeline.run, pipeline.material, judge, store))
        reviews = {review.key: review for review in store.reviews(pipeline.run.id)}
    failed = reviews[guilty.key].failure
    assert failed is not None
    assert failed.kind == "quarantined"
    assert most == [1]
    assert sum(review.failure is None for review in reviews.values()) == 5


def died_with_an_answer_in_hand(store: Store, pipeline: Pipeline, question: Question) -> None:
    """A process that dies between a call's answer and its review."""
    run_id, body = pipeline.run.id, f'{{"n": "{uuid.uuid4()}"}}'
    key = tape_key("/v1/chat/completions", body, 1)

    async def work() -> None:
        await store.begin_work(run_id, question.dossier.slug)
        call = Call(
            run=run_id, review=question.key, key=key, path="/v1/chat/completions", body=body
        )
        attempt = await store.begin_attempt(call)
        assert attempt is not None
        ended = Exchange(key=key, path=call.path, request=body, status=200, response="{}")
        await store.end_attempt(run_id, attempt, ended, Charge())

    asyncio.run(work())
    store.settle_deaths(run_id)


def test_five_refusals_at_once_are_one_error() -> None:
    refused: dict[str, Outcome] = {f"reviewer-{at}": "key-refused" for at in range(1, 6)}
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
    assert judge.asked == []


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
