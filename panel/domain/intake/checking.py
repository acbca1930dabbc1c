"""What the extractor claims to have found, held against the source: nothing is taken on its word.

Each refusal says what to change, so that the llm can mend it; what it cannot mend is left out.
"""

import datetime as dt
import re

from pydantic import ValidationError

from panel.domain.checks.dates import dates
from panel.domain.fact import MAX_QUOTE_WORDS
from panel.domain.intake.aside import asides, rival_in_charge
from panel.domain.intake.candidate import Candidate
from panel.domain.intake.quoting import Span, denied_before, places
from panel.domain.intake.reading import Reading
from panel.domain.intake.subject import Subject
from panel.domain.planting import find_plant
from panel.domain.typography import fold
from panel.domain.value import Value

_ISO_DAY = re.compile(r"\b(\d{4})-\d{2}-(\d{2})\b")  # its month may be written as a word
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


class Claim(Value):
    """A fact as the extractor states it; see `Candidate` for the fields.

    Attributes:
        as_of: `YYYY-MM-DD` where the source dates the statement; None when it does not.
    """

    topic: str
    attribute: str
    statement: str
    brief: str
    value: str | None
    unit: str | None
    entity: str
    as_of: str | None
    standing: str
    leaning: str
    quote: str


class RefusedClaimError(ValueError):
    """A claim that is not taken, with what to change."""


def checked(claim: Claim, reading: Reading, subject: Subject, source: str) -> Candidate:
    """A claim as a candidate fact, in the source's own words.

    Args:
        claim: What the extractor states.
        reading: The source.
        subject: The model under review.
        source: Id of the source in the dossier.

    Raises:
        RefusedClaimError: It is not about this model, not in the source, or not said so there.
    """
    if not subject.is_named(claim.entity):
        raise RefusedClaimError(
            f"entity {claim.entity!r} is not {subject.name!r}; leave facts of other models out"
        )
    span = _span(claim.quote, reading, subject)
    _figures(claim, reading, span)
    for name in ("statement", "brief", "value", "unit"):
        text = getattr(claim, name)
        told = text and (name != "value" or len(text.split()) > 1)  # `never` alone is no order
        if told and (plant := find_plant(text, own_words=True)):
            raise RefusedClaimError(f"{name} addresses reviewers: {plant[2]}; state the fact alone")
    quote = " ".join(reading.text[span.start : span.end].split())
    if plant := find_plant(quote, own_words=False):
        raise RefusedClaimError(f"the quote is no statement about the model: {plant[2]}")
    fields = claim.model_dump()
    fields.update(quote=quote, source=source, as_of=_day(claim.as_of, reading))
    fields["value"] = claim.value or None
    fields["unit"] = (claim.unit or None) if claim.value else None
    try:
        return Candidate.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "fact"
        raise RefusedClaimError(f"{where}: {first['msg']}") from None


def _span(quote: str, reading: Reading, subject: Subject) -> Span:
    """Where the quote stands and is about the model."""
    if len(quote.split()) > MAX_QUOTE_WORDS:
        raise RefusedClaimError(
            f"quote: {len(quote.split())} words; copy the {MAX_QUOTE_WORDS} or fewer that carry it"
        )
    found = tuple(places(quote, reading.text))
    if not found:
        raise RefusedClaimError(
            f"quote {quote!r} does not stand in the source; copy whole words exactly, in one piece"
        )
    further = asides(reading.text, subject.names)
    reason = ""
    for span in found:
        if any(one.start <= span.start < one.end for one in further):
            reason = "stands among further articles or comments, not in the article"
        elif rival := rival_in_charge(span, reading.text, subject.names, subject.others):
            reason = f"is about {rival}, not about {subject.name}"
        elif denial := denied_before(span, reading.text):
            reason = f"leaves out {denial!r} right before it; begin the quote there"
        else:
            return span
    raise RefusedClaimError(f"quote {quote!r} {reason}")


def _figures(claim: Claim, reading: Reading, span: Span) -> None:
    """Every figure stands in the source, those of the value in the quote itself.

    Raises:
        RefusedClaimError: One does not.
    """
    strange = _figures_of(claim.value or "") - _figures_of(reading.text[span.start : span.end])
    if strange:
        raise RefusedClaimError(
            f"value: {min(strange)} does not stand in the quote; quote the words that hold it"
        )
    known = _figures_of(f"{reading.title}\n{reading.text}\n{reading.published}\n{reading.read}")
    said = _ISO_DAY.sub(lambda day: f"{day[1]} {day[2]}", f"{claim.statement} {claim.brief}")
    strange = _figures_of(said) - known
    if strange:
        raise RefusedClaimError(f"statement: {min(strange)} does not stand in the source")


def _figures_of(text: str) -> set[str]:
    found = _FIGURE.findall(fold(text).text)
    return {one.replace(",", "").lstrip("0") or "0" for one in found}


def _day(said: str | None, reading: Reading) -> dt.date:
    """Day of the statement: the one it names, else the day of the source.

    Raises:
        RefusedClaimError: The day is none, lies after the day of reading, or is nowhere told.
    """
    if not said:
        return reading.published or reading.read
    try:
        day = dt.date.fromisoformat(said)
    except ValueError:
        raise RefusedClaimError(f"as_of: {said!r} is no day; write YYYY-MM-DD or null") from None
    if day > reading.read:
        raise RefusedClaimError(f"as_of: {day} lies after the day of reading, {reading.read}")
    if reading.published is None and not _is_told(day, f"{reading.title}\n{reading.text}"):
        raise RefusedClaimError(f"as_of: the source tells no such day as {day}; write null")
    return day


def _is_told(day: dt.date, text: str) -> bool:
    """Whether a text names a day, or the month or year it lies in."""
    return any(
        one.year == day.year and one.month in {None, day.month} and one.day in {None, day.day}
        for one in dates(text)
    )
