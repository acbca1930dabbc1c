"""Words beside a draft are checked like those in it."""

import pytest

from panel.editing.intent import Intent, text_problems, tidy
from panel.errors import InputError
from tests.editing.desk import PEOPLE, Desk


@pytest.mark.parametrize(
    ("text", "kept"),
    [(" One\r\nTwo\t3 ", "One\nTwo 3"), ("\n", ""), ("a\nb", "a\nb")],
)
def test_a_text_is_kept_without_what_forms_add(text: str, kept: str) -> None:
    assert tidy(text) == kept
    assert not list(text_problems("note", text))


def test_every_problem_is_told_at_once(desk: Desk) -> None:
    intent = Intent(PEOPLE["ana"], desk.ref, 0, reason="x" * 1001, note="a\u200bb", key="k" * 65)
    with pytest.raises(InputError) as refused:
        intent.check()
    found = {problem.key: problem.message for problem in refused.value.problems}
    assert found.keys() == {"reason", "note", "key"}
    assert "at most 1,000" in found["reason"]
    assert "U+200B" in found["note"]
    assert "at most 64" in found["key"]


def test_what_is_within_its_bounds_passes(desk: Desk) -> None:
    Intent(PEOPLE["ana"], desk.ref, 0, reason="x" * 1000, note="Two\nlines", key="k" * 64).check()
