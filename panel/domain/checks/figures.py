"""Numbers as people write them, read into values so that `1M` can rest on `1,000,000`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from panel.domain.checks import units
from panel.domain.checks.dates import dates
from panel.domain.checks.naming import named_in, names
from panel.domain.cues import Cued, any_cue, any_digit, any_of
from panel.domain.typography import Folded, fold

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_SCALE = (
    r"\+?[ -]?(?:hundred|thousand|million|billion|trillion)s?\b|\+? ?(?:bn|mn|tn|k|m|b|t)(?![a-z])"
)
_UNIT = "|".join(f"(?P<{name}>{form})" for name, form in units.UNITS)
_UNIT_AFTER = re.compile(
    rf"\+?[ -]?(?:(?:{'|'.join(units.FILLERS)})[ -]){{0,2}}(?:{_UNIT})(?![a-z0-9])"
)
_CURRENCY = "|".join(re.escape(mark) for mark in sorted(units.SYMBOLS, key=len, reverse=True))
_RANK = r"#|\bno\. ?|\bnumber |\brank(?:ed|s|ing)?(?: at)? (?:no\. |number )?|\bplace |\btop[ -]"
_NUMBER = re.compile(
    rf"(?P<rank>{_RANK})?(?:(?<![a-z])(?P<cur>{_CURRENCY}) ?)?(?<![\w.])(?<!\d,)"
    rf"(?P<num>{_DIGITS})(?P<scale>{_SCALE})?(?:(?P<dash> ?- ?| to )(?P<cur2>{_CURRENCY})?"
    rf"(?P<num2>{_DIGITS})(?P<scale2>{_SCALE})?)?"
)
_ONES = "|".join(units.SMALL[1:10])
_TIMES = "hundred|thousand|million|billion|trillion|dozen"
_SPOKEN = (
    rf"(?:{'|'.join(units.TENS)})(?:[ -](?:{_ONES}))?|{'|'.join(reversed(units.SMALL))}"
    rf"|an?(?=[ -](?:{_TIMES})\b)"
)
_SPOKEN_WORDS = " ".join((*units.SMALL, *units.TENS))
_WORDS = Cued(
    rf"\b(?P<rank>(?:rank(?:ed|s)? |number |top[ -]))?(?P<num>{_SPOKEN})"
    rf"(?P<scale>(?:[ -](?:{_TIMES})\b)+)?"
    r"(?=fold\b|[^a-z]|$)(?!-?(?:off|sided|time|way)\b)",
    f"{_SPOKEN_WORDS} {_SPOKEN_WORDS.replace(' ', 'fold ')} {_TIMES.replace('|', ' ')}",
)

_ORDINAL = Cued(
    rf"\b(?P<lead>rank(?:s|ed|ing)?|placed|came|comes|finish(?:ed|es)|sits|stands) "
    rf"(?P<led>{'|'.join(units.ORDINALS[1:])})\b|\b(?P<num>{'|'.join(units.ORDINALS[4:])})\b"
    rf"|\b(?P<placed>{'|'.join(units.ORDINALS[1:])})(?= place| (?:on|in) the "
    r"(?:index|ranking|leaderboard|table|arena))",
    " ".join(units.ORDINALS[1:]),
)
_RATIO = tuple(
    (Cued(rf"\b(?:{form})\b", words), value, unit) for form, value, unit, words in units.RATIOS
)
_ANY_RATIO = any_of(form for form, _, _ in _RATIO)
_IDLE = re.compile(rf"\b(?:{'|'.join((*units.IDIOMS, units.CLOCK))})")
_MAGNITUDE = Cued(rf"\b(?:{'|'.join(units.MAGNITUDES)})\b", " ".join(units.MAGNITUDES))
_IN_NAME = re.compile(r"(?<![a-z0-9.])a?(\d+(?:\.\d+)?)b(?![a-z0-9])")

_FREE = Cued(
    r"(?<![\w-])(?<!feel )(?<!set )free(?![\w-])(?! (?:to|from|of (?!charge|cost)|rein|lunch|ride|"
    r"hand|speech|software|will|up|market|press|time|fall|agent))"
    r"|\bcosts? nothing\b|\b(?:at no|free of|without|zero|no) (?:charge|cost)\b|\bfor nothing\b"
    r"|\bgratis\b|\bzero dollars\b",
    "free nothing charge cost gratis dollars",
)


@dataclass(frozen=True)
class Figure:
    """One number in a text.

    Attributes:
        start: Offset of the first character in the original text.
        end: Offset after the last one.
        value: The number with its scale.
        unit: Canonical unit; None when none is written.
        vague: Whether only the magnitude is meant (`millions`).
        loose: Whether it may stand in prose without evidence (`three reasons`).
    """

    start: int
    end: int
    value: Decimal
    unit: str | None = None
    vague: bool = False
    loose: bool = False

    @property
    def priced(self) -> bool:
        """Whether it is an amount of money."""
        return self.unit in units.CURRENCIES

    def carried_by(self, other: "Figure") -> bool:
        """Whether the other figure says the same; units agree where both are known."""
        known = self.unit and other.unit
        if (known or self.unit in _STRICT) and _base(self) != _base(other):
            return False
        if self.vague or other.vague:
            low = self.value if self.vague else other.value
            exact = other.value if self.vague else self.value
            return low == exact or (self.vague and low <= exact < low * 1000)
        if self.unit and other.unit:
            return _scaled(self) == _scaled(other)
        return self.value == other.value


_STRICT = units.CURRENCIES | {"percent", "times", "rank", "gigabytes", "megabytes", "terabytes"}
"""Units that a bare number does not carry: 5 is neither 5 dollars nor fifth."""

_FACTORS = {
    "megabytes": ("gigabytes", Decimal("0.001")),
    "terabytes": ("gigabytes", Decimal(1000)),
    "cents": ("USD", Decimal("0.01")),
    "milliseconds": ("seconds", Decimal("0.001")),
}


def _base(figure: Figure) -> str | None:
    return _FACTORS.get(figure.unit or "", (figure.unit, None))[0]


def _scaled(figure: Figure) -> Decimal:
    return figure.value * _FACTORS.get(figure.unit or "", ("", Decimal(1)))[1]


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[Figure, ...]:
    """Every number a text names outside dates and names, in order of place.

    Args:
        text: Any text.
    """
    folded = fold(text)
    read = [list(reader(folded)) for reader in (_ratios, _ordinals, _magnitudes, _numbers, _spoken)]
    if not any(read):
        return ()
    taken = [(date.start, date.end) for date in dates(text)]
    taken += [(span.start, span.end) for span in names(text)]
    taken += [folded.original(*match.span()) for match in _IDLE.finditer(folded.text)]
    found: list[Figure] = []
    for figures_of_a_kind in read:
        for figure in figures_of_a_kind:
            overlaps = any(figure.start < end and start < figure.end for start, end in taken)
            if not overlaps and not text[: figure.start].lower().endswith("per "):
                found.append(figure)
        taken += [(figure.start, figure.end) for figure in found]
    return tuple(sorted(found, key=lambda figure: figure.start))


@lru_cache(maxsize=4096)
def figures_in_names(text: str) -> tuple[Figure, ...]:
    """Sizes that a model's name tells, e.g. 35 and 3 billion parameters in `Qwen3.6-35B-A3B`.

    Args:
        text: Any text.
    """
    return tuple(
        Figure(span.start, span.end, Decimal(size) * 10**9, "parameters")
        for span in names(text)
        for size in _IN_NAME.findall(fold(text[span.start : span.end]).text)
    )


@lru_cache(maxsize=2048)
def figures_outside(text: str, own: tuple[str, ...]) -> tuple[Figure, ...]:
    """The figures of a text without those in some names.

    Args:
        text: Any text.
        own: Folded names of this model and its rivals.
    """
    found = figures(text)
    if not found:
        return ()
    folded = fold(text)
    named = [
        folded.original(*match.span()) for name in own for match in named_in(folded.text, name)
    ]
    return tuple(
        figure
        for figure in found
        if not any(figure.start < end and start < figure.end for start, end in named)
    )


@lru_cache(maxsize=4096)
def free_words(text: str) -> tuple[tuple[int, int], ...]:
    """Where a text says that something costs nothing.

    Args:
        text: Any text.
    """
    folded = fold(text)
    return tuple(folded.original(*found.span()) for found in _FREE.finditer(folded.text))


def _numbers(folded: Folded) -> Iterator[Figure]:
    for match in _NUMBER.finditer(folded.text) if any_digit(folded.text) else ():
        after = _UNIT_AFTER.match(folded.text, match.end())
        end = after.end() if after else match.end()
        if not after and match.end() < len(folded.text) and folded.text[match.end()].isalpha():
            continue
        unit = after.lastgroup if after else None
        unit = units.SYMBOLS.get(match["cur"] or match["cur2"] or "", unit)
        if match["rank"] and not match["scale"] and unit is None:
            unit = "rank"
        second = match["scale2"]
        first = match["scale"] or (second if match["num2"] else None)
        split = match.start("dash") if match["num2"] else end
        yield _figure(folded, (match.start(), split), _value(match["num"], first), unit)
        if match["num2"]:
            value = _value(match["num2"], second or (match["scale"] if not second else None))
            start = match.start("cur2") if match["cur2"] else match.start("num2")
            yield _figure(folded, (start, end), value, unit)


def _figure(
    folded: Folded, span: tuple[int, int], value: Decimal, unit: str | None, *, loose: bool = False
) -> Figure:
    start, end = folded.original(*span)
    return Figure(start, end, value, unit, loose=loose)


def _value(digits: str, scale: str | None) -> Decimal:
    word = (scale or "").strip("+ -").removesuffix("s")
    return Decimal(digits.replace(",", "")) * units.SCALES.get(word, 1)


def _spoken(folded: Folded) -> Iterator[Figure]:
    for match in _WORDS.finditer(folded.text):
        word, scale = match["num"], match["scale"]
        after = _UNIT_AFTER.match(folded.text, match.end())
        unit = after.lastgroup if after else ("rank" if match["rank"] else None)
        if word in {"a", "an"} and not scale:
            continue
        value = _spoken_value(word, scale)
        end = after.end() if after else match.end()
        loose = _is_loose(folded.text, match, end, unit, value)
        yield _figure(folded, (match.start(), end), value, unit, loose=loose)


def _spoken_value(word: str, scale: str | None) -> Decimal:
    tens, _, ones = word.replace("-", " ").partition(" ")
    if tens in units.TENS:
        value = Decimal((units.TENS.index(tens) + 2) * 10)
        value += units.SMALL.index(ones) if ones else 0
    else:
        value = Decimal(units.SMALL.index(tens) if tens in units.SMALL else 1)
    for step in (scale or "").replace("-", " ").split():
        value *= 12 if step == "dozen" else units.SCALES[step]
    return value


def _is_loose(text: str, match: re.Match[str], end: int, unit: str | None, value: Decimal) -> bool:
    """Small counts and spans of time in prose are no claims about the model."""
    scale = match["scale"] or ""
    if scale.strip(" -") == "dozen":
        return unit is None
    if scale:
        return False
    if unit in units.TIME:
        told = re.match(r" (?:ago|later|earlier|old)\b", text[end : end + 9])
        past = re.search(
            r"\b(?:past|last|previous)\s$", text[max(0, match.start() - 10) : match.start()]
        )
        return not (told or past)
    if unit == "users" or (unit == "times" and value == 1):
        return value <= 10
    return unit is None and value <= 10


def _ordinals(folded: Folded) -> Iterator[Figure]:
    for match in _ORDINAL.finditer(folded.text):
        word = match["led"] or match["num"] or match["placed"]
        value = Decimal(units.ORDINALS.index(word))
        group = "led" if match["led"] else "num" if match["num"] else "placed"
        yield _figure(folded, match.span(group), value, "rank")


def _ratios(folded: Folded) -> Iterator[Figure]:
    for form, value, unit in _RATIO if any_cue(folded.text, _ANY_RATIO) else ():
        for match in form.finditer(folded.text):
            yield _figure(folded, match.span(), Decimal(value), unit)


def _magnitudes(folded: Folded) -> Iterator[Figure]:
    for match in _MAGNITUDE.finditer(folded.text):
        start, end = folded.original(*match.span())
        yield Figure(start, end, Decimal(units.MAGNITUDES[match.group()]), vague=True)
