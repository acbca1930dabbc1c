"""What an order takes is bounded before anything is spent."""

from decimal import Decimal

from panel.domain.llm import OFFLINE, LlmSettings
from panel.judging.estimate import Estimate, estimate, estimate_all
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
