"""A verdict as a reader meets it: its texts cut at the words that flags and citations are about."""

from collections.abc import Mapping, Sequence

from panel.domain.flag import Flag, FlagKind, Severity
from panel.domain.value import Value
from panel.domain.verdict import Reason, Verdict
from panel.publishing.passages import FactRef, Segment, marks_at, segments
from panel.publishing.words import day, one_line


class FlagView(Value):
    """One finding on one review.

    Attributes:
        number: Its number within the review, counted from 1; segments refer to it.
        kind: What was found.
        severity: `blocks` or `warns`.
        message: What is wrong and how to mend it.
        where: The text concerned in words, e.g. `quote` or `reason against 2`; empty for all.
        words: The words concerned; empty when it concerns the whole verdict.
    """

    number: int
    kind: FlagKind
    severity: Severity
    message: str
    where: str
    words: str


class PointView(Value):
    """A reason, flip condition or prediction.

    Attributes:
        text: Its words, cut at flags.
        facts: The facts it rests on.
        note: The topic of a flip condition, or `by 1 March 2027` for a prediction; else empty.
    """

    text: tuple[Segment, ...]
    facts: tuple[FactRef, ...] = ()
    note: str = ""


class VerdictView(Value):
    """What one reviewer answered.

    Attributes:
        headline: The judgement in one line, cut at flags.
        quote: The paragraph, cut at flags and citation marks.
        also_cites: Cited facts whose phrase does not stand in the quote.
        reasons_for: What speaks for shipping.
        reasons_against: What speaks against it.
        flip_conditions: What would change the call.
        predictions: Dated forecasts.
        notice: That this is an AI persona's draft, not yet edited, and who drafted it.
    """

    headline: tuple[Segment, ...]
    quote: tuple[Segment, ...]
    also_cites: tuple[FactRef, ...]
    reasons_for: tuple[PointView, ...]
    reasons_against: tuple[PointView, ...]
    flip_conditions: tuple[PointView, ...]
    predictions: tuple[PointView, ...]
    notice: str


class _Refs(dict[str, FactRef]):
    """Marks by fact id; an id the dossier does not hold gets a mark that is no link."""

    def __missing__(self, fact_id: str) -> FactRef:
        return FactRef(id=fact_id, known=False, disputed=False)


def verdict_view(
    verdict: Verdict, flags: Sequence[Flag], refs: Mapping[str, FactRef], notice: str
) -> VerdictView:
    """A verdict in words.

    Args:
        verdict: The answer.
        flags: What the checks found in it.
        refs: A mark for every fact of the dossier.
        notice: Who drafted it and that nobody has edited it.
    """
    every = _Refs(refs)
    marks, lost = marks_at(verdict.quote, verdict.citations, every)
    return VerdictView(
        headline=segments(verdict.headline, "headline", flags),
        quote=segments(verdict.quote, "quote", flags, marks),
        also_cites=lost,
        reasons_for=_reasons("reasons_for", verdict.reasons_for, flags, every),
        reasons_against=_reasons("reasons_against", verdict.reasons_against, flags, every),
        flip_conditions=tuple(
            PointView(
                text=segments(flip.condition, f"flip_conditions[{at}].condition", flags),
                note=flip.topic,
            )
            for at, flip in enumerate(verdict.flip_conditions)
        ),
        predictions=tuple(
            PointView(
                text=segments(item.statement, f"predictions[{at}].statement", flags),
                note=f"by {day(item.by)}",
            )
            for at, item in enumerate(verdict.predictions)
        ),
        notice=notice,
    )


def _reasons(
    name: str, items: Sequence[Reason], flags: Sequence[Flag], refs: _Refs
) -> tuple[PointView, ...]:
    return tuple(
        PointView(
            text=segments(item.text, f"{name}[{at}].text", flags),
            facts=tuple(refs[fact] for fact in item.facts),
        )
        for at, item in enumerate(items)
    )


def flag_view(number: int, flag: Flag) -> FlagView:
    """A flag in words.

    Args:
        number: Its number within the review, counted from 1.
        flag: What a check found.
    """
    return FlagView(
        number=number,
        kind=flag.kind,
        severity=flag.severity,
        message=one_line(flag.message),
        where=_where(flag.span.field) if flag.span else "",
        words=one_line(flag.span.text) if flag.span else "",
    )


_FIELDS = {
    "reasons_for": "reason for",
    "reasons_against": "reason against",
    "flip_conditions": "flip condition",
    "predictions": "prediction",
    "citations": "citation",
}


def _where(field: str) -> str:
    """A path of a verdict in words, e.g. `reasons_for[0].text` -> `reason for 1`."""
    name, _, rest = field.partition("[")
    words = _FIELDS.get(name, one_line(name))
    number = rest.partition("]")[0]
    return f"{words} {int(number) + 1}" if number.isdecimal() else words
