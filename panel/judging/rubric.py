"""The offline judge: a persona's rubric applied to the facts of a dossier, with no llm.

It is the default when no llm is configured and the control group an llm panel has to beat. It is
pure: equal inputs give equal bytes. All its sentences come from the persona file.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from panel.domain.dossier import Dossier
from panel.domain.fact import Conflict, Fact, Standing, Topic
from panel.domain.persona import Persona, TopicWeight
from panel.domain.value import digest_of
from panel.domain.verdict import Call, FlipCondition, Prediction, Reason, Verdict
from panel.domain.witnesses import witness_count
from panel.judging.rubric_prose import Material, Scribe

STANDING_FACTOR: Final[dict[Standing, float]] = {
    "measured": 1.0,
    "official": 0.8,
    "reported": 0.6,
    "disputed": 0.0,
    "superseded": 0.0,
}
"""How far a fact is believed, by its standing."""

WITNESS_STEP = 0.15
"""Added to the witness factor for a second and for a third independent witness."""

REPEAT_FACTOR = 0.5
"""Each further fact of one topic and side counts this much of the one before it."""

JITTER = 0.3
"""Samples after the first change each weight by up to this share, either way."""

MAX_REASONS = 4


@dataclass(frozen=True)
class Pull:
    """One fact and how far it moves one persona.

    Attributes:
        fact: The fact.
        weight: Its share of the score: above 0 towards ship, below 0 towards skip.
    """

    fact: Fact
    weight: float


@dataclass(frozen=True)
class Weighing:
    """What a persona's rubric makes of the facts shown.

    Attributes:
        score: Start plus the sum of all pulls; ship when above 0.
        pros: Pulls towards ship, heaviest first.
        contras: Pulls towards skip, heaviest first.
    """

    score: float
    pros: tuple[Pull, ...]
    contras: tuple[Pull, ...]

    @property
    def call(self) -> Call:
        """`ship` when the score is above zero."""
        return "ship" if self.score > 0 else "skip"


def draft(dossier: Dossier, persona: Persona, fact_ids: tuple[str, ...], sample: int) -> Verdict:
    """The verdict of one persona by its rubric alone.

    Args:
        dossier: The model's dossier.
        persona: The reviewer.
        fact_ids: Ids of the facts the panel was shown, at least one.
        sample: Sample number, counted from 1; 1 is the plain rubric, later ones vary its weights.

    Returns:
        A whole verdict; equal arguments give equal verdicts.

    Raises:
        ValueError: When `fact_ids` names no fact of the dossier.
    """
    shown = _shown(dossier, fact_ids)
    if not shown:
        raise ValueError(f"none of the facts shown is in the dossier {dossier.slug!r}")
    weighing = weigh(dossier, persona, shown, sample)
    scribe = Scribe(persona, dossier)
    material = _material(dossier, persona, shown, weighing, scribe)
    quote = scribe.quote(material)
    flip, topic = scribe.flip(material)
    return Verdict(
        reasons_for=_reasons(scribe, weighing.pros),
        reasons_against=_reasons(scribe, weighing.contras),
        call=weighing.call,
        headline=scribe.headline(material),
        quote=quote.text,
        citations=quote.citations,
        flip_conditions=(FlipCondition(condition=flip, topic=topic),),
        predictions=_predictions(scribe, persona, dossier.as_of),
    )


def weigh(dossier: Dossier, persona: Persona, shown: Sequence[Fact], sample: int) -> Weighing:
    """Score the facts by the persona's rubric.

    The formula, our own:

        score = start + sum over facts of  weight x standing x witnesses x repeat

    * weight: `pro` of the fact's topic if it leans for, minus `contra` if it leans against, 0 if
      it is neutral or the rubric leaves the topic out;
    * standing: `STANDING_FACTOR`; 0 for a fact in open conflict, and for one an editor ruled out;
    * witnesses: 1 for one independent witness, `WITNESS_STEP` more for a second and for a third;
    * repeat: `REPEAT_FACTOR` to the power of the number of weightier facts of the same topic and
      side, since five figures from one test are not five arguments.

    Args:
        dossier: The model's dossier.
        persona: The reviewer.
        shown: The facts the panel was shown.
        sample: Sample number, counted from 1.

    Returns:
        The score, and the facts that made it, heaviest first.
    """
    start, weights = _weights(dossier, persona, sample)
    ruled_out = _ruled_out(dossier)
    groups: defaultdict[tuple[Topic, bool], list[Pull]] = defaultdict(list)
    for fact in shown:
        if fact.id in ruled_out or dossier.disputes(fact.id):
            continue
        pull = _direction(fact, weights.get(fact.topic)) * _strength(dossier, fact)
        if pull:
            groups[fact.topic, pull > 0].append(Pull(fact, pull))
    pulls = [pull for group in groups.values() for pull in _damped(group)]
    pulls.sort(key=lambda pull: -abs(pull.weight))
    return Weighing(
        score=round(start + sum(pull.weight for pull in pulls), 9),
        pros=tuple(pull for pull in pulls if pull.weight > 0),
        contras=tuple(pull for pull in pulls if pull.weight < 0),
    )


def _material(
    dossier: Dossier, persona: Persona, shown: Sequence[Fact], weighing: Weighing, scribe: Scribe
) -> Material:
    """What the paragraph may tell; a verdict has to cite something, so never nothing at all."""
    pros = scribe.printable([pull.fact for pull in weighing.pros])
    contras = scribe.printable([pull.fact for pull in weighing.contras])
    ships = weighing.call == "ship"
    quarrels = _quarrels(dossier, persona, shown)
    context = scribe.printable(_context(dossier, shown, weighing))
    return Material(
        call=weighing.call,
        leading=pros if ships else contras,
        trailing=contras if ships else pros,
        quarrels=quarrels,
        context=context if (pros or contras or quarrels or context) else tuple(shown[:1]),
        missing=_missing_topic(persona, shown),
    )


def _shown(dossier: Dossier, fact_ids: Sequence[str]) -> list[Fact]:
    wanted = set(fact_ids)
    return [fact for fact in dossier.facts if fact.id in wanted]


def _weights(
    dossier: Dossier, persona: Persona, sample: int
) -> tuple[float, dict[Topic, TopicWeight]]:
    """Start and weights of one sample; the seed is a digest, so that samples repeat anywhere."""
    rubric = persona.rubric
    if sample == 1:
        return rubric.start, rubric.weights
    seed = digest_of("rubric-sample", [dossier.digest, persona.digest, sample])
    dice = Random(int(seed, 16))  # noqa: S311 - reproducible variation, not a secret

    def vary(weight: float) -> float:
        return weight * dice.uniform(1 - JITTER, 1 + JITTER)

    start = vary(rubric.start)
    return start, {
        topic: TopicWeight.model_construct(pro=vary(weight.pro), contra=vary(weight.contra))
        for topic, weight in sorted(rubric.weights.items())
    }


def _ruled_out(dossier: Dossier) -> frozenset[str]:
    """Facts that lost a settled conflict."""
    settled = [
        (conflict, conflict.settlement.fact)
        for conflict in dossier.conflicts
        if conflict.settlement and conflict.settlement.fact
    ]
    return frozenset(
        fact for conflict, winner in settled for fact in conflict.facts if fact != winner
    )


def _direction(fact: Fact, weight: TopicWeight | None) -> float:
    if weight is None or fact.leaning == "neutral":
        return 0.0
    return weight.pro if fact.leaning == "for" else -weight.contra


def _strength(dossier: Dossier, fact: Fact) -> float:
    further = min(witness_count(dossier, fact), 3) - 1
    return STANDING_FACTOR[fact.standing] * (1 + WITNESS_STEP * max(further, 0))


def _damped(group: Sequence[Pull]) -> list[Pull]:
    ranked = sorted(group, key=lambda pull: -abs(pull.weight))
    return [Pull(pull.fact, pull.weight * REPEAT_FACTOR**nth) for nth, pull in enumerate(ranked)]


def _quarrels(
    dossier: Dossier, persona: Persona, shown: Sequence[Fact]
) -> tuple[tuple[Fact, ...], ...]:
    """Open conflicts the panel saw whole, those that matter most to this persona first."""
    by_id = {fact.id: fact for fact in shown}

    def interest(facts: Sequence[Fact]) -> float:
        weights = [persona.rubric.weights.get(fact.topic) for fact in facts]
        return max(abs(weight.pro) + abs(weight.contra) if weight else 0 for weight in weights)

    whole = [
        tuple(by_id[fact] for fact in conflict.facts)
        for conflict in dossier.open_conflicts
        if _whole(conflict, by_id)
    ]
    return tuple(sorted(whole, key=lambda facts: -interest(facts)))


def _whole(conflict: Conflict, by_id: dict[str, Fact]) -> bool:
    return all(fact in by_id for fact in conflict.facts)


def _context(dossier: Dossier, shown: Sequence[Fact], weighing: Weighing) -> list[Fact]:
    """Facts that stand and moved nothing: background, never an argument."""
    moved = {pull.fact.id for pull in (*weighing.pros, *weighing.contras)} | _ruled_out(dossier)
    return [
        fact
        for fact in shown
        if fact.id not in moved
        and STANDING_FACTOR[fact.standing]
        and fact.leaning == "neutral"
        and not dossier.disputes(fact.id)
    ]


def _missing_topic(persona: Persona, shown: Sequence[Fact]) -> Topic:
    """The topic this persona cares about most, of those without a fact if there are any."""
    known = {fact.topic for fact in shown}
    weights = persona.rubric.weights
    silent: list[Topic] = [topic for topic in weights if topic not in known]
    return max(
        silent or list(weights),
        key=lambda topic: abs(weights[topic].pro) + abs(weights[topic].contra),
    )


def _reasons(scribe: Scribe, pulls: Sequence[Pull]) -> tuple[Reason, ...]:
    chosen = scribe.printable([pull.fact for pull in pulls])[:MAX_REASONS]
    return tuple(Reason(text=scribe.note(fact), facts=(fact.id,)) for fact in chosen)


def _predictions(scribe: Scribe, persona: Persona, as_of: dt.date) -> tuple[Prediction, ...]:
    if not persona.predicts or as_of.year == dt.MAXYEAR:
        return ()
    by = as_of.replace(year=as_of.year + 1, day=1)
    statement = scribe.prediction(by)
    return (Prediction(statement=statement, by=by),) if statement else ()
