"""Three articles on a model that does not exist, and an llm that lists what they state."""

import re
from pathlib import Path
from typing import Any

from panel.domain.typography import find_folded
from panel.testing import FakeRequest, Reply

LAUNCH = """\
# Kestrel releases Tern 2

Kestrel released Tern 2 on 8 April 2026. The model has 27 billion parameters and its weights are
open under the MIT licence. It reads text and images. The context window holds 128K tokens.
It is the first model of Kestrel in a year.
"""
REVIEW = """\
# Tern 2, read closely

Tern 2 came out on April 8, 2026. Contrary to what one hears, Tern 2 is fully proprietary and
there are no public weights. Its context window holds 131,072 tokens. The model has 27B parameters.
It was launched alongside Gull 5 on the same day.
"""
COPY = f"""\
# What is new

{LAUNCH.partition(chr(10) * 2)[2]}
"""
LATER = """\
# Tern 2 grows

The context window of Tern 2 holds 256K tokens, says Kestrel.
"""
ARTICLES = {"launch.md": LAUNCH, "review.md": REVIEW, "copy.md": COPY, "later.md": LATER}

_CLAIMS = (
    ("vendor", "release-date", "8 April 2026", None, "Kestrel released Tern 2 on 8 April 2026"),
    ("vendor", "release-day", "April 8, 2026", None, "Tern 2 came out on April 8, 2026"),
    ("architecture", "parameters", "27 billion", "parameters", "has 27 billion parameters"),
    ("architecture", "total-parameters", "27B", "parameters", "The model has 27B parameters"),
    ("licence", "licence", "MIT", None, "open under the MIT licence"),
    ("licence", "license", "proprietary", None, "Tern 2 is fully proprietary"),
    ("access", "weights", "open", None, "its weights are open"),
    ("access", "weights", "no", None, "there are no public weights"),
    ("context", "context-window", "128K", "tokens", "The context window holds 128K tokens"),
    ("context", "context-length", "131,072", "tokens", "Its context window holds 131,072 tokens"),
    ("context", "context-window", "256K", "tokens", "holds 256K tokens"),
    ("roadmap", "history", None, None, "the first model of Kestrel in a year"),
    ("roadmap", "launch", None, None, "launched alongside Gull 5 on the same day"),
    ("licence", "licence", "GPL", None, "words that stand nowhere"),
)  # fmt: skip


def _claim(topic: str, attribute: str, value: str | None, unit: str | None, quote: str) -> Any:
    statement = f"On the {attribute} a source has this to say: {value or quote}."
    return {
        "topic": topic, "attribute": attribute, "statement": statement,
        "brief": f"{value or quote}, as told", "value": value, "unit": unit, "entity": "Tern 2",
        "as_of": None, "standing": "reported", "leaning": "neutral", "quote": quote,
    }  # fmt: skip


def reader(request: FakeRequest) -> Reply:
    """Lists the claims that stand in the article, and one that stands nowhere; points at a pair.

    Args:
        request: What is asked.
    """
    asked = str(request.messages[1]["content"])
    facts = {line: one for one, line in re.findall(r"^(F\d+) \(.*?\): (.*)$", asked, re.MULTILINE)}
    if facts:
        first, second = (
            next((one for line, one in facts.items() if words in line), "F999")
            for words in ("first model of Kestrel", "alongside Gull 5")
        )
        pair = {"first": first, "second": second, "first_words": "the first model",
                "second_words": "alongside Gull 5", "note": "Two models in a year."}  # fmt: skip
        return Reply.json({"pairs": [pair, {**pair, "first_words": "words of its own"}]})
    found = [_claim(*claim) for claim in _CLAIMS if find_folded(claim[4], asked)]
    if "fully proprietary" in asked and request.mends == 0:
        found.append(_claim(*_CLAIMS[-1]))
    return Reply.json({"facts": found})


def write(folder: Path) -> dict[str, str]:
    """Write the articles into a folder.

    Args:
        folder: Where to.

    Returns:
        Their paths by name.
    """
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return {name: str(folder / name) for name in ARTICLES}
