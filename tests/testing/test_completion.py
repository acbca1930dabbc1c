from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.verdict import verdict_schema
from panel.testing.completion import PrefixCache, complaint, prefixes_of
from panel.testing.request import FakeRequest
from tests.testing.asking import Client, as_tool, ask

CLOSED: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["default"],
    "properties": {"default": {"type": "string"}},
}


def strict(schema: dict[str, Any]) -> FakeRequest:
    shape = {"name": "probe", "strict": True, "schema": schema}
    form = {"type": "json_schema", "json_schema": shape}
    return FakeRequest("POST", "/v1/chat/completions", body=ask(response_format=form))


@pytest.mark.parametrize(
    "schema",
    [
        CLOSED,
        {**CLOSED, "properties": {"default": {"type": "array", "items": CLOSED}}},
        {**CLOSED, "properties": {"default": {"anyOf": [CLOSED, {"type": "null"}]}}},
        verdict_schema(("F1", "F2")),
    ],
    ids=["flat", "array", "nullable", "verdict"],
)
def test_strict_schemas_that_openai_takes(schema: dict[str, Any]) -> None:
    assert complaint(strict(schema)) is None


OPEN = {key: value for key, value in CLOSED.items() if key != "additionalProperties"}
OPTIONAL: dict[str, Any] = {**CLOSED, "required": []}


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        (OPEN, "'additionalProperties' is required"),
        ({**CLOSED, "additionalProperties": True}, "'additionalProperties' is required"),
        (OPTIONAL, "Missing 'default'"),
        ({**CLOSED, "properties": {"default": {"type": "string", "default": "x"}}}, "'default' is"),
        ({**CLOSED, "properties": {"default": {"type": "array", "items": OPEN}}}, "'items'"),
        ({**CLOSED, "properties": {"default": {"anyOf": [OPTIONAL]}}}, "'anyOf'"),
        ({**CLOSED, "$defs": {"Part": OPTIONAL}}, "'$defs', 'Part'"),
        ({**CLOSED, "properties": {"default": {"type": "array", "uniqueItems": True}}}, "unique"),
    ],
)
def test_strict_schemas_that_openai_refuses(schema: dict[str, Any], message: str) -> None:
    found = complaint(strict(schema))
    assert found
    assert message in found[0]
    assert found[1] == "response_format"


def test_the_rules_hold_for_strict_schemas_only() -> None:
    shape = {"name": "probe", "strict": False, "schema": OPEN}
    form = {"type": "json_schema", "json_schema": shape}
    assert complaint(FakeRequest("POST", "/", body=ask(response_format=form))) is None


def test_the_rules_hold_for_strict_tools_too(client: Client) -> None:
    body = as_tool(ask())
    body["tools"][0]["function"]["parameters"] = OPTIONAL
    status, answer = client.post(body)
    assert status == 400
    assert answer["error"]["param"] == "function"


@pytest.mark.parametrize(
    ("change", "param"), [({"model": ""}, "model"), ({"messages": []}, "messages")]
)
def test_requests_without_an_llm_or_a_message_are_refused(
    client: Client, change: dict[str, Any], param: str
) -> None:
    status, answer = client.post(ask(**change))
    assert (status, answer["error"]["param"]) == (400, param)


@given(st.text("ab", max_size=40), st.text("ab", max_size=40), st.integers(0, 3000))
def test_cached_tokens_follow_the_rule_of_1024_and_128(one: str, two: str, shared: int) -> None:
    cache = PrefixCache()
    prefix = "x" * (shared * 4)
    first = prefixes_of("llm", f"{prefix}A{one}")
    second = prefixes_of("llm", f"{prefix}B{two}")
    assert cache.cached(first) == cache.cached(second) == 0
    cache.learn(first)
    assert cache.cached(second) == (shared // 128 * 128 if shared >= 1024 else 0)
    assert cache.cached(prefixes_of("another llm", f"{prefix}B{two}")) == 0


def test_usage_counts_the_prompt_and_what_was_cached(client: Client) -> None:
    long = "A sentence of the dossier that every seat is told. " * 200
    bodies = [ask(persona=persona, planted=long) for persona in ("One", "Two")]
    first, second = (client.post(body)[1]["usage"] for body in bodies)
    assert first["prompt_tokens"] > 2500
    assert first["prompt_tokens_details"]["cached_tokens"] == 0
    cached = second["prompt_tokens_details"]["cached_tokens"]
    assert cached % 128 == 0
    assert 0.9 < cached / second["prompt_tokens"] < 1
    assert second["total_tokens"] == second["prompt_tokens"] + second["completion_tokens"]
    assert second["completion_tokens"] > 100
