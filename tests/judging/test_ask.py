"""What goes over the wire: rules, dossier, persona last, and the schema of a verdict."""

import asyncio
from typing import Any

import pytest

from panel.judging.ask import first_question, parameters
from panel.store.store import Store
from panel.testing import FakeOpenAI, FakeRequest, Reply, grounded_answer
from tests.judging.conftest import judge_at, question_for


def sent(store: Store, *, script: Any = grounded_answer, **llm: object) -> list[FakeRequest]:
    async def work(server: FakeOpenAI) -> None:
        async with judge_at(store) as (judge, _):
            await judge.review(question_for(server, **llm))

    with FakeOpenAI(script) as server:
        asyncio.run(work(server))
        return server.calls


def test_rules_come_first_and_the_persona_last(store: Store) -> None:
    (request,) = sent(store)
    system, user = request.messages
    prompt = question_for(None).prompt
    assert (system["role"], system["content"]) == ("system", prompt.rules)
    assert user["content"] == f"{prompt.dossier}\n\n{prompt.persona}"


def test_native_mode_sends_a_strict_schema_with_the_facts_that_may_be_cited(store: Store) -> None:
    (request,) = sent(store)
    asked = request.body["response_format"]["json_schema"]
    assert asked["strict"] is True
    assert request.fact_ids == list(question_for(None).prompt.fact_ids)


def test_tool_mode_answers_mends_as_tool_results(store: Store) -> None:
    first, second = sent(store, script=[Reply.json({}), grounded_answer], output_mode="tool")
    assert first.tool is not None
    assert second.messages[-1]["role"] == "tool"


@pytest.mark.parametrize("temperature", [None, 0.0, 0.7])
def test_the_temperature_is_left_to_the_provider_unless_set(
    store: Store, temperature: float | None
) -> None:
    (request,) = sent(store, temperature=temperature)
    assert request.body.get("temperature") == temperature


def test_providers_that_cache_up_to_a_mark_get_one() -> None:
    question = question_for(None)
    llm = question.llm.model_copy(update={"kind": "anthropic"})
    (message,) = first_question(question.prompt, llm)
    (part,) = message.parts
    content = getattr(part, "content", None)
    assert isinstance(content, list)
    assert content[0] == question.prompt.dossier
    assert content[-1] == question.prompt.persona


@pytest.mark.parametrize("mode", ["native", "tool", "prompted"])
def test_the_schema_is_the_same_for_all_seats_and_holds_no_prose(mode: Any) -> None:
    text = repr(parameters(("F1", "F2"), mode, "Rules."))
    assert text == repr(parameters(("F1", "F2"), mode, "Rules."))
    assert "Attributes" not in text
