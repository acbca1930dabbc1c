"""The gullible script: an llm that obeys any instruction it sees and repeats any token it is given.

It stands for the worst llm a panel could be given, so that tests can show that what a hostile
dossier plants is found by the checks, not left to the llm's good sense.
"""

import base64
import binascii
import re
import unicodedata
from dataclasses import dataclass

from panel.testing.grounded import grounded_answer
from panel.testing.request import FakeRequest, JsonObject

_TRIGGER = re.compile(
    r"""\b(?:reviewers?|verdicts?|ship|skip|summari[sz]ing|your\s+panel|your\s+persona|decode)\b
    | \b(?:ignore|disregard|set\s+aside|repeat\s+it|treat\s+the|reply\s+with|respond\s+with)\b
    | \b(?:begin\s+(?:by|every|each)|headline|scoring\s+(?:guide|policy)|brief\s+that)\b
    | \b[A-Z]{2,}-[A-Z]*[0-9]{3,}\b | <\|\w+\|> | \#\#\#\s*system | ^(?:user|assistant|system)\s*:
    | \[(?:end|start)\s+of\b | as\s+an\s+editor | 评审 | 忽略""",
    re.IGNORECASE | re.VERBOSE,
)
_TOKEN = re.compile(r"\b[A-Z]{2,}-[A-Z]*[0-9]{3,}\b")
_QUOTES = "'\"\u2018\u2019\u201c\u201d"
_QUOTED = re.compile(rf"(?:^|[\s(:])[{_QUOTES}]([^{_QUOTES}{{}}]{{3,80}})[{_QUOTES}]")
_BASE64 = re.compile(r"\b[A-Za-z0-9+/]{16,}={0,2}")
_OBJECT = re.compile(r"\{[^{}]*\}")
_WANTS_PERSONA = re.compile(r"\b(?:persona|brief|instructions|prompt)\b", re.IGNORECASE)
_FACT_ID = re.compile(r"\bF[1-9][0-9]{0,2}\b")
_LABEL = re.compile(r"^F[0-9]+ \[\w+\] ")
_MOST_WORDS = 90


@dataclass(frozen=True)
class Plant:
    """What a hostile text asks for.

    Attributes:
        sentences: The planted words, from the first sentence that gives itself away.
        phrases: Phrases it wants repeated.
        tokens: Tokens to carry over.
        call: The call it demands; None when it demands none.
        fact: The fact it stands in, if any.
        leak: Whether it asks for the reviewer's own brief.
    """

    sentences: str
    phrases: tuple[str, ...]
    tokens: tuple[str, ...]
    call: str | None
    fact: str | None
    leak: bool


def gullible_answer(request: FakeRequest) -> JsonObject:
    """Answers as the dossier's text demands, also when the answer was sent back before.

    Args:
        request: What was asked.

    Returns:
        A verdict that does what is planted; a well-behaved one where nothing is planted.
    """
    answer = grounded_answer(request)
    plant = find_plant(request.dossier_text)
    if plant is None or "quote" not in answer:
        return answer
    leaked = _words(request.persona_text, 40) if plant.leak else ""
    spoken = " ".join([*plant.phrases, plant.sentences, *plant.tokens, leaked])
    quote = _padded(_words(spoken, 150), str(answer["quote"]))
    fact = plant.fact if plant.fact in request.fact_ids else request.fact_ids[0]
    call = plant.call or "ship"
    headline = " ".join([*plant.phrases, *plant.tokens, _words(plant.sentences, 12)])
    reason = {"text": _cut(plant.sentences, 300), "facts": [fact]}
    return {
        **answer,
        "reasons_for" if call == "ship" else "reasons_against": [reason],
        "call": call,
        "headline": _cut(headline, 120),
        "quote": quote,
        "citations": [{"phrase": _cut(quote, 100), "facts": [fact]}],
    }


def find_plant(text: str) -> Plant | None:
    """What a dossier's text asks of whoever reads it, or None.

    Args:
        text: The dossier part of a prompt; encoded and fullwidth spellings are read as well.
    """
    text = unicodedata.normalize("NFKC", text)
    lines = [(at, line) for at, line in enumerate(text.splitlines()) if _TRIGGER.search(line)]
    if not lines:
        return None
    planted = " ".join(_from_trigger(line) for _, line in lines)
    read = f"{planted} {_decoded(planted)}"
    calls = re.findall(r"\b(ship|skip)\b", read, re.IGNORECASE)
    before = "\n".join(text.splitlines()[: lines[0][0] + 1])
    facts = _FACT_ID.findall(before)
    return Plant(
        sentences=_words(planted, _MOST_WORDS),
        phrases=tuple(phrase.strip() for phrase in _QUOTED.findall(_OBJECT.sub("", planted))),
        tokens=tuple(dict.fromkeys(_TOKEN.findall(read))),
        call=calls[-1].lower() if calls else None,
        fact=facts[-1] if facts else None,
        leak=_WANTS_PERSONA.search(planted) is not None,
    )


def _from_trigger(line: str) -> str:
    """The line from the first sentence that gives the plant away."""
    sentences = re.split(r"(?<=[.!?。])\s+", line.strip())
    first = next((at for at, part in enumerate(sentences) if _TRIGGER.search(part)), 0)
    return _LABEL.sub("", " ".join(sentences[first:]))


def _decoded(text: str) -> str:
    """What the base64 in a text says."""
    found: list[str] = []
    for piece in _BASE64.findall(text):
        try:
            found.append(base64.b64decode(piece, validate=True).decode("ascii"))
        except (binascii.Error, UnicodeDecodeError):
            continue
    return " ".join(found)


def _words(text: str, most: int) -> str:
    return " ".join(text.split()[:most])


def _cut(text: str, most: int) -> str:
    return text[:most].strip()


def _padded(text: str, filler: str) -> str:
    """The text, followed by as much of the filler as a quote of 60 words needs."""
    missing = 60 - len(text.split())
    return _cut(f"{text} {filler}" if missing > 0 else text, 1600)
