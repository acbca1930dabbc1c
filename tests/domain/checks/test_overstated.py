"""What a source is said to claim is not stated flatly."""

import pytest

from panel.domain.dossier import Dossier
from panel.domain.verdict import Citation, Reason
from panel.testing.values import make_dossier
from tests.domain.checks.bench import DOSSIER, FILLER, context_of, flags_of, words_of


def _dossier(statement: str, **changes: object) -> Dossier:
    plain, other = (fact.model_dump(mode="json") for fact in DOSSIER.facts[4:6])
    told = {**other, "statement": statement, "brief": "a press claim of parity", **changes}
    return make_dossier(facts=[plain, told], price={})


CITED = "Tideline Weekly is cited as calling it equal to Gannet 5."


def _found(said: str, phrase: str, dossier: Dossier, facts: tuple[str, ...] = ("F6",)) -> list[str]:
    flags = flags_of(
        context=context_of(dossier),
        quote=f"{FILLER} {said}",
        citations=(Citation(phrase=phrase, facts=facts),),
        reasons_for=(),
        reasons_against=(),
    )
    assert {flag.severity for flag in flags if flag.kind == "overstated"} <= {"warns"}
    return words_of("overstated", flags)


@pytest.mark.parametrize(
    "statement",
    [
        CITED,
        "It is said to match Gannet 5.",
        "It reportedly matches Gannet 5.",
        "The vendor claims that it matches Gannet 5.",
        "According to the weekly it matches Gannet 5.",
        "The weekly calls it equal to Gannet 5.",
    ],
)
def test_a_flat_verb_over_an_attributed_fact_warns(statement: str) -> None:
    dossier = _dossier(statement, standing="reported")
    assert _found("It matches Gannet 5.", "matches Gannet 5", dossier) == ["matches Gannet 5"]


@pytest.mark.parametrize(
    "said",
    [
        "It is said to be one that matches Gannet 5.",
        "It reportedly matches Gannet 5.",
        "The weekly claims that it matches Gannet 5.",
        "In the press it matches Gannet 5.",
        "According to one page it matches Gannet 5.",
        "On paper it matches Gannet 5.",
        "The weekly is cited, and so it matches Gannet 5.",
        "If it matches Gannet 5, good.",
        "Nobody shows that it matches Gannet 5.",
    ],
)
def test_distance_kept_is_fine(said: str) -> None:
    assert _found(said, "matches Gannet 5", _dossier(CITED, standing="reported")) == []


@pytest.mark.parametrize(
    ("said", "phrase", "facts"),
    [
        ("It rests on a press claim of parity.", "a press claim of parity", ("F6",)),
        ("Parity with Gannet 5 counts little.", "Parity with Gannet 5", ("F6",)),
        ("It matches Gannet 5.", "matches Gannet 5", ("F5", "F6")),
        ("It scores 61.5 points.", "scores 61.5 points", ("F5",)),
    ],
)
def test_phrases_without_a_verb_and_firmer_facts_pass(
    said: str, phrase: str, facts: tuple[str, ...]
) -> None:
    assert _found(said, phrase, _dossier(CITED, standing="reported"), facts) == []


def test_a_measured_fact_may_be_stated() -> None:
    assert _found("It matches Gannet 5.", "matches Gannet 5", _dossier(CITED)) == []


def test_reasons_are_read_too() -> None:
    reason = Reason(text="It matches Gannet 5.", facts=("F6",))
    context = context_of(_dossier(CITED, standing="reported"))
    flags = flags_of(context=context, facts=("F5",), reasons_for=(reason,))
    assert words_of("overstated", flags) == ["It matches Gannet 5."]
