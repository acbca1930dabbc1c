"""Costs come from usage and a price list; what nobody knows is None, never zero."""

from decimal import Decimal

import pytest

from panel.domain.exchange import Tier
from panel.domain.llm import OFFLINE, LlmSettings
from panel.domain.review import Usage
from panel.judging.price import cost_of

USED = Usage(calls=1, input_tokens=1_000_000, output_tokens=500_000)


def llm(**changes: object) -> LlmSettings:
    return LlmSettings.model_validate({"kind": "openai-chat", "name": "gpt-4o", **changes})


def test_a_listed_llm_has_the_list_price() -> None:
    cost = cost_of(llm(), USED)
    assert cost is not None
    assert cost > 1


def test_cached_tokens_cost_less() -> None:
    cached = USED.model_copy(update={"cached_tokens": 900_000})
    one, two = cost_of(llm(), USED), cost_of(llm(), cached)
    assert one is not None
    assert two is not None
    assert two < one


@pytest.mark.parametrize(
    ("settings", "usage"),
    [
        (llm(name="no-such-llm-anywhere"), USED),
        (llm(base_url="http://127.0.0.1:9/v1"), USED),
        (llm(), Usage(calls=1, input_tokens=None, output_tokens=5)),
        (llm(), Usage(calls=1, input_tokens=5, output_tokens=None)),
        (llm(kind="ollama", name="gpt-4o", base_url="http://127.0.0.1:9/v1"), USED),
    ],
    ids=["unknown name", "own address", "no input count", "no output count", "local alias"],
)
def test_what_nobody_knows_is_unknown(settings: LlmSettings, usage: Usage) -> None:
    assert cost_of(settings, usage) is None


def test_own_prices_are_used() -> None:
    own = llm(base_url="http://127.0.0.1:9/v1", input_price="2", output_price="4")
    assert cost_of(own, USED) == Decimal(4)


def test_the_offline_judge_costs_nothing() -> None:
    assert cost_of(OFFLINE, Usage()) == Decimal(0)


@pytest.mark.parametrize(
    ("changes", "tier", "share"),
    [
        ({"name": "gpt-5"}, "batch", Decimal("0.5")),
        ({"name": "gpt-5", "service_tier": "flex"}, None, Decimal("0.5")),
        ({"name": "gpt-5", "service_tier": "flex"}, "batch", Decimal("0.5")),
        ({"name": "gpt-5", "service_tier": "default"}, None, Decimal(1)),
        ({"name": "gpt-5", "service_tier": "auto"}, None, Decimal(1)),
        ({"name": "gpt-4o", "service_tier": "flex"}, None, Decimal(1)),
        ({"kind": "deepseek", "name": "deepseek-chat"}, "batch", Decimal("0.5")),
        ({"input_price": "2", "output_price": "4"}, "batch", Decimal("0.5")),
        ({"input_price": "2", "output_price": "4", "service_tier": "flex"}, None, Decimal(1)),
    ],
    ids=[
        "batch price of the list",
        "flex price of the list",
        "a batch of flex calls is a batch",
        "default tier",
        "automatic tier",
        "no flex price in the list",
        "no batch price in the list",
        "own price in a batch",
        "own price is that of the tier",
    ],
)
def test_tiers_have_their_price(
    changes: dict[str, object], tier: Tier | None, share: Decimal
) -> None:
    full = cost_of(llm(**{**changes, "service_tier": None}), USED)
    found = cost_of(llm(**changes), USED, tier)
    assert full
    assert found == full * share


def test_the_price_of_a_batch_nobody_knows_is_unknown() -> None:
    assert cost_of(llm(name="no-such-llm-anywhere"), USED, "batch") is None
