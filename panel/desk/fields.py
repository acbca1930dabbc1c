"""The fields of a draft by the words that editors know them by."""

from collections.abc import Mapping

from panel.domain.editing.content import VERDICT_FIELDS
from panel.domain.persona import Persona
from panel.publishing.words import one_line

_WORDS: Mapping[str, str] = {
    "summary": "summary",
    "pricing.entry": "entry price",
    "pricing.input_per_million": "price per million input tokens",
    "pricing.output_per_million": "price per million output tokens",
    "origin": "where it comes from",
    "rejected": "rejection",
    "reasons_for": "reasons for",
    "reasons_against": "reasons against",
    "flip_conditions": "what would change the call",
}

OF_NO_SEAT = ("summary", "pricing.entry", "pricing.input_per_million", "pricing.output_per_million")
"""Paths of the fields that belong to no seat."""

_OF_SEAT = ("quote", *(name for name in VERDICT_FIELDS if name != "quote"))


def own_words(name: str) -> str:
    """A field in words, without its seat.

    Args:
        name: Its name within the seat, or its whole path when it has none.
    """
    return _WORDS.get(name, name)


def field_words(path: str, personas: Mapping[str, Persona], *, samples: int = 1) -> str:
    """A field in words, e.g. `The Skeptic: quote`; `the whole draft` for an empty path.

    Args:
        path: Its path.
        personas: The personas of the panel by id.
        samples: Samples per seat; the number is told where there are several.
    """
    seat, _, name = path.rpartition(".")
    persona, _, sample = seat.rpartition(".")
    if persona not in personas:
        return own_words(path) or "the whole draft"
    who = one_line(personas[persona].name) + (f", sample {sample}" if samples > 1 else "")
    return f"{who}: {own_words(name)}"


def options_of_seat(path: str) -> tuple[tuple[str, str], ...]:
    """The fields of a seat that one may speak about, the quote first.

    Args:
        path: Path of the seat.

    Returns:
        Pairs of path and words.
    """
    return tuple((f"{path}.{name}", own_words(name)) for name in _OF_SEAT)


def options_of_rest() -> tuple[tuple[str, str], ...]:
    """The whole draft and the fields that belong to no seat, as pairs of path and words."""
    return (("", "the whole draft"), *((path, own_words(path)) for path in OF_NO_SEAT))
