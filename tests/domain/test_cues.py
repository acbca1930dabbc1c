"""Asking for words first finds what the pattern finds: whatever matches holds one of them."""

import re
from collections.abc import Iterator
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.domain.checks import comparisons, dates, figures, leak, names, naming, proxies
from panel.domain.cues import Cued, any_cue, any_digit, any_of, cues, heads
from panel.domain.planting import markers, scan

ASCII = st.characters(min_codepoint=32, max_codepoint=126)


def _cued(value: Any) -> Iterator[Cued]:
    """Every pattern with words in a constant, however deep."""
    if isinstance(value, Cued):
        yield value
    elif isinstance(value, dict):
        yield from _cued(tuple(cast("dict[str, Any]", value).values()))
    elif isinstance(value, tuple):
        for part in cast("tuple[Any, ...]", value):
            yield from _cued(part)


CUED = {
    f"{module.__name__}.{name}[{at}]": form
    for module in (comparisons, figures, leak, naming, proxies)
    for name, value in vars(module).items()
    for at, form in enumerate(_cued(value))
}
MARKS: tuple[Any, ...] = vars(markers)["_MARKS"]
DATES: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = vars(dates)["_FORMS"]
ODD: re.Pattern[str] = vars(names)["_ODD"]
TO_PANEL: Cued = vars(scan)["_TO_PANEL"]


@pytest.mark.parametrize("what", CUED)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_matches_holds_a_word(what: str, data: st.DataObject) -> None:
    cued = CUED[what]
    text = data.draw(st.from_regex(cued.pattern, alphabet=ASCII)).lower()
    found = [match.span() for match in cued.pattern.finditer(text)]
    assert [match.span() for match in cued.finditer(text)] == found
    assert bool(cued.search(text)) == bool(found)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_no_mark_of_a_prompt_is_passed_over(data: st.DataObject) -> None:
    mark = data.draw(st.sampled_from(MARKS))
    text = data.draw(st.from_regex(mark.form, alphabet=ASCII))
    if (match := mark.form.search(text)) and match.end() > match.start():
        assert any(need in text.lower() for need in mark.needs)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_no_date_is_passed_over(data: st.DataObject) -> None:
    form, words = data.draw(st.sampled_from(DATES))
    text = data.draw(st.from_regex(form, alphabet=ASCII)).lower()
    if form.search(text):
        assert any_cue(text, words) if words else ("19" in text or "20" in text)
        assert any_digit(text) or any_cue(text, vars(dates)["_ANY"])


@settings(max_examples=300, deadline=None)
@given(st.from_regex(ODD, alphabet=ASCII))
def test_no_odd_token_is_passed_over(text: str) -> None:
    assert vars(names)["_may_be_odd"](text)


@settings(max_examples=300, deadline=None)
@given(st.from_regex(TO_PANEL.pattern, alphabet=ASCII))
def test_no_address_is_passed_over(text: str) -> None:
    low = text.lower()
    assert TO_PANEL.may_match(low) or "/10" in low


def test_a_word_is_told_by_its_first_six_letters() -> None:
    assert heads("it's 12x cheaper_now, cheapest") == {"it", "s", "x", "cheape", "now"}
    assert cues("cheaper it") == {"cheape", "it"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no such word", False),
        ("", False),
        ("the caller", True),
        ("to call", False),
        ("r\u00e9", True),
    ],
)
def test_only_the_absence_of_a_word_is_certain(text: str, *, found: bool) -> None:
    assert any_cue(text, cues("caller")) == found


def test_outside_ascii_everything_is_tried() -> None:
    cued = Cued(r"\bten(?=[^a-z])", "ten")
    assert cued.search("ten\u00e9"), "a run of letters that begins with the word"
    assert cued.search("tent") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [("no", False), ("", False), ("a 7", True), ("\u0663", True), ("\u00e9", True)],
)
def test_digits(text: str, *, found: bool) -> None:
    assert any_digit(text) == found
    assert found or not re.search(r"\d", text)


def test_the_words_of_many_patterns() -> None:
    assert any_of([Cued("a", "alpha"), Cued("b", "beta gammas")]) == cues("alpha beta gammas")
