"""Citations name shown facts and words that stand in the quote."""

import pytest

from panel.domain.verdict import Citation, Reason
from tests.domain.checks.bench import FILLER, context_of, flags_of, words_of


def test_a_fact_that_does_not_exist() -> None:
    flags = flags_of(reasons_for=(Reason(text="The record holds.", facts=("F1", "F99")),))
    (flag,) = [flag for flag in flags if flag.kind == "unknown-fact"]
    assert flag.span is not None
    assert (flag.span.field, flag.span.text) == ("reasons_for[0].facts[1]", "F99")
    assert flag.severity == "blocks"


def test_a_fact_that_was_not_shown() -> None:
    flags = flags_of("", context_of(fact_ids=("F1", "F2")))
    assert "F3" in words_of("unknown-fact", flags)


@pytest.mark.parametrize(
    ("quote", "phrase"),
    [
        ("a plan \u2014 of sorts", "a plan - of sorts"),
        ("a plan\u2014of sorts", "a plan-of sorts"),
        ("a plan \u2013 of sorts", "a plan\u2014of sorts"),
        ("it\u2019s \u201cplain\u201d", 'it\'s "plain"'),
        ("and so\u2026 on", "and so... on"),
        ("14\u00a0billion of them", "14 billion of them"),
        ("The RECORD holds", "the record  holds"),
    ],
)
def test_retyped_phrases_match(quote: str, phrase: str) -> None:
    flags = flags_of(
        quote=f"{FILLER} {quote}.", citations=(Citation(phrase=phrase, facts=("F3",)),)
    )
    assert [flag for flag in flags if flag.kind == "phrase-missing"] == []


def test_a_phrase_of_other_words() -> None:
    flags = flags_of(citations=(Citation(phrase="the record ends here", facts=("F1",)),))
    assert words_of("phrase-missing", flags) == ["the record ends here"]
