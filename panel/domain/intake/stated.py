"""What model cards and lists of models state as data, taken without an llm.

Only keys with one known meaning are read, and each becomes a candidate with the very line or pair
it stands in as its quote.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from panel.domain.fact import Leaning, SourceId, Topic
from panel.domain.intake.candidate import Candidate, is_same_model
from panel.domain.intake.reading import Reading

_LICENCES = {
    "apache-2.0": "Apache 2.0", "mit": "MIT", "bsd-3-clause": "BSD 3-Clause", "gpl-3.0": "GPL 3.0",
    "agpl-3.0": "AGPL 3.0", "cc-by-4.0": "CC BY 4.0", "cc-by-nc-4.0": "CC BY-NC 4.0",
    "cc-by-sa-4.0": "CC BY-SA 4.0", "cc0-1.0": "CC0", "openrail": "OpenRAIL",
    "gemma": "Gemma terms",
    "llama3": "Llama 3 licence", "llama3.1": "Llama 3.1 licence", "llama4": "Llama 4 licence",
}  # fmt: skip
"""Names of licences by the identifiers that cards use; `other` says nothing."""

_FREE = frozenset({"apache-2.0", "mit", "bsd-3-clause", "cc-by-4.0", "cc0-1.0"})
_CARD_LINE = re.compile(r"^(license|license_name|base_model)\s*:\s*(\S.*)$", re.MULTILINE)


def is_about(reading: Reading, name: str, vendor: str = "") -> bool:
    """Whether a card or an entry is the model's own.

    Args:
        reading: A card or an entry of a list.
        name: The model's name.
        vendor: Its maker.
    """
    title = re.split(r"[/:]", reading.title)[-1].strip()
    short = re.sub(r"\s*\((?:free|beta|preview)\)$", "", title)
    return is_same_model(short, name, vendor) or is_same_model(short, name.replace("-", " "))


def stated(reading: Reading, name: str, source: SourceId) -> tuple[Candidate, ...]:
    """The candidates that a card or an entry states as data; none for any other document.

    Args:
        reading: The document, about this model.
        name: The model's name.
        source: Id of the source.
    """
    found = {"card": _card, "listing": _listing}.get(reading.kind)
    if found is None:
        return ()
    shared = {
        "entity": name,
        "as_of": reading.published or reading.read,
        "standing": "official" if reading.kind == "card" else "reported",
        "source": source,
    }
    return tuple(
        Candidate.model_validate({**shared, **content}) for content in found(reading, name)
    )


def _card(reading: Reading, name: str) -> Iterator[dict[str, Any]]:
    lines = {match[1]: match for match in _CARD_LINE.finditer(reading.text.partition("\n\n")[0])}
    told = lines.get("license_name") if _word(lines.get("license")) in {"", "other"} else None
    match = told or lines.get("license")
    word = _word(match)
    if match and word not in {"", "other", "unknown"}:
        licence = _LICENCES.get(word.lower(), word)
        leaning: Leaning = "for" if word.lower() in _FREE else "neutral"
        statement = f"The model card of {name} names {licence} as its licence."
        yield _content(
            "licence", "licence", statement, brief=f"{licence} as its licence", value=licence,
            quote=match[0], leaning=leaning,
        )  # fmt: skip
    base = lines.get("base_model")
    if base and _word(base):
        statement = f"The model card names {_word(base)} as the model that {name} is made from."
        yield _content(
            "architecture", "base-model", statement, brief=f"{_word(base)} as its base",
            value=_word(base), quote=base[0],
        )  # fmt: skip


def _word(match: re.Match[str] | None) -> str:
    """The value of a line of a card, without quotes and comments."""
    said = re.sub(r"\s#.*$", "", match[2]).strip(" \t\"'") if match else ""
    return said if not said.startswith(("[", "{", "-", "|", ">")) and len(said) <= 50 else ""


def _listing(reading: Reading, name: str) -> Iterator[dict[str, Any]]:
    try:
        entry: Any = json.loads(reading.text)
    except (ValueError, RecursionError):
        return
    if not isinstance(entry, dict):
        return
    known = cast("dict[str, Any]", entry)
    size = known.get("context_length")
    if isinstance(size, int) and 0 < size < 10**9 and (quote := _pair(reading, "context_length")):
        statement = f"The list of models gives {name} a context of {size:,} tokens."
        yield _content(
            "context", "context-window", statement, brief=f"a context of {size:,} tokens",
            value=f"{size:,}", unit="tokens", quote=quote,
        )  # fmt: skip
    pricing: Any = known.get("pricing")
    for key, way in (("prompt", "input"), ("completion", "output")):
        price = (
            _price(cast("dict[str, Any]", pricing).get(key)) if isinstance(pricing, dict) else None
        )
        if price is None or not (quote := _pair(reading, key)):
            continue
        amount = f"${price} per million {way} tokens"
        yield _content(
            "price", f"{way}-price", f"The list of models asks {amount} of {name}.",
            brief=f"a price of {amount}", value=price, unit=f"USD per million {way} tokens",
            quote=quote,
        )  # fmt: skip


def _price(said: object) -> str | None:
    """Dollars per million tokens from dollars per token; what is below zero stands for unknown."""
    try:
        amount = Decimal(str(said)) * 10**6
    except InvalidOperation:
        return None
    if not amount.is_finite() or not 0 <= amount < 10**5:
        return None
    cents = amount.quantize(Decimal("0.01"))
    return f"{cents if cents == amount else amount.normalize():f}"


def _pair(reading: Reading, key: str) -> str:
    """A key with its value as they stand in an entry, without the marks at both ends.

    With them it would look like a data object that somebody planted in an article.
    """
    found = re.search(rf'(?<="){key}"\s*:\s*"?[-\d.eE+]+', reading.text)
    return " ".join(found.group().split()) if found else ""


def _content(
    topic: Topic, attribute: str, statement: str, *, brief: str, quote: str, **more: str
) -> dict[str, Any]:
    return {
        "topic": topic, "attribute": attribute, "statement": statement[:400], "brief": brief[:70],
        "quote": quote, **more,
    }  # fmt: skip
