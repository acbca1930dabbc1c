"""What an order takes is bounded before anything is spent."""

from decimal import Decimal

from panel.domain.llm import OFFLINE, LlmSettings
from panel.judging.estimate import (
    Estimate,
    estimate,
    estimate_all,
    most_cost,
    usual_tokens,
)
from panel.judging.question import MENDS
from tests.judging.conftest import question_for

PROMPT = question_for(None).prompt
PRICED = LlmSettings(
    kind="openai-chat",
    name="fake-llm",
    base_url="http://127.0.0.1:9/v1",
    input_price=Decimal(1),
    output_price=Decimal(2),
)


def test_the_offline_judge_takes_nothing() -> None:
    assert estimate(PROMPT, OFFLINE) == Estimate()


def test_the_high_end_counts_every_mend_and_full_answers() -> None:
    found = estimate(PROMPT, PRICED)
    assert found.calls == (1, 1 + MENDS)
    assert found.output_tokens[1] == (1 + MENDS) * PRICED.max_tokens
    assert found.input_tokens[0] < found.input_tokens[1]
    assert found.cost is not None
    low, high = found.cost
    assert 0 < low < high


def test_an_unknown_price_makes_the_whole_order_unknown() -> None:
    unknown = PRICED.model_copy(update={"input_price": None})
    total = estimate_all([(PROMPT, PRICED), (PROMPT, unknown)])
    assert total.cost is None
    assert total.calls == (2, 2 * (1 + MENDS))


def test_orders_add_up() -> None:
    one = estimate(PROMPT, PRICED)
    total = estimate_all([(PROMPT, PRICED)] * 3)
    assert one.cost is not None
    assert total.cost == (3 * one.cost[0], 3 * one.cost[1])


def test_a_batch_is_estimated_at_half() -> None:
    live = estimate_all([(PROMPT, PRICED)] * 3)
    batch = estimate_all([(PROMPT, PRICED)] * 3, "batch")
    assert live.cost is not None
    assert batch.cost == (live.cost[0] / 2, live.cost[1] / 2)
    assert batch.calls == live.calls


def test_a_call_is_bounded_by_its_bytes_and_a_full_answer() -> None:
    full = PRICED.max_tokens * Decimal(2) / 1_000_000
    assert most_cost(PRICED, "x" * 2500) == full + Decimal("0.001")
    assert most_cost(PRICED, "\u6f22" * 2500) == full + Decimal("0.003")
    assert most_cost(PRICED, "x" * 2500, "batch") == (full + Decimal("0.001")) / 2
    assert most_cost(PRICED.model_copy(update={"input_price": None}), "x") is None
    assert most_cost(OFFLINE, "x" * 2500) == 0


def test_a_call_takes_what_is_sent_and_an_ordinary_answer() -> None:
    assert usual_tokens("x" * 4500) == 1000 + 500
