"""What a value means, whoever wrote it: the form in which facts are merged and set against others.

A value is read as the first of these that fits: a day, an amount, licences, a list, plain words.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from panel.domain.checks.dates import Date, dates
from panel.domain.checks.lexicon import CLOSED, IMPLIED, OPEN
from panel.domain.checks.licences import is_denied
from panel.domain.checks.naming import names
from panel.domain.intake.attributes import canonical
from panel.domain.intake.measure import Measure, measure
from panel.domain.typography import fold, plain_words

_NONE = re.compile(
    r"(?:no|none|never|nothing|absent|denied|not (?:available|released|offered|supported|public"
    r"|disclosed at launch|published|confirmed|officially \w+|official)|unavailable|unreleased"
    r"|unsupported|disallowed|forbidden|prohibited|missing|unpublished|unconfirmed|unofficial|false|zero|0"
    r"|off|disabled|nowhere(?: to be found)?"
    r"|not (?:yet )?(?:found|shown|\w+ed|\w+able))"
)
_UNTOLD = re.compile(
    r"(?:undisclosed|unknown|not (?:disclosed|stated|given|specified|known|told|named)|unspecified"
    r"|unstated|tbd|to be announced|n/a|unclear)"
)
_STOP = frozenset(
    {"a", "an", "the", "and", "or", "of", "in", "on", "at", "to", "for", "with", "by", "from"}
    | {"as", "is", "are", "was", "were", "be", "its", "it", "this", "that", "than", "very"}
    | {"also", "only", "about", "alone", "solely", "exclusively"}
)
_OWN = "own: "
"""Begins the key of a licence that no list knows."""

_PART = frozenset({"end", "close", "start", "beginning", "early", "mid", "middle", "late", "last"})
"""Words that make a date a part of itself, so that two of one year need not be the same."""
_WHEN = _PART | {"on", "since", "in", "until", "till", "spring", "summer", "autumn", "winter"}

_WHOLE = re.compile(r"\b(?:only|alone|solely|exclusively)\b")
_PARTS = re.compile(r"\s*(?:,|;|\bas well as\b|\balong with\b|\band\b|&|\+|/)\s*")


@dataclass(frozen=True)
class Meaning:
    """What a value states.

    Attributes:
        text: The value, folded.
        none: Whether it says that there is no such thing.
        untold: Whether it says that nobody tells.
        day: The date, if it is one.
        amount: The amount, if it is one.
        licences: Keys of the licences it names, if the attribute is about one.
        items: The members, if it is a list.
        words: Its words that carry meaning.
    """

    text: str
    none: bool = False
    untold: bool = False
    day: Date | None = None
    amount: Measure | None = None
    licences: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def same(self, other: "Meaning") -> bool:
        """Whether both state the same, so that two facts with them are one."""
        if self.none or other.none or self.untold or other.untold:
            return self.none == other.none and self.untold == other.untold
        if self.day and other.day:
            alike = self.day.carried_by(other.day) or other.day.carried_by(self.day)
            return alike and not _PART & (self.words ^ other.words)
        if self.amount and other.amount:
            alike = self.amount.comparable(other.amount)
            if self.amount.plain and other.amount.plain:
                return alike and self.amount.compatible(other.amount)
            return alike and self.amount.spans == other.amount.spans
        if self.licences and other.licences:
            return self.licences == other.licences and not _versions_differ(self, other)
        return bool(self.words) and (self.words == other.words)


@lru_cache(maxsize=4096)
def meaning(attribute: str, value: str, unit: str | None = None) -> Meaning:
    """What a value of an attribute states.

    Args:
        attribute: Any name of the property.
        value: As a fact has it.
        unit: Its unit, if it has one.
    """
    name, text = canonical(attribute), fold(value).text
    words = content_words(value)
    if _UNTOLD.fullmatch(text):
        return Meaning(text, untold=True, words=words)
    if unit is None and _NONE.fullmatch(text):
        return Meaning(text, none=True, words=words)
    if unit is None and (day := _day(value)):
        return Meaning(text, day=day, words=words)
    if "licence" in name and (keys := _licences(value)):
        return Meaning(text, licences=keys, words=words)
    amount = measure(value, unit, context="context" in name or name.startswith("max-"))
    parts = frozenset(part for part in _PARTS.split(text) if part)
    items = frozenset(" ".join(sorted(content_words(part))) for part in parts)
    listed = _WHOLE.search(text) is not None or (not amount and len(parts) > 1)
    return Meaning(text, amount=amount, items=items if listed else frozenset(), words=words)


@lru_cache(maxsize=8192)
def content_words(text: str) -> frozenset[str]:
    """The words of a text that carry meaning, plurals cut to the singular.

    Args:
        text: Any text.
    """
    return frozenset(_singular(word) for word in plain_words(text) if word not in _STOP)


def _singular(word: str) -> str:
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural else word


def _day(value: str) -> Date | None:
    """The date a value consists of."""
    found = dates(value)
    if len(found) != 1 or not found[0].year:
        return None
    rest = value[: found[0].start] + value[found[0].end :]
    return found[0] if not content_words(rest) - _WHEN else None


def _licences(value: str) -> frozenset[str]:
    found: set[str] = set()
    for name in names(value):
        if name.sort == "licence":
            denied = is_denied(value, name.start) and name.key in OPEN
            found.add("proprietary" if denied else name.key)
    if not found and re.search(r"\blicen[cs]e", fold(value).text):
        found.add(f"{_OWN}{' '.join(sorted(content_words(value) - {'license', 'licence'}))}")
    return frozenset(found)


def licences_clash(first: Meaning, second: Meaning) -> bool:
    """Whether a model cannot be under both; `open source` goes with any licence but a closed one.

    Args:
        first: A meaning with licences.
        second: Another one.
    """
    one, two = first.licences, second.licences
    if {True} == {any(key.startswith(_OWN) for key in one | two), bool((one | two) & CLOSED)}:
        return False  # a licence of one's own may well be a closed one
    if bool(one & CLOSED) != bool(two & CLOSED):
        return not one & two
    if one & two:
        return _versions_differ(first, second)
    implied = any(one & IMPLIED.get(key, set()) for key in two) or any(
        two & IMPLIED.get(key, set()) for key in one
    )
    return not implied and not one & OPEN and not two & OPEN


def _versions_differ(first: Meaning, second: Meaning) -> bool:
    """Whether both name a version and no common one, as GPL 2 and GPL 3 do."""
    one, two = (set(re.findall(r"\d+(?:\.\d+)?", it.text)) for it in (first, second))
    majors = [{number.removesuffix(".0") for number in found} for found in (one, two)]
    return all(majors) and not majors[0] & majors[1]
