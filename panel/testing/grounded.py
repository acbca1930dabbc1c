"""The well-behaved script: a valid verdict that cites what it was shown and invents nothing.

What it writes is drawn from frames by a hash of what it was asked, so that every seat, dossier and
sample has words of its own, and equal requests have equal answers.
"""

import datetime as dt
import hashlib
import random
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from panel.domain.verdict import Call
from panel.testing.frames import FLIPS, HEADLINES, QUOTE, REASON_AGAINST, REASON_FOR
from panel.testing.request import FakeRequest, JsonObject, as_list, as_object

_SLOT = re.compile(r"\{([^{}]*)\}")
_FACT_ID = re.compile(r"\bF[1-9][0-9]{0,2}\b")
_SHAKY = re.compile(r"\bC[1-9][0-9]{0,2}\b|\bconflict|\bdisputed|\bsuperseded", re.IGNORECASE)
_DAY = re.compile(r"\b20[0-9]{2}-[0-9]{2}-[0-9]{2}\b")


def grounded_answer(request: FakeRequest) -> JsonObject:
    """Answers as a careful llm would.

    Args:
        request: What was asked; its schema names the facts that may be cited.

    Returns:
        A verdict; for a schema of any other shape, the smallest value that satisfies it.
    """
    schema = request.schema
    if schema and "quote" not in as_object(schema.get("properties")):
        return as_object(smallest(schema, schema))
    seed = hashlib.sha256(f"{request.prompt_text}\n{request.body.get('seed')}".encode()).hexdigest()
    facts = settled(request) or request.fact_ids or ["F1"]
    call: Call = "ship" if int(seed[:8], 16) % 2 else "skip"
    return {**draft(facts, seed, call), "predictions": _forecasts(request)}


def settled(request: FakeRequest) -> list[str]:
    """The facts that no paragraph of the dossier calls disputed or superseded, in order."""
    shaky = _shaky(request.dossier_text)
    return [fact for fact in request.fact_ids if fact not in shaky]


@lru_cache(maxsize=256)
def _shaky(dossier: str) -> frozenset[str]:
    """Facts in doubt; every seat asks about the same dossier, and looking is slow."""
    paragraphs = [text for text in dossier.split("\n\n") if _SHAKY.search(text)]
    return frozenset(fact for text in paragraphs for fact in _FACT_ID.findall(text))


def _forecasts(request: FakeRequest) -> list[JsonObject]:
    """One prediction, for a persona that is said to make them."""
    if "predictions: yes" not in request.persona_text.lower():
        return []
    days = _DAY.findall(request.dossier_text)
    if not days:
        return []
    by = dt.date.fromisoformat(max(days)) + dt.timedelta(days=180)
    return [{"statement": "The vendor will have answered its critics.", "by": by.isoformat()}]


def draft(facts: Sequence[str], seed: str, call: Call) -> JsonObject:
    """A verdict in words that depend on the seed, naming no number, name, price or licence.

    Args:
        facts: Ids to cite, at least one.
        seed: Any text; equal seeds give equal words.
        call: The decision.

    Returns:
        The verdict as JSON types, with a quote of 60 to 160 words.
    """
    dice = random.Random(int(hashlib.sha256(seed.encode()).hexdigest(), 16))  # noqa: S311
    order = dice.sample(list(facts), len(facts))
    sentences = [_fill(dice.choice(frames), dice) for frames in QUOTE[call]]
    cited = dice.sample(range(len(sentences)), 3)
    return {
        "reasons_for": [{"text": _fill(REASON_FOR, dice), "facts": order[:1]}],
        "reasons_against": [{"text": _fill(REASON_AGAINST, dice), "facts": order[-1:]}],
        "call": call,
        "headline": _fill(dice.choice(HEADLINES[call]), dice),
        "quote": " ".join(sentences),
        "citations": [
            {"phrase": sentences[at].rstrip("."), "facts": [order[nth % len(order)]]}
            for nth, at in enumerate(sorted(cited))
        ],
        "flip_conditions": [
            {
                "condition": _fill(dice.choice(FLIPS[call]), dice),
                "topic": dice.choice(("tooling", "safety")),
            }
        ],
        "predictions": [],
    }


def _fill(frame: str, dice: random.Random) -> str:
    """The frame with each `{a|b|c}` replaced by one of its alternatives."""
    text = _SLOT.sub(lambda slot: dice.choice(slot[1].split("|")), frame)
    return text[:1].upper() + text[1:]


def smallest(node: JsonObject, root: JsonObject) -> Any:
    """The smallest value that satisfies a schema of the kind OpenAI's strict mode accepts.

    Args:
        node: The schema.
        root: The whole schema, in which references are looked up.
    """
    if "$ref" in node:
        name = str(node["$ref"]).rpartition("/")[2]
        return smallest(as_object(as_object(root.get("$defs")).get(name)), root)
    if node.get("anyOf"):
        return smallest(as_object(as_list(node["anyOf"])[0]), root)
    if node.get("type") == "object":
        properties = as_object(node.get("properties"))
        return {name: smallest(as_object(part), root) for name, part in properties.items()}
    if node.get("type") == "array":
        return [smallest(as_object(node.get("items")), root)] * int(node.get("minItems", 0))
    return _smallest_scalar(node)


def _smallest_scalar(node: JsonObject) -> Any:
    offered = [node["const"]] if "const" in node else as_list(node.get("enum"))
    if offered:
        return offered[0]
    text = "2026-01-01" if node.get("format") == "date" else "x" * int(node.get("minLength", 1))
    least = node.get("minimum", 0)
    plain = {"integer": least, "number": least, "boolean": False, "null": None}
    return plain.get(str(node.get("type")), text)
