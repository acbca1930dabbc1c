"""How OpenTelemetry's GenAI conventions name an llm; light, and shared by spans and metrics."""

from urllib.parse import urlsplit

from panel.domain.llm import LlmSettings

_PROVIDERS = {
    "openai-chat": "openai",
    "azure": "azure.ai.openai",
    "bedrock": "aws.bedrock",
    "google": "gcp.gemini",
    "mistral": "mistral_ai",
    "xai": "x_ai",
}
"""Kinds that the conventions call otherwise; the rest keeps its name."""

Attributes = dict[str, str | int | float]


def named(llm: LlmSettings) -> Attributes:
    """Attributes that tell llms apart; few values, so that metrics may carry them.

    Args:
        llm: Who is asked.
    """
    host = urlsplit(llm.base_url).hostname if llm.base_url else None
    return {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": _PROVIDERS.get(llm.kind, llm.kind),
        "gen_ai.request.model": llm.name,
        **({"server.address": host} if host else {}),
    }


def asked_of(llm: LlmSettings) -> Attributes:
    """Attributes of a request.

    Args:
        llm: Who is asked.
    """
    heat = {} if llm.temperature is None else {"gen_ai.request.temperature": llm.temperature}
    return {**named(llm), "gen_ai.request.max_tokens": llm.max_tokens, **heat}
