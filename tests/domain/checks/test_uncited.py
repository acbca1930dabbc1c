"""Leaving the citation out is no way round an open conflict."""

import pytest

from panel.domain.verdict import Citation
from tests.domain.checks.bench import FILLER, context_of, flags_of
from tests.domain.checks.disputes import quarrel

QUARREL = context_of(quarrel())


def _found(said: str, *, facts: tuple[str, ...] = ("F1",), **changes: object) -> list[str]:
    """The facts a sentence is found to state, in order; all of them block."""
    flags = flags_of(said, QUARREL, facts=facts, **changes)
    conflicts = [flag for flag in flags if flag.kind == "relies-on-conflict"]
    assert {flag.severity for flag in conflicts} <= {"blocks"}
    return [flag.message.split(" ", 1)[0] for flag in conflicts]


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("Tern 2 is proprietary and closed source.", "F2"),
        ("It is a closed model.", "F2"),
        ("It is not open source.", "F2"),
        ("It comes under Apache 2.0.", "F3"),
        ("There are no weights to download.", "F4"),
        ("No public weights exist.", "F4"),
        ("The weights stay closed.", "F4"),
        ("The vendor has not released the weights.", "F4"),
        ("Its weights are open.", "F5"),
        ("The open weights settle it.", "F5"),
        ("The API is a private preview.", "F6"),
        ("Developers get a private preview and little else.", "F6"),
        ("It runs locally through Kestrel.", "F7"),
        ("It is self-hosted.", "F7"),
        ("It has three modes.", "F9"),
        ("It knows Brisk, Calm and Deep.", "F9"),
        ("Gannet 6 was released alongside.", "F10"),
        ("The vendor promises later versions.", "F11"),
    ],
)
def test_one_side_stated_blocks(said: str, fact: str) -> None:
    assert _found(said) == [fact]


@pytest.mark.parametrize(
    "said",
    [
        "The licence is disputed.",
        "Sources disagree on whether the weights are open.",
        "If the weights were open, others could follow.",
        "Who holds the weights?",
        "A licence text would help.",
        "No price for the API is given.",
        "Gannet 5 has open weights.",
        "A private buyer gets an app.",
        "A preview is no place for a pager.",
        "Three reasons speak for it.",
        "Several reasons speak for it.",
        "A fast answer is no deep answer.",
        "The door stays closed to the shy.",
        "Open questions remain.",
        "The weight of evidence is thin.",
        "Local makers gain little.",
        "Nobody outside has measured it.",
        "No independent measure settles it.",
        "A later page says the same.",
        "It was released on 4 May 2026.",
    ],
)
def test_disputes_conditions_and_other_matters_pass(said: str) -> None:
    assert _found(said) == []


def test_a_settled_fact_that_says_the_same_carries_it() -> None:
    said = "It has tools for private preview builds."
    assert _found(said) == ["F6"]
    assert _found(said, facts=("F1", "F12")) == []


def test_a_cited_dispute_is_told_once() -> None:
    said = "The weights are open."
    citation = Citation(phrase="The weights are open", facts=("F5",))
    assert _found("", quote=f"{FILLER} {said}", citations=(citation,)) == ["F5"]


@pytest.mark.parametrize("headline", ["A closed model for patient people"])
def test_a_headline_states_too(headline: str) -> None:
    assert _found("", headline=headline) == ["F2"]


def test_without_conflicts_nothing_is_disputed() -> None:
    flags = flags_of("The API is a private preview.")
    assert [flag for flag in flags if flag.kind == "relies-on-conflict"] == []
