"""The property a fact states, under one name: aliases, benchmarks, and what time does to it."""

import re
from functools import lru_cache
from typing import Literal

from panel.domain.checks.naming import names

_ALIASES = {
    "licence": "license licensing licence-terms license-terms licence-type license-type",
    "weights": "open-weights weights-availability weight-availability model-weights",
    "context-window": (
        "context context-length context-size max-context context-limit input-context window"
        " context-window-size maximum-context input-context-length"
    ),
    "total-parameters": (
        "parameters params parameter-count model-size size total-params number-of-parameters"
        " total-parameter-count"
    ),
    "active-parameters": "activated-parameters active-params active-parameter-count",
    "release-date": (
        "release-day released launch-date launch-day date-of-release debut availability-date"
        " sale-date launched announcement-date"
    ),
    "modalities": "modality input-modalities inputs",
    "input-price": "price-input api-input-price input-token-price prompt-price",
    "output-price": "price-output api-output-price output-token-price completion-price",
    "entry-price": "entry cheapest-price starting-price",
    "languages": "language-count supported-languages language-support number-of-languages",
    "training-tokens": (
        "pretraining-tokens training-data-size pre-training-tokens training-set-size"
        " training-corpus-size training-corpus"
    ),
    "knowledge-cutoff": (
        "training-cutoff cutoff cut-off knowledge-cut-off data-cutoff training-data-cutoff"
        " training-cut-off training-data-cut-off data-cut-off knowledge-date cutoff-date"
    ),
    "design": "architecture architecture-type",
    "max-output": (
        "output-limit max-output-tokens output-length output-context max-answer answer-length"
        " max-answer-length maximum-output"
    ),
    "throughput": (
        "output-speed speed generation-speed inference-speed tokens-per-second decoding-speed"
        " output-throughput writing-speed"
    ),
    "latency": "response-time answer-time reply-time delay response-latency",
    "retention": (
        "data-retention prompt-retention log-retention retention-period retention-policy"
        " retention-time storage-period data-retention-period"
    ),
    "support-end": (
        "end-of-life end-of-support sunset sunset-date shutdown-date shutdown retirement"
        " retirement-date deprecation-date deprecation supported-until switch-off eol support-until"
    ),
    "owner": "ownership owned-by parent parent-company owning-company",
    "tool-calling": "tool-use tools function-calling function-calls tool-calls tool-support",
    "web-browsing": "web-access browsing internet-access internet web web-use online-access",
    "memory": (
        "vram gpu-memory memory-needed memory-requirement memory-requirements vram-needed"
        " memory-required required-memory min-memory minimum-memory memory-use vram-requirement"
    ),
    "fine-tuning": "finetuning fine-tune tuning customisation customization",
    "offline-use": "offline works-offline offline-mode offline-operation",
    "regions": "region regional-availability region-availability countries country-availability",
    "training-cost": "cost-of-training training-price training-budget",
    "waiting-list": "waitlist wait-list queue",
    "training-hardware": "training-gpus training-chips training-cluster training-accelerators",
    "uptime": "availability-rate reliability reachability sla",
    "image-generation": "image-output picture-generation image-creation draws-images",
    "rate-limit": "request-limit requests-per-minute rate-limits",
    "message-limit": "daily-message-limit messages-per-day daily-limit",
    "headquarters": "hq head-office seat",
    "availability": "general-availability",
    "training-data": "training-set training-corpora dataset data-sources",
    "thinking-budget": "thinking-tokens thinking-length reasoning-budget reasoning-tokens",
}
_CANONICAL = {alias: name for name, listed in _ALIASES.items() for alias in (name, *listed.split())}
_FILLERS = frozenset(
    {"score", "scores", "result", "results", "accuracy", "points", "percent", "percentage"}
    | {"benchmark", "rating", "pass", "at"}
)
_LOOSE = frozenset(
    {"availability", "available", "support", "supported", "in", "of", "the", "official", "policy"}
    | {"understanding", "capability", "ability", "level", "amount", "value", "overall"}
    | {"number", "count", "coverage", "total", "figure"}
)
"""Words of a name without which it means the same, as long as others are left."""
_SENSE = re.compile(r"(text|image|audio|video|vision|speech|pdf|document)s?-inputs?$")
_NAMED = frozenset({"aa-index", "hle", "lmarena", "bfcl", "tau-bench"})
"""Benchmarks with several names; the others are known by the letters and digits of one."""

_MOVING = re.compile(
    r"price|cost|fee|rank|users|downloads|stars|likes|availability|access|rate-limit|reach|share"
    r"|rollout|status|subscribers|latency|speed|throughput|^api$"
)
_DRIFTING = re.compile(r"rank|users|downloads|stars|likes|reach|share|subscribers")
_FIXED = re.compile(
    r"release-date|parameters|knowledge-cutoff|training|design|lab$|layers|experts|disclosure"
    r"|tokeni[sz]er|vocabulary"
)

_MANY = re.compile(r"quanti[sz]ation|precision|(?:variants|sizes|formats|plans|tiers)$")

Nature = Literal["moving", "fixed", "either"]
"""What time does to a property: it moves by itself, never, or only by a decision that is told."""


@lru_cache(maxsize=4096)
def canonical(attribute: str) -> str:
    """The one name of a property, by which facts are compared.

    Args:
        attribute: As a fact or candidate has it, e.g. `swe-bench-verified-score`.
    """
    known = _CANONICAL.get(attribute)
    if known:
        return known
    text = attribute.replace("-", " ")
    named = [name for name in names(text) if name.sort == "benchmark"]
    if len(named) != 1:
        return _bare(re.sub(r"(?<=\w)-(?:scores?|results?|accuracy)$", "", attribute))
    found = named[0]
    kind = found.key if found.key in _NAMED else re.sub(r"\W", "", text[found.start : found.end])
    rest = f"{text[: found.start]} {text[found.end :]}".split()
    return "-".join([kind, *(word for word in rest if word not in _FILLERS)])


def _bare(attribute: str) -> str:
    """A name without the words that add nothing, as in `availability-in-china`."""
    sense = _SENSE.fullmatch(attribute)
    of, _, whole = attribute.partition("-of-")  # `end-of-training` is `training-end`
    parts = (f"{whole}-{of}" if whole else attribute).split("-")
    parts = [word for word in parts if word not in {"max", "maximum"} or "price" in parts]
    kept = [sense[1]] if sense else [word for word in parts if word not in _LOOSE]
    name = "-".join(kept or parts)
    return _CANONICAL.get(name, name)


def is_many(attribute: str) -> bool:
    """Whether a property has several values side by side, as quantised forms do.

    Args:
        attribute: Any name of it.
    """
    return _MANY.search(canonical(attribute)) is not None


def nature(attribute: str) -> Nature:
    """What time does to a property.

    Args:
        attribute: Any name of it.
    """
    name = canonical(attribute)
    if _FIXED.search(name):
        return "fixed"
    return "moving" if _MOVING.search(name) else "either"


def drifts(attribute: str) -> bool:
    """Whether a property moves without anybody's decision, as a count of downloads does.

    Args:
        attribute: Any name of it.
    """
    return _DRIFTING.search(canonical(attribute)) is not None
