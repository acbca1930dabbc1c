"""The raw content behind the made dossier and persona: an invented model of an invented vendor."""

from typing import Any

_PAPER = "Harbour Labs model card"
_REVIEW = "Tideline Weekly, issue of May"


def _fact(
    number: int, topic: str, attribute: str, statement: str, brief: str, **more: Any
) -> dict[str, Any]:
    quote: str = more.pop("quote")
    source: str = more.pop("source", "S1")
    return {
        "id": f"F{number}",
        "topic": topic,
        "attribute": attribute,
        "statement": statement,
        "brief": brief,
        "as_of": "2026-05-04",
        "standing": "official" if source == "S1" else "reported",
        "leaning": "neutral",
        "witnesses": [{"source": source, "quote": quote}],
        **more,
    }


_FACTS: list[dict[str, Any]] = [
    _fact(
        1, "vendor", "release", "Harbour Labs released Tern 2 on 4 May 2026.",
        "a release on 4 May 2026", quote="available from today, 4 May 2026",
    ),
    _fact(
        2, "licence", "licence", "The weights of Tern 2 are under the Apache 2.0 licence.",
        "weights under Apache 2.0", value="Apache 2.0", leaning="for",
        quote="weights are released under Apache 2.0",
    ),
    _fact(
        3, "architecture", "parameters", "Tern 2 has 14 billion parameters, all of them active.",
        "14 billion parameters", value="14 billion", unit="parameters",
        quote="a dense model of 14 billion parameters",
    ),
    _fact(
        4, "context", "context-window", "Its context window holds 128,000 tokens.",
        "a context window of 128,000 tokens", value="128000", unit="tokens", leaning="for",
        quote="a context window of 128,000 tokens",
    ),
    _fact(
        5, "benchmark", "harbour-bench", "It scores 61.5 points on HarbourBench.",
        "61.5 points on HarbourBench", value="61.5", unit="points", leaning="for",
        quote="61.5 points on HarbourBench",
    ),
    _fact(
        6, "benchmark", "coding", "It trails Gannet 5 by 9 points on CodeShore.",
        "9 points behind Gannet 5 on CodeShore", value="9", unit="points", leaning="against",
        standing="measured", source="S2", quote="nine points behind Gannet 5 on CodeShore",
    ),
    _fact(
        7, "price", "price", "The vendor charges $0.40 per million input tokens and $1.60 per"
        " million output tokens.", "$0.40 in and $1.60 out per million tokens", value="0.40",
        unit="USD per million tokens", leaning="for", quote="$0.40 in, $1.60 out per million",
    ),
    _fact(
        8, "hardware", "memory", "At 8 bits it needs a card with 24 GB of memory.",
        "a 24 GB card at 8 bits", value="24", unit="GB", leaning="for",
        quote="fits a 24 GB card at 8 bits",
    ),
    _fact(
        9, "safety", "safety-report", "No safety report had been published by 10 May 2026.",
        "no safety report by 10 May 2026", leaning="against", as_of="2026-05-10", source="S2",
        quote="no safety report has been published",
    ),
]  # fmt: skip

DOSSIER: dict[str, Any] = {
    "slug": "tern-2",
    "name": "Tern 2",
    "vendor": "Harbour Labs",
    "category": "Open-weight language model",
    "tagline": "A mid-sized text model that runs on a workstation card",
    "released": "2026-05-04",
    "licence": "Apache 2.0",
    "access": "Weights to download, and the vendor's own endpoint",
    "as_of": "2026-05-11",
    "price": {
        "entry": "Weights at no charge",
        "input_per_million": "0.40",
        "output_per_million": "1.60",
        "facts": ["F7"],
    },
    "rivals": ["Gannet 5"],
    "sources": [
        {
            "id": "S1",
            "publisher": "Harbour Labs",
            "title": _PAPER,
            "url": "https://harbour.example/tern-2",
            "published": "2026-05-04",
            "read": "2026-05-11",
        },
        {
            "id": "S2",
            "publisher": "Tideline Weekly",
            "title": _REVIEW,
            "published": "2026-05-10",
            "read": "2026-05-11",
        },
    ],
    "facts": _FACTS,
    "summary": "A dense text model from a small vendor, with public weights and a short record.",
}

LICENCE_RUMOUR: dict[str, Any] = _fact(
    10, "licence", "licence", "The weights of Tern 2 are limited to research use.",
    "weights for research use only", value="research only", leaning="against", source="S2",
    standing="disputed", quote="weights for research use only",
)  # fmt: skip

LICENCE_CONFLICT: dict[str, Any] = {
    "id": "C1",
    "attribute": "licence",
    "facts": ["F2", "F10"],
    "note": "The vendor says Apache 2.0, the weekly says research use only.",
}

PERSONA: dict[str, Any] = {
    "title": "Keeps a small product running and answers for it at night",
    "lens": "What does it take to rely on this by the end of the week?",
    "ships_when": ["It can be put to work with tools a small team already has"],
    "skips_when": ["The terms of use leave a team guessing"],
    "questions": ["What breaks first?", "Who answers when it does?"],
    "voice": "Short sentences, concrete nouns, dry.",
    "banned_words": ["game-changer", "revolutionary"],
    "known_bias": "Forgives rough edges in what can be inspected.",
    "rubric": {
        "start": -0.5,
        "weights": {
            "licence": {"pro": 2, "contra": 2},
            "hardware": {"pro": 1, "contra": 1},
            "price": {"pro": 1, "contra": 1},
            "benchmark": {"pro": 0.5, "contra": 1},
            "safety": {"pro": 0.5, "contra": 0.5},
        },
        "phrases": {
            "open_ship": "{model} can go to work, and the record says why.",
            "open_skip": "{model} is not ready to be relied on, and the record says why.",
            "pro": "What speaks for it is plain enough to plan around: {facts}.",
            "contra": "What speaks against it will cost somebody an evening: {facts}.",
            "gap": "The other side of the argument is thin, because nobody has written it down.",
            "dispute": "Left out of the sum, because the sources disagree: {facts}.",
            "close_ship": "A small team can start with a narrow task, keep a way back, and widen"
            " the task when the failures turn out to be boring.",
            "close_skip": "A small team loses little by waiting until the missing pages are"
            " written, and can lose a good deal by guessing what they will say.",
            "flip_ship": "Terms that turn out narrower than stated.",
            "flip_skip": "A written answer to the open points.",
        },
    },
    "portrait": "Has carried a pager for a decade and has seen promising things fail quietly.",
}
