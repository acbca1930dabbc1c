"""Near copies: a reviewer writes their own sentences, new ones each time."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from panel.domain.checks.context import CheckContext, Keyed, flag, texts_of
from panel.domain.checks.lexicon import FUNCTION_WORDS
from panel.domain.checks.naming import names
from panel.domain.checks.units import ORDINALS, SMALL, TENS
from panel.domain.dossier import Dossier
from panel.domain.flag import Flag
from panel.domain.typography import Word, plain_words, shingles, words
from panel.domain.verdict import Verdict

WARNS_FROM, REASON_FROM, BLOCKS_FROM = 8, 10, 12
"""Consecutive words of one dossier text, names not counted: in quote and headline, elsewhere, and
from where they block. A reason has to state its fact in one sentence, so it gets more room."""

MEANT = 0.3
"""Share of words with a meaning of their own below which a run around a figure does not count."""

_FIGURE_WORDS = frozenset(
    (*SMALL, *TENS, *ORDINALS, "hundred", "thousand", "million", "billion", "half", "third")
)

EARLIER_SHARE = 0.4
"""Share of a quote's five-word shingles that one earlier quote may hold."""


_Shingles = frozenset[tuple[str, ...]]


def check_copies(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Long runs of the dossier's own words, and quotes that repeat an earlier one."""
    known = _known(Keyed(context.dossier))
    for path, text in texts_of(verdict):
        if not known.isdisjoint(shingles(text, WARNS_FROM)):  # hardly ever, and soon told
            briefs = [f" {_plain(fact.brief)} " for fact in context.cited(verdict)]
            yield from _runs(path, text, known, briefs)
    yield from _repeats(verdict, context.earlier)


def _texts(dossier: Dossier) -> Iterator[str]:
    for fact in dossier.facts:
        yield fact.statement
        yield from (witness.quote for witness in fact.witnesses)
    if dossier.summary:
        yield dossier.summary


@lru_cache(maxsize=128)
def _known(keyed: Keyed) -> _Shingles:
    return _Shingles().union(*(shingles(text, WARNS_FROM) for text in _texts(keyed.dossier)))


def _plain(text: str) -> str:
    return " ".join(plain_words(text))


def _runs(path: str, text: str, known: _Shingles, briefs: Sequence[str]) -> Iterator[Flag]:
    own = words(text)
    limit = WARNS_FROM if path in {"quote", "headline"} else REASON_FROM
    at = 0
    while at + WARNS_FROM <= len(own):
        end = at + WARNS_FROM
        if tuple(word.text for word in own[at:end]) not in known:
            at += 1
            continue
        while (
            end < len(own) and tuple(w.text for w in own[end - WARNS_FROM + 1 : end + 1]) in known
        ):
            end += 1
        run = own[at:end]
        counted = _counted(text, run, briefs)
        if counted >= limit and not _is_plain(run):
            message = f"{counted} words in a row stand in the dossier; say it in your own words"
            severity = "blocks" if counted >= BLOCKS_FROM else "warns"
            yield flag("copied", severity, message, path=path, text=text,
                       span=(run[0].start, run[-1].end))  # fmt: skip
        at = end


def _counted(text: str, run: Sequence[Word], briefs: Sequence[str]) -> int:
    """Words of a run that belong to no name, and to no brief, which is there to be used."""
    named = [(name.start, name.end) for name in names(text)]
    plain = [word.text for word in run]
    if any(f" {' '.join(plain)} " in brief for brief in briefs):
        return 0
    kept = set(range(len(run))) - _in_a_brief(plain, briefs)
    return sum(
        not any(start <= run[at].start and run[at].end <= end for start, end in named)
        for at in kept
    )


def _in_a_brief(plain: Sequence[str], briefs: Sequence[str]) -> set[int]:
    """Places of the longest part of a run, of at least five words, that stands in a brief."""
    for length in range(len(plain) - 1, 4, -1):
        for at in range(len(plain) - length + 1):
            part = f" {' '.join(plain[at : at + length])} "
            if any(part in brief for brief in briefs):
                return set(range(at, at + length))
    return set()


def _is_plain(run: Sequence[Word]) -> bool:
    """Whether a run is a figure with little but function words around it."""
    figures = [word for word in run if word.text[0].isdigit() or word.text in _FIGURE_WORDS]
    told = [word for word in run if word.text not in FUNCTION_WORDS and word not in figures]
    return bool(figures) and len(told) < MEANT * len(run)


def _repeats(verdict: Verdict, earlier: Sequence[str]) -> Iterator[Flag]:
    own = shingles(verdict.quote, 5) if earlier else _Shingles()
    for quote in earlier:
        shared = len(own & shingles(quote, 5))
        if own and shared / len(own) >= EARLIER_SHARE:
            message = (
                f"{round(100 * shared / len(own))} % of the quote repeats an earlier one;"
                " write about this model"
            )
            yield flag("copied", "warns", message, path="quote", text=verdict.quote,
                       span=(0, len(verdict.quote)))  # fmt: skip
            return
