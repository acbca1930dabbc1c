"""The key of a question changes with everything that can change its answer, and only then."""

from dataclasses import replace

import pytest

from panel.testing import make_dossier, make_persona
from tests.judging.conftest import question_for

QUESTION = question_for(None)


def test_equal_questions_have_equal_keys() -> None:
    assert question_for(None).key == QUESTION.key


@pytest.mark.parametrize(
    "change",
    [
        {"dossier": make_dossier(tagline="Another line")},
        {"persona": make_persona("skeptic")},
        {"prompt": QUESTION.prompt.model_copy(update={"rules": "Other rules."})},
        {"llm": QUESTION.llm.model_copy(update={"seed": 8})},
        {"sample": 2},
    ],
    ids=["dossier", "persona", "prompt", "llm", "sample"],
)
def test_a_changed_question_has_another_key(change: dict[str, object]) -> None:
    changed = replace(QUESTION, **change)  # type: ignore[arg-type]
    assert changed.key != QUESTION.key


def test_earlier_quotes_only_feed_a_check_and_leave_the_key_alone() -> None:
    assert replace(QUESTION, earlier=("Something said before.",)).key == QUESTION.key
