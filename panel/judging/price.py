"""What a call costs, from the provider's usage and a public price list; unknown is never 0."""

from decimal import Decimal

from genai_prices import Usage as PricedUsage
from genai_prices import calc_price

from panel.domain.llm import LlmSettings
from panel.domain.review import Usage

_MILLION = Decimal(1_000_000)

_PROVIDER_IDS = {
    "openai-chat": "openai",
    "openai-responses": "openai",
    "google-cloud": "google",
    "azure": "azure",
}
"""Kinds that the price list knows under another name."""


def cost_of(llm: LlmSettings, usage: Usage) -> Decimal | None:
    """Cost of some tokens in USD, or None when the tokens or the price are unknown.

    The dossier's readers trust this figure, so an endpoint with an address of its own is priced
    only by the price given in the settings or by a list that knows that very address: an alias
    called `gpt-4o` on one's own machine costs nothing like the real one.

    Args:
        llm: The llm asked.
        usage: Tokens used.
    """
    if llm.is_rubric:
        return Decimal(0)
    if usage.input_tokens is None or usage.output_tokens is None:
        return None
    if llm.input_price is not None and llm.output_price is not None:
        return (
            llm.input_price * usage.input_tokens + llm.output_price * usage.output_tokens
        ) / _MILLION
    tokens = PricedUsage(
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cache_read_tokens=usage.cached_tokens,
    )
    provider = _PROVIDER_IDS.get(llm.kind, llm.kind.removeprefix("gateway/"))
    try:
        if llm.base_url:
            return calc_price(tokens, llm.name, provider_api_url=llm.base_url).total_price
        return calc_price(tokens, llm.name, provider_id=provider).total_price
    except LookupError:
        return None
