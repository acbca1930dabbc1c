"""What is not walked any more goes out and comes back all the same."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, cast

import httpx2
import pytest
from openai import AsyncOpenAI
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider

from panel.domain.llm import LlmSettings, OutputMode, ServiceTier
from panel.judging.as_is import as_is
from panel.judging.ask import Answer, ask, first_question, mend_question
from panel.judging.fitting import shaped_once
from tests.judging.conftest import question_for

PROMPT = question_for(None).prompt


def completion(**fields: Any) -> dict[str, Any]:
    message = {"role": "assistant", "content": "{}"}
    choice = {"index": 0, "finish_reason": "stop", "message": message | fields.pop("message", {})}
    usage = {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}
    told = {"id": "1", "object": "chat.completion", "created": 1, "model": "some-llm"}
    return told | {"choices": [choice], "usage": usage} | fields


def client_of(answer: Callable[[httpx2.Request], httpx2.Response], *, lean: bool) -> AsyncOpenAI:
    http = httpx2.AsyncClient(transport=httpx2.MockTransport(answer))
    client = AsyncOpenAI(
        base_url="http://127.0.0.1:9/v1", api_key="k" * 8, http_client=http, max_retries=0
    )
    return as_is(client) if lean else client


def model_of(client: AsyncOpenAI, *, lean: bool) -> OpenAIChatModel:
    model = OpenAIChatModel("some-llm", provider=OpenAIProvider(openai_client=client))
    return cast("OpenAIChatModel", shaped_once(model)) if lean else model


Sent = tuple[list[tuple[str, str]], dict[str, Any], list[str]]
"""Headers, body, and the order of the body's keys."""


def sent(*, lean: bool, mode: OutputMode, tier: ServiceTier | None) -> list[Sent]:
    """The requests for an answer and for its mend, as they leave the openai library."""
    bodies: list[Sent] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        headers = sorted(request.headers.items())
        bodies.append((headers, json.loads(request.content), [*json.loads(request.content)]))
        return httpx2.Response(200, json=completion())

    async def work() -> None:
        client = client_of(answer, lean=lean)
        model = model_of(client, lean=lean)
        llm = LlmSettings(
            kind="openai-chat",
            name="some-llm",
            output_mode=mode,
            service_tier=tier,
            temperature=0.5,
        )
        messages = first_question(PROMPT, llm)
        first = await ask(model, messages, llm, PROMPT, 2)
        mend = mend_question(first, "“mend” it", PROMPT)
        await ask(model, messages + mend, llm, PROMPT, 2)
        await client.close()

    asyncio.run(work())
    return bodies


@pytest.mark.parametrize("tier", [None, "flex"])
@pytest.mark.parametrize("mode", ["native", "tool", "prompted"])
def test_parameters_that_are_not_walked_make_the_same_request(
    mode: OutputMode, tier: ServiceTier | None
) -> None:
    ours, theirs = (sent(lean=lean, mode=mode, tier=tier) for lean in (True, False))
    assert [one[:2] for one in ours] == [one[:2] for one in theirs]
    assert len(ours) == 2
    assert ours[1][1].get("service_tier") == tier


def test_the_order_of_a_body_is_the_same_with_every_release_of_the_library() -> None:
    _, _, names = sent(lean=True, mode="native", tier="flex")[0]
    first = ["model", "stream", "service_tier", "messages"]
    assert names == first + sorted(set(names) - set(first))


def test_what_a_caller_adds_goes_out_as_the_library_sends_it() -> None:
    def seen(*, lean: bool) -> httpx2.Request:
        requests: list[httpx2.Request] = []

        def answer(request: httpx2.Request) -> httpx2.Response:
            requests.append(request)
            return httpx2.Response(200, json=completion())

        async def work() -> None:
            client = client_of(answer, lean=lean)
            await client.chat.completions.create(
                model="some-llm",
                messages=[{"role": "user", "content": "hello"}],
                top_p=0.5,
                extra_headers={"x-more": "1"},
                extra_query={"version": "2"},
                extra_body={"top_p": 0.25, "guided": True},
                timeout=3,
            )
            await client.close()

        asyncio.run(work())
        return requests[0]

    ours, theirs = seen(lean=True), seen(lean=False)
    assert (ours.url, json.loads(ours.content)) == (theirs.url, json.loads(theirs.content))
    assert sorted(ours.headers.items()) == sorted(theirs.headers.items())
    assert ours.extensions == theirs.extensions
    assert ours.headers["x-more"] == "1"
    assert b'"top_p":0.25' in ours.content


def read(told: Any, *, lean: bool) -> object:
    """What becomes of an answer: its text and counts, or the kind of error."""

    async def work() -> Answer:
        client = client_of(lambda _: httpx2.Response(200, json=told), lean=lean)
        try:
            llm = LlmSettings(kind="openai-chat", name="some-llm")
            model = model_of(client, lean=lean)
            return await ask(model, first_question(PROMPT, llm), llm, PROMPT, 1)
        finally:
            await client.close()

    try:
        answer = asyncio.run(work())
    except Exception as error:
        return type(error), str(error)
    return answer.text, answer.finish, answer.refusal, answer.usage, answer.answered_by


@pytest.mark.parametrize(
    "told",
    [
        completion(),
        completion(usage=None),
        completion(created=None),
        completion(created=1.5),
        completion(service_tier="standard"),
        completion(choices=[]),
        completion(choices=None),
        completion(choices=[{"index": 0, "message": {"role": "assistant", "content": "{}"}}]),
        completion(choices=[{"index": 0, "finish_reason": "eos", "message": {"content": "{}"}}]),
        completion(message={"content": None, "refusal": "I cannot"}),
        completion(message={"content": [{"type": "text", "text": "{}"}]}),
        completion(message={"role": "model"}),
        completion(usage={"prompt_tokens": "7", "completion_tokens": 5, "total_tokens": 12}),
        {"error": "no"},
        ["no", "completion"],
        "no completion",
        None,
    ],
)
def test_a_completion_is_read_as_the_library_reads_it(told: Any) -> None:
    assert read(told, lean=True) == read(told, lean=False)


def test_a_time_told_as_text_ends_nothing() -> None:
    assert read(completion(created="17"), lean=True) == read(completion(), lean=True)
