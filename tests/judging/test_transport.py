"""What passes the transport: to the tape no header and no key, to the client only what it needs."""

import asyncio
from typing import Any

import httpx2
import pytest

from panel.domain.review import Review
from panel.judging.talk import Talk, current_talk
from panel.judging.transport import TapeTransport
from panel.store.store import Store
from panel.testing import FakeOpenAI, Reply
from tests.databases import rows
from tests.judging.conftest import KEY, judge_at, question_for, tape_of

ASKED = {"model": "x", "messages": [{"role": "user", "content": "Ship or skip?"}]}
HEADERS = {"x-should-retry": "false", "retry-after-ms": "5", "set-cookie": "secret=1"}


def reviewed(store: Store, server: FakeOpenAI, **options: Any) -> Review:
    async def work() -> Review:
        async with judge_at(store, **options) as (judge, _):
            return await judge.review(question_for(server))

    return asyncio.run(work())


def test_no_header_host_or_key_is_on_the_tape(store: Store, url: str) -> None:
    said = f"Incorrect API key provided: {KEY}"
    with FakeOpenAI(Reply.status(401, message=said)) as server:
        reviewed(store, server)
        host = server.url.removeprefix("http://")
    store.close()
    told = str([rows(url, f"SELECT * FROM {table}") for table in ("attempts", "answers")])
    assert "Incorrect API key provided: [key]" in told
    for secret in ("CANARYKEY1", "authorization", host):
        assert secret not in told.lower().replace("canarykey1", "CANARYKEY1")


@pytest.mark.parametrize(
    ("status", "passed"),
    [
        (429, {"x-should-retry"}),
        (503, {"x-should-retry"}),
        (500, {"x-should-retry", "retry-after-ms"}),
    ],
)
def test_a_wait_that_the_gate_sees_to_is_not_passed_on(
    store: Store, status: int, passed: set[str]
) -> None:
    reply = Reply(http_status=status, raw=b"{}", headers=HEADERS)

    async def work(server: FakeOpenAI) -> httpx2.Response:
        question = question_for(server)
        current_talk.set(Talk(question.key, question.llm))
        transport = TapeTransport(tape_of(store), httpx2.AsyncHTTPTransport())
        async with httpx2.AsyncClient(transport=transport) as client:
            return await client.post(f"{server.base_url}/chat/completions", json=ASKED)

    with FakeOpenAI(reply) as server:
        headers = asyncio.run(work(server)).headers
    assert set(headers) - {"content-type", "content-length"} == passed


def test_a_provider_s_word_against_a_retry_is_obeyed(store: Store) -> None:
    with FakeOpenAI(Reply(http_status=500, raw=b"{}", headers=HEADERS)) as server:
        assert reviewed(store, server, max_retries=2).failure is not None
        assert server.count == 1
