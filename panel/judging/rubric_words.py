"""English small change for the offline judge: lists, capitals, months, names of topics."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Final

from panel.domain.fact import Topic

_TOPIC_NAMES: Final[dict[Topic, str]] = {
    "benchmark": "benchmarks",
    "capability": "capabilities",
    "context": "context length",
    "language": "languages",
    "licence": "the licence",
    "modality": "input and output",
    "roadmap": "the roadmap",
    "vendor": "the vendor",
}
"""Topics whose bare name does not fit into a sentence."""

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
"""Spelt here because `strftime` follows the locale of the machine, and drafts must not."""


def topic_name(topic: Topic) -> str:
    """A topic as it stands after `on` or `about`, e.g. `benchmarks`.

    Args:
        topic: Topic of a fact.
    """
    return _TOPIC_NAMES.get(topic, topic)


def month_and_year(day: dt.date) -> str:
    """A day as `November 2027`, on every machine.

    Args:
        day: Any day.
    """
    return f"{_MONTHS[day.month - 1]} {day.year}"


def listed(items: Sequence[str]) -> str:
    """Items as an English list; semicolons where an item has a comma of its own.

    Args:
        items: Noun phrases; may be none.
    """
    if len(items) <= 1:
        return "".join(items)
    comma = ";" if any("," in item for item in items) else ","
    inner = comma == ";" or any(" and " in item for item in items)
    last = f"{comma} and " if inner else " and "
    return f"{comma} ".join(items[:-1]) + last + items[-1]


def capitalised(words: str) -> str:
    """With a capital first letter, unless the first word has a spelling of its own.

    Args:
        words: At least one word, e.g. `open weights`, `llama.cpp support`.
    """
    first = re.match(r"[a-z]+(?:-[a-z]+)*(?![\w./-])", words)
    return words[0].upper() + words[1:] if first else words


def clipped(text: str, most: int) -> str:
    """A text cut at a word's end, with an ellipsis, if it is too long.

    Args:
        text: Any text.
        most: Characters allowed.
    """
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0] + "…"


def lower_case_words(texts: Iterable[str]) -> frozenset[str]:
    """Words that a text itself writes in lower case, and which are therefore no names.

    Args:
        texts: Texts of one dossier.
    """
    return frozenset(word for text in texts for word in re.findall(r"\b[a-z]+\b", text))
