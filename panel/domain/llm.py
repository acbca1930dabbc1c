"""What pins the llm behind a seat: everything that can change an answer, and no secret."""

import re
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from panel.domain.value import Value, digest_of

OutputMode = Literal["native", "tool", "prompted"]
"""How an endpoint is asked for structured output; `native` is a JSON schema response format."""

ServiceTier = Literal["auto", "default", "flex", "priority"]
"""The tiers of OpenAI's API; `flex` is slower and costs half."""

_CACHING = frozenset(
    {"openai-chat", "azure", "anthropic", "google", "deepseek", "groq", "xai", "bedrock"}
)
"""Kinds whose own documentation promises a cache for prompts with a common beginning."""

RUBRIC = "rubric"
"""Kind of the offline judge, which is no llm."""


class LlmSettings(Value):
    """One llm at one endpoint, as it is asked.

    Attributes:
        kind: Provider kind of pydantic-ai (`openai-chat`, `anthropic`, ...), or `rubric`.
        name: Name of the llm there.
        base_url: Address of an OpenAI-compatible server; None for the provider's own.
        output_mode: How structured output is asked for.
        temperature: Sampling temperature; None leaves it to the provider.
        max_tokens: Most tokens one answer may have.
        seed: Seed of sample 1; sample k uses seed + k - 1.
        input_price: Own price in USD per million input tokens, for endpoints no list knows.
        output_price: Own price in USD per million output tokens.
        service_tier: The provider's tier to ask for, e.g. `flex` at half the price; None for its
            usual one.
    """

    kind: str
    name: str
    base_url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s@?#]+$")] | None = None
    output_mode: OutputMode = "native"
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    max_tokens: Annotated[int, Field(ge=200, le=64_000)] = 4000
    seed: Annotated[int, Field(ge=0, le=2**31)] = 7
    input_price: Annotated[Decimal, Field(ge=0)] | None = None
    output_price: Annotated[Decimal, Field(ge=0)] | None = None
    service_tier: ServiceTier | None = Field(default=None, exclude_if=lambda tier: tier is None)

    @property
    def label(self) -> str:
        """`KIND:NAME`, as on the command line; the offline judge says that it is none."""
        return "rubric draft, no llm" if self.is_rubric else f"{self.kind}:{self.name}"

    @property
    def is_rubric(self) -> bool:
        """Whether this is the offline judge."""
        return self.kind == RUBRIC

    @property
    def provider(self) -> str:
        """Who is asked, as limits of rate are counted: one address, or one provider's own."""
        return self.base_url or self.kind

    @property
    def caches_prompts(self) -> bool:
        """Whether the provider is known to remember the beginning of a prompt for a while."""
        return self.base_url is None and self.kind in _CACHING

    @cached_property
    def digest(self) -> str:
        """Name of these settings."""
        return digest_of("llm", self)

    def seed_of(self, sample: int) -> int:
        """Seed of one sample, counted from 1."""
        return self.seed + sample - 1


OFFLINE = LlmSettings(kind=RUBRIC, name="rubric-1")
"""The offline judge; its name carries the version of its rules."""

_MAKERS = {
    "openai": r"(?:chat)?gpt|o[134](?!\d)|openai|codex",
    "anthropic": r"claude|anthropic",
    "google": r"gemini|gemma|google|palm-?2",
    "meta": r"(?:code)?llama|muse|meta",
    "alibaba": r"qwen|qwq|alibaba(?:cloud)?|tongyi",
    "mistral": r"mistral(?:ai)?|mixtral|magistral|devstral|codestral|ministral",
    "cohere": r"command[- ](?:a|r|r7b|light|nightly)|cohere(?:labs|forai)?|aya",
    "xai": r"grok|x\.?ai",
    "deepseek": r"deepseek",
    "tencent": r"hunyuan|hy(?=-)|tencent",
    "microsoft": r"phi(?=-?\d)|microsoft",
    "amazon": r"nova-(?:micro|lite|pro|premier|\d)|titan-(?:text|embed)|amazon",
    "moonshot": r"kimi|moonshot(?:ai)?",
    "zhipu": r"(?:chat)?glm|zhipu(?:ai)?|z\.?ai",
    "ibm": r"granite|ibm",
    "nvidia": r"nemotron|nvidia",
}
_FAMILIES = {
    maker: re.compile(rf"(?<![a-z0-9])(?:{names})(?![a-z])", re.IGNORECASE)
    for maker, names in _MAKERS.items()
}
"""Whole words only: digits may follow (`qwen3`), letters may not (`Metaphor`)."""


def family(name: str) -> str | None:
    """The maker a name of an llm or a vendor points to, or None when it tells nothing.

    Where a name points to several, the first named counts: it made this llm from the other's.

    Args:
        name: e.g. `gpt-5.5`, `qwen/qwen3-8b`, `Meta Superintelligence Labs`.
    """
    found = {
        maker: match.start()
        for maker, pattern in _FAMILIES.items()
        if (match := pattern.search(name))
    }
    return min(found, key=lambda maker: found[maker], default=None)


def same_family(llm: LlmSettings, vendor: str) -> bool:
    """Whether the llm comes from the vendor of the model under review.

    Args:
        llm: The llm of a seat.
        vendor: Vendor named in the dossier.
    """
    if llm.is_rubric:
        return False
    maker = family(llm.name) or family(llm.kind)
    return maker is not None and maker == family(vendor)
