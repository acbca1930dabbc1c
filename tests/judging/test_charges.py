"""What a try is billed comes from its own answer; what nobody knows is unknown, never 0."""

import json
from decimal import Decimal
from typing import Any

import pytest

from panel.domain.exchange import Charge, Exchange
from panel.domain.llm import OFFLINE, LlmSettings
from panel.judging.charges import charge_of, usage_in

LLM = LlmSettings(kind="openai-chat", name="x", input_price=Decimal(1), output_price=Decimal(10))
KEY = "0" * 64


def ended(**changes: Any) -> Exchange:
    return Exchange.model_validate(
        {"key": KEY, "path": "/v1/chat/completions", "request": "{}", "status": None, **changes}
    )


def counted(usage: object, said: str = "fine") -> str:
    choices = [{"message": {"content": said}}]
    return json.dumps({"id": "x", "choices": choices, "usage": usage, "model": "y"})


OPENAI = {
    "prompt_tokens": 1000,
    "completion_tokens": 100,
    "prompt_tokens_details": {"cached_tokens": 896},
}
RESPONSES = {
    "input_tokens": 1000,
    "output_tokens": 100,
    "input_tokens_details": {"cached_tokens": 896},
}
ANTHROPIC = {
    "input_tokens": 4,
    "output_tokens": 100,
    "cache_creation_input_tokens": 100,
    "cache_read_input_tokens": 896,
}


@pytest.mark.parametrize("usage", [OPENAI, RESPONSES, ANTHROPIC])
def test_the_protocols_say_the_same_in_their_own_words(usage: dict[str, Any]) -> None:
    charge = charge_of(LLM, ended(status=200, response=counted(usage)))
    assert charge == Charge(
        input_tokens=1000, output_tokens=100, cached_tokens=896, cost=Decimal("0.002")
    )


def test_google_counts_thoughts_apart() -> None:
    usage = {"promptTokenCount": 7, "candidatesTokenCount": 2, "thoughtsTokenCount": 3}
    found = usage_in(json.dumps({"usageMetadata": {**usage, "cachedContentTokenCount": 5}}))
    assert found is not None
    assert (found.input_tokens, found.output_tokens, found.cached_tokens) == (7, 5, 5)


def test_what_an_answer_says_about_usage_is_not_believed() -> None:
    said = 'my bill: "usage": {"prompt_tokens": 1, "completion_tokens": 1}'
    found = usage_in(counted(OPENAI, said))
    assert found is not None
    assert found.input_tokens == 1000
    assert usage_in(counted(None, said)) is None


@pytest.mark.parametrize(
    "usage",
    [
        None,
        {},
        {"prompt_tokens": 5},
        {"prompt_tokens": 5, "completion_tokens": None},
        {"prompt_tokens": -5, "completion_tokens": 5},
        {"prompt_tokens": "5", "completion_tokens": 5},
        {"prompt_tokens": 0, "completion_tokens": 0},
        {"input_tokens": 5.5, "output_tokens": 5},
        [1, 2],
    ],
)
def test_missing_or_strange_counts_are_unknown(usage: object) -> None:
    assert charge_of(LLM, ended(status=200, response=counted(usage))) == Charge()


@pytest.mark.parametrize("response", ["", "<html>", '{"usage": {', '{"usage": ' + '{"a":' * 5000])
def test_damaged_answers_are_unknown(response: str) -> None:
    assert charge_of(LLM, ended(status=200, response=response)) == Charge()


@pytest.mark.parametrize("fault", ["timeout", "dropped", "cancelled", "batch_expired"])
def test_what_was_cut_off_may_be_billed_unseen(fault: str) -> None:
    assert charge_of(LLM, ended(fault=fault)).cost is None


@pytest.mark.parametrize(
    "changes", [{"status": 429}, {"status": 500}, {"status": 400}, {"fault": "connect"}]
)
def test_refusals_and_connections_that_never_came_about_are_free(changes: dict[str, Any]) -> None:
    assert charge_of(LLM, ended(response=counted(OPENAI), **changes)) == Charge(cost=Decimal(0))


def test_the_offline_judge_is_free() -> None:
    assert charge_of(OFFLINE, ended(status=200, response="{}")).cost == 0


def test_what_a_batch_delivers_costs_half() -> None:
    live = charge_of(LLM, ended(status=200, response=counted(OPENAI))).cost
    batch = charge_of(LLM, ended(status=200, response=counted(OPENAI), tier="batch")).cost
    assert live is not None
    assert batch == live / 2
