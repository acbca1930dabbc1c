"""What a month of stated work would cost on either side, from the prices on the scorecards."""

from decimal import Decimal
from typing import Literal

from panel.domain.fact import FactId
from panel.domain.scorecard import PricingRead
from panel.domain.value import Value

_MILLION = Decimal(1_000_000)


class Workload(Value):
    """Work of one month.

    Attributes:
        name: What it is called, e.g. `a light month`.
        input_tokens: Tokens sent.
        output_tokens: Tokens received.
    """

    name: str
    input_tokens: int
    output_tokens: int


WORKLOADS = (
    Workload(name="a light month", input_tokens=1_000_000, output_tokens=200_000),
    Workload(name="a heavy month", input_tokens=500_000_000, output_tokens=100_000_000),
)
"""One person who asks now and then, and a product with users."""


class Cost(Value):
    """What a workload costs with one model.

    Attributes:
        amount: In units of the currency; None when a price is not known.
        currency: ISO 4217 code.
        facts: The facts that carry the prices.
        disputed: Whether one of them is in open conflict.
    """

    amount: Decimal | None
    currency: str
    facts: tuple[FactId, ...]
    disputed: bool


Cheaper = Literal["A", "B", "equal", "unknown", "disputed", "currencies"]
"""Who costs less; `currencies` when the prices are in two, which nobody converts here."""


class Bill(Value):
    """A workload on both sides.

    Attributes:
        workload: The work.
        a: What it costs with A.
        b: What it costs with B.
        cheaper: Who costs less.
    """

    workload: Workload
    a: Cost
    b: Cost
    cheaper: Cheaper


def bills(a: PricingRead, b: PricingRead) -> tuple[Bill, ...]:
    """The workloads on both sides.

    Args:
        a: Prices of A.
        b: Prices of B.
    """
    return tuple(_bill(workload, cost(a, workload), cost(b, workload)) for workload in WORKLOADS)


def cost(pricing: PricingRead, workload: Workload) -> Cost:
    """What a workload costs; unknown unless both prices are known.

    Args:
        pricing: The prices.
        workload: The work.
    """
    amount = None
    if pricing.input_per_million is not None and pricing.output_per_million is not None:
        sent = pricing.input_per_million * workload.input_tokens
        amount = (sent + pricing.output_per_million * workload.output_tokens) / _MILLION
    return Cost(
        amount=amount,
        currency=pricing.currency,
        facts=pricing.facts,
        disputed=pricing.disputed,
    )


def _bill(workload: Workload, a: Cost, b: Cost) -> Bill:
    return Bill(workload=workload, a=a, b=b, cheaper=_cheaper(a, b))


def _cheaper(a: Cost, b: Cost) -> Cheaper:
    if a.amount is None or b.amount is None:
        return "unknown"
    if a.disputed or b.disputed:
        return "disputed"
    if a.currency != b.currency:
        return "currencies"
    if a.amount == b.amount:
        return "equal"
    return "A" if a.amount < b.amount else "B"
