"""Disputed facts stated without a citation: leaving it out is no way round an open conflict."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from panel.domain.checks.conflict import is_hedged
from panel.domain.checks.context import CheckContext, Keyed, claims, flag
from panel.domain.checks.evidence import evidence_of, own_names
from panel.domain.checks.naming import is_named_in
from panel.domain.checks.passages import is_doubted, is_supposed, overlaps, sentences_of, uses
from panel.domain.checks.sides import Side, counts_of, marks_of, sides_of, stems_of, told_by
from panel.domain.flag import Flag
from panel.domain.typography import fold
from panel.domain.verdict import Verdict


@dataclass(frozen=True)
class _Known:
    """What settled cited facts and the identity of the model carry; names of its rivals."""

    terms: frozenset[str]
    marks: frozenset[str]
    rivals: tuple[str, ...]


def check_uncited(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Sentences that state one side of an open conflict, uncited and not called disputed."""
    sides = sides_of(Keyed(context.dossier))
    if not sides:
        return
    cited, known = uses(verdict), _known(verdict, context)
    for path, text in claims(verdict):
        here = [use for use in cited if use.path == path]
        for start, end in sentences_of(text):
            sentence = text[start:end]
            if is_supposed(sentence) or is_hedged(sentence):
                continue
            resting = {fact for use in here if overlaps(start, end, use) for fact in use.facts}
            if any(context.dossier.disputes(fact) for fact in resting):
                continue  # told by the check of cited facts
            if side := _stated(sentence, sides, known):
                lead = len(sentence) - len(sentence.lstrip())
                yield _flag(side, path, text, (start + lead, end))


def _stated(sentence: str, sides: Sequence[Side], known: _Known) -> Side | None:
    """The side a sentence states, best one of a conflict whose attribute it names."""
    found = [side for side in sides if _states(sentence, side, known)]
    stems = stems_of(sentence)
    named = (side for side in found if stems_of(side.conflict.attribute) & stems)
    return next(named, found[0] if found else None)


def _flag(side: Side, path: str, text: str, span: tuple[int, int]) -> Flag:
    others = [other for other in side.conflict.facts if other != side.fact.id]
    message = (
        f"{side.fact.id} says this, and is in open conflict {side.conflict.id} with"
        f" {', '.join(others)}; cite both sides and say that it is disputed, or leave it out"
    )
    return flag("relies-on-conflict", "blocks", message, path=path, text=text, span=span)


def _states(sentence: str, side: Side, known: _Known) -> bool:
    """Whether a sentence says what a fact says, by any of its signs."""
    folded, stems = fold(sentence).text, stems_of(sentence)
    if (side.marks - known.marks) & marks_of(sentence, known.rivals) or side.counted & counts_of(
        sentence
    ):
        return True
    if side.denied and side.denied.search(folded):
        return True
    if is_doubted(sentence):
        return False
    if (side.word - known.terms) & stems:
        return True
    named = any(is_named_in(folded, name) for name in side.named)
    return (named or not side.named) and any(
        len((terms - known.terms) & stems) + named >= max(2, (len(terms) + 1) // 2)
        for terms in side.terms
    )


def _known(verdict: Verdict, context: CheckContext) -> _Known:
    settled = [fact for fact in context.cited(verdict) if not context.dossier.disputes(fact.id)]
    marks = [marks_of(text) for fact in settled for text in told_by(fact)]
    marks.append(marks_of(context.dossier.category))
    evidence = evidence_of(context, {fact.id for fact in settled})
    rivals = own_names(Keyed(context.dossier))[1:]
    return _Known(stems_of(evidence.folded), frozenset[str]().union(*marks), rivals)
