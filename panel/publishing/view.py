"""Puts one scorecard into words, once for all formats; a pure function, without clock or chance."""

from collections.abc import Iterator, Sequence
from functools import reduce

from panel.domain.dossier import Dossier
from panel.domain.editing.edition import Edition
from panel.domain.persona import Persona
from panel.domain.review import Review, Usage
from panel.domain.scorecard import PricingRead, Scorecard, SeatResult
from panel.errors import TamperError
from panel.publishing.card import CardView, DigestView, IntervalView, PricingView
from panel.publishing.evidence import FactView, fact_view, open_conflict_views, source_view
from panel.publishing.passages import FactRef
from panel.publishing.seats import NO_LLM, SeatView, Shape, is_rubric, seat_view
from panel.publishing.words import (
    UNKNOWN,
    counted,
    day,
    listed,
    money,
    one_line,
    percent,
    tokens,
)

_OUTCOMES: dict[str, tuple[str, Shape, str]] = {
    "ship": ("Ship", "disc", "The panel says ship."),
    "skip": ("Skip", "diamond", "The panel says skip."),
    "split": ("Split", "half", "The panel is evenly split."),
    "no_quorum": ("No quorum", "cross", "Too few seats answered for a result."),
}


def card_view(
    card: Scorecard,
    reviews: Sequence[Review],
    dossier: Dossier,
    personas: Sequence[Persona],
    *,
    shown: Dossier | None = None,
) -> CardView:
    """Everything a page or a terminal says about one scorecard.

    Args:
        card: The scorecard.
        reviews: At least its reviews, in any order.
        dossier: The dossier it was drawn from.
        personas: At least its personas, in any order.
        shown: The dossier as edited since, with settled conflicts and another summary.

    Raises:
        TamperError: When the dossier, a review or a persona is not the one the scorecard names.
    """
    rows = reviews_of(card, reviews)
    _check_dossier(card, dossier)
    return _view(card, rows, shown or dossier, personas)


def edition_view(edition: Edition, personas: Sequence[Persona]) -> CardView:
    """Everything a page says about an edition; its dossier may have been settled since the run.

    Args:
        edition: What was approved, or would be.
        personas: At least its personas, in any order.

    Raises:
        TamperError: When a review or a persona is not the one the scorecard names.
    """
    rows = reviews_of(edition.card, edition.reviews)
    return _view(edition.card, rows, edition.dossier, personas)


def _view(
    card: Scorecard, rows: tuple[Review, ...], dossier: Dossier, personas: Sequence[Persona]
) -> CardView:
    refs = _refs(dossier)
    seats = _seats(card, rows, refs, personas)
    facts = _facts(card, rows, dossier)
    word, shape, sentence = _OUTCOMES[card.outcome]
    rubric = is_rubric(card.drafted_by)
    used = reduce(Usage.plus, (review.usage for review in rows), Usage())
    return CardView(
        run=card.run,
        slug=card.slug,
        name=one_line(card.name),
        vendor=one_line(card.vendor),
        category=one_line(dossier.category),
        tagline=one_line(dossier.tagline),
        summary=tuple(one_line(text) for text in dossier.summary.split("\n\n") if text.strip()),
        released=day(dossier.released) if dossier.released else UNKNOWN,
        licence=_stated(dossier, "licence", dossier.licence),
        access=_stated(dossier, "access", dossier.access),
        as_of=day(card.as_of),
        newest_fact=day(card.newest_fact),
        outcome=card.outcome,
        word=word,
        shape=shape,
        sentence=sentence,
        result=result_words(card),
        turnout=f"{card.answered} of {counted(card.seats, 'seat')} answered",
        complete=card.answered == card.seats,
        interval=_interval(card),
        dissent=_dissent(card, seats),
        drafted_by=one_line(card.drafted_by),
        rubric=rubric,
        notice=_notice(card),
        seats=seats,
        same_vendor=_same_vendor(card, seats),
        flags=_flags(card),
        blocking=card.blocking,
        warnings=card.warnings,
        pricing=_pricing(card.pricing, refs),
        conflicts=open_conflict_views(dossier, card.open_conflicts, facts),
        facts=tuple(fact for fact in facts if fact.cited),
        other_facts=tuple(fact for fact in facts if not fact.cited),
        sources=tuple(source_view(source) for source in dossier.sources),
        cost=NO_LLM if rubric else money(card.cost),
        tokens=NO_LLM if rubric else tokens(used),
        samples=card.samples,
        digests=tuple(_digests(card, rows, dossier)),
    )


def reviews_of(card: Scorecard, reviews: Sequence[Review]) -> tuple[Review, ...]:
    """The reviews a scorecard names, by seat and sample.

    Args:
        card: The scorecard.
        reviews: At least its reviews, in any order.

    Raises:
        TamperError: When one is missing or is about another dossier.
    """
    by_key = {review.key: review for review in reviews if review.slug == card.slug}
    found: list[Review] = []
    for key in (key for result in card.results for key in result.reviews):
        review = by_key.get(key)
        if review is None or review.dossier != card.dossier:
            raise TamperError(
                f"the scorecard of {card.slug} names review {key[:12]}, which is not there",
                remedy="pass all reviews of its run, or verify the run",
            )
        found.append(review)
    return tuple(found)


def result_words(card: Scorecard) -> str:
    """The votes in one line; every percentage carries its interval and n.

    Args:
        card: The scorecard.
    """
    if card.rate is None or card.interval is None:
        answered = f"{card.answered} of {counted(card.seats, 'seat')} answered"
        return f"No result: {answered}, {card.quorum} needed"
    rate = percent(card.rate) + ("" if card.samples == 1 else " of samples")
    return f"{card.ships} of {counted(card.seats, 'seat')} ship ({rate}, {_interval_words(card)})"


def _interval_words(card: Scorecard) -> str:
    found = card.interval
    if found is None:
        return ""
    n = f"n = {found.n}" + ("" if found.n == card.seats else " that answered")
    if card.samples > 1:
        n += f" seats, {card.samples} samples each"
    return f"95 % interval {percent(found.low)} to {percent(found.high)}, {n}"


def _interval(card: Scorecard) -> IntervalView | None:
    found = card.interval
    if card.rate is None or found is None:
        return None
    method = "Wilson score interval over seats"
    if found.method == "bootstrap":
        method = "bootstrap over seats and samples"
    return IntervalView(
        rate=card.rate,
        low=found.low,
        high=found.high,
        words=_interval_words(card),
        method=method,
    )


def _refs(dossier: Dossier) -> dict[str, FactRef]:
    return {
        fact.id: FactRef(id=fact.id, known=True, disputed=bool(dossier.disputes(fact.id)))
        for fact in dossier.facts
    }


def _seats(
    card: Scorecard,
    reviews: Sequence[Review],
    refs: dict[str, FactRef],
    personas: Sequence[Persona],
) -> tuple[SeatView, ...]:
    by_id = {persona.id: persona for persona in personas}
    by_key = {review.key: review for review in reviews}

    def view(result: SeatResult) -> SeatView:
        persona = by_id.get(result.persona)
        if persona is None:
            raise TamperError(
                f"the scorecard of {card.slug} seats {result.persona}, whose persona is not there",
                remedy="pass all personas of its run, or verify the run",
            )
        rows, dissents = [by_key[key] for key in result.reviews], result.persona in card.dissent
        return seat_view(result, rows, persona, refs, dissents=dissents)

    def place(result: SeatResult) -> tuple[bool, bool]:
        return result.answered == 0, result.persona not in card.dissent

    results = sorted(card.results, key=place)
    return tuple(view(result) for result in results)


def _check_dossier(card: Scorecard, dossier: Dossier) -> None:
    if dossier.digest != card.dossier:
        raise TamperError(
            f"the scorecard of {card.slug} was drawn from dossier {card.dossier[:12]},"
            f" not from {dossier.digest[:12]}",
            remedy="pass the dossier of its run, or verify the run",
        )


def _facts(card: Scorecard, reviews: Sequence[Review], dossier: Dossier) -> list[FactView]:
    cited = {fact for review in reviews if review.verdict for fact in review.verdict.cited()}
    cited.update(card.pricing.facts)
    cited.update(fact for conflict in dossier.open_conflicts for fact in conflict.facts)
    return [fact_view(fact, dossier, cited) for fact in dossier.facts]


def _dissent(card: Scorecard, seats: Sequence[SeatView]) -> str:
    names = [seat.name for seat in seats if seat.dissents]
    if not names:
        return ""
    call = "skip" if card.outcome == "ship" else "ship"
    return f"{listed(names)} {'dissents' if len(names) == 1 else 'dissent'} and would {call}."


def _stated(dossier: Dossier, attribute: str, text: str | None) -> str:
    """What the dossier's head states, marked when its facts on that are in open conflict."""
    disputed = any(conflict.attribute == attribute for conflict in dossier.open_conflicts)
    return one_line(text or UNKNOWN) + (" (disputed)" if disputed else "")


def _notice(card: Scorecard) -> str:
    return (
        f"Drafted by {one_line(card.drafted_by)}. Draft by AI personas, not yet edited by a human."
    )


def _same_vendor(card: Scorecard, seats: Sequence[SeatView]) -> str:
    names = [seat.name for seat in seats if seat.persona in card.same_vendor]
    if not names:
        return ""
    return (
        f"Same vendor: the llm behind {listed(names)} comes from the vendor of the model"
        f" under review, {one_line(card.vendor)}."
    )


def _flags(card: Scorecard) -> str:
    if not card.blocking + card.warnings:
        return "no flags by the code checks, which do not replace an editor"
    parts = [f"{counted(card.blocking, 'flag')} that {'blocks' if card.blocking == 1 else 'block'}"]
    parts.append(f"{card.warnings} that {'warns' if card.warnings == 1 else 'warn'}")
    return listed(parts)


def _pricing(pricing: PricingRead, refs: dict[str, FactRef]) -> PricingView:
    sides = ((pricing.input_per_million, "input"), (pricing.output_per_million, "output"))
    known = any(amount is not None for amount, _ in sides)
    words = [f"{money(amount, pricing.currency)} {side}" for amount, side in sides]
    return PricingView(
        entry=one_line(pricing.entry or UNKNOWN),
        per_million=", ".join(words) if known else UNKNOWN,
        disputed=pricing.disputed,
        facts=tuple(refs[fact] for fact in pricing.facts if fact in refs),
    )


def _digests(card: Scorecard, reviews: Sequence[Review], dossier: Dossier) -> Iterator[DigestView]:
    named = [("scorecard", card.digest), ("dossier", dossier.digest)]
    named += [(f"llm settings of {label}", digest) for label, digest in _llms(reviews)]
    for review in reviews:
        seat = review.persona + (f", sample {review.sample}" if card.samples > 1 else "")
        named.append((f"review by {seat}", review.digest))
        if review.sample == 1:
            named.append((f"persona {review.persona}", review.persona_digest))
            named.append((f"prompt of {review.persona}", review.prompt))
    return (DigestView(label=label, full=full, short=full[:12]) for label, full in named)


def _llms(reviews: Sequence[Review]) -> list[tuple[str, str]]:
    return sorted({(one_line(review.llm_label), review.llm) for review in reviews})
