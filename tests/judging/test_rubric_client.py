"""The offline judge goes through the same loop and tape as any llm."""

import asyncio
from decimal import Decimal

from panel.domain.review import Review
from panel.judging.judge import LlmJudge
from panel.judging.rubric_client import RubricClient
from panel.judging.tape import Mode
from panel.store.store import Store
from tests.judging.conftest import RUN, question_for, tape_of, told


def reviewed(store: Store, mode: Mode, sample: int = 1) -> Review:
    tape = tape_of(store, mode)
    judge = LlmJudge(
        lambda question: RubricClient(question, tape),
        told,
        timeout=20,
        on_timeout=tape.give_up,
    )
    question = question_for(None)
    numbered = type(question)(
        dossier=question.dossier,
        persona=question.persona,
        prompt=question.prompt,
        llm=question.llm,
        sample=sample,
    )
    return asyncio.run(judge.review(numbered))


def test_it_drafts_a_checked_verdict_for_nothing(store: Store) -> None:
    review = reviewed(store, "record")
    assert review.verdict is not None
    assert not review.blocked, [flag.message for flag in review.flags]
    assert review.cost == Decimal(0)
    assert review.usage.calls == 1
    assert review.llm_label == "rubric draft, no llm"


def test_it_is_on_the_tape_and_replays(store: Store) -> None:
    review = reviewed(store, "record")
    assert store.attempts(RUN.id).begun == 1
    assert reviewed(store, "replay") == review


def test_samples_have_exchanges_of_their_own(store: Store) -> None:
    assert reviewed(store, "record").exchanges != reviewed(store, "record", sample=2).exchanges
