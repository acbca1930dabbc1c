"""Deterministic checks of a verdict against its dossier: claims are checked by code.

Each check lives in its own small file and yields flags; this one runs them all and orders them.
"""

from collections.abc import Callable, Iterable, Iterator

from panel.domain.checks.banned import check_banned_words
from panel.domain.checks.call import check_call
from panel.domain.checks.citations import check_citations
from panel.domain.checks.comparisons import check_comparisons
from panel.domain.checks.conflict import check_conflicts
from panel.domain.checks.context import CheckContext, texts_of
from panel.domain.checks.copied import check_copies
from panel.domain.checks.dating import check_dates
from panel.domain.checks.first_hand import check_first_hand
from panel.domain.checks.flips import check_flips
from panel.domain.checks.leak import check_leaks
from panel.domain.checks.length import check_length
from panel.domain.checks.licences import check_licences
from panel.domain.checks.markup import check_markup
from panel.domain.checks.miscited import check_bindings
from panel.domain.checks.names import check_names, check_odd_tokens, check_proper_nouns
from panel.domain.checks.numbers import check_numbers, check_prices
from panel.domain.checks.overstated import check_overstated
from panel.domain.checks.planted import check_planted
from panel.domain.checks.prediction import check_predictions
from panel.domain.checks.proxies import check_proxies
from panel.domain.checks.uncited import check_uncited
from panel.domain.flag import Flag
from panel.domain.typography import fold
from panel.domain.verdict import Verdict

__all__ = ["CHECKS", "CHECKS_VERSION", "Check", "CheckContext", "check"]

CHECKS_VERSION = "1"
"""Raised whenever a check may answer differently; part of what a run pins."""

Check = Callable[[Verdict, CheckContext], Iterator[Flag]]

CHECKS: tuple[Check, ...] = (
    check_citations,
    check_call,
    check_numbers,
    check_dates,
    check_prices,
    check_licences,
    check_names,
    check_odd_tokens,
    check_proper_nouns,
    check_conflicts,
    check_uncited,
    check_comparisons,
    check_overstated,
    check_bindings,
    check_first_hand,
    check_proxies,
    check_banned_words,
    check_leaks,
    check_planted,
    check_markup,
    check_predictions,
    check_flips,
    check_copies,
    check_length,
)
"""Every check; the order does not matter, since the flags are sorted."""


def check(verdict: Verdict, context: CheckContext) -> tuple[Flag, ...]:
    """Everything the checks find in a verdict; pure, and it never raises.

    Args:
        verdict: The reviewer's answer.
        context: What it is checked against.

    Returns:
        Flags by field in the order of the page, then place, then kind, each once. Flags on the
        whole verdict come first.
    """
    order = {path: at for at, (path, _) in enumerate(texts_of(verdict), start=1)}
    found = _merged(flag for one in CHECKS for flag in one(verdict, context))

    def place(flag: Flag) -> tuple[int, str, int, str, int, str]:
        if flag.span is None:
            return 0, "", 0, flag.kind, 0, flag.message
        field = flag.span.field
        later = order.get(field, len(order) + 1)
        return later, field, flag.span.start, flag.kind, flag.span.end, flag.message

    return tuple(sorted(found, key=place))


def _merged(flags: Iterable[Flag]) -> Iterable[Flag]:
    """Each flag once; of one uncarried figure or name in one field, the first."""
    found: dict[object, Flag] = {}
    for flag in flags:
        repeats = flag.span and flag.kind.startswith("uncarried")
        words = fold(flag.span.text).text if flag.span and repeats else None
        key = (flag.kind, flag.span.field, words) if flag.span and repeats else flag
        known = found.get(key)
        if known is None or (known.span and flag.span and (flag.span.start < known.span.start)):
            found[key] = flag
    return found.values()
