"""A month of work costs what the prices say, and nothing is guessed where they do not."""

from decimal import Decimal

import pytest

from panel.domain.publication.workloads import WORKLOADS, Cheaper, bills, cost
from panel.domain.scorecard import PricingRead

LIGHT, HEAVY = WORKLOADS


def pricing(
    sent: str | None, got: str | None, *, currency: str = "USD", **more: bool
) -> PricingRead:
    """Prices per million tokens."""
    return PricingRead(
        entry=None,
        input_per_million=Decimal(sent) if sent else None,
        output_per_million=Decimal(got) if got else None,
        currency=currency,
        facts=("F7",),
        disputed=more.get("disputed", False),
    )


def test_a_month_is_the_tokens_times_their_prices() -> None:
    found = pricing("0.40", "1.60")
    assert cost(found, LIGHT).amount == Decimal("0.72")
    assert cost(found, HEAVY).amount == Decimal(360)
    assert cost(found, LIGHT).facts == ("F7",)


@pytest.mark.parametrize("sides", [(None, "1"), ("1", None), (None, None)])
def test_half_a_price_is_no_price(sides: tuple[str | None, str | None]) -> None:
    assert cost(pricing(*sides), LIGHT).amount is None


@pytest.mark.parametrize(
    ("one", "two", "cheaper"),
    [
        (pricing("1", "1"), pricing("2", "2"), "A"),
        (pricing("2", "2"), pricing("1", "1"), "B"),
        (pricing("1", "6"), pricing("2", "0.00"), "B"),
        (pricing("2", "2"), pricing("2.0", "2.00"), "equal"),
        (pricing("1", "1"), pricing("1", None), "unknown"),
        (pricing("1", "1"), pricing("2", "2", disputed=True), "disputed"),
        (pricing("1", "1"), pricing("2", "2", currency="EUR"), "currencies"),
        (pricing(None, None, disputed=True), pricing("1", "1"), "unknown"),
    ],
)
def test_who_costs_less_is_said_only_where_both_prices_hold(
    one: PricingRead, two: PricingRead, cheaper: Cheaper
) -> None:
    light, _ = bills(one, two)
    assert light.cheaper == cheaper


def test_a_price_of_nothing_is_a_price() -> None:
    assert cost(pricing("0", "0"), HEAVY).amount == 0
