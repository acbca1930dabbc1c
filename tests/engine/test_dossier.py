"""One dossier from its questions to its scorecard, whoever runs it."""

import asyncio

import pytest

from panel.domain.review import Review
from panel.domain.scorecard import Scorecard
from panel.engine.dossier import Control, DossierWork
from panel.engine.quarantine import Strikes
from panel.engine.slots import Slots
from panel.errors import EndpointError, PendingError, SpendingError, StoreError
from panel.judging.brake import Brake
from panel.judging.question import Question
from panel.pipeline import Pipeline
from panel.testing import ScriptedJudge
from tests.engine.floor import Shelf, Watching, pipeline_of, questions_of


def control(places: int = 8, **changes: object) -> Control:
    return Control(slots=Slots(places), brake=Brake(), **changes)  # pyright: ignore[reportArgumentType]


def worked(pipeline: Pipeline, own: Control, *, alone: bool = False) -> Scorecard | None:
    async def story() -> Scorecard | None:
        async with asyncio.timeout(30):
            await own.slots.door()
            return await DossierWork(pipeline, own).work(
                pipeline.run.order.dossiers[0], alone=alone
            )

    return asyncio.run(story())


def places_left(own: Control, places: int) -> None:
    """All places are free again."""

    async def story() -> None:
        async with asyncio.timeout(5):
            for _ in range(places):
                await own.slots.seat()

    asyncio.run(story())


def test_a_dossier_gets_its_scorecard_and_gives_every_place_back() -> None:
    watching, own = Watching(), control(2)
    own.watcher = watching
    with pipeline_of(ScriptedJudge(), seats=3) as (pipeline, store, _):
        card = worked(pipeline, own)
        assert card == store.scorecard(pipeline.run.id, "model-1")
        assert store.strikes(pipeline.run.id) == {}
    assert [found for found, _ in watching.cards] == [card]
    places_left(own, 2)


def test_it_lies_open_before_it_takes_a_place() -> None:
    own, taken = control(1), list[int]()

    async def story(pipeline: Pipeline, shelf: Shelf) -> Scorecard | None:
        await own.slots.seat()

        async def enter() -> None:
            taken.append(shelf.taken)
            own.slots.release()  # whoever had the only place
            await own.slots.door()

        async with asyncio.timeout(30):
            return await DossierWork(pipeline, own).work(
                pipeline.run.order.dossiers[0], enter=enter
            )

    with pipeline_of(ScriptedJudge(), seats=3) as (pipeline, _, shelf):
        assert asyncio.run(story(pipeline, shelf))
    assert taken == [1]
    places_left(own, 1)


def test_a_place_that_was_never_taken_is_not_given_back() -> None:
    own = control(1)

    async def enter() -> None:
        raise StoreError("away")

    async def story(pipeline: Pipeline) -> bool:
        await own.slots.seat()
        with pytest.raises(StoreError, match="away"):
            await DossierWork(pipeline, own).work(pipeline.run.order.dossiers[0], enter=enter)
        next_one = asyncio.create_task(own.slots.seat())
        for _ in range(5):
            await asyncio.sleep(0)
        got_one = next_one.done()
        next_one.cancel()
        return got_one

    with pipeline_of(ScriptedJudge()) as (pipeline, _, _):
        assert not asyncio.run(story(pipeline))


def test_alone_its_seats_run_one_by_one() -> None:
    judge = ScriptedJudge()
    with pipeline_of(judge, seats=4) as (pipeline, _, _):
        assert worked(pipeline, control(), alone=True)
    assert judge.most == 1


@pytest.mark.parametrize("error", [EndpointError("refused"), SpendingError("capped")])
def test_an_error_that_ends_the_run_is_kept_and_nothing_new_begins(error: Exception) -> None:
    class Ending(ScriptedJudge):
        async def review(self, question: Question) -> Review:
            raise error

    own = control(1)
    with pipeline_of(Ending(), seats=3) as (pipeline, store, _):
        assert worked(pipeline, own) is None
        assert store.scorecard(pipeline.run.id, "model-1") is None
    assert own.ending is error
    assert own.brake.pulled
    places_left(own, 1)


def test_questions_that_wait_for_a_batch_are_counted_and_nothing_is_reduced() -> None:
    class Waiting(ScriptedJudge):
        async def review(self, question: Question) -> Review:
            if question.persona.id == "reviewer-2":
                raise PendingError("waits")
            return await super().review(question)

    own = control()
    with pipeline_of(Waiting(), seats=3) as (pipeline, store, _):
        assert worked(pipeline, own) is None
        assert len(store.reviews(pipeline.run.id)) == 2
    assert own.pending == 1
    assert not own.brake.pulled


def test_a_quarantined_seat_fails_without_being_asked() -> None:
    judge, own = ScriptedJudge(), control()
    with pipeline_of(judge, seats=3) as (pipeline, _, _):
        guilty = questions_of(pipeline)[1]
        own.strikes = Strikes({f"model-1/{guilty.key}": 3})
        card = worked(pipeline, own, alone=True)
    assert card is not None
    assert card.answered == 2
    assert guilty.key not in judge.asked


def test_an_error_of_our_own_leaves_its_work_open_so_that_it_is_noticed() -> None:
    class Broken(ScriptedJudge):
        async def review(self, question: Question) -> Review:
            raise ZeroDivisionError

    with pipeline_of(Broken(), seats=2) as (pipeline, store, _):
        own = control()
        with pytest.raises(ZeroDivisionError):
            worked(pipeline, own)
        assert store.settle_deaths(pipeline.run.id) == {}  # opened: the seats are not struck
