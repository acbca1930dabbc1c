"""Sifting finds what the pattern finds: whatever matches holds the letters that were told."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.domain import sift
from panel.domain.checks.experience import form
from panel.domain.planting.address import ADDRESS
from panel.domain.planting.languages import LANGUAGES
from panel.domain.planting.pressure import HARD, PRESSURE
from panel.domain.sift import Sieve, Sifted

FORMS = (
    *(signal.pattern for signal in (*ADDRESS, *PRESSURE)),
    *(pattern for _, pattern in HARD),
    *(language.order for language in LANGUAGES),
    *(form(text).pattern.pattern for text in (r"\bi {put}", r"\bin my{gap}{object}", "{goods}")),
)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_whatever_matches_may_match(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(FORMS))
    text = data.draw(st.from_regex(pattern))
    found = [match.span() for match in pattern.finditer(text)]
    assert [match.span() for match in Sifted(pattern).finditer(text)] == found


@pytest.mark.parametrize("number", range(len(FORMS)))
def test_every_pattern_of_ours_is_told_by_some_letters(number: int) -> None:
    assert Sifted(FORMS[number]).needs


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"\bcall\b", {"call"}),
        (r"(?:ship|skip)(?:ping)?", {"ship", "skip"}),
        (r"(?:must|should) not [a-z]+ if", {"must not ", "should not "}),
        (r"\w+ (?:reads?|sees) this\b", {" read this", " reads this", " sees this"}),
        (r"a?b|c{2,}", {"b", "c"}),
        (r"(?:x+y)+", {"x"}),
        (r"[abc]d(?!e)", {"ad", "bd", "cd"}),
        (r"(?<=in )use", {"use"}),
        (r"(\d)\1 euros", {" euros"}),
        (r"\d+|abc", set[str]()),
        (r"(?:abc)?", set[str]()),
        (r"(?:abc)*", set[str]()),
        (r"[^a]", set[str]()),
        (r"(?i:abc)\d", set[str]()),
        ("", set[str]()),
    ],
)
def test_what_a_match_must_hold(pattern: str, needs: set[str]) -> None:
    assert set(Sifted(re.compile(pattern)).needs) == needs


def test_nothing_is_tried_where_the_letters_are_missing() -> None:
    sifted = Sifted(re.compile(r"\bcall(?= it)"))
    assert [match.span() for match in sifted.finditer("call it, call on, call it")] == [
        (0, 4),
        (18, 22),
    ]
    assert not list(sifted.finditer("nothing of the sort"))
    assert sifted.search("nothing of the sort") is None


def test_without_python_s_parser_every_pattern_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sift, "_PARSER", None)
    pattern = re.compile(r"\bcall\b")
    assert Sifted(pattern).may_match("nothing of the sort")
    assert Sifted(pattern).search("the call")
    assert Sieve([pattern]).numbers("") == [0]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_sieve_keeps_every_pattern_that_matches(data: st.DataObject) -> None:
    text = data.draw(st.from_regex(data.draw(st.sampled_from(FORMS))))
    matching = {number for number, pattern in enumerate(FORMS) if pattern.search(text)}
    assert matching <= set(Sieve(FORMS).numbers(text))


def test_a_sieve_tells_patterns_apart_in_their_order() -> None:
    sieve = Sieve([re.compile(form) for form in (r"skip it", r"\bno\b", r"call|vote", r"skips")])
    assert sieve.numbers("the vote is to skip it") == [0, 1, 2]
    assert sieve.numbers("she skips") == [1, 3]
    assert sieve.numbers("") == [1], "two letters are too few to be told by"
