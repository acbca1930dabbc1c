"""Llms by the names that OpenTelemetry's conventions give them."""

import pytest

from panel.domain.llm import LlmSettings
from panel.engine.llm_attributes import asked_of, named


@pytest.mark.parametrize(
    ("kind", "provider"),
    [("openai-chat", "openai"), ("google", "gcp.gemini"), ("groq", "groq"), ("rubric", "rubric")],
)
def test_a_provider_has_the_name_of_the_conventions(kind: str, provider: str) -> None:
    assert named(LlmSettings(kind=kind, name="x")) == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": provider,
        "gen_ai.request.model": "x",
    }


def test_of_an_address_only_the_host_is_told() -> None:
    llm = LlmSettings(kind="openai-chat", name="x", base_url="http://llm.example:8000/secret/v1")
    assert named(llm)["server.address"] == "llm.example"


@pytest.mark.parametrize("temperature", [None, 0.5])
def test_a_request_has_the_settings_it_was_made_with(temperature: float | None) -> None:
    llm = LlmSettings(kind="groq", name="x", temperature=temperature, max_tokens=500)
    asked = asked_of(llm)
    assert asked.get("gen_ai.request.temperature") == temperature
    assert asked["gen_ai.request.max_tokens"] == 500
