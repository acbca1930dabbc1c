"""From one dossier's reviews to its scorecard: pure, and blind to the order they came in.

A failed review never votes but stays in every denominator, so that an unreachable seat can only
make a result weaker.
"""

from collections.abc import Sequence
from decimal import Decimal

from panel.domain.dossier import Dossier
from panel.domain.llm import same_family
from panel.domain.review import Review
from panel.domain.run import Order, Panel, Run, Seat
from panel.domain.scorecard import Interval, Outcome, PricingRead, Scorecard, SeatResult
from panel.domain.statistics import bootstrap_rate, is_unanimous, wilson
from panel.domain.value import digest_of
from panel.domain.verdict import Call

_Table = dict[tuple[str, int], Review]


def quorum_default(seats: int) -> int:
    """Answers needed for a result unless the order says otherwise: more than half of the seats.

    Args:
        seats: Seats on the panel, at least 1.
    """
    return seats // 2 + 1


def reduce(run: Run, dossier: Dossier, reviews: Sequence[Review]) -> Scorecard:
    """The scorecard of one dossier.

    Args:
        run: The run, whose order names the seats, the samples and the quorum.
        dossier: The dossier reviewed.
        reviews: One review of every seat and sample, in any order.

    Returns:
        The scorecard, the same for every order of the reviews.

    Raises:
        ValueError: When reviews are missing, double, or of another dossier or seat, naming them.
    """
    panel = _panel(run.order, dossier)
    table = _tabulate(panel, dossier, reviews)
    results = [_seat_result(seat, panel, table, dossier) for seat in panel.seats]
    ships = sum(result.call == "ship" for result in results)
    skips = sum(result.call == "skip" for result in results)
    answered = sum(has_answered(result) for result in results)
    outcome = _outcome(ships, skips, len(results), answered >= panel.quorum)
    counted = outcome != "no_quorum"
    dissent = _dissent(outcome, results)
    flags = [flag for review in reviews for flag in review.flags]
    return Scorecard(
        run=run.id,
        slug=dossier.slug,
        name=dossier.name,
        vendor=dossier.vendor,
        dossier=dossier.digest,
        as_of=dossier.as_of,
        newest_fact=dossier.newest_fact,
        drafted_by="; ".join(dict.fromkeys(seat.llm.label for seat in panel.seats)),
        outcome=outcome,
        ships=ships,
        skips=skips,
        answered=answered,
        seats=len(results),
        samples=panel.samples,
        quorum=panel.quorum,
        rate=sum(r.ships for r in results) / (len(results) * panel.samples) if counted else None,
        interval=_interval(run.order, panel, dossier, table) if counted else None,
        dissent=dissent,
        results=tuple(sorted(results, key=lambda result: _place(result, dissent))),
        open_conflicts=tuple(conflict.id for conflict in dossier.open_conflicts),
        blocking=sum(flag.severity == "blocks" for flag in flags),
        warnings=sum(flag.severity == "warns" for flag in flags),
        same_vendor=tuple(result.persona for result in results if result.same_vendor),
        pricing=_pricing(dossier),
        cost=_cost(panel, table),
    )


def has_answered(result: SeatResult) -> bool:
    """Whether a seat counts towards the quorum: more than half of its samples have a verdict."""
    return result.answered * 2 > result.samples


def _panel(order: Order, dossier: Dossier) -> Panel:
    item = order.by_slug.get(dossier.slug)
    if item is None or item.digest != dossier.digest:
        raise ValueError(f"{dossier.slug} is not part of this order")
    return order.panel_of(item)


def _tabulate(panel: Panel, dossier: Dossier, reviews: Sequence[Review]) -> _Table:
    """The reviews by seat and sample, exactly one each, in the order of the panel."""
    seats = {seat.persona: seat for seat in panel.seats}
    if len(seats) < len(panel.seats):
        raise ValueError("a persona sits on the panel twice")
    wanted = [(seat, sample) for seat in seats for sample in panel.sample_numbers]
    table: _Table = {}
    for review in reviews:
        place = (review.persona, review.sample)
        if review.dossier != dossier.digest or place not in wanted:
            raise ValueError(f"{_name(place)} of {review.slug} is not part of this order")
        if not _belongs(review, seats[review.persona]):
            raise ValueError(f"{_name(place)} was written by another persona or llm")
        if place in table:
            raise ValueError(f"{_name(place)} is there twice")
        table[place] = review
    missing = [_name(place) for place in wanted if place not in table]
    if missing:
        raise ValueError(f"reviews are missing: {', '.join(missing)}")
    return {place: table[place] for place in wanted}


def _belongs(review: Review, seat: Seat) -> bool:
    return review.persona_digest == seat.digest and review.llm == seat.llm.digest


def _name(place: tuple[str, int]) -> str:
    return f"{place[0]}, sample {place[1]}"


def _seat_result(seat: Seat, panel: Panel, table: _Table, dossier: Dossier) -> SeatResult:
    reviews = [table[seat.persona, sample] for sample in panel.sample_numbers]
    calls: list[Call] = [review.verdict.call for review in reviews if review.verdict]
    return SeatResult(
        persona=seat.persona,
        llm_label=seat.llm.label,
        call=_seat_call(calls, panel.samples),
        ships=calls.count("ship"),
        answered=len(calls),
        samples=panel.samples,
        same_vendor=same_family(seat.llm, dossier.vendor),
        reviews=tuple(review.key for review in reviews),
    )


def _seat_call(calls: Sequence[Call], samples: int) -> Call | None:
    """The strict majority of the answered samples; None on a tie or when too few answered."""
    if len(calls) * 2 <= samples:
        return None
    ships = calls.count("ship")
    if ships * 2 == len(calls):
        return None
    return "ship" if ships * 2 > len(calls) else "skip"


def _outcome(ships: int, skips: int, seats: int, quorum: bool) -> Outcome:
    if not quorum:
        return "no_quorum"
    if ships * 2 > seats:
        return "ship"
    return "skip" if skips * 2 > seats else "split"


def _dissent(outcome: Outcome, results: Sequence[SeatResult]) -> tuple[str, ...]:
    opposed = {"ship": "skip", "skip": "ship"}.get(outcome)
    return tuple(r.persona for r in results if opposed and r.call == opposed)


def _place(result: SeatResult, dissent: Sequence[str]) -> int:
    """Dissent first, then the seats that call, then those without a call."""
    if result.call is None:
        return 2
    return 0 if result.persona in dissent else 1


def _interval(order: Order, panel: Panel, dossier: Dossier, table: _Table) -> Interval:
    seats = len(panel.seats)
    rows = [
        [_ships(table[seat.persona, sample]) for sample in panel.sample_numbers]
        for seat in panel.seats
    ]
    if panel.samples == 1 or seats == 1 or is_unanimous(rows):
        ships = round(sum(sum(row) for row in rows) / panel.samples)
        low, high = wilson(ships, seats)
        return Interval(low=low, high=high, method="wilson", n=seats)
    seed = int(digest_of("bootstrap", [dossier.digest, order.digest])[:16], 16)
    low, high = bootstrap_rate(rows, seed=seed)
    return Interval(low=low, high=high, method="bootstrap", n=seats)


def _ships(review: Review) -> bool:
    return review.verdict is not None and review.verdict.call == "ship"


def _pricing(dossier: Dossier) -> PricingRead:
    price = dossier.price
    return PricingRead(
        entry=price.entry,
        input_per_million=price.input_per_million,
        output_per_million=price.output_per_million,
        currency=price.currency,
        facts=price.facts,
        disputed=any(dossier.disputes(fact) for fact in price.facts),
    )


def _cost(panel: Panel, table: _Table) -> Decimal | None:
    """The sum over all reviews, unknown as soon as one is; the offline judge costs nothing."""
    offline = {seat.persona for seat in panel.seats if seat.llm.is_rubric}
    total = Decimal(0)
    for review in table.values():
        cost = Decimal(0) if review.persona in offline else review.cost
        if cost is None:
            return None
        total += cost
    return total
