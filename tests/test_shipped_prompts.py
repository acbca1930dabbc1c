"""The shipped prompt templates: whole, tight, silent on leanings, and shared by the seats."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from panel.domain.dossier import Dossier
from panel.domain.fact import Topic
from panel.domain.persona import Persona
from panel.domain.prompt import Prompt
from panel.domain.verdict import Citation, FlipCondition, Prediction, Reason, Verdict
from panel.library.dossiers import Dossiers
from panel.library.personas import Personas
from panel.library.prompts import Prompts
from panel.library.workspace import Workspace
from panel.testing import make_dossier

HOME = Workspace(Path(__file__).parents[1])
PROMPTS = Prompts(HOME)
SEATS = Personas(HOME).load_all()
RULES = (HOME.prompts / "rules.md.j2").read_text(encoding="utf-8")
SETTLEMENT = {"how": "supersede", "fact": "F2", "by": "Ed", "on": "2026-05-01", "reason": "Newer."}


def prompt(dossier: Dossier | None = None, persona: Persona = SEATS[0]) -> Prompt:
    return PROMPTS.build(dossier or make_dossier(), persona)


def changed(**changes: Any) -> Dossier:
    dossier = make_dossier(conflict=True)
    return Dossier.model_validate_json(
        dossier.model_copy(update=changes).model_dump_json(warnings=False)
    )


def test_the_rules_are_tight() -> None:
    assert 600 <= len(RULES.split()) <= 1000


def test_the_rules_take_no_variables_and_are_the_same_for_all() -> None:
    assert "{{" not in RULES
    assert "{%" not in RULES
    assert {prompt(persona=persona).rules for persona in SEATS} == {RULES}


@pytest.mark.parametrize("part", [Verdict, Reason, Citation, FlipCondition, Prediction])
def test_the_rules_explain_every_field_of_the_answer(
    part: type[Verdict | Reason | Citation | FlipCondition | Prediction],
) -> None:
    assert not [name for name in part.model_fields if f"`{name}`" not in RULES]


def test_the_rules_offer_exactly_the_topics_of_the_schema() -> None:
    assert not [topic for topic in get_args(Topic) if f"`{topic}`" not in RULES]


def test_nobody_is_asked_how_sure_they_are() -> None:
    whole = RULES + "".join(prompt(persona=persona).persona for persona in SEATS)
    assert not re.search(r"confiden|probabilit|how sure", whole, re.IGNORECASE)


def test_the_dossier_stands_between_two_marks() -> None:
    made = prompt()
    assert made.dossier.startswith(f"{made.fence}\n")
    assert made.dossier.endswith(f"\n{made.fence}\n")
    assert made.dossier.count(made.fence) == 2


def test_every_fact_is_shown_with_what_supports_it_and_without_its_leaning() -> None:
    dossier = make_dossier(conflict=True)
    text = prompt(dossier).dossier
    for fact in dossier.facts:
        assert f"{fact.id} [{fact.topic}] {fact.statement}" in text
    assert f"As-of date (treat as today): {dossier.as_of}" in text
    assert f"Newest fact: {dossier.newest_fact}" in text
    assert "leaning" not in text
    turned = [fact.model_copy(update={"leaning": "neutral"}) for fact in dossier.facts]
    neutral = prompt(changed(facts=turned)).dossier
    assert re.sub(r"dossier-\w+", "", neutral) == re.sub(r"dossier-\w+", "", text)


def test_open_and_settled_conflicts_are_told_apart() -> None:
    dossier = make_dossier(conflict=True)
    (conflict,) = dossier.conflicts
    opened = prompt(dossier).dossier
    assert f"F2 and F10 cannot both hold: {conflict.note}" in opened
    assert "## Settled" not in opened
    settled = changed(conflicts=[{**conflict.model_dump(), "settlement": SETTLEMENT}])
    text = prompt(settled).dossier
    assert "F2 holds as the newer truth. Reason: Newer." in text
    assert "## Open" not in text


def test_unknown_prices_are_called_unknown() -> None:
    text = prompt(changed(price={"entry": None, "input_per_million": "0", "facts": []})).dossier
    assert "Cheapest way in: unknown" in text
    assert "Per million input tokens: 0 USD" in text
    assert "Per million output tokens: unknown" in text


@pytest.mark.parametrize("persona", SEATS, ids=lambda persona: persona.id)
def test_a_persona_is_shown_whole_but_for_its_rubric(persona: Persona) -> None:
    text = prompt(persona=persona).persona
    points = (*persona.ships_when, *persona.skips_when, *persona.questions, *persona.banned_words)
    for told in (persona.lens, persona.voice, persona.known_bias, persona.portrait, *points):
        assert told in text
    assert persona.rubric.phrases.open_ship.split("{")[0] not in text


@pytest.mark.parametrize("slug", ["qwen3-6-27b", "qwen3-6-35b-a3b", "muse-spark"])
def test_the_seats_share_at_least_85_percent_of_a_prompt(slug: str) -> None:
    dossier = Dossiers(HOME).load(slug)
    for persona in SEATS:
        made = prompt(dossier, persona)
        shared = len((made.rules + made.dossier).encode())
        assert shared / (shared + len(made.persona.encode())) >= 0.85


def test_mending_lists_the_problems_and_asks_for_the_whole_verdict() -> None:
    text = PROMPTS.mend(["quote: 58 words, 60 needed", "citations[0].facts: no fact F99"])
    assert "\n- quote: 58 words, 60 needed\n- citations[0].facts: no fact F99\n" in text
    assert "whole verdict" in text
