"""Dates: each one a verdict names is a day of the calendar and carried by a fact it cites."""

from collections.abc import Iterable, Iterator

from panel.domain.checks.context import CheckContext, cited_by, claims, flag, texts_of
from panel.domain.checks.dates import Date, dates, of_day
from panel.domain.checks.evidence import evidence_of, identity
from panel.domain.flag import Flag
from panel.domain.verdict import Verdict


def check_dates(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Dates that no cited fact, no prediction and not the calendar itself carry."""
    known = (*evidence_of(context, cited_by(verdict)).dates, *identity(context).dates)
    forecast = [of_day(prediction.by) for prediction in verdict.predictions]
    stated = {path for path, _ in claims(verdict)}
    for path, text in texts_of(verdict):
        for date in dates(text):
            span = (date.start, date.end)
            words = text[date.start : date.end]
            if not date.possible:
                message = f"there is no such day as {words!r}; correct or remove it"
            elif path not in stated or _carried(date, known) or _carried(date, forecast):
                continue
            else:
                message = f"no cited fact carries {words!r}; cite the fact that does, or remove it"
            yield flag("uncarried-date", "blocks", message, path=path, text=text, span=span)


def _carried(date: Date, known: Iterable[Date]) -> bool:
    return any(date.carried_by(other) for other in known)
