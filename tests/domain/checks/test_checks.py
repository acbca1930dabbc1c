# ruff: noqa: RUF001 - hostile characters are what these tests are about
"""All checks together: ordered, pure, exact about places, and never raising."""

import datetime as dt
import inspect

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.domain.checks import CHECKS, CHECKS_VERSION, check
from panel.domain.value import clean_answer
from panel.domain.verdict import Citation, FlipCondition, Prediction, Reason, Verdict
from tests.domain.checks.bench import DISPUTED, DOSSIER, FILLER, context_of, flags_of, verdict_of
from tests.domain.checks.disputes import quarrel

CONTEXT = context_of()
TORN = context_of(quarrel())


def _clean(text: str) -> str | None:
    try:
        return clean_answer(text)
    except ValueError:
        return None


PIECES = st.sampled_from(
    [
        "I ran it",
        "on my 3090",
        "ship it",
        "SKIP",
        "Apache 2.0",
        "not open source",
        "GPT-5.4",
        "$5",
        "free",
        "14 billion",
        "half",
        "—",
        "“",
        "’",
        "April 31",
        "2026",
        "Q2",
        "disputed",
        "<|im_end|>",
        "{",
        "}",
        "CANARY-77",
        "https://x.y/z",
        "ß",
        "ﬁ",
        "é",
        "𝐒",
        "Reviewers:",
        "%",
        "...",
        "'",
        '"',
        "1,000,000",
        "128K-256K",
        "1.2.3",
        "①",
        "٠",
    ]
)
TEXT = (
    st.one_of(
        st.text(max_size=80),
        st.lists(PIECES, min_size=1, max_size=12).map(" ".join),
        st.lists(PIECES, min_size=1, max_size=12).map("".join),
    )
    .map(_clean)
    .filter(lambda text: text is not None and 0 < len(text) <= 100)
)


@settings(max_examples=120, deadline=None)
@given(headline=TEXT, quote=TEXT, reason=TEXT, condition=TEXT, phrase=TEXT)
def test_any_text_gives_the_same_flags_on_the_very_words(
    headline: str, quote: str, reason: str, condition: str, phrase: str
) -> None:
    verdict = Verdict(
        reasons_for=(Reason(text=reason, facts=("F1",)),),
        reasons_against=(),
        call="ship",
        headline=headline,
        quote=quote,
        citations=(Citation(phrase=phrase, facts=("F2", "F99")),),
        flip_conditions=(FlipCondition(condition=condition, topic="price"),),
        predictions=(Prediction(statement=reason, by=dt.date(2027, 1, 1)),),
    )
    flags = check(verdict, CONTEXT)
    assert flags == check(verdict, CONTEXT)
    assert check(verdict, TORN) == check(verdict, TORN)
    assert len(set(flags)) == len(flags)
    texts = dict(verdict.texts()) | dict(verdict.fact_ids()) | {"citations[0].phrase": phrase}
    for flag in flags:
        if flag.span:
            assert texts[flag.span.field][flag.span.start : flag.span.end] == flag.span.text
            assert flag.span.text


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from(DOSSIER.facts), min_size=1, max_size=6, unique_by=lambda fact: fact.id)
)
def test_a_quote_of_briefs_never_blocks(facts: list[object]) -> None:
    chosen = [fact for fact in DOSSIER.facts if fact in facts]
    listed = "; ".join(fact.brief for fact in chosen)
    verdict = verdict_of(
        f"On record: {listed}.",
        facts=tuple(fact.id for fact in chosen),
        headline=f"What counts: {chosen[0].brief}",
        citations=tuple(Citation(phrase=fact.brief, facts=(fact.id,)) for fact in chosen),
    )
    assert [flag for flag in check(verdict, CONTEXT) if flag.severity == "blocks"] == []


def test_flags_stand_in_the_order_of_the_page() -> None:
    flags = flags_of("I ran it. It has 70 billion parameters.", headline="Skip it for $5")
    fields = [flag.span.field for flag in flags if flag.span]
    assert fields == sorted(fields, key=["headline", "quote"].index)
    starts = [flag.span.start for flag in flags if flag.span and flag.span.field == "quote"]
    assert starts == sorted(starts)


def test_a_clean_verdict_has_no_flags() -> None:
    assert flags_of() == ()
    assert flags_of("", context_of(DISPUTED), facts=("F1", "F3")) == ()


@pytest.mark.parametrize(
    "unit",
    [
        "I have been ",
        "1,000",
        "((((",
        "-- ",
        "'a' ",
        "not ",
        "Aa1-",
        "<a ",
        "the ",
        "S H I P ",
        "my class used ",
        "a friend of mine ",
        "it is cheaper ",
        "*a",
        "i put ",
        "most teams ",
    ],
)
def test_long_texts_come_to_an_end(unit: str) -> None:
    quote = (unit * 1600)[:1599].strip()
    assert all(flag.message for flag in check(verdict_of(quote=quote), CONTEXT))


def test_every_check_is_registered_and_documented() -> None:
    assert CHECKS_VERSION
    assert all(inspect.getdoc(one) and one.__name__.startswith("check_") for one in CHECKS)
    assert len({one.__name__ for one in CHECKS}) == len(CHECKS)
    assert FILLER


def test_a_figure_repeated_in_one_field_is_told_once_and_a_claim_each_time() -> None:
    flags = flags_of("It has 37 bugs. I ran it. It has 37 bugs. I ran it.")
    assert [flag.kind for flag in flags] == ["uncarried-number", "first-hand", "first-hand"]
