"""Editors read about fields in their own words, never a path."""

import pytest

from panel.desk.fields import field_words, options_of_rest, options_of_seat, own_words
from panel.domain.editing.content import VERDICT_FIELDS
from panel.testing import make_persona

PERSONAS = {"skeptic": make_persona("skeptic")}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", "the whole draft"),
        ("summary", "summary"),
        ("pricing.entry", "entry price"),
        ("pricing.output_per_million", "price per million output tokens"),
        ("skeptic.1.quote", "The Skeptic: quote"),
        ("skeptic.1.flip_conditions", "The Skeptic: what would change the call"),
        ("skeptic.2.origin", "The Skeptic: where it comes from"),
        ("nobody.1.quote", "nobody.1.quote"),
    ],
)
def test_a_path_reads_as_words(path: str, words: str) -> None:
    assert field_words(path, PERSONAS) == words


def test_the_sample_is_told_only_where_there_are_several() -> None:
    assert field_words("skeptic.2.call", PERSONAS, samples=3) == "The Skeptic, sample 2: call"
    assert field_words("summary", PERSONAS, samples=3) == "summary"


def test_a_name_stays_on_its_line() -> None:
    personas = {"skeptic": PERSONAS["skeptic"].model_copy(update={"name": "The\u2028 \u202eOld"})}
    words = field_words("skeptic.1.quote", personas)
    assert words == "The \ufffdOld: quote"


def test_every_field_of_a_verdict_can_be_spoken_about_once_the_quote_first() -> None:
    options = options_of_seat("skeptic.1")
    assert options[0] == ("skeptic.1.quote", "quote")
    assert len(options) == len(VERDICT_FIELDS)
    assert {path for path, _ in options} == {f"skeptic.1.{name}" for name in VERDICT_FIELDS}
    assert not any("_" in words for _, words in options)


def test_the_whole_draft_comes_before_what_belongs_to_no_seat() -> None:
    first, *rest = options_of_rest()
    assert first == ("", "the whole draft")
    assert rest[0][0] == "summary"
    assert all(words == own_words(path) and "." not in words for path, words in rest)
