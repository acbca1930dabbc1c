"""Numbers and prices: each one a verdict names must be carried by a fact it cites."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from panel.domain.checks.context import CheckContext, claims, flag
from panel.domain.checks.figures import Figure, figures, figures_in_names
from panel.domain.checks.naming import pattern_of
from panel.domain.flag import Flag
from panel.domain.typography import fold
from panel.domain.verdict import Verdict

_FREE = re.compile(
    r"(?<![\w-])(?<!feel )(?<!set )free(?![\w-])(?! (?:to|from|of (?!charge|cost)|rein|lunch|ride|"
    r"hand|speech|software|will|up|market|press|time|fall|agent))"
    r"|\bcosts? nothing\b|\b(?:at no|free of|without|zero|no) (?:charge|cost)\b|\bfor nothing\b"
    r"|\bgratis\b|\bzero dollars\b"
)


def check_numbers(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Numbers that no cited fact carries."""
    known, names = _known(verdict, context), _names(context)
    for path, text in claims(verdict):
        for figure in _figures(text, names):
            if figure.priced or figure.loose or _carried(figure, known):
                continue
            span = (figure.start, figure.end)
            message = (
                f"no cited fact carries {text[slice(*span)]!r}; cite the fact that does,"
                " or remove the number"
            )
            yield flag("uncarried-number", "blocks", message, path=path, text=text, span=span)


def check_prices(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Amounts of money, and the word free, that no cited fact carries."""
    known, names = _known(verdict, context), _names(context)
    free = any(_FREE.search(fold(text).text) for text in context.evidence(verdict)) or any(
        figure.priced and not figure.value for figure in known
    )
    for path, text in claims(verdict):
        spans = [
            (figure.start, figure.end)
            for figure in _figures(text, names)
            if figure.priced and not _carried(figure, known)
        ]
        folded = fold(text)
        if not free:
            spans += [folded.original(*found.span()) for found in _FREE.finditer(folded.text)]
        for span in spans:
            message = (
                f"no cited fact carries the price {text[slice(*span)]!r}; cite the fact that does,"
                " or remove it"
            )
            yield flag("uncarried-price", "blocks", message, path=path, text=text, span=span)


def _names(context: CheckContext) -> tuple[str, ...]:
    return tuple(fold(name).text for name in (context.dossier.name, *context.dossier.rivals))


@lru_cache(maxsize=8192)
def _figures(text: str, names: tuple[str, ...]) -> tuple[Figure, ...]:
    """The figures of a text without those in the names of this model and its rivals."""
    found = figures(text)
    if not found:
        return ()
    folded = fold(text)
    named = [
        folded.original(*match.span())
        for name in names
        for match in pattern_of(name).finditer(folded.text)
    ]
    return tuple(
        figure
        for figure in found
        if not any(figure.start < end and start < figure.end for start, end in named)
    )


def _known(verdict: Verdict, context: CheckContext) -> list[Figure]:
    names = _names(context)
    known = [figure for text in context.evidence(verdict) for figure in _figures(text, names)]
    known += [
        figure
        for text in (*context.evidence(verdict), *context.identity)
        for figure in figures_in_names(text)
    ]
    known += [
        Figure(0, 0, Decimal(fact.value), "rank")
        for fact in context.cited(verdict)
        if fact.value and fact.value.isdecimal() and "rank" in f"{fact.attribute} {fact.unit or ''}"
    ]
    return known


def _carried(figure: Figure, known: list[Figure]) -> bool:
    return any(figure.carried_by(other) for other in known)
