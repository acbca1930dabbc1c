"""Binding: what stands in a cited phrase is carried by that citation, not only by another one."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from panel.domain.checks.context import CheckContext, Keyed, cited_by, flag
from panel.domain.checks.dates import Date, dates
from panel.domain.checks.evidence import Evidence, evidence_of, identity, own_names
from panel.domain.checks.figures import Figure, figures_outside
from panel.domain.checks.licences import is_denied, is_supported
from panel.domain.checks.names import is_named
from panel.domain.checks.naming import Name, names
from panel.domain.checks.numbers import is_carried
from panel.domain.checks.passages import overlaps, uses
from panel.domain.checks.spared import is_spared
from panel.domain.flag import Flag
from panel.domain.verdict import Verdict


class _Token(NamedTuple):
    """A figure, date or name, and how to tell whether some evidence carries it."""

    start: int
    end: int
    rests_on: Callable[[Evidence], bool]


def check_bindings(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Figures, dates and names in a cited phrase that only another citation carries."""
    cited = [use for use in uses(verdict) if use.path == "quote"]
    everything, own = evidence_of(context, cited_by(verdict)), identity(context)
    for token in _tokens(verdict.quote, context) if cited else ():
        over = [use for use in cited if overlaps(token.start, token.end, use)]
        here = evidence_of(context, {fact for use in over for fact in use.facts})
        if not over or token.rests_on(here) or token.rests_on(own):
            continue
        if token.rests_on(everything):  # what nothing carries is told by the other checks
            words = verdict.quote[token.start : token.end]
            message = f"the facts cited for these words do not carry {words!r}; cite those that do"
            yield flag("miscited", "warns", message, path="quote", text=verdict.quote,
                       span=(token.start, token.end))  # fmt: skip


def _tokens(text: str, context: CheckContext) -> Iterator[_Token]:
    for figure in figures_outside(text, own_names(Keyed(context.dossier))):
        if not figure.loose and not is_spared(figure, text, context):
            yield _Token(figure.start, figure.end, _figure_test(figure))
    for date in dates(text):
        yield _Token(date.start, date.end, _date_test(date))
    for name in names(text):
        yield _Token(name.start, name.end, _name_test(name, text))


def _figure_test(figure: Figure) -> Callable[[Evidence], bool]:
    free = figure.priced and not figure.value
    return lambda evidence: is_carried(figure, evidence.figures) or (free and evidence.free)


def _date_test(date: Date) -> Callable[[Evidence], bool]:
    return lambda evidence: any(date.carried_by(other) for other in evidence.dates)


def _name_test(name: Name, text: str) -> Callable[[Evidence], bool]:
    word, denied = text[name.start : name.end], is_denied(text, name.start)
    match name.sort:
        case "benchmark":
            return lambda evidence: name.key in evidence.benchmarks
        case "licence":
            return lambda evidence: is_supported(name.key, evidence.licences, denied=denied)
        case _:
            return lambda evidence: is_named(word, evidence.folded)
