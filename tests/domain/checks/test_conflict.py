"""Facts in open conflict are mentioned as disputed or not at all."""

import pytest

from panel.domain.checks.conflict import is_hedged
from panel.domain.verdict import Citation, Reason
from tests.domain.checks.bench import DISPUTED, FILLER, context_of, flags_of


def _kinds(said: str, facts: tuple[str, ...], *, phrase: str = "terms of use") -> dict[str, str]:
    flags = flags_of(
        context=context_of(DISPUTED),
        quote=f"{FILLER} {said}",
        reasons_for=(Reason(text="The record holds.", facts=("F3",)),),
        reasons_against=(),
        citations=(Citation(phrase=phrase, facts=facts),),
    )
    return {flag.kind: flag.severity for flag in flags}


def test_reliance_blocks() -> None:
    assert _kinds("The terms of use are short.", ("F2",)) == {"relies-on-conflict": "blocks"}


def test_a_hedge_in_another_sentence_is_none() -> None:
    said = "The terms of use are short. Other things are disputed."
    assert _kinds(said, ("F2",)) == {"relies-on-conflict": "blocks"}


def test_one_side_warns_and_both_sides_pass() -> None:
    said = "The terms of use are disputed."
    assert _kinds(said, ("F2",)) == {"one-sided": "warns"}
    assert _kinds(said, ("F2", "F10")) == {}


def test_a_settled_fact_needs_no_hedge() -> None:
    assert _kinds("The terms of use are short.", ("F3",)) == {}


def test_a_reason_is_read_as_a_whole() -> None:
    reason = Reason(text="Its terms are short.", facts=("F2",))
    flags = flags_of(context=context_of(DISPUTED), facts=("F1",), reasons_for=(reason,))
    assert [(flag.kind, flag.span.field) for flag in flags if flag.span] == [
        ("relies-on-conflict", "reasons_for[0].text")
    ]


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("Sources disagree on the licence.", True),
        ("The licence is contested.", True),
        ("One account says yes, another says no.", True),
        ("Two pages contradict each other.", True),
        ("The reports are at odds.", True),
        ("It is unclear who is right.", True),
        ("The licence is plain.", False),
        ("One licence covers it all.", False),
    ],
)
def test_words_of_dispute(text: str, *, hedged: bool) -> None:
    assert is_hedged(text) == hedged
