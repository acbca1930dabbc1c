"""What an order will take before anything is spent: calls, tokens and cost, low and high."""

import math
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from panel.domain.exchange import Tier
from panel.domain.llm import LlmSettings
from panel.domain.prompt import Prompt
from panel.domain.review import Usage
from panel.domain.value import Value, canonical_json
from panel.domain.verdict import verdict_schema
from panel.judging.price import cost_of
from panel.judging.question import MENDS

_CHARS_PER_TOKEN = (4.5, 2.5)
"""English prose lies between these with the tokenizers in use; the second is the careful end."""

_USUAL_ANSWER = 500
"""Tokens of an ordinary verdict: 160 words of quote, eight reasons and citations, as JSON."""


class Estimate(Value):
    """Bounds for one order.

    Attributes:
        calls: Least and most calls; the most counts every mend.
        input_tokens: Least and most tokens sent.
        output_tokens: Least and most tokens received.
        cost: Least and most cost in USD; None when a price is unknown.
    """

    calls: tuple[int, int] = (0, 0)
    input_tokens: tuple[int, int] = (0, 0)
    output_tokens: tuple[int, int] = (0, 0)
    cost: tuple[Decimal, Decimal] | None = (Decimal(0), Decimal(0))

    def plus(self, other: "Estimate") -> "Estimate":
        """Sum of two estimates; an unknown cost stays unknown."""
        cost = None
        if self.cost is not None and other.cost is not None:
            cost = (self.cost[0] + other.cost[0], self.cost[1] + other.cost[1])
        return Estimate(
            calls=_sum(self.calls, other.calls),
            input_tokens=_sum(self.input_tokens, other.input_tokens),
            output_tokens=_sum(self.output_tokens, other.output_tokens),
            cost=cost,
        )


def _sum(one: tuple[int, int], two: tuple[int, int]) -> tuple[int, int]:
    return one[0] + two[0], one[1] + two[1]


def estimate(prompt: Prompt, llm: LlmSettings, tier: Tier | None = None) -> Estimate:
    """Bounds for one review.

    The low end is one call with an ordinary answer; the high end counts all mends, each resending
    the conversation, and answers that use every token they may. Retries are left out, since a
    refused call is not billed.

    Args:
        prompt: What the seat is told.
        llm: Who is asked.
        tier: How the answers will be delivered, if not live.
    """
    if llm.is_rubric:
        return Estimate()
    chars = sum(map(len, (prompt.rules, prompt.dossier, prompt.persona)))
    chars += _schema_length(prompt.fact_ids)
    low_in, once = _tokens(chars)
    rounds = MENDS + 1
    high_in = rounds * once + sum(range(rounds)) * (llm.max_tokens + 500)
    high_out = rounds * llm.max_tokens
    low = cost_of(llm, Usage(input_tokens=low_in, output_tokens=_USUAL_ANSWER), tier)
    high = cost_of(llm, Usage(input_tokens=high_in, output_tokens=high_out), tier)
    return Estimate(
        calls=(1, rounds),
        input_tokens=(low_in, high_in),
        output_tokens=(_USUAL_ANSWER, high_out),
        cost=None if low is None or high is None else (low, high),
    )


@lru_cache(maxsize=64)
def _schema_length(fact_ids: tuple[str, ...]) -> int:
    """Characters of the answer's schema, which is the same for all seats of a dossier."""
    return len(canonical_json(verdict_schema(fact_ids)))


def _tokens(chars: int) -> tuple[int, int]:
    """Least and most tokens of so many characters."""
    low, high = (math.ceil(chars / per_token) for per_token in _CHARS_PER_TOKEN)
    return low, high


def estimate_all(
    questions: Iterable[tuple[Prompt, LlmSettings]], tier: Tier | None = None
) -> Estimate:
    """Bounds for many reviews together.

    Args:
        questions: What each seat is told, and who is asked.
        tier: How the answers will be delivered, if not live.
    """
    total = Estimate()
    for prompt, llm in questions:
        total = total.plus(estimate(prompt, llm, tier))
    return total


def most_cost(llm: LlmSettings, request: str, tier: Tier | None = None) -> Decimal | None:
    """The most one call can cost in USD, or None when nobody knows the price.

    Bytes are counted rather than characters: outside the Latin alphabet a character is often a
    token of its own, and takes three bytes.

    Args:
        llm: Who is asked.
        request: Body of the request.
        tier: How the answer will be delivered, if not live.
    """
    sent = _tokens(len(request.encode("utf-8", "surrogatepass")))[1]
    return cost_of(llm, Usage(input_tokens=sent, output_tokens=llm.max_tokens), tier)


def usual_tokens(request: str) -> int:
    """Tokens that one call takes, sent and received, as far as one can tell before it is made.

    Args:
        request: Body of the request.
    """
    return _tokens(len(request))[0] + _USUAL_ANSWER
