"""Figures of the persona, counts of the file, suppositions and idioms need no fact."""

import pytest

from panel.testing.values import make_dossier, make_persona
from tests.domain.checks.bench import context_of, flags_of, found, words_of

PERSONA = make_persona(
    "futurist",
    questions=["What is the invoice at ten times the traffic?"],
    known_bias="Sees a trend in two points and forgives a rough start.",
    portrait="Has carried a pager for eleven years and read 40 pages of apologies.",
)
OWN = context_of(persona=PERSONA)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Two points make a short line, which is my weakness.", []),
        ("At ten times the traffic the invoice is a blank.", []),
        ("What does ten times the traffic do to it?", []),
        ("Eleven years with a pager teach patience.", []),
        ("It is two points ahead of the rest.", ["two points"]),
        ("It is ten times cheaper to run.", ["ten times"]),
        ("It scores two points.", ["two points"]),
        ("Three points make a line.", ["Three points"]),
    ],
)
def test_figures_of_the_persona(said: str, words: list[str]) -> None:
    assert words_of("uncarried-number", flags_of(said, OWN)) == words


def test_the_figures_of_another_persona_are_not_spared() -> None:
    assert found("uncarried-number", "Two points make a short line.") == ["Two points"]


MANY = make_dossier(
    facts=[
        {**fact.model_dump(mode="json"), "id": f"F{number}", "topic": "vendor"}
        for number, fact in enumerate([make_dossier().facts[0]] * 19, start=1)
    ],
    price={},
)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Nineteen facts and not one test.", []),
        ("All 19 facts come from one desk.", []),
        ("Of these, 19 of 19 facts are official.", []),
        ("Seventeen facts and not one test.", ["Seventeen"]),
        ("It rests on 12 of 19 facts.", ["12"]),
        ("It has 19 bugs.", ["19"]),
    ],
)
def test_counts_of_the_file(said: str, words: list[str]) -> None:
    flags = flags_of(said, context_of(MANY), facts=("F1",))
    assert words_of("uncarried-number", flags) == words


@pytest.mark.parametrize(
    "said",
    [
        "Twice bitten, the reader asks again.",
        "I looked twice for a report.",
        "Nobody answers at 3 a.m. in that building.",
        "Who answers at 11 p.m. on a Sunday?",
        "At three in the morning nobody cares.",
        "Suppose a firm has 500 people on it.",
        "If a clinic sends 400 photos a day, who reads them?",
        "What would 900 users pay?",
        "It is the eleventh hour for the report.",
        "Nine times out of ten the terms decide.",
        "Half of my questions were answered.",
        "Half an hour with the terms is enough.",
        "It dies by a thousand cuts.",
    ],
)
def test_idioms_hours_and_suppositions(said: str) -> None:
    assert found("uncarried-number", said) == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("It is twice as fast.", ["twice"]),
        ("It has twice the window.", ["twice"]),
        ("It costs twice what it should.", ["twice"]),
        ("If it scores 90 points, so be it.", ["90 points"]),
        ("If it is 80% cheaper, so be it.", ["80%"]),
        ("Suppose MMLU gives it 500 people.", ["500 people"]),
        ("Does it serve 900 users better than before?", ["900 users"]),
    ],
)
def test_a_measure_stays_a_claim(said: str, words: list[str]) -> None:
    assert found("uncarried-number", said) == words
