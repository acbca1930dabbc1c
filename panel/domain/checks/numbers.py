"""Numbers and prices: each one a verdict names must be carried by a fact it cites."""

from collections.abc import Iterator, Sequence

from panel.domain.checks.context import CheckContext, Keyed, cited_by, claims, flag
from panel.domain.checks.evidence import evidence_of, identity, own_names
from panel.domain.checks.figures import Figure, figures_outside, free_words
from panel.domain.checks.spared import is_spared
from panel.domain.flag import Flag
from panel.domain.verdict import Verdict


def check_numbers(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Numbers that no cited fact carries."""
    known, own = _known(verdict, context), own_names(Keyed(context.dossier))
    for path, text in claims(verdict):
        for figure in figures_outside(text, own):
            if figure.priced or figure.loose or is_carried(figure, known):
                continue
            if is_spared(figure, text, context):
                continue
            span = (figure.start, figure.end)
            message = (
                f"no cited fact carries {text[slice(*span)]!r}; cite the fact that does,"
                " or remove the number"
            )
            yield flag("uncarried-number", "blocks", message, path=path, text=text, span=span)


def check_prices(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Amounts of money, and the word free, that no cited fact carries; free and zero are one."""
    known, own = _known(verdict, context), own_names(Keyed(context.dossier))
    free = evidence_of(context, cited_by(verdict)).free
    for path, text in claims(verdict):
        spans = [
            (figure.start, figure.end)
            for figure in figures_outside(text, own)
            if figure.priced and not is_carried(figure, known) and not (free and figure.value == 0)
        ]
        for span in (*spans, *(() if free else free_words(text))):
            message = (
                f"no cited fact carries the price {text[slice(*span)]!r}; cite the fact that does,"
                " or remove it"
            )
            yield flag("uncarried-price", "blocks", message, path=path, text=text, span=span)


def is_carried(figure: Figure, known: Sequence[Figure]) -> bool:
    """Whether one of the known figures says the same.

    Args:
        figure: What a verdict says.
        known: What its evidence says.
    """
    return any(figure.carried_by(other) for other in known)


def _known(verdict: Verdict, context: CheckContext) -> tuple[Figure, ...]:
    return (*evidence_of(context, cited_by(verdict)).figures, *identity(context).figures)
