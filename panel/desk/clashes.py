"""What the sources of a dossier contradict each other about, and what of a draft rests on it."""

import datetime as dt
from collections.abc import Mapping

from panel.domain.editing.relook import loses
from panel.domain.fact import Conflict, Settlement
from panel.domain.value import Value
from panel.editing.drafts import Draft
from panel.publishing.evidence import FactView
from panel.publishing.words import listed, one_line


class Side(Value):
    """One fact of a conflict.

    Attributes:
        fact: The fact with its witnesses.
        relied_on: What of the draft rests on it, in words; empty when nothing does.
        loses: Whether the conflict was settled against it.
        wins: Whether it was settled for this fact.
    """

    fact: FactView
    relied_on: str
    loses: bool
    wins: bool


class Clash(Value):
    """One conflict.

    Attributes:
        id: `C1`, `C2`, ...
        attribute: The property in dispute, in words.
        note: What exactly is contradictory.
        sides: Its facts.
        decision: How it was settled, in words; empty while it is open.
        reason: Why; empty while it is open.
        by: Who settled it.
        on: When.
        seq: How often it was decided on at the desk; the next decision names it.
        at_desk: Whether it was settled here, so that it can be opened again here.
        rests: Whether the draft rests on one of its facts.
    """

    id: str
    attribute: str
    note: str
    sides: tuple[Side, ...]
    decision: str = ""
    reason: str = ""
    by: str = ""
    on: dt.date | None = None
    seq: int
    at_desk: bool
    rests: bool

    @property
    def open(self) -> bool:
        """Whether nobody has settled it."""
        return not self.decision


def clashes_of(draft: Draft, facts: Mapping[str, FactView]) -> tuple[Clash, ...]:
    """The conflicts of a draft's dossier, those in its way first, then open ones, then the rest.

    Args:
        draft: The draft.
        facts: The facts of its dossier by id.
    """
    relied_on = _relied_on(draft)
    found = [_clash(draft, one, facts, relied_on) for one in draft.effective.dossier.conflicts]
    return tuple(sorted(found, key=lambda one: (not one.open, not one.rests)))


def _relied_on(draft: Draft) -> dict[str, list[str]]:
    """Who cites each fact, by name, the prices included."""
    found: dict[str, list[str]] = {}
    for review in draft.effective.reviews:
        name = one_line(draft.papers.personas[review.persona].name)
        for fact in review.verdict.cited() if review.verdict else ():
            found.setdefault(fact, []).append(name)
    for fact in draft.effective.card.pricing.facts:
        found.setdefault(fact, []).append("the price")
    return {fact: list(dict.fromkeys(names)) for fact, names in found.items()}


def _clash(
    draft: Draft,
    conflict: Conflict,
    facts: Mapping[str, FactView],
    relied_on: Mapping[str, list[str]],
) -> Clash:
    settlement, at_desk = conflict.settlement, draft.settlements.get(conflict.id)
    return Clash(
        id=conflict.id,
        attribute=conflict.attribute.replace("-", " "),
        note=one_line(conflict.note),
        sides=tuple(
            Side(
                fact=facts[fact],
                relied_on=listed(relied_on.get(fact, [""])),
                loses=loses(conflict, fact),
                wins=bool(settlement and settlement.fact == fact),
            )
            for fact in conflict.facts
        ),
        decision=decision_words(settlement) if settlement else "",
        reason=one_line(settlement.reason) if settlement else "",
        by=one_line(settlement.by) if settlement else "",
        on=settlement.on if settlement else None,
        seq=at_desk.seq if at_desk else 0,
        at_desk=bool(at_desk and at_desk.settlement),
        rests=any(fact in relied_on for fact in conflict.facts),
    )


def decision_words(settlement: Settlement) -> str:
    """What was decided, in words.

    Args:
        settlement: The decision.
    """
    words = {
        "pick": f"{settlement.fact} holds",
        "supersede": f"{settlement.fact} is the newer truth and supersedes the rest",
        "keep-both": "all are kept: the sources disagree, and readers are told",
    }
    return words[settlement.how]
