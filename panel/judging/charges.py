"""What one try is billed, read from its answer before anyone else parses it.

Only the part of an answer that counts tokens is parsed; where that is missing or strange the cost
is unknown, never 0.
"""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from panel.domain.exchange import Charge, Exchange
from panel.domain.llm import LlmSettings
from panel.domain.review import Usage
from panel.judging.price import cost_of

_COUNT = re.compile(r'"usage(?:Metadata)?"\s*:\s*(?=\{)')
"""A key of JSON; inside a text its quotes would be escaped."""

_FREE = Charge(cost=Decimal(0))
_UNKNOWN = Charge()
_NEVER_SENT = "connect"


def charge_of(llm: LlmSettings, exchange: Exchange) -> Charge:
    """What a try was billed.

    A refusal and a connection that never came about cost nothing; a try that was cut off or timed
    out may be billed unseen.

    Args:
        llm: Who was asked.
        exchange: How the try ended.
    """
    if llm.is_rubric or exchange.fault == _NEVER_SENT:
        return _FREE
    if exchange.status is None:
        return _UNKNOWN
    if not exchange.succeeded:
        return _FREE
    usage = usage_in(exchange.response)
    if usage is None:
        return _UNKNOWN
    return Charge(
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cached_tokens=usage.cached_tokens,
        cost=cost_of(llm, usage, exchange.tier),
    )


def usage_in(response: str) -> Usage | None:
    """The tokens an answer counts; None when it does not say.

    Args:
        response: Body of the answer: a chat completion or a response of OpenAI's, a message of
            Anthropic's, or content of Google's.
    """
    decoder = json.JSONDecoder()
    for found in reversed(list(_COUNT.finditer(response))):
        try:
            counts = decoder.raw_decode(response, found.end())[0]
        except (ValueError, RecursionError):
            continue
        if usage := _usage(cast("Mapping[str, Any]", counts)):
            return usage
    return None


def _usage(counts: Mapping[str, Any]) -> Usage | None:
    """The three protocols, told apart by their names (source: their API references)."""
    if "prompt_tokens" in counts:
        details = counts.get("prompt_tokens_details")
        return _made(counts, ("prompt_tokens",), ("completion_tokens",), details)
    if "promptTokenCount" in counts:
        received = ("candidatesTokenCount", "thoughtsTokenCount")
        return _made(counts, ("promptTokenCount",), received, counts)
    sent = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")
    if sent[1] in counts or sent[2] in counts:
        return _made(counts, sent, ("output_tokens",), counts)
    return _made(counts, sent[:1], ("output_tokens",), counts.get("input_tokens_details"))


def _made(
    counts: Mapping[str, Any], sent: tuple[str, ...], received: tuple[str, ...], cached: object
) -> Usage | None:
    inputs, outputs = _sum(counts, sent), _sum(counts, received)
    # pydantic-ai takes two zeros for a provider that does not count; both must say the same.
    if inputs is None or outputs is None or not inputs + outputs:
        return None
    return Usage(calls=1, input_tokens=inputs, output_tokens=outputs, cached_tokens=_cached(cached))


def _sum(counts: Mapping[str, Any], names: tuple[str, ...]) -> int | None:
    """The sum over some names, of which the first must be there."""
    found = [counts[name] for name in names if counts.get(name) is not None]
    whole = [value for value in found if type(value) is int and value >= 0]
    return sum(whole) if counts.get(names[0]) is not None and len(whole) == len(found) else None


def _cached(details: object) -> int:
    if not isinstance(details, dict):
        return 0
    names = ("cached_tokens", "cache_read_input_tokens", "cachedContentTokenCount")
    for name in names:
        value = cast("dict[str, object]", details).get(name)
        if type(value) is int and value >= 0:
            return value
    return 0
