"""A difference in words can be read from both sides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.editing.wording import word_diff

WORDS = st.lists(st.sampled_from(["it", "costs", "$3.50", "a", "run", "\u2013", "...", "\n"])).map(
    " ".join
)


@given(WORDS | st.text(max_size=60), WORDS | st.text(max_size=60))
def test_both_texts_can_be_put_together_again(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("It costs 3.5 dollars", "It costs 4.5 dollars", "It costs [-3.5-]{+4.5+} dollars"),
        ("It ships.", "It ships now.", "It ships{+ now+}."),
        ("", "New", "{+New+}"),
        ("Same", "Same", "Same"),
    ],
)
def test_whole_words_are_marked(old: str, new: str, said: str) -> None:
    marks = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    assert "".join(marks[piece.kind].format(piece.text) for piece in word_diff(old, new)) == said


def test_a_long_text_of_few_words_does_not_take_for_ever() -> None:
    old, new = "a b " * 1000, "a a b b " * 500
    pieces = word_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new
