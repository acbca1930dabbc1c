"""Tells a newer truth from a contradiction: by the days, by what changes, and by what is said.

A later day alone proves little: what is `still` so denies a change, and what is told of an earlier
day is no news.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from panel.domain.checks.dates import Date, dates
from panel.domain.fact import Fact, Source
from panel.domain.intake.attributes import drifts, nature
from panel.domain.typography import fold

IS_FREE = "one says that it is free"
HAS_NONE = "one value is none"
"""Grounds on which another's later word alone does not replace the vendor's."""

ClashKind = Literal["contradiction", "supersession"]

_CHANGE = re.compile(
    r"\b(?:now|no longer|(?:has|have) since|since (?:then|\d+|early|late|mid|spring|summer"
    r"|autumn|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b"
    r"|(?:the|an?) (?:\w+ )?(?:update|cut))"
    r"|cuts?|raise[ds]?|lower(?:s|ed)|drop(?:s|ped)|reduce[ds]?|increase[ds]?|change[ds]?"
    r"|update[ds]?|upgrade[ds]?|re-?licen[sc]ed|switched (?:to|from)"
    r"|moved|became|new price|as of|from then|doubled|halved|opened|was extended|previously"
    r"|formerly|replac\w+|adds?|added|gain(?:s|ed)|grow[sn]?|grew|widen(?:s|ed)|renamed"
    r"|with (?:the|its|this|today's) (?:\w+ )?(?:update|version|release))\b"
)
_STEADY = re.compile(
    r"\b(?:still|remain(?:s|ed)?|continues? to|as ever|unchanged|always|never|so far)\b"
)
_FOR_GOOD = re.compile(r"\bwill (?:\w+ )?(?:ever|never|always|stay|remain)\b|\bforever\b")
_SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11}
_SEASON = re.compile(rf"\b({'|'.join(_SEASONS)}),?(?: of)? $")


@dataclass(frozen=True)
class Clash:
    """Two facts that cannot both hold now.

    Attributes:
        first: Id of the one.
        second: Id of the other.
        kind: A contradiction, or a newer truth that replaces an older one.
        why: The ground, in a few words.
        newer: Id of the fact that is the newer truth; empty for a contradiction.
    """

    first: str
    second: str
    kind: ClashKind
    why: str
    newer: str = ""


def aged(first: Fact, second: Fact, why: str, told: Iterable[str] = ()) -> Clash:
    """A clash with its kind: a later date supersedes what may change in time.

    Args:
        first: A fact.
        second: One that cannot hold beside it.
        why: The ground.
        told: Ids of the facts whose day the sources tell, see `dated`.
    """
    older, newer = sorted((first, second), key=lambda fact: fact.as_of)
    known = {*told}
    days = all(fact.id in known or dates(fact.statement) for fact in (older, newer))
    if older.as_of < newer.as_of and days and _may_have_changed(older, newer, why):
        return Clash(first.id, second.id, "supersession", why, newer.id)
    return Clash(first.id, second.id, "contradiction", why)


def dated(facts: Iterable[Fact], sources: Iterable[Source]) -> frozenset[str]:
    """Ids of the facts whose day is told by a source, and is not just the day of reading.

    Args:
        facts: The facts.
        sources: Their sources.
    """
    by_id = {source.id: source for source in sources}
    return frozenset(
        fact.id
        for fact in facts
        for witness in fact.witnesses
        if (source := by_id.get(witness.source)) and (source.published or fact.as_of != source.read)
    )


def _may_have_changed(older: Fact, newer: Fact, why: str) -> bool:
    quotes = (witness.quote for witness in newer.witnesses)
    said = fold(" ; ".join((newer.statement, newer.value or "", *quotes))).text
    promised = _FOR_GOOD.search(fold(older.statement).text) is not None
    if promised or _STEADY.search(said) or _is_of_before(said, older.as_of):
        return False
    moves, changed = nature(newer.attribute), _CHANGE.search(said) is not None
    if why in {IS_FREE, HAS_NONE} and older.standing == "official" != newer.standing:
        return changed  # what its vendor gives for nothing, others do not put an end to
    if moves == "moving" and not changed and not drifts(newer.attribute):
        # Who measures puts what the vendor claims to the test, and tells of no change.
        return newer.standing != "measured" or older.standing != "official"
    return moves == "moving" or (moves == "either" and changed)


def _is_of_before(said: str, day: dt.date) -> bool:
    """Whether every date that a text names lies before a day."""
    last = [_end(one, said[: one.start]) for one in dates(said) if one.year]
    return bool(last) and max(last) < day


def _end(date: Date, before: str) -> dt.date:
    """The last day that a date may mean."""
    year = date.year or dt.MAXYEAR
    season = _SEASON.search(before)
    month = date.month or (_SEASONS[season[1]] if season else 3 * (date.quarter or 4))
    last = calendar.monthrange(year, month)[1]
    return dt.date(year, month, min(date.day or last, last))
