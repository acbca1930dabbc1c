"""What a call costs, from the provider's usage and a public price list; unknown is never 0."""

from decimal import Decimal
from functools import lru_cache

from genai_prices import Usage as PricedUsage
from genai_prices import calc_price

from panel.domain.exchange import Tier
from panel.domain.llm import LlmSettings
from panel.domain.review import Usage

_MILLION = Decimal(1_000_000)
_BATCH = Decimal("0.5")

_PROVIDER_IDS = {
    "openai-chat": "openai",
    "openai-responses": "openai",
    "google-cloud": "google",
    "azure": "azure",
}
"""Kinds that the price list knows under another name."""


def cost_of(llm: LlmSettings, usage: Usage, tier: Tier | None = None) -> Decimal | None:
    """Cost of some tokens in USD, or None when the tokens or the price are unknown.

    The dossier's readers trust this figure, so an endpoint with an address of its own is priced
    only by the price given in the settings or by a list that knows that very address: an alias
    called `gpt-4o` on one's own machine costs nothing like the real one.

    The tier of the settings has the list's price for it, and the usual price where the list has
    none; an own price is taken to be that of the tier that is asked for. What a batch delivers has
    the list's batch price, else it counts half: OpenAI, Anthropic, Google and Mistral all announce
    50 % off for their batch APIs.

    Args:
        llm: The llm asked.
        usage: Tokens used.
        tier: How the answer was delivered, if not live.
    """
    if llm.is_rubric:
        return Decimal(0)
    if usage.input_tokens is None or usage.output_tokens is None:
        return None
    if llm.input_price is not None and llm.output_price is not None:
        sent = llm.input_price * usage.input_tokens
        cost = (sent + llm.output_price * usage.output_tokens) / _MILLION
        return cost * _BATCH if tier else cost
    counts = (usage.input_tokens, usage.output_tokens, usage.cached_tokens)
    asked = (("service_tier", llm.service_tier),) if llm.service_tier else ()
    usual = _listed(llm.kind, llm.name, llm.base_url, counts, asked)
    if tier is None or usual is None:
        return usual
    full = _listed(llm.kind, llm.name, llm.base_url, counts, ())
    batch = _listed(llm.kind, llm.name, llm.base_url, counts, (("processing", "batch"),))
    # The list answers with the full price where it has no batch price.
    return batch if batch is None or full is None or batch < full else full * _BATCH


@lru_cache(maxsize=512)
def _listed(
    kind: str,
    name: str,
    base_url: str | None,
    counts: tuple[int, int, int],
    context: tuple[tuple[str, str], ...],
) -> Decimal | None:
    """The list's price of one call; it is asked twice for each, and takes a while to tell."""
    sent, received, cached = counts
    tokens = PricedUsage(input_tokens=sent, output_tokens=received, cache_read_tokens=cached)
    asked = dict(context) or None
    provider = _PROVIDER_IDS.get(kind, kind.removeprefix("gateway/"))
    try:
        if base_url:
            found = calc_price(tokens, name, provider_api_url=base_url, price_context=asked)
        else:
            found = calc_price(tokens, name, provider_id=provider, price_context=asked)
    except LookupError:
        return None
    return found.total_price
