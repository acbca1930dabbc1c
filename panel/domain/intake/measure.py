"""Amounts as people write them, read into spans of one unit so that they can be compared.

`128K` may mean 128,000 or 131,072; `27B` may be a rounded 27.3B; `$0.0006 per 1K` is `$0.60 per
million`. Two amounts are compatible when some reading of one overlaps some reading of the other.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from panel.domain.checks import units
from panel.domain.typography import fold

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_SCALE = r"(?:hundred|thousand|million|billion|trillion)\b|(?:bn|mn|tn|k|m|b|t)(?![a-z])"
_MARK = "|".join(re.escape(mark) for mark in sorted(units.SYMBOLS, key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?P<cur>{_MARK}|#|no\. )? ?(?P<num>{_NUMBER})(?P<plus>\+)?(?:[ -]?(?P<scale>{_SCALE}))?"
    rf"\+?(?:(?: ?- ?| to | and )(?:{_MARK})? ?(?P<num2>{_NUMBER})(?:[ -]?(?P<scale2>{_SCALE}))?)?"
)
_ONES = "|".join(units.SMALL[1:10])
_SPOKEN = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(units.TENS)})(?:[ -](?P<ones>{_ONES}))?"
    rf"|(?P<small>{'|'.join(units.SMALL)})|(?P<one>an?)(?= (?:hundred|thousand|million|billion"
    r"|trillion|dozen)\b))(?![\w])"
)
_DOZEN = re.compile(r"(\d+) dozen\b")
_ALONE = re.compile(r"\b(?:only|alone|exactly|in (?:all|total)|overall)\b")
_FREE = re.compile(r"(?:entirely |fully )?free(?: of charge| to use)?|no (?:cost|charge)|gratis")
_LEAST = re.compile(r"\b(?:over|more than|at least|above|from|starting at|minimum)\b|[>\u2265]|\+")
_MOST = re.compile(r"\b(?:up to|at most|under|less than|below|maximum|as much as)\b|[<\u2264]")
_ABOUT = re.compile(r"\b(?:about|around|roughly|approx\w*\.?|nearly|almost|some|circa|ca\.?)|~")
_IDLE = re.compile(r"\b(?:the|a|of|than|rank(?:ed)?|place|number|is|only|just|as|little)\b|[= ]")
_PER = re.compile(
    r"(?:\bper\b|/|\ban?\b|\bevery\b|\beach\b)\s*(?P<many>(?:1|one)?[ ,0]*(?:000,000|000|million"
    r"|thousand|mm|m|k)(?![a-z]))?\s*(?:input |output |prompt |completion )?(?P<what>[a-z]+)?"
)
_UNITS = tuple((name, re.compile(rf"(?:{form})(?![a-z0-9])")) for name, form in units.UNITS)
_FACTORS = {
    "megabytes": ("bytes", Decimal(10**6)),
    "gigabytes": ("bytes", Decimal(10**9)),
    "terabytes": ("bytes", Decimal(10**12)),
    "milliseconds": ("seconds", Decimal("0.001")),
    "minutes": ("seconds", Decimal(60)),
    "hours": ("seconds", Decimal(3600)),
    "days": ("seconds", Decimal(86400)),
    "weeks": ("seconds", Decimal(604800)),
    "months": ("seconds", Decimal(2629800)),  # a twelfth of a year of 365.25 days
    "years": ("seconds", Decimal(31557600)),
    "milliwatts": ("watts", Decimal("0.001")),
    "kilowatts": ("watts", Decimal(1000)),
    "cents": ("USD", Decimal("0.01")),
}
_PERIODS = {"mo": "month", "yr": "year", "hr": "hour", "sec": "second", "s": "second"}
_SHARES = {"percent", "points"}
"""What a benchmark that runs to 100 is counted in, by whoever writes it."""
_FAR = Decimal(10**30)

Span = tuple[Decimal, Decimal]
"""From and to; equal ends mean exactly that."""


@dataclass(frozen=True)
class Measure:
    """An amount.

    Attributes:
        spans: What it may mean, each in the canonical unit.
        unit: Canonical unit, e.g. `tokens` or `USD/tokens` (a million of them); may be empty.
        way: `input` or `output`, when the unit says so.
        plain: Whether it is one figure, neither a range nor a bound nor a guess.
    """

    spans: tuple[Span, ...]
    unit: str = ""
    way: str = ""
    plain: bool = True

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return self.unit.partition("/")[0] in units.CURRENCIES

    @property
    def is_bound(self) -> bool:
        """Whether it is open at one end, as in `from $5`."""
        return any(_FAR in span or -_FAR in span for span in self.spans)

    def comparable(self, other: "Measure") -> bool:
        """Whether both count the same thing."""
        ways, told = {self.way, other.way} - {""}, {self.unit, other.unit} - {""}
        return len(ways) < 2 and (len(told) < 2 or told == _SHARES)

    def compatible(self, other: "Measure") -> bool:
        """Whether both may be true of one amount; a price is no part of a range of prices."""
        if (self.is_money or other.is_money) and self.plain != other.plain:
            return (self.is_bound or other.is_bound) and self._overlaps(other)
        return self._overlaps(other)

    def _overlaps(self, other: "Measure") -> bool:
        return any(_meet(one, two) for one in self.spans for two in other.spans)


def _meet(one: Span, two: Span) -> bool:
    """Whether two spans share more than an end; a point may lie on one."""
    low, high = max(one[0], two[0]), min(one[1], two[1])
    return low < high or (low == high and (one[0] == one[1] or two[0] == two[1]))


@lru_cache(maxsize=4096)
def measure(value: str, unit: str | None = None, *, context: bool = False) -> Measure | None:
    """The amount that a value with its unit states.

    Args:
        value: As a fact has it, e.g. `64K to 128K`.
        unit: As a fact has it, e.g. `USD per million input tokens`.
        context: Whether it is a size of a context, which may be counted in steps of 1,024 and
            where `up to` says no more than the figure alone.

    Returns:
        None when the value is no single amount or range.
    """
    text, told = fold(value).text, fold(unit or "").text
    if _FREE.fullmatch(text):
        return Measure(((Decimal(0), Decimal(0)),), _counted("", told)[0])
    text = _DOZEN.sub(lambda many: str(12 * int(many[1])), _SPOKEN.sub(_digits, text))
    scale = re.match(rf"(?:{_SCALE})", told)
    if scale and len(told) > 1:
        text, told = f"{text} {scale.group()}", told[scale.end() :].strip()
    found = _FIGURE.search(text)
    if not found or not _only_bounds(text[: found.start()]):
        return None
    rest = _ALONE.sub(" ", f"{text[found.end() :]} {told}").strip()
    if re.search(r"[\d,;&]", _PER.sub(" ", rest)) or not _is_unit(text[found.end() :]):
        return None
    name, factor, way = _counted(found["cur"] or "", rest)
    exact = name.partition("/")[0] in units.CURRENCIES or name == "rank"
    spans = _spans(found, factor, exact=exact, context=context)
    lead = text[: found.end()]
    bounded = _bounded(spans, lead, context=context)
    return Measure(bounded, name, way, bounded == spans and found["num2"] is None)


def _digits(word: re.Match[str]) -> str:
    """A number in words as digits, and the `a` of `a hundred` as 1."""
    if word["tens"]:
        return str(10 * units.TENS.index(word["tens"]) + 20 + _small(word["ones"]))
    return str(_small(word["small"])) if word["small"] else "1"


def _small(word: str | None) -> int:
    return units.SMALL.index(word) if word else 0


def _only_bounds(before: str) -> bool:
    """Whether what stands before a figure does no more than bound it: `up to`, but not `GPT-`."""
    for form in (_LEAST, _MOST, _ABOUT, _IDLE):
        before = form.sub("", before)
    return not before


def _is_unit(after: str) -> bool:
    """Whether letters right behind a figure are its unit, as in `440MB`, and no part of a name."""
    glued = re.match(r"[^\W\d_]+", after)
    return glued is None or any(form.fullmatch(glued.group()) for _, form in _UNITS)


def _counted(mark: str, rest: str) -> tuple[str, Decimal, str]:
    """Canonical unit (empty when none is told), the factor that leads to it, and the direction."""
    way = next((word for word in ("input", "output") if word in rest), "")
    rest = re.sub(r"\btok\b", "tokens", re.sub(r"/? ?\bmtok(?:ens)?\b|/m\b", "/1m tokens", rest))
    if mark in {"#", "no. "}:
        return "rank", Decimal(1), way
    per = _PER.search(rest)
    head = (rest[: per.start()] if per else rest).strip(" -")
    words = head.split()
    name = units.SYMBOLS.get(mark) or next(
        (name for name, form in _UNITS if any(form.fullmatch(word) for word in (head, *words))), ""
    )
    name, factor = _FACTORS.get(name or head, (name or head, Decimal(1)))
    if per is None or not (per["what"] or per["many"]):
        return name, factor, way
    base = per["what"] or ("tokens" if per["many"] else "")
    base = _PERIODS.get(base, "tokens" if base.startswith("tok") else base.removesuffix("s"))
    if base == "tokens":
        many = per["many"] or ""
        count = 10**6 if re.search(r"m|000,000", many) else 10**3 if many else 1
        factor = factor * 10**6 / count
    return f"{name}/{base}", factor, way


def _spans(
    found: re.Match[str], factor: Decimal, *, exact: bool, context: bool
) -> tuple[Span, ...]:
    second = found["num2"]
    scale = found["scale"] or (found["scale2"] if second else None)
    lows = _readings(found["num"], scale, exact=exact, context=context)
    highs = _readings(second, found["scale2"], exact=exact, context=context) if second else lows
    pairs = zip(lows, highs, strict=False)
    return tuple((low[0] * factor, high[1] * factor) for low, high in pairs)


def _readings(digits: str, scale: str | None, *, exact: bool, context: bool) -> list[Span]:
    """What one figure may mean: itself as far as it is written, and its binary twin."""
    number = Decimal(digits.replace(",", ""))
    size = Decimal(units.SCALES.get(scale or "", 1))
    value = number * size
    places = len(digits.partition(".")[2])
    half = Decimal(0) if exact else size / 10**places / 2
    half = min(half, value / (20 if context else 10))
    found = [(value - half, value + half)]
    step, twin = (10**6, 2**20) if value % 10**6 == 0 else (10**3, 2**10)
    if context and value and value % step == 0:
        other = value / step * twin
        found.append((other - half, other + half))
    return found


def _bounded(spans: tuple[Span, ...], lead: str, *, context: bool) -> tuple[Span, ...]:
    if _LEAST.search(lead):
        return tuple((low, _FAR) for low, _ in spans)
    if _MOST.search(lead) and not context:
        return tuple((-_FAR, high) for _, high in spans)
    if _ABOUT.search(lead):
        return tuple((low - abs(low) / 20, high + abs(high) / 20) for low, high in spans)
    return spans
