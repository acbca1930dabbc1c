"""Pairs of facts with what a careful editor says of them, in our own words."""

import datetime as dt
from typing import Any, Literal, NamedTuple

from panel.domain.fact import Fact

Verdict = Literal["contradiction", "supersession", "none"]


def fact(number: int = 1, **changes: Any) -> Fact:
    """A fact with sensible blanks; `value` may be `value|unit`.

    Args:
        number: Its number, and that of its source.
        changes: Fields that differ.
    """
    value, _, unit = str(changes.pop("value", None) or "").partition("|")
    statement = changes.pop("statement", None) or f"It is told as {value or 'so'} by one source."
    content: dict[str, Any] = {
        "id": f"F{number}", "topic": "capability", "attribute": "thing", "statement": statement,
        "brief": statement[:70], "value": value or None, "unit": unit or None,
        "as_of": dt.date(2026, 4, 8), "standing": "reported", "leaning": "neutral",
        "witnesses": [{"source": f"S{number}", "quote": changes.pop("quote", statement[:60])}],
    }  # fmt: skip
    return Fact.model_validate({**content, **changes})


class Pair(NamedTuple):
    """Two facts on one attribute.

    Attributes:
        attribute: What both are about.
        first: Value, or statement behind `=`, of the one.
        second: Those of the other, of a day a month later.
        verdict: What an editor says.
        topic: Their topic.
    """

    attribute: str
    first: str
    second: str
    verdict: Verdict
    topic: str = "capability"

    def facts(self) -> tuple[Fact, Fact]:
        """Both as facts."""
        one, two = self.first.partition("="), self.second.partition("=")
        shared: dict[str, Any] = {"attribute": self.attribute, "topic": self.topic}
        return (
            fact(1, **shared, value=one[0], statement=one[2]),
            fact(2, **shared, value=two[0], statement=two[2], as_of=dt.date(2026, 5, 8)),
        )


NO, YES, OLD = "none", "contradiction", "supersession"

PAIRS: tuple[Pair, ...] = (
    # the same, in other words
    Pair("release-date", "8 April 2026", "2026-04-08", NO),
    Pair("release-date", "April 2026", "Apr 8th, 2026", NO),
    Pair("context-window", "128K|tokens", "131,072|tokens", NO),
    Pair("context-window", "262K", "262,144 tokens", NO),
    Pair("context-window", "up to 1M|tokens", "1,048,576|tokens", NO),
    Pair("total-parameters", "27 billion|parameters", "27B", NO),
    Pair("total-parameters", "27B", "27.3 billion|parameters", NO),
    Pair("total-parameters", "about 400B", "405B", NO),
    Pair("input-price", "0.60|USD per million input tokens", "$0.0006 per 1K input tokens", NO),
    Pair("input-price", "$3|per million tokens", "3.00|USD / 1M tokens", NO),
    Pair("licence", "Apache 2.0", "Apache License, Version 2.0", NO, "licence"),
    Pair("licence", "apache-2.0", "open source", NO, "licence"),
    Pair("licence", "proprietary", "closed source", NO, "licence"),
    Pair("licence", "MIT", "a permissive licence", NO, "licence"),
    Pair("weights", "none", "not released", NO, "access"),
    Pair("modalities", "text, images", "images and text", NO, "modality"),
    Pair("modalities", "text, images", "text, images, video", NO, "modality"),
    Pair("languages", "over 100|languages", "119|languages", NO, "language"),
    Pair("design", "mixture of experts", "sparse MoE", NO, "architecture"),
    Pair("healthbench-hard", "42.8|points", "42.8|%", NO, "benchmark"),
    Pair("lab-head", "former Scale AI CEO", "formerly Scale AI co-founder", NO, "vendor"),
    Pair("speed", "120|tokens per second", "120|tok/s", NO, "efficiency"),
    Pair("storage", "440|MB", "0.44|GB", NO, "hardware"),
    Pair("users", "3+ billion|users", "over three billion|users", NO, "adoption"),
    # both true: another condition, another thing
    Pair(
        "context-window",
        "262K|tokens=The window holds 262K tokens.",
        "1M|tokens=With YaRN the window is extended to 1M tokens.",
        NO,
    ),
    Pair(
        "price",
        "3|USD per million input tokens",
        "15|USD per million output tokens",
        NO,
        "price",
    ),
    Pair(
        "input-price",
        "3|USD per million input tokens=Input costs $3.",
        "1.5|USD per million input tokens=In batch mode input costs $1.50.",
        NO,
        "price",
    ),
    Pair(
        "swe-bench-verified",
        "72.1|%=It solves 72.1% of SWE-bench Verified.",
        "78.4|%=With thinking it solves 78.4%.",
        NO,
        "benchmark",
    ),
    Pair("gpu", "Nvidia A100", "Apple M2 Ultra", NO, "hardware"),
    Pair("tool-use", "=It calls tools on its own.", "=Tool calls can be run in parallel.", NO),
    Pair("benchmark-scores", "not disclosed", "52|points", NO, "benchmark"),
    Pair("release", "=It was released by Cohere.", "=Cohere released it as open source.", NO),
    Pair("subscription", "20|USD per month", "200|USD per year", NO, "price"),
    Pair("context-window", "200K|tokens", "1M|tokens=A window of 1M tokens is in beta.", NO),
    Pair("knowledge-cutoff", "June 2025", "2025-06", NO),
    Pair("sizes", "1.8B, 7B, 30B", "30B", NO, "architecture"),
    Pair("api", "OpenAI-compatible", "REST", NO, "tooling"),
    Pair("coding", "=It trails the leaders in code.", "=It writes whole websites.", NO),
    # one must be wrong
    Pair("release-date", "8 April 2026", "10 April 2026", YES),
    Pair("context-window", "128K|tokens", "256K|tokens", YES),
    Pair("total-parameters", "218 billion|parameters", "180B", YES),
    Pair("active-parameters", "3B", "25 billion|parameters", YES),
    Pair("licence", "Apache 2.0", "MIT", YES, "licence"),
    Pair("licence", "proprietary", "Apache 2.0", YES, "licence"),
    Pair("licence", "CC BY 4.0", "CC BY-NC 4.0", YES, "licence"),
    Pair("licence", "GPL 2.0", "GPL 3.0", YES, "licence"),
    Pair("weights", "none", "open", YES, "access"),
    Pair("weights", "withheld", "downloadable", YES, "access"),
    Pair("openness", "not open source", "fully open source", YES, "licence"),
    Pair("benchmark-disclosure", "none", "published", YES, "benchmark"),
    Pair("gpqa-diamond-score", "84.2|%", "81.0|percent", YES, "benchmark"),
    Pair("modalities", "text only", "text, images", YES, "modality"),
    Pair("knowledge-cutoff", "June 2025", "October 2025", YES),
    Pair("entry-price", "free", "20|USD per month", OLD, "price"),
    Pair("input-price", "3|USD per million tokens", "2.50|USD / 1M tokens=It is $2.50.", OLD),
    Pair("design", "dense", "mixture of experts", YES, "architecture"),
    Pair("languages", "33|languages", "38|languages", YES, "language"),
    Pair("training-tokens", "15T", "36 trillion|tokens", YES, "architecture"),
    Pair(
        "modes",
        "Instant, Thinking=There are exactly two modes.",
        "Instant, Thinking, Contemplating=It has several modes.",
        YES,
    ),
    Pair(
        "function-calling",
        "=The model supports function calling in its API.",
        "=The model does not support function calling in its API.",
        YES,
    ),
    Pair(
        "training-data",
        "=More than 1,000 physicians helped to choose data.",
        "=Some 40 physicians helped to choose data.",
        NO,  # no unit we know counts physicians; this one is for an llm
    ),
    # true then, something else now
    Pair("input-price", "3|USD per million input tokens", "2|USD per million input tokens", OLD),
    Pair("api-access", "private preview", "generally available", OLD, "access"),
    Pair("index-rank", "4|rank", "6|rank", OLD, "benchmark"),
    Pair(
        "licence",
        "proprietary=It is proprietary.",
        "Apache 2.0=It was relicensed and is now under Apache 2.0.",
        OLD,
        "licence",
    ),
    Pair(
        "context-window",
        "128K|tokens=The window holds 128K tokens.",
        "256K|tokens=The window was raised to 256K tokens.",
        OLD,
    ),
    # a second list, written before any rule was tried on it
    Pair(
        "licence",
        "Apache 2.0=Gull 5 ships under Apache 2.0.",
        "CC BY-NC 4.0=The weights carry a non-commercial licence, CC BY-NC 4.0.",
        YES,
        "licence",
    ),
    Pair(
        "licence",
        "Kestrel Community License=It uses the Kestrel Community License.",
        "MIT=It is MIT licensed.",
        YES,
        "licence",
    ),
    Pair(
        "commercial-use",
        "allowed=Commercial use is allowed.",
        "not allowed=Commercial use is not allowed.",
        YES,
        "licence",
    ),
    Pair(
        "context-window",
        "200,000|tokens=The context window is 200,000 tokens.",
        "128K|tokens=It accepts up to 128K tokens.",
        YES,
        "context",
    ),
    Pair("total-parameters", "70B|parameters", "72 billion|parameters", YES, "architecture"),
    Pair(
        "parameters",
        "8B=It is an 8B model.",
        "14B=The model has 14B parameters.",
        YES,
        "architecture",
    ),
    Pair("release-date", "March 3, 2026", "2026-03-05", YES, "vendor"),
    Pair(
        "input-price",
        "$1.25|per million input tokens",
        "$2.50|per million input tokens",
        OLD,
        "price",
    ),
    Pair("mmlu-pro", "78.2|%", "81.9|%", YES, "benchmark"),
    Pair("swe-bench-verified", "64.3", "69.1|%", YES, "benchmark"),
    Pair(
        "open-weights",
        "yes=The weights are on Hugging Face.",
        "no=Weights have not been published.",
        YES,
        "access",
    ),
    Pair("weights-availability", "available on Hugging Face", "not released", YES, "access"),
    Pair(
        "api-availability", "=The API is available today.", "=There is no API yet.", OLD, "access"
    ),
    Pair("architecture", "dense transformer", "mixture-of-experts", YES, "architecture"),
    Pair(
        "vision",
        "supported=It accepts images.",
        "not supported=It does not accept images.",
        YES,
        "modality",
    ),
    Pair("training-cutoff", "January 2026", "October 2025", YES, "capability"),
    Pair("languages", "29|languages", "over 100|languages", YES, "language"),
    Pair("modalities", "text only=It handles text only.", "text and images", YES, "modality"),
    Pair(
        "reasoning-mode",
        "=Reasoning can be switched off.",
        "=Reasoning cannot be switched off.",
        YES,
        "capability",
    ),
    Pair("lmarena-rank", "2|rank", "5|rank", OLD, "benchmark"),
    Pair(
        "fine-tuning",
        "=Fine-tuning is offered through the API.",
        "=Fine-tuning is not offered through the API.",
        YES,
        "tooling",
    ),
    Pair("vram", "24|GB", "16|GB", YES, "hardware"),
    Pair("training-data-size", "18 trillion|tokens", "15T|tokens", YES, "architecture"),
    Pair("active-experts", "8|experts", "4|experts", YES, "architecture"),
    Pair("licence", "Apache-2.0", "permissive open-source licence", NO, "licence"),
    Pair("licence", "MIT License", "MIT", NO, "licence"),
    Pair("context-window", "262,144|tokens", "256K|tokens", NO, "context"),
    Pair(
        "context-window",
        "128K|tokens=The native context is 128K.",
        "1M|tokens=It can be extrapolated to 1M tokens.",
        NO,
        "context",
    ),
    Pair(
        "input-price",
        "$0.30|per million tokens",
        "$0.15|per million tokens=Cached input costs $0.15.",
        NO,
        "price",
    ),
    Pair(
        "price",
        "free=The chat app is free.",
        "$20|per month=The Plus plan costs $20 per month.",
        NO,
        "price",
    ),
    Pair(
        "vram",
        "24|GB=In FP8 it needs 24 GB.",
        "16|GB=Quantised to 4 bits it needs 16 GB.",
        NO,
        "hardware",
    ),
    Pair(
        "aime-2025",
        "88.0|%=It scores 88.0 with tools.",
        "79.5|%=Without tools it scores 79.5.",
        NO,
        "benchmark",
    ),
    Pair("release-date", "spring 2026", "April 8, 2026", NO, "vendor"),
    Pair("vendor", "Alibaba", "Alibaba Cloud", NO, "vendor"),
    Pair("developer", "Islet Labs alone", "Islet Labs with Skerry University", YES, "vendor"),
    Pair("memory", "48 GB", "two cards with 80 GB", YES, "hardware"),
    Pair("knowledge-cutoff", "August 2025", "close of 2024", YES, "architecture"),
    Pair("retention", "30|days", "two|years", YES, "privacy"),
    Pair("input-modalities", "images as well as text", "text alone", YES, "modality"),
    Pair("training-end", "early 2026", "late 2026", NO, "architecture"),
    Pair("power-draw", "1.4|watts", "1400|milliwatts", NO, "efficiency"),
    Pair("developer", "Qwen team", "Alibaba", NO, "vendor"),
    Pair("total-parameters", "35B", "35.2 billion|parameters", NO, "architecture"),
    Pair("speed", "=It is faster than its predecessor.", "=It answers quickly.", NO, "efficiency"),
    Pair("languages", "100+|languages", "119|languages", NO, "language"),
    Pair("modalities", "text, images and video", "text, images", NO, "modality"),
    Pair(
        "access",
        "API=It is available through an API.",
        "Hugging Face=The weights are on Hugging Face.",
        NO,
        "access",
    ),
    Pair(
        "availability",
        "=It is available in the app.",
        "=It will come to glasses later.",
        NO,
        "access",
    ),
    Pair(
        "hallucination-rate",
        "=It hallucinates less.",
        "=Hallucinations remain a problem.",
        NO,
        "safety",
    ),
    Pair("gpu", "single H100", "one Nvidia H100", NO, "hardware"),
    Pair(
        "ceo",
        "Ada Wong, former Acme chief executive",
        "Ada Wong, who co-founded Acme",
        NO,
        "vendor",
    ),
    Pair(
        "benchmarks",
        "not disclosed=Kestrel disclosed no scores at launch.",
        "78.2|%=A third party measured 78.2%.",
        NO,
        "benchmark",
    ),
    Pair("coding", "strong=It is strong at code.", "=Reviewers praise its code.", NO, "capability"),
    Pair("users", "1 billion|users", "1.0B|users", NO, "adoption"),
    Pair("output-speed", "about 100|tokens per second", "104|tokens/s", NO, "efficiency"),
    Pair("quantisation", "4-bit", "8-bit", NO, "efficiency"),
    Pair("training-cost", "$5.6 million", "5.6M|USD", NO, "efficiency"),
    Pair("input-price", "2 dollars|per million input tokens", "$2/M input", NO, "price"),
    Pair("safety-card", "published", "=A system card was published.", NO, "safety"),
    Pair("use-cases", "coding, agents", "writing, research", NO, "capability"),
    Pair("max-output", "64K|tokens", "65,536|tokens", NO, "context"),
    # a third one, likewise
    Pair(
        "licence",
        "proprietary=Its licence is proprietary.",
        "open weights under a custom licence=Weights are open under a custom licence.",
        YES,
        "licence",
    ),
    Pair("context-length", "32K tokens", "32,768", NO, "context"),
    Pair("context-length", "1 million tokens", "200 thousand tokens", YES, "context"),
    Pair("total-parameters", "1 trillion|parameters", "1T", NO, "architecture"),
    Pair("total-parameters", "1 trillion|parameters", "671B", YES, "architecture"),
    Pair(
        "output-price",
        "12|USD per million output tokens",
        "$0.012 per 1K output tokens",
        NO,
        "price",
    ),
    Pair(
        "output-price",
        "12|USD per million output tokens=Output costs $12.",
        "10|USD per million output tokens=Output costs $10 with the batch discount.",
        NO,
        "price",
    ),
    Pair("release-date", "8 April", "8 April 2026", NO, "vendor"),
    Pair("release-date", "Q2 2026", "May 2026", NO, "vendor"),
    Pair("release-date", "Q1 2026", "May 2026", YES, "vendor"),
    Pair("humaneval", "92.1", "92.1|%", NO, "benchmark"),
    Pair(
        "humaneval",
        "92.1|%=HumanEval stands at 92.1 (pass@1).",
        "97|%=HumanEval stands at 97 (pass@10).",
        NO,
        "benchmark",
    ),
    Pair("aa-index", "57|points", "52|points", YES, "benchmark"),
    Pair("web-search", "yes", "no", YES, "tooling"),
    Pair("web-search", "built in", "=It can search the web.", NO, "tooling"),
    Pair("free-tier", "available", "none", YES, "price"),
    Pair("free-tier", "100 requests a day", "50 requests a day", YES, "price"),
    Pair("regions", "US only", "US and EU", YES, "access"),
    Pair("regions", "US, EU", "EU", NO, "access"),
    Pair("data-retention", "30|days", "90|days", YES, "privacy"),
    Pair(
        "trains-on-user-data",
        "=User data is not used for training.",
        "=User data is used for training.",
        YES,
        "privacy",
    ),
    Pair("speed", "twice as fast as before", "2x faster than before", NO, "efficiency"),
    Pair("hardware", "runs on a laptop", "needs a single H100", NO, "hardware"),
    Pair("memory", "80 GB", "under 80 GB", NO, "hardware"),
    Pair("memory", "less than 16 GB", "24 GB", YES, "hardware"),
    Pair("audio-input", "supported", "unsupported", YES, "modality"),
    Pair("video-input", "no", "not supported", NO, "modality"),
    Pair("successor", "=A successor is planned.", "=No successor is planned.", YES, "roadmap"),
    Pair(
        "reception",
        "=Developers welcomed it.",
        "=Some developers were disappointed.",
        NO,
        "adoption",
    ),
    # rules that the labelled corpus asked for
    Pair("team-size", "eleven|people", "forty|people", YES, "vendor"),
    Pair("retention", "24 hours", "30 days", YES, "privacy"),
    Pair("retention", "24 hours", "1 day", NO, "privacy"),
    Pair("languages", "119|languages", "more than a hundred|languages", NO, "language"),
    Pair("naming", "not announced", "announced by name", YES, "vendor"),
    Pair("sizes", "1.2B, 4B and 12B", "12B only", YES, "architecture"),
    Pair("sizes", "1.2B, 4B and 12B", "12B", NO, "architecture"),
    Pair("telemetry", "off", "on", YES, "privacy"),
    Pair("telemetry", "not disclosed", "on", NO, "privacy"),
    Pair(
        "fine-tuning",
        "=It can be tuned on texts of one's own.",
        "=Fine-tuning is not offered for it.",
        YES,
        "tooling",
    ),
    Pair(
        "safety-report",
        "=The safety report can be read by anybody.",
        "=There is no safety report on it.",
        YES,
        "safety",
    ),
    Pair(
        "safety-report",
        "=The safety report can be read by anybody.",
        "=There is no safety team behind it.",
        NO,
        "safety",
    ),
    Pair(
        "subscription",
        "8|USD per month=The student plan costs $8.",
        "45|USD per month=The Team plan costs $45.",
        NO,
        "price",
    ),
    Pair(
        "humaneval",
        "79.3=With one try it scores 79.3.",
        "93.0=With ten tries it scores 93.0.",
        NO,
        "benchmark",
    ),
    Pair("commercial-use", "=It is under the MIT licence.", "forbidden", NO, "licence"),
    Pair(
        "languages",
        "English only=It supports English only.",
        "English, French=The update adds French.",
        OLD,
        "language",
    ),
)
