"""What a dossier states about a property today: which facts hold, and which are in dispute.

A fact that an editor overruled is left out; one in open conflict is kept and marked, so that it can
be shown and never decides anything.
"""

from collections.abc import Iterable, Sequence

from panel.domain.dossier import Dossier
from panel.domain.fact import Conflict, Fact, FactId, Leaning, Standing, Topic
from panel.domain.intake.attributes import canonical
from panel.domain.intake.measure import Measure
from panel.domain.intake.normal import Meaning, meaning
from panel.domain.value import Value


class Stated(Value):
    """A fact as one side of a comparison.

    Attributes:
        fact: Its id.
        topic: What it is about.
        attribute: The property it states, under its one name.
        value: The value, if it has one.
        unit: Unit of the value, if it has one.
        brief: The fact as a noun phrase.
        standing: How well it stands.
        leaning: Which way it pulls.
        disputed: Whether it is in open conflict, or stands as disputed and no editor picked it.
    """

    fact: FactId
    topic: Topic
    attribute: str
    value: str | None
    unit: str | None
    brief: str
    standing: Standing
    leaning: Leaning
    disputed: bool

    @property
    def meaning(self) -> Meaning | None:
        """What its value states; None without one."""
        return meaning(self.attribute, self.value, self.unit) if self.value else None

    @property
    def amount(self) -> Measure | None:
        """Its amount, when it states one."""
        found = self.meaning
        return found.amount if found else None


def statements(dossier: Dossier) -> tuple[Stated, ...]:
    """The facts of a dossier that nobody overruled, in its order.

    Args:
        dossier: The dossier, with conflicts as they are settled today.
    """
    settled = [conflict for conflict in dossier.conflicts if conflict.settlement]
    picked, overruled = _decided(settled)
    return tuple(
        _stated(fact, disputed=_is_disputed(fact, dossier, picked))
        for fact in dossier.facts
        if fact.standing != "superseded" and fact.id not in overruled
    )


def ids(stated: Iterable[Stated]) -> tuple[FactId, ...]:
    """The ids of the facts.

    Args:
        stated: The facts.
    """
    return tuple(one.fact for one in stated)


def _decided(settled: Sequence[Conflict]) -> tuple[set[str], set[str]]:
    """Facts that editors let hold, and facts that they overruled."""
    picked: set[str] = set()
    overruled: set[str] = set()
    for conflict in settled:
        found = conflict.settlement
        kept = set(conflict.facts) if found is None or found.fact is None else {found.fact}
        picked |= kept
        overruled |= set(conflict.facts) - kept
    return picked, overruled


def _is_disputed(fact: Fact, dossier: Dossier, picked: set[str]) -> bool:
    if dossier.disputes(fact.id):
        return True
    return fact.standing == "disputed" and fact.id not in picked


def _stated(fact: Fact, *, disputed: bool) -> Stated:
    return Stated(
        fact=fact.id,
        topic=fact.topic,
        attribute=canonical(fact.attribute),
        value=fact.value,
        unit=fact.unit,
        brief=fact.brief,
        standing=fact.standing,
        leaning=fact.leaning,
        disputed=disputed,
    )
