"""What is different between two runs: what flipped, for whom, and which input changed.

A seat that calls the other way although nothing it was given has changed does so by chance, and
that is said: the same panel may answer another way.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import computed_field

from panel.domain.llm import LlmSettings
from panel.domain.run import Order, Panel
from panel.domain.scorecard import Outcome, Scorecard, SeatResult
from panel.domain.value import Slug, Value

SeatCall = Literal["ship", "skip", "tie", "no answer", "no seat"]
"""How a seat came out: a tie of its samples, too few answers, or not on that panel at all."""

_SILENT: frozenset[SeatCall] = frozenset({"no answer", "no seat"})


class Side(Value):
    """What came of a dossier in one run.

    Attributes:
        outcome: Its outcome.
        ships: Seats that ship.
        answered: Seats that answered.
        seats: Seats on the panel.
        rate: Ship rate, 0 to 1; None without quorum.
    """

    outcome: Outcome
    ships: int
    answered: int
    seats: int
    rate: float | None


class SeatChange(Value):
    """A seat that came out another way.

    Attributes:
        persona: Id of the persona.
        before: How it came out in the first run.
        after: How it came out in the second run.
        chance: Whether it answered both times, and nothing that it was given had changed.
    """

    persona: Slug
    before: SeatCall
    after: SeatCall
    chance: bool


class CardChange(Value):
    """One dossier in two runs.

    Attributes:
        slug: Slug of the dossier.
        before: What came of it in the first run; None without a scorecard there.
        after: What came of it in the second run; None without a scorecard there.
        seats: Seats that came out another way.
        inputs: What was put in differently, in words.
    """

    slug: Slug
    before: Side | None
    after: Side | None
    seats: tuple[SeatChange, ...] = ()
    inputs: tuple[str, ...] = ()

    @computed_field
    @property
    def flipped(self) -> bool:
        """Whether both runs have an outcome, and not the same."""
        return bool(self.before and self.after and self.before.outcome != self.after.outcome)

    @property
    def differs(self) -> bool:
        """Whether something else came of it, or it has a scorecard in one run only."""
        return self.before != self.after or bool(self.seats)


def card_change(
    slug: str, orders: tuple[Order, Order], cards: tuple[Scorecard | None, Scorecard | None]
) -> CardChange:
    """Compare one dossier in two runs.

    Args:
        slug: Slug of a dossier that both orders name.
        orders: What the first and the second run were asked to do.
        cards: Their scorecards of that dossier.
    """
    before, after = cards
    inputs = tuple(changed_inputs(slug, *orders))
    return CardChange(
        slug=slug,
        before=before and _side(before),
        after=after and _side(after),
        seats=tuple(_seats(before, after, inputs)) if before and after else (),
        inputs=inputs,
    )


def common_inputs(one: Order, two: Order) -> Iterator[str]:
    """What two orders put in differently for every dossier without a panel of its own, in words.

    Args:
        one: The first order.
        two: The second order.
    """
    yield from panel_inputs(one.panel, two.panel)
    names = sorted(one.templates.keys() | two.templates.keys())
    yield from (f"prompt {n}" for n in names if one.templates.get(n) != two.templates.get(n))
    if one.recuse != two.recuse:
        yield f"recusal {'on' if two.recuse else 'off'}"
    for name in sorted(one.versions.keys() | two.versions.keys()):
        before, after = one.versions.get(name, "none"), two.versions.get(name, "none")
        if before != after:
            yield f"{name} {before} -> {after}"


def changed_inputs(slug: str, one: Order, two: Order) -> Iterator[str]:
    """What two orders put in differently for one dossier, in words.

    Args:
        slug: Slug of a dossier that both name.
        one: The first order.
        two: The second order.
    """
    before, after = one.by_slug[slug], two.by_slug[slug]
    if before.digest != after.digest:
        yield "dossier"
    usual = set(panel_inputs(one.panel, two.panel))
    own = tuple(panel_inputs(one.panel_of(before), two.panel_of(after)))
    yield from own
    yield from (words for words in common_inputs(one, two) if words not in usual | set(own))


def panel_inputs(one: Panel, two: Panel) -> Iterator[str]:
    """What is different between two panels, in words.

    Args:
        one: The first panel.
        two: The second panel.
    """
    before = {seat.persona: seat for seat in one.seats}
    after = {seat.persona: seat for seat in two.seats}
    yield from (f"seat {name} left" for name in before if name not in after)
    yield from (f"seat {name} joined" for name in after if name not in before)
    both = [name for name in before if name in after]
    yield from (f"persona {n}" for n in both if before[n].digest != after[n].digest)
    for old, new in dict.fromkeys((before[name].llm, after[name].llm) for name in both):
        yield from _llm_inputs(old, new)
    if one.samples != two.samples:
        yield f"samples {one.samples} -> {two.samples}"
    if one.quorum != two.quorum:
        yield f"quorum {one.quorum} -> {two.quorum}"


def _llm_inputs(old: LlmSettings, new: LlmSettings) -> Iterator[str]:
    if old.label != new.label:
        yield f"llm {old.label} -> {new.label}"
        return
    for name in LlmSettings.model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield f"{name.replace('_', ' ')} of {old.label} {_said(before)} -> {_said(after)}"


def _said(value: object) -> str:
    return "not set" if value is None else str(value)


def _side(card: Scorecard) -> Side:
    return Side(**{name: getattr(card, name) for name in Side.model_fields})


def _seats(before: Scorecard, after: Scorecard, inputs: Sequence[str]) -> Iterator[SeatChange]:
    earlier: dict[str, SeatCall] = {seat.persona: _call(seat) for seat in before.results}
    later: dict[str, SeatCall] = {seat.persona: _call(seat) for seat in after.results}
    for name in dict.fromkeys([*earlier, *later]):
        one, two = earlier.get(name, "no seat"), later.get(name, "no seat")
        if one != two:
            explained = not _SILENT.isdisjoint({one, two}) or any(
                _touches(words, name) for words in inputs
            )
            yield SeatChange(persona=name, before=one, after=two, chance=not explained)


def _call(seat: SeatResult) -> SeatCall:
    return seat.call or ("tie" if seat.answered * 2 > seat.samples else "no answer")


def _touches(words: str, persona: str) -> bool:
    """Whether a changed input was given to a seat; another seat's persona was not."""
    kind, _, name = words.partition(" ")
    return kind not in {"persona", "seat", "quorum"} or name.split()[0] == persona
