"""Dates as people write them, read into parts so that a vague date can rest on an exact one."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from panel.domain.cues import any_cue, any_digit, cues
from panel.domain.typography import fold

_FULL = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_SHORT = {name[:3]: number for name, number in _FULL.items()}
_MONTHS = {**_SHORT, "sept": 9, **_FULL}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_MONTH_NAMES = " ".join(_MONTHS)
_YEAR = r"(?:19[89]|20\d)\d"
_DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}

_FORMS = tuple(
    (re.compile(form), cues(words))
    for words, form in (
        ("", rf"(?<![\w.])(?P<year>{_YEAR})[-/.](?P<num>[01]?\d)[-/.](?P<day>[0-3]?\d)(?![\w%])"),
        ("", rf"(?<![\w.])(?P<day>[0-3]?\d)[/.](?P<num>[01]?\d)[/.](?P<year>{_YEAR})(?![\w%])"),
        (
            _MONTH_NAMES,
            rf"\b(?P<month>{_MONTH}) (?P<day>{_DAY})(?:,? (?P<year>{_YEAR}))?(?![\w%]|\.\d)",
        ),
        (
            _MONTH_NAMES,
            (
                rf"(?<![\w.])(?P<day>{_DAY})(?: of)? (?P<month>{_MONTH})(?:,? (?P<year>{_YEAR}))?"
                r"(?!\w)"
            ),
        ),
        (_MONTH_NAMES, rf"\b(?P<month>{_MONTH}),? (?:of )?(?P<year>{_YEAR})(?!\w)"),
        ("", rf"(?<![\w.])(?P<year>{_YEAR})-(?P<num>[01]\d)(?![\w%-])"),
        ("q", rf"\bq(?P<quarter>[1-4])(?:[ -/](?:of )?(?P<year>{_YEAR}))?(?!\w)"),
        ("q", rf"(?<![\w.])(?P<year>{_YEAR})[ -]?q(?P<quarter>[1-4])(?!\w)"),
        (
            "quarter",
            rf"\b(?P<word>first|second|third|fourth) quarter(?: of (?P<year>{_YEAR}))?(?!\w)",
        ),
        (
            _MONTH_NAMES,
            (
                rf"\b(?:in|since|by|until|from|of|during|late|early|mid|last|this|next)[ -]"
                rf"(?P<month>{_MONTH})(?! \d)"
            ),
        ),
        (
            "",
            (
                rf"(?<![\w.$#])(?P<year>{_YEAR})(?![\w%]|[.,]\d|[ -](?:\w+ )?(?:tokens?"
                r"|parameters|words|gb|mb|tb|users|points|languages|dollars|euros|percent|px"
                r"|pixels|images|examples|gpus))"
            ),
        ),
    )
)
"""How dates are written, and the words one of which stands there; without any, a year does."""

_ANY = cues(f"quarter {_MONTH_NAMES}")
"""Without one of these and without a digit a text names no date."""


@dataclass(frozen=True)
class Date:
    """A date as precise as it was written.

    Attributes:
        start: Offset of the first character in the original text.
        end: Offset after the last one.
        year: Year, if given.
        month: Month, if given.
        day: Day of the month, if given.
        quarter: Quarter, if given.
        swapped: Whether day and month may be exchanged (`04/08/2026`).
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    swapped: bool = False

    @property
    def possible(self) -> bool:
        """Whether the calendar has such a day."""
        if self.month is None:
            return True
        if not 1 <= self.month <= 12:
            return self.swapped and self.exchanged().possible
        return self.day is None or (
            1 <= self.day <= calendar.monthrange(self.year or 2024, self.month)[1]
        )

    def exchanged(self) -> "Date":
        """The same figures with day and month exchanged."""
        return Date(self.start, self.end, self.year, self.day, self.month)

    def carried_by(self, other: "Date") -> bool:
        """Whether everything this date says, the other says too."""
        if self.swapped and self.exchanged().carried_by(other):
            return True
        quarter = other.quarter or ((other.month + 2) // 3 if other.month else None)
        return (
            self.year in {None, other.year}
            and self.month in {None, other.month}
            and self.day in {None, other.day}
            and self.quarter in {None, quarter}
        )


def of_day(day: dt.date) -> Date:
    """A calendar day as a `Date` without a place."""
    return Date(0, 0, day.year, day.month, day.day)


@lru_cache(maxsize=4096)
def dates(text: str) -> tuple[Date, ...]:
    """Every date a text names, in order of place.

    Args:
        text: Any text.
    """
    folded = fold(text)
    if not any_digit(folded.text) and not any_cue(folded.text, _ANY):
        return ()
    found: list[Date] = []
    has_year = "19" in folded.text or "20" in folded.text
    for form, words in _FORMS:
        if not (any_cue(folded.text, words) if words else has_year):
            continue
        for match in form.finditer(folded.text):
            start, end = folded.original(*match.span())
            if any(start < other.end and other.start < end for other in found):
                continue
            if date := _read(match, start, end, text):
                found.append(date)
    return tuple(sorted(found, key=lambda date: date.start))


def _read(match: re.Match[str], start: int, end: int, text: str) -> Date | None:
    parts = match.groupdict()
    month = parts.get("month")
    bare = month and not parts.get("day") and not parts.get("year")
    if month and (bare or month in {"may", "march", "mar"}):
        written = text[start:end]
        if not any(word[:1].isupper() for word in re.findall(r"[A-Za-z]{3,}", written)):
            return None
        start = end - len(month) if bare and end - len(month) >= start else start
    number = int(parts["num"]) if parts.get("num") else _MONTHS.get((month or "").rstrip("."))
    day = re.match(r"\d+", parts.get("day") or "")
    quarter = parts.get("quarter")
    return Date(
        start,
        end,
        int(parts["year"]) if parts.get("year") else None,
        number,
        int(day.group()) if day else None,
        int(quarter) if quarter else _QUARTERS.get(parts.get("word") or ""),
        swapped=bool(day and parts.get("num") and match.string[match.start("num") - 1] in "/."),
    )
