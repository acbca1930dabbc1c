import json
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import ValidationError

from panel.intake.answer import Extraction, claims_in, strictly

FACT: dict[str, Any] = {
    "topic": "licence",
    "attribute": "licence",
    "statement": "It is open.",
    "brief": "open",
    "value": None,
    "unit": None,
    "entity": "Nova-7",
    "as_of": None,
    "standing": "reported",
    "leaning": "for",
    "quote": "open weights",
}


def reply(content: str | None, *arguments: str) -> Any:
    calls = [SimpleNamespace(function=SimpleNamespace(arguments=one)) for one in arguments]
    message = SimpleNamespace(content=content, tool_calls=calls)
    return SimpleNamespace(choices=[SimpleNamespace(message=message)])


def test_every_field_is_required_and_no_other_known() -> None:
    schema = Extraction.model_json_schema()
    listed = schema["$defs"]["Listed"]
    assert set(listed["required"]) == set(FACT)
    assert listed["additionalProperties"] is False
    with pytest.raises(ValidationError):
        Extraction.model_validate({"facts": [{**FACT, "verdict": "ship"}]})


def test_what_the_check_refuses_the_llm_is_told() -> None:
    def check(claim: Any) -> None:
        raise ValueError(f"{claim.quote!r} does not stand there")

    with pytest.raises(ValidationError, match=r"facts.0\n.*'open weights' does not stand there"):
        Extraction.model_validate({"facts": [FACT]}, context={"check": check})


@pytest.mark.parametrize(
    "said",
    [
        reply(json.dumps({"facts": [FACT, {"quote": 1}, 7]})),
        reply(f"```json\n{json.dumps({'facts': [FACT]})}\n```"),
        reply(None, json.dumps({"facts": [FACT]})),
    ],
)
def test_the_sound_facts_of_an_unsound_answer_are_read(said: Any) -> None:
    assert [claim.quote for claim in claims_in([said])] == ["open weights"]


@pytest.mark.parametrize(
    "said",
    [reply(None), reply("Sorry."), reply("{}"), reply('{"facts": 1}'), reply("{" * 99_999),
     SimpleNamespace(choices=[])],
)  # fmt: skip
def test_an_answer_without_facts_has_none(said: Any) -> None:
    assert list(claims_in([said])) == []


def test_a_schema_is_to_be_enforced() -> None:
    request: dict[str, Any] = {
        "response_format": {"json_schema": {"name": "a"}},
        "tools": [{"function": {"name": "a"}}],
    }
    strictly(**request)
    assert request["response_format"]["json_schema"]["strict"] is True
    assert request["tools"][0]["function"]["strict"] is True
    strictly(response_format={"type": "json_object"})
