"""Where citations stand, and what a sentence does with what it says."""

import pytest

from panel.domain.checks.passages import (
    clauses,
    is_doubted,
    is_supposed,
    overlaps,
    sentences_of,
    uses,
)
from panel.domain.verdict import Citation, Reason
from tests.domain.checks.bench import FILLER, verdict_of


def test_uses_are_phrases_of_the_quote_and_whole_reasons() -> None:
    verdict = verdict_of(
        quote=f"{FILLER} The end\u2014of it.",
        citations=(
            Citation(phrase="the end-of it", facts=("F1",)),
            Citation(phrase="not in the quote", facts=("F2",)),
        ),
        reasons_for=(Reason(text="It holds.", facts=("F3", "F4")),),
        reasons_against=(),
    )
    phrase, reason = uses(verdict)
    assert phrase.text[phrase.start : phrase.end] == "The end\u2014of it"
    assert (phrase.path, phrase.facts) == ("quote", ("F1",))
    assert reason == ("reasons_for[0].text", "It holds.", 0, 9, ("F3", "F4"))
    assert overlaps(0, 1, reason)
    assert not overlaps(9, 12, reason)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One, two.", ["One", "two."]),
        ("It fits a card, which rents for little.", ["It fits a card", "which rents for little."]),
        ("It is cheap and it is small.", ["It is cheap", "and it is small."]),
        ("At 1,000 it ends.", ["At 1,000 it ends."]),
        ("A well-known one.", ["A well-known one."]),
        ("One \u2014 two; three: four", ["One", "two", "three", "four"]),
    ],
)
def test_clauses(text: str, parts: list[str]) -> None:
    ((start, end),) = sentences_of(text)
    assert [text[a:b].strip() for a, b in clauses(text, start, end)] == parts


@pytest.mark.parametrize(
    ("words", "supposed", "doubted"),
    [
        ("It is cheaper.", False, False),
        ("It would be cheaper.", True, True),
        ("Is it cheaper?", True, True),
        ("If it is cheaper, so be it.", True, True),
        ("I'd call it cheaper.", True, True),
        ("It isn't cheaper.", False, True),
        ("Nobody says that it is cheaper.", False, True),
    ],
)
def test_what_is_not_stated(words: str, *, supposed: bool, doubted: bool) -> None:
    assert (is_supposed(words), is_doubted(words)) == (supposed, doubted)
