import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from panel.domain.llm import LlmSettings
from panel.domain.review import Failure
from panel.judging.ask import Answer
from panel.judging.endpoints import Endpoints
from panel.judging.probe_calls import Caller, CountingTransport, probe_texts
from panel.testing import FakeOpenAI, Reply

T = TypeVar("T")


def calling(server: FakeOpenAI, work: Callable[[Caller, CountingTransport], Awaitable[T]]) -> T:
    async def run() -> T:
        wire = CountingTransport()
        endpoints = Endpoints(wire, timeout=5, max_retries=0, environ={})
        llm = LlmSettings(kind="openai-chat", name="x", base_url=server.base_url)
        try:
            return await work(Caller(endpoints.open(llm), llm, 0.5, ("hunter22",)), wire)
        finally:
            await endpoints.close()

    return asyncio.run(run())


def test_calls_are_counted_and_the_seed_is_seen(fake: FakeOpenAI) -> None:
    async def work(caller: Caller, wire: CountingTransport) -> None:
        await caller.ask(caller.shape("native"), "x", seed=False)
        assert (wire.calls, wire.seed_sent) == (1, False)
        await caller.ask(caller.shape("native"), "x")
        assert (wire.calls, wire.seed_sent) == (2, True)

    calling(fake, work)
    assert ["seed" in request.body for request in fake.calls] == [False, True]


def test_tokens_add_up_over_calls(fake: FakeOpenAI) -> None:
    async def work(caller: Caller, _: CountingTransport) -> int:
        for _nth in range(2):
            answer = await caller.ask(caller.shape("tool"), "x", dossier="y " * 100)
            assert isinstance(answer, Answer)
        assert caller.answered_by == "x"
        return caller.usage.calls

    assert calling(fake, work) == 2


def test_what_goes_wrong_is_a_failure_without_keys() -> None:
    async def work(caller: Caller, _: CountingTransport) -> list[Answer | Failure]:
        return [await caller.ask(caller.shape("native"), "x") for _ in range(3)]

    script = [
        Reply.status(400, message="bad hunter22"),
        Reply.empty_choices(),
        Reply.slow(30),
    ]
    with FakeOpenAI(script) as server:
        bad, empty, slow = calling(server, work)
    assert isinstance(bad, Failure)
    assert (bad.kind, bad.detail) == ("bad-request", "HTTP 400: bad [key]")
    assert isinstance(empty, Failure)
    assert isinstance(slow, Failure)
    assert slow.kind == "timeout"


def test_names_on_offer_are_sorted() -> None:
    async def work(caller: Caller, _: CountingTransport) -> tuple[str, ...]:
        return await caller.known()

    with FakeOpenAI(llms=["b", "a"]) as server:
        assert calling(server, work) == ("a", "b")
    with FakeOpenAI(key="another") as server:
        assert calling(server, work) == ()


def test_the_texts_are_all_there() -> None:
    texts = probe_texts()
    assert set(texts) == {"rules", "against", "along", "plain", "filler"}
    assert texts["filler"].format(number=7).startswith("Entry 7:")
