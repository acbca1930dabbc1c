"""Calls on their way into a provider's batch: each once, by llm, cut at the provider's limits."""

import asyncio
from collections.abc import Sequence

import pytest

from panel.domain.exchange import Call
from panel.engine import collected as module
from panel.engine.collected import Collected


def call(number: int, llm: str | None = "a", body: str = "{}") -> Call:
    key = f"{number:064x}"
    return Call(
        run="20261121-083000-5f2a9c",
        review=key,
        key=key,
        path="/v1/chat/completions",
        body=body,
        llm=None if llm is None else llm * 64,
    )


def taken(calls: Sequence[Call], llm: str = "a") -> list[list[Call]]:
    collected = Collected()

    async def want() -> None:
        for one in calls:
            await collected.want(one)

    asyncio.run(want())
    try:
        return [list(batch) for batch in collected.batches(llm * 64)]
    finally:
        collected.close()


def test_calls_come_back_in_order_each_once() -> None:
    calls = [call(number) for number in range(5)]
    assert taken([*calls, calls[2]]) == [calls]


def test_each_llm_has_its_own() -> None:
    calls = [call(1, "a"), call(2, "b"), call(3, "a"), call(4, None)]
    assert taken(calls, "a") == [[calls[0], calls[2]]]
    assert taken(calls, "b") == [[calls[1]]]


def test_a_batch_is_cut_at_the_number_of_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CALLS", 2)
    calls = [call(number) for number in range(5)]
    assert taken(calls) == [calls[:2], calls[2:4], calls[4:]]


def test_a_batch_is_cut_at_its_bytes_and_a_call_beyond_them_goes_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    small, large = "1234", "é" * 20
    calls = [call(1, body=small), call(2, body=small), call(3, body=small), call(4, body=large)]
    assert taken(calls) == [calls[:2], calls[2:3], calls[3:]]
