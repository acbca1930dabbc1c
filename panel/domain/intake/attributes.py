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
    "release-date": "release-day released launch-date launch-day date-of-release debut",
    "modalities": "modality input-modalities inputs",
    "input-price": "price-input api-input-price input-token-price prompt-price",
    "output-price": "price-output api-output-price output-token-price completion-price",
    "entry-price": "entry cheapest-price starting-price",
    "languages": "language-count supported-languages language-support number-of-languages",
    "training-tokens": "pretraining-tokens training-data-size pre-training-tokens",
    "knowledge-cutoff": "training-cutoff cutoff knowledge-cut-off data-cutoff",
    "design": "architecture architecture-type",
    "max-output": "output-limit max-output-tokens output-length output-context",
}
_CANONICAL = {alias: name for name, listed in _ALIASES.items() for alias in listed.split()}
_FILLERS = frozenset(
    {"score", "scores", "result", "results", "accuracy", "points", "percent", "percentage"}
    | {"benchmark", "rating", "pass", "at"}
)
_NAMED = frozenset({"aa-index", "hle", "lmarena", "bfcl", "tau-bench"})
"""Benchmarks with several names; the others are known by the letters and digits of one."""

_MOVING = re.compile(
    r"price|cost|fee|rank|users|downloads|stars|likes|availability|access|rate-limit|reach|share"
    r"|rollout|status|subscribers|latency|speed|throughput"
)
_FIXED = re.compile(
    r"release-date|parameters|knowledge-cutoff|training|design|lab$|layers|experts|disclosure"
    r"|languages|tokeni[sz]er|vocabulary"
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
        return re.sub(r"(?<=\w)-(?:scores?|results?|accuracy)$", "", attribute)
    found = named[0]
    kind = found.key if found.key in _NAMED else re.sub(r"\W", "", text[found.start : found.end])
    rest = f"{text[: found.start]} {text[found.end :]}".split()
    return "-".join([kind, *(word for word in rest if word not in _FILLERS)])


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
