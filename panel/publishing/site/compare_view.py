"""Puts A against B into words, once for page and terminal; a pure function of records."""

from collections.abc import Iterator, Mapping, Sequence

from panel.domain.publication.comparison import Comparison, Row, SeatPair, compare
from panel.domain.publication.questions import Question, Says
from panel.domain.publication.questions import Side as Said
from panel.domain.publication.release import Published
from panel.domain.publication.statements import Stated, statements
from panel.domain.publication.workloads import Bill, Cost
from panel.publishing.passages import FactRef
from panel.publishing.seats import SeatView
from panel.publishing.site.model_view import attribution
from panel.publishing.site.versus import (
    BillView,
    CallView,
    CompareView,
    FactLine,
    QuestionView,
    RowView,
    SaysView,
    SeatPairView,
    SideView,
)
from panel.publishing.view import edition_view
from panel.publishing.words import UNKNOWN, counted, day, money, one_line

MOST_ROWS = 40
"""Rows of the table by topic; a page of more would be read by nobody."""


def compare_view(a: Published, b: Published) -> CompareView:
    """Two models side by side, in words.

    Args:
        a: One model.
        b: Another, that may be compared with it.
    """
    return _Words(a, b, compare(a, b)).view()


class _Words:
    """Says what a comparison found, by the names of the two models."""

    def __init__(self, a: Published, b: Published, found: Comparison) -> None:
        self._found = found
        self._a, self._b = _side(a), _side(b)
        self._facts = tuple(
            {one.fact: one for one in statements(model.edition.dossier)} for model in (a, b)
        )
        self._panel, self._digest = _panel(a), a.panel_digest

    def view(self) -> CompareView:
        """Everything."""
        found = self._found
        asked = tuple(self._question(one) for one in found.questions)
        return CompareView(
            a=self._a,
            b=self._b,
            apart=self._apart(),
            seats=tuple(self._seats(found.seats)),
            rows=tuple(self._row(row) for row in found.rows[:MOST_ROWS]),
            more_rows=max(0, len(found.rows) - MOST_ROWS),
            benchmarks=any(row.topic == "benchmark" for row in found.rows),
            bills=tuple(self._bill(bill) for bill in found.bills),
            questions=tuple(one for one in asked if not _is_silent(one)),
            silent=tuple(one.ask for one in asked if _is_silent(one)),
            panel=self._panel,
            digest=self._digest,
        )

    def _name(self, side: str) -> str:
        return self._a.name if side == "A" else self._b.name

    def _other(self, side: str) -> str:
        return self._b.name if side == "A" else self._a.name

    def _apart(self) -> str:
        apart = self._found.apart
        if apart == "overlap":
            return "The intervals overlap: the panels do not tell the two apart."
        if apart == "no result":
            return "A panel had too few answers for a result: there is nothing to tell apart."
        return (
            f"The intervals do not overlap: this panel ships {self._name(apart)} more often than"
            f" {self._other(apart)}. It is still one small panel."
        )

    def _seats(self, pairs: Sequence[SeatPair]) -> Iterator[SeatPairView]:
        ones, twos = ({seat.persona: seat for seat in s.card.seats} for s in (self._a, self._b))
        for pair in pairs:
            one, two = ones.get(pair.persona), twos.get(pair.persona)
            known = one or two
            yield SeatPairView(
                persona=pair.persona,
                name=known.name if known else pair.persona,
                a=_call(one),
                b=_call(two),
                words=self._split(pair),
            )

    def _split(self, pair: SeatPair) -> str:
        if pair.split == "open":
            return "cannot be set side by side"
        if pair.split in {"A", "B"}:
            return f"ships {self._name(pair.split)} only"
        return "ships both" if pair.split == "both ship" else "skips both"

    def _row(self, row: Row) -> RowView:
        return RowView(
            topic=row.topic,
            attribute=row.attribute.replace("-", " "),
            a=tuple(_line(one) for one in row.a),
            b=tuple(_line(one) for one in row.b),
            reading=row.reading,
            words=self._reading(row),
        )

    def _reading(self, row: Row) -> str:
        if row.larger:
            return f"{self._name(row.larger)} has the larger figure"
        if row.reading == "one side":
            told = self._a if row.a else self._b
            return f"only the dossier of {told.name} says"
        return {
            "same": "the same",
            "differ": "they differ",
            "disputed": "in dispute: decides nothing",
        }.get(row.reading, "no values to compare")

    def _bill(self, bill: Bill) -> BillView:
        work = bill.workload
        words = {
            "equal": "the same",
            "unknown": "not all prices are known",
            "disputed": "a price is in dispute: decides nothing",
            "currencies": "prices in two currencies, not converted",
        }
        size = f"{work.input_tokens:,} tokens in, {work.output_tokens:,} out"
        return BillView(
            work=f"{work.name[:1].upper()}{work.name[1:]}: {size}",
            a=_cost(bill.a),
            b=_cost(bill.b),
            words=words.get(bill.cheaper) or f"{self._name(bill.cheaper)} costs less",
        )

    def _question(self, question: Question) -> QuestionView:
        words = {
            "both": "Either will do",
            "neither": "Neither",
            "unsaid": "The dossiers do not say",
            "disputed": "In dispute, so no answer",
        }
        return QuestionView(
            about=question.about,
            ask=question.ask,
            answer=question.answer,
            words=words.get(question.answer) or f"Pick {self._name(question.answer)}",
            a=_says(question.a, self._facts[0]),
            b=_says(question.b, self._facts[1]),
        )


def _side(model: Published) -> SideView:
    card = edition_view(model.edition, model.personas)
    return SideView(
        slug=model.slug,
        name=card.name,
        draft=model.last.kind == "draft",
        by=attribution(model.edition),
        live=day(model.last.at.date()),
        card=card,
    )


def _panel(model: Published) -> str:
    """How the panel was asked; equal for two models that may be compared."""
    panel = model.panel
    llms = dict.fromkeys(one_line(seat.llm.label) for seat in panel.seats)
    samples = f", {panel.samples} samples each" if panel.samples > 1 else ""
    return (
        f"{counted(len(panel.seats), 'seat')}{samples}, {panel.quorum} needed for a result,"
        f" drafted by {', '.join(llms)}"
    )


def _call(seat: SeatView | None) -> CallView:
    if seat is None:
        return CallView(word="Not asked", shape="cross", seat=None)
    return CallView(word=seat.word, shape=seat.shape, seat=seat)


def _line(one: Stated) -> FactLine:
    ref = FactRef(id=one.fact, known=True, disputed=one.disputed)
    return FactLine(ref=ref, brief=one_line(one.brief))


def _cost(cost: Cost) -> str:
    if cost.amount is None:
        return UNKNOWN
    return f"{money(cost.amount, cost.currency)} a month" + (" (disputed)" * cost.disputed)


_SAYS: dict[Says, str] = {
    "yes": "facts for it",
    "no": "facts against it",
    "mixed": "facts both ways",
    "unsaid": "does not say",
    "disputed": "facts in dispute",
}


def _says(side: Said, facts: Mapping[str, Stated]) -> SaysView:
    lines = tuple(_line(facts[fact]) for fact in side.facts if fact in facts)
    return SaysView(says=side.says, words=_SAYS[side.says], facts=lines)


def _is_silent(question: QuestionView) -> bool:
    return question.a.says == question.b.says == "unsaid"
