"""A persona is data: whole, bounded, and literal."""

from typing import Any

import pytest
from pydantic import ValidationError

from panel.domain.persona import Persona
from panel.testing import make_persona
from panel.testing.texts import PERSONA

RUBRIC: dict[str, Any] = PERSONA["rubric"]
PHRASES: dict[str, Any] = RUBRIC["phrases"]


@pytest.mark.parametrize(
    "text",
    [
        "Knows {{mustache}} templates, 100% of {braces} and $HOME.",
        "{{ ''.__class__.__mro__ }} {% include '/etc/passwd' %} {model.client.api_key}",
    ],
)
def test_braces_are_only_text(text: str) -> None:
    persona = make_persona(portrait=text, voice=text)
    assert (persona.portrait, persona.voice) == (text, text)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "The Skeptic"},
        {"id": "con"},
        {"name": ""},
        {"name": "x" * 61},
        {"ships_when": []},
        {"skips_when": ["x"] * 13},
        {"questions": "Why?"},
        {"llm": "gpt-5"},
        {"llm": "OPENAI:gpt"},
        {"temperature": 0.7},
        {"rubric": {**RUBRIC, "start": 5.1}},
        {"rubric": {**RUBRIC, "start": "NaN"}},
        {"rubric": {**RUBRIC, "weights": {}}},
        {"rubric": {**RUBRIC, "weights": {"vibes": {"pro": 1, "contra": 1}}}},
        {"rubric": {**RUBRIC, "weights": {"price": {"pro": 1}}}},
        {"rubric": {**RUBRIC, "phrases": {**PHRASES, "pro": "Good."}}},
        {"rubric": {**RUBRIC, "phrases": {**PHRASES, "dispute": "Disputed."}}},
        {"rubric": {**RUBRIC, "phrases": {**PHRASES, "prediction": "Some day it will be bigger."}}},
    ],
)
def test_what_is_no_persona_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        make_persona(**changes)


@pytest.mark.parametrize("llm", ["openai-chat:gpt-5.5", "ollama:qwen3:8b", "gateway/openai:x"])
def test_a_persona_may_name_its_own_llm(llm: str) -> None:
    assert make_persona(llm=llm).llm == llm


def test_a_prediction_carries_its_date() -> None:
    phrases = {**PHRASES, "prediction": "By {date} a rival answers this."}
    persona = make_persona(rubric={**RUBRIC, "phrases": phrases})
    assert persona.rubric.phrases.prediction == "By {date} a rival answers this."


def test_the_digest_names_the_content() -> None:
    persona = make_persona()
    assert Persona.model_validate_json(persona.model_dump_json()).digest == persona.digest
    assert make_persona(voice="Loud.").digest != persona.digest
    assert make_persona("skeptic").digest != persona.digest
