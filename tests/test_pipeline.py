"""One question becomes one review that stands; reviews become one scorecard that stands."""

import asyncio
from decimal import Decimal
from pathlib import Path

import pytest

from panel.domain.llm import OFFLINE
from panel.engine.local import LocalEngine
from panel.errors import EndpointError
from panel.judging.question import Question
from panel.library.prompts import Prompts
from panel.library.workspace import Workspace
from panel.pipeline import Material, Pipeline
from panel.testing import (
    FAKE_LLM,
    ScriptedJudge,
    make_dossier,
    make_order,
    make_persona,
    make_run,
    make_seat,
)
from panel.testing.scripted import Ending
from tests.engine.floor import Shelf, pipeline_of, questions_of


def test_questions_come_sample_by_sample_in_the_order_of_the_seats() -> None:
    with pipeline_of(ScriptedJudge(), seats=3, samples=2) as (pipeline, _, _):
        found = questions_of(pipeline)
    assert [(question.sample, question.persona.id) for question in found] == [
        (sample, f"reviewer-{seat}") for sample in (1, 2) for seat in (1, 2, 3)
    ]
    assert len({question.key for question in found}) == 6
    assert len({question.prompt.digest for question in found}) == 3


@pytest.mark.parametrize(
    ("llm", "earlier"), [(FAKE_LLM, ("on another",)), (OFFLINE, ())], ids=["llm", "rubric"]
)
def test_earlier_quotes_are_those_on_other_dossiers_and_never_the_rubric_judge_s(
    llm: object, earlier: tuple[str, ...]
) -> None:
    dossier, persona = make_dossier(), make_persona()
    seat = make_seat(persona).model_copy(update={"llm": llm})
    run = make_run(make_order(dossier, seats=(seat,)))
    quotes = {persona.id: (("gannet-5", "on another"), (dossier.slug, "on this one"))}
    material = Material(
        Shelf([dossier]), {persona.id: persona}, Prompts(Workspace.find(_here())), quotes
    )
    assert [question.earlier for question in material.questions(run.order, dossier)] == [earlier]


def test_the_first_review_kept_stands() -> None:
    with pipeline_of(ScriptedJudge()) as (pipeline, store, _):
        question = questions_of(pipeline)[0]
        first = asyncio.run(pipeline.review_one(question))
        other = Pipeline(
            pipeline.run, pipeline.material, ScriptedJudge({"reviewer-1": "skip"}), store
        )
        assert asyncio.run(other.review_one(question)) == first
        assert store.reviews(pipeline.run.id) == (first,)
        assert store.review_times(pipeline.run.id)[question.key].seconds >= 0


def test_a_place_may_go_to_the_next_before_the_review_is_kept() -> None:
    with pipeline_of(ScriptedJudge()) as (pipeline, store, _):
        kept = list[int]()

        def answered() -> None:
            kept.append(len(store.reviews(pipeline.run.id)))

        asyncio.run(pipeline.review_one(questions_of(pipeline)[0], answered=answered))
        assert kept == [0]
        assert len(store.reviews(pipeline.run.id)) == 1


def test_what_is_asked_is_stored_before_anybody_is_asked() -> None:
    stored = list[str]()
    judge = ScriptedJudge()
    with pipeline_of(judge, seats=2) as (pipeline, store, _):

        async def hold(question: Question) -> None:
            stored.append(store.document(question.prompt.digest).body)

        judge = ScriptedJudge(hold=hold)
        other = Pipeline(pipeline.run, pipeline.material, judge, store)
        asyncio.run(LocalEngine(other, concurrency=2).run())
        wanted = {question.prompt.body for question in questions_of(pipeline)}
    assert set(stored) == wanted


@pytest.mark.parametrize("kind", ["key-refused", "forbidden", "no-such-llm", "out-of-credit"])
def test_what_ends_a_run_is_raised_and_not_kept(kind: Ending) -> None:
    went_on = list[int]()
    with pipeline_of(ScriptedJudge({"reviewer-1": kind})) as (pipeline, store, _):
        with pytest.raises(EndpointError, match=f"openai-chat:fake-llm: {kind}") as caught:
            asyncio.run(
                pipeline.review_one(questions_of(pipeline)[0], answered=lambda: went_on.append(1))
            )
        assert store.reviews(pipeline.run.id) == ()
    assert caught.value.remedy
    assert went_on == []


@pytest.mark.parametrize("kind", ["timeout", "refused", "invalid-answer"])
def test_any_other_failure_is_kept_as_a_row(kind: Ending) -> None:
    with pipeline_of(ScriptedJudge({"reviewer-1": kind})) as (pipeline, store, _):
        review = asyncio.run(pipeline.review_one(questions_of(pipeline)[0]))
        assert store.reviews(pipeline.run.id) == (review,)
    assert review.failure is not None
    assert review.failure.kind == kind


@pytest.mark.parametrize(("recuse", "asked"), [(True, 0), (False, 1)])
def test_a_seat_of_the_vendor_s_own_llm_stands_aside_when_told_to(recuse: bool, asked: int) -> None:
    judge = ScriptedJudge()
    dossier, persona = make_dossier(vendor="Alibaba"), make_persona()
    seat = make_seat(persona).model_copy(
        update={"llm": FAKE_LLM.model_copy(update={"name": "qwen3-8b"})}
    )
    run = make_run(make_order(dossier, seats=(seat,), recuse=recuse))
    material = Material(
        Shelf([dossier]), {persona.id: persona}, Prompts(Workspace.find(_here())), {}
    )
    with pipeline_of(judge) as (_, store, _):
        pipeline = Pipeline(run, material, judge, store)
        review = asyncio.run(pipeline.answer(questions_of(pipeline)[0]))
    assert len(judge.asked) == asked
    if recuse:
        assert review.failure is not None
        assert review.failure.kind == "recused"
        assert review.cost == Decimal(0)
        assert review.exchanges == ()


def test_the_first_scorecard_kept_stands() -> None:
    with pipeline_of(ScriptedJudge({"reviewer-1": "skip"}), seats=3) as (pipeline, store, _):
        dossier = questions_of(pipeline)[0].dossier
        reviews = [asyncio.run(pipeline.review_one(one)) for one in questions_of(pipeline)]
        card = asyncio.run(pipeline.reduce(dossier, reviews))
        assert asyncio.run(pipeline.reduce(dossier, reviews[::-1])) == card
        assert store.scorecards(pipeline.run.id) == (card,)
    assert (card.ships, card.skips, card.outcome) == (2, 1, "ship")


def _here() -> Path:
    return Path(__file__).parent
