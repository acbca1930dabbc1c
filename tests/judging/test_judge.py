"""One seat end to end over a real socket: verdicts, mends, and every failure as a row."""

import asyncio
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest

from panel.domain.review import FailureKind, Review
from panel.domain.value import canonical_json
from panel.judging.question import MENDS
from panel.store.store import Store
from panel.testing import FakeOpenAI, FakeRequest, Reply, grounded_answer
from tests.judging.conftest import KEY, judge_at, question_for


def reviewed(store: Store, server: FakeOpenAI, **options: Any) -> Review:
    """The review of one question by a judge at the server."""
    llm = options.pop("llm", {})

    async def work() -> Review:
        async with judge_at(store, **options) as (judge, _):
            return await judge.review(question_for(server, **llm))

    return asyncio.run(work())


@pytest.mark.parametrize("mode", ["native", "tool", "prompted"])
def test_a_good_answer_becomes_a_verdict_without_blocking_flags(store: Store, mode: str) -> None:
    with FakeOpenAI() as server:
        review = reviewed(store, server, llm={"output_mode": mode})
    assert review.failure is None
    assert review.verdict is not None
    assert not review.blocked, [flag.message for flag in review.flags]
    assert server.count == 1
    assert review.usage.calls == 1
    assert review.usage.input_tokens
    assert review.answered_by == "fake-llm"
    assert len(review.exchanges) == 1


def test_the_sample_number_sets_the_seed(store: Store) -> None:
    async def work(server: FakeOpenAI) -> None:
        question = question_for(server, seed=7)
        async with judge_at(store) as (judge, _):
            for sample in (1, 2):
                await judge.review(
                    type(question)(
                        dossier=question.dossier,
                        persona=question.persona,
                        prompt=question.prompt,
                        llm=question.llm,
                        sample=sample,
                    )
                )

    with FakeOpenAI() as server:
        asyncio.run(work(server))
        assert [request.body["seed"] for request in server.calls] == [7, 8]


def without(answer: Mapping[str, Any], **changes: Any) -> Reply:
    return Reply.json({**answer, **changes})


def uncarried(request: FakeRequest) -> Reply:
    """A good answer that names a number no fact carries."""
    answer = grounded_answer(request)
    return without(answer, quote=f"{answer['quote']} It scored 9371 points.")


def test_what_the_llm_can_mend_goes_back_with_its_path(store: Store) -> None:
    with FakeOpenAI([uncarried, grounded_answer]) as server:
        review = reviewed(store, server)
        second = server.calls[1]
    assert review.verdict is not None
    assert not review.blocked
    assert review.usage.calls == 2
    assert len(review.exchanges) == 2
    asked = str(second.messages[-1]["content"])
    assert "quote" in asked
    assert "9371" in asked


def test_what_stays_wrong_after_two_mends_is_kept_as_flags(store: Store) -> None:
    with FakeOpenAI(uncarried) as server:
        review = reviewed(store, server)
        assert server.count == MENDS + 1
    assert review.verdict is not None
    assert review.blocked
    spans = [flag.span.text for flag in review.flags if flag.span]
    assert any("9371" in text for text in spans)


def test_the_draft_with_the_fewest_blocking_flags_is_kept(store: Store) -> None:
    worse = Reply.json({"call": "ship"})
    with FakeOpenAI([uncarried, worse, Reply.text("no json at all")]) as server:
        review = reviewed(store, server)
    assert review.verdict is not None
    assert "9371" in review.verdict.quote


def test_an_invalid_answer_is_sent_back_then_becomes_a_failure(store: Store) -> None:
    with FakeOpenAI(Reply.text("Ship it!")) as server:
        review = reviewed(store, server)
        assert server.count == MENDS + 1
    assert review.failure is not None
    assert review.failure.kind == "invalid-answer"
    assert review.usage.calls == MENDS + 1


Script = Reply | list[Reply] | Callable[[FakeRequest], Reply]


@pytest.mark.parametrize(
    ("script", "kind", "calls"),
    [
        (Reply.refusal(), "refused", 1),
        (Reply.text("I am sorry, I cannot help with that request."), "refused", 1),
        (Reply.content_filter(), "filtered", 1),
        (Reply.truncated(), "truncated", 1),
        (Reply.null_content(), "empty-answer", 1),
        (Reply.empty_choices(), "empty-answer", 1),
        (Reply.html(), "not-an-api", 1),
        (Reply.broken_json(), "not-an-api", 1),
        (Reply.status(400), "bad-request", 1),
        (Reply.status(401), "key-refused", 1),
        (Reply.status(402), "out-of-credit", 1),
        (Reply.status(403), "forbidden", 1),
        (Reply.status(404), "no-such-llm", 1),
        (Reply.status(429, retry_after="0"), "rate-limited", 2),
        (Reply.status(500), "server-error", 2),
        (Reply.status(503), "server-error", 2),
        (Reply.drop(), "dropped", 2),
        (Reply.cut(), "dropped", 2),
    ],
)
def test_every_fault_becomes_a_failure_of_its_kind(
    store: Store, script: Script, kind: FailureKind, calls: int
) -> None:
    with FakeOpenAI(script) as server:
        review = reviewed(store, server, max_retries=1)
        assert server.count == calls
    assert review.verdict is None
    assert review.failure is not None
    assert review.failure.kind == kind
    assert review.failure.remedy


def test_a_slow_endpoint_times_out_as_a_whole(store: Store) -> None:
    with FakeOpenAI(Reply.slow(30)) as server:
        review = reviewed(store, server, seconds=3)
    assert review.failure is not None
    assert review.failure.kind == "timeout"


def test_a_retry_that_succeeds_is_one_verdict_and_two_attempts(store: Store) -> None:
    with FakeOpenAI([Reply.status(429, retry_after="0"), Reply()]) as server:
        review = reviewed(store, server, max_retries=2)
        assert server.count == 2
    assert review.verdict is not None
    assert len(review.exchanges) == 1


def test_missing_usage_makes_the_cost_unknown(store: Store) -> None:
    priced = {"input_price": Decimal(1), "output_price": Decimal(1)}
    with FakeOpenAI(Reply.no_usage()) as server:
        review = reviewed(store, server, llm=priced)
    assert review.verdict is not None
    assert review.cost is None
    assert review.usage.input_tokens is None


def test_own_prices_give_a_cost(store: Store) -> None:
    with FakeOpenAI() as server:
        review = reviewed(store, server, llm={"input_price": "1", "output_price": "2"})
    assert review.cost is not None
    assert review.cost > 0


def test_an_answer_by_another_llm_is_recorded(store: Store) -> None:
    with FakeOpenAI(Reply.other_llm("fake-llm-2026-11")) as server:
        review = reviewed(store, server)
    assert review.answered_by == "fake-llm-2026-11"


def test_no_key_reaches_the_review_or_the_request_body(store: Store) -> None:
    said = f"Client error for url 'https://api.invalid/v1?key={KEY}'"
    with FakeOpenAI(Reply.status(500, message=said)) as server:
        review = reviewed(store, server)
        sent = json.dumps([request.body for request in server.calls])
    assert "CANARYKEY1" not in canonical_json(review)
    assert "CANARYKEY1" not in sent
    assert server.calls[0].headers["authorization"] == f"Bearer {KEY}"
