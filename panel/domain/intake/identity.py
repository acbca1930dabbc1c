"""The head of a dossier from its facts: licence, release day, prices and a first tagline.

An editor's words always stand; only what is blank or a placeholder is filled, and only by a fact
that is better supported than any that contradicts it.
"""

import calendar
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from panel.domain.dossier import Dossier
from panel.domain.fact import Fact
from panel.domain.intake.additions import PLACEHOLDER
from panel.domain.intake.attributes import canonical
from panel.domain.intake.measure import measure
from panel.domain.intake.normal import meaning
from panel.domain.witnesses import witness_count

MAX_TAGLINE = 140
MAX_NAME = 80
"""Most characters of a vendor's name, as the format has it."""
_CATEGORY = "AI model"
_TELLING = {"modality": 0, "architecture": 1, "licence": 2, "access": 3, "context": 4}
"""Topics that a tagline begins with."""

_WAYS = {"input-price": "input_per_million", "output-price": "output_per_million"}


def blanks(dossier: Dossier, vendor: str = "") -> tuple[dict[str, str], tuple[str, ...]]:
    """Values for the blank keys of a dossier's head.

    Args:
        dossier: The dossier with all its facts.
        vendor: Who makes the model, as a card or an entry says; empty when none does.

    Returns:
        Values by key, as `price.entry`, and the ids of the facts that carry the prices.
    """
    head = dossier.model_dump()
    wanted = {**_of_facts(dossier), **_first_words(dossier, vendor)}
    found = {key: value for key, value in wanted.items() if value and _is_blank(head[key])}
    prices = _prices(dossier)
    carried: list[str] = []
    for key, (value, fact) in prices.items():
        if head["price"][key] is None:
            found[f"price.{key}"] = value
            carried.append(fact.id)
    return found, tuple(one for one in dict.fromkeys(carried) if one not in dossier.price.facts)


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and bool(PLACEHOLDER.search(value)))


def _of_facts(dossier: Dossier) -> Mapping[str, str | None]:
    licence = _best(dossier, "licence")
    released = _best(dossier, "release-date")
    return {
        "licence": licence.value if licence else None,
        "released": _day(released) if released else None,
    }


def _first_words(dossier: Dossier, vendor: str) -> Mapping[str, str | None]:
    """Vendor, category and tagline of a dossier that nobody has written on yet."""
    maker = _best(dossier, "vendor") or _best(dossier, "developer")
    facts = [
        fact
        for fact in dossier.facts
        if not dossier.disputes(fact.id)
        and fact.standing != "superseded"
        and not PLACEHOLDER.search(fact.statement)
    ]
    order = sorted(facts, key=lambda fact: -witness_count(dossier, fact))
    briefs = [fact.brief for fact in sorted(order, key=lambda fact: _TELLING.get(fact.topic, 9))]
    line = ""
    for brief in briefs[:3]:
        longer = f"{line}; {brief}" if line else brief[:1].upper() + brief[1:]
        line = longer if len(longer) <= MAX_TAGLINE else line
    return {
        "vendor": ((maker.value if maker else None) or vendor)[:MAX_NAME] or None,
        "category": _CATEGORY if facts else None,
        "tagline": line or None,
    }


def _best(dossier: Dossier, attribute: str) -> Fact | None:
    """The fact with the most witnesses among those with a value; None on a tie of two values."""
    facts = [
        fact
        for fact in dossier.facts
        if canonical(fact.attribute) == attribute and fact.value and fact.standing != "superseded"
    ]
    counted = sorted(facts, key=lambda fact: -witness_count(dossier, fact))
    if len(counted) > 1 and dossier.disputes(counted[0].id):
        first, second = (witness_count(dossier, fact) for fact in counted[:2])
        return counted[0] if first > second else None
    return counted[0] if counted else None


def _day(fact: Fact) -> str | None:
    """The day a fact tells, if it tells one that the calendar has."""
    day = meaning(fact.attribute, fact.value or "", None).day
    if day is None or not (day.year and day.month and day.day) or day.swapped:
        return None
    if day.day > calendar.monthrange(day.year, day.month)[1]:
        return None
    return str(dt.date(day.year, day.month, day.day))


def _prices(dossier: Dossier) -> dict[str, tuple[str, Fact]]:
    """What the price says by key, each with the fact that carries it."""
    found: dict[str, tuple[str, Fact]] = {}
    if dossier.price.currency != "USD":
        return found
    for attribute, key in _WAYS.items():
        fact = _best(dossier, attribute)
        amount = measure(fact.value or "", fact.unit) if fact else None
        if fact and amount and amount.plain and amount.unit == "USD/tokens":
            found[key] = (_plain(amount.spans[0][0]), fact)
    entry = _best(dossier, "entry-price")
    if entry:
        found["entry"] = (entry.brief[:1].upper() + entry.brief[1:], entry)
    return found


def _plain(amount: Decimal) -> str:
    cents = amount.quantize(Decimal("0.01"))
    return f"{cents if cents == amount else amount.normalize():f}"
