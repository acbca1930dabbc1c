"""The scripted judge does what its script says and remembers what it was asked."""

import asyncio

import pytest

from panel.judging.question import Question
from panel.testing import FAKE_LLM, ScriptedJudge, make_dossier, make_failure, make_persona
from panel.testing.scripted import Ending
from tests.engine.floor import pipeline_of


def asked(judge: ScriptedJudge, seats: int = 1) -> list[Question]:
    with pipeline_of(judge, seats=seats) as (pipeline, _, _):
        order = pipeline.run.order
        dossier = next(pipeline.material.dossiers(order))
        return list(pipeline.material.questions(order, dossier))


@pytest.mark.parametrize(
    ("ending", "call", "kind"),
    [
        ("ship", "ship", None),
        ("skip", "skip", None),
        ("timeout", None, "timeout"),
        (make_failure("refused"), None, "refused"),
    ],
)
def test_a_persona_ends_as_the_script_has_it(
    ending: Ending, call: str | None, kind: str | None
) -> None:
    judge = ScriptedJudge({"reviewer-1": ending})
    question = asked(judge)[0]
    review = asyncio.run(judge.review(question))
    assert (review.verdict and review.verdict.call) == call
    assert (review.failure and review.failure.kind) == kind
    assert (review.key, review.prompt) == (question.key, question.prompt.digest)
    assert review.persona_digest == make_persona("reviewer-1").digest
    assert (review.llm, review.slug) == (FAKE_LLM.digest, make_dossier(slug="model-1").slug)


def test_it_counts_what_runs_at_once_and_what_was_answered() -> None:
    go = asyncio.Event()
    judge = ScriptedJudge(hold=lambda _: go.wait())
    questions = asked(judge, seats=3)

    async def work() -> None:
        async with asyncio.TaskGroup() as group:
            for question in questions:
                group.create_task(judge.review(question))
            await asyncio.sleep(0)
            assert (judge.running, judge.answered) == (3, [])
            go.set()

    asyncio.run(work())
    keys = [question.key for question in questions]
    assert (judge.asked, judge.answered) == (keys, keys)
    assert (judge.running, judge.most) == (0, 3)
