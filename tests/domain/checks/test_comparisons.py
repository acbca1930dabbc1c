"""A comparison is a claim, with a number or without."""

from typing import Any

import pytest

from panel.domain.verdict import Citation, Reason
from tests.domain.checks.bench import FILLER, flags_of


def _found(said: str, **changes: Any) -> list[tuple[str, str]]:
    flags = flags_of(said, **changes)
    return [
        (flag.span.text, flag.severity)
        for flag in flags
        if flag.kind == "uncarried-claim" and flag.span
    ]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("An A100 rents for pocket change.", "pocket change"),
        ("It is the cheapest way in.", "cheapest"),
        ("Running it is less expensive these days.", "less expensive"),
        ("It costs a fraction of the price.", "a fraction of the price"),
        ("Several second suppliers already serve it.", "Several second suppliers already serve"),
        ("Most developers use it by now.", "Most developers use"),
        ("Many teams have switched.", "Many teams have switched"),
        ("It is widely used.", "widely used"),
        ("It is the most popular of its kind.", "the most popular"),
        ("It is the fastest of its kind.", "the fastest"),
        ("It runs faster on small cards.", "runs faster"),
        ("It outperforms the field.", "outperforms"),
        ("It writes better at length.", "writes better"),
        ("It is better than any rival.", "is better"),
        ("It is the best small model.", "the best small model"),
        ("It is state of the art.", "state of the art"),
        ("It is far smaller than its rivals.", "far smaller"),
    ],
)
def test_a_comparison_without_a_citation_warns(said: str, words: str) -> None:
    assert _found(said) == [(words, "warns")]


@pytest.mark.parametrize(
    "said",
    [
        "It is far cheaper than Gannet 5.",
        "It is far cheaper than Claude Sonnet 4.5.",
        "It costs a fraction of the price of GPT-5.4.",
        "It undercuts OpenAI.",
    ],
)
def test_a_price_beside_a_named_rival_blocks(said: str) -> None:
    assert [severity for _, severity in _found(said)] == ["blocks"]


@pytest.mark.parametrize(
    "said",
    [
        "The better question is who pays.",
        "I would rather wait for a report.",
        "It is better to wait.",
        "A buyer is better off with terms.",
        "It reads better than its tone suggests.",
        "The best of it is the licence.",
        "The record is stronger on paper.",
        "It would be cheaper to wait.",
        "Is it cheaper than Gannet 5?",
        "If it is faster, nobody says so.",
        "Nothing shows that it is faster.",
        "It is no cheaper than Gannet 5.",
        "Most of it is silence.",
        "Many questions stay open.",
        "What most developers ask first is missing.",
        "Smaller things have sunk larger ships.",
        "People deserve better.",
        "A cheap promise is still a promise.",
        "The sooner the better.",
    ],
)
def test_judgements_conditions_and_denials_pass(said: str) -> None:
    assert _found(said) == []


def _quote(said: str, phrase: str, fact: str) -> dict[str, Any]:
    citation = Citation(phrase=phrase, facts=(fact,))
    return {"quote": f"{FILLER} {said}", "citations": (citation,)}


@pytest.mark.parametrize(
    ("said", "phrase", "fact", "found"),
    [
        ("It runs faster, at 61.5 points.", "61.5 points", "F5", []),
        ("It is cheaper at $0.40.", "cheaper at $0.40", "F7", []),
        ("It is open, and cheaper by far.", "It is open", "F2", [("cheaper", "warns")]),
        ("It is cheaper than Gannet 5.", "cheaper than Gannet 5", "F7", []),
        ("It is cheaper than Gannet 5.", "cheaper than Gannet 5", "F6", [("cheaper", "blocks")]),
    ],
)
def test_what_carries_a_comparison(
    said: str, phrase: str, fact: str, found: list[tuple[str, str]]
) -> None:
    assert _found("", **_quote(said, phrase, fact)) == found


@pytest.mark.parametrize(
    ("text", "facts", "found"),
    [
        ("It is cheaper to run.", ("F7",), []),
        ("It is cheaper than Gannet 5.", ("F7",), []),
        ("It is cheaper than Gannet 5.", ("F6",), [("cheaper", "blocks")]),
    ],
)
def test_a_reason_rests_on_its_facts(
    text: str, facts: tuple[str, ...], found: list[tuple[str, str]]
) -> None:
    assert _found("", reasons_for=(Reason(text=text, facts=facts),)) == found


def test_a_headline_needs_a_fact_of_the_same_sort() -> None:
    assert _found("", headline="The cheapest sums on the market") == [("cheapest", "warns")]
