"""A small bench to check one sentence at a time against the made dossier."""

import datetime as dt
from typing import Any

from panel.domain.checks import CheckContext, check
from panel.domain.dossier import Dossier
from panel.domain.flag import Flag
from panel.domain.persona import Persona
from panel.domain.prompt import Prompt
from panel.domain.verdict import Citation, FlipCondition, Reason, Verdict
from panel.testing.values import make_dossier, make_persona

DOSSIER = make_dossier()
DISPUTED = make_dossier(conflict=True)
PERSONA = make_persona()

FILLER = (
    "The case rests on what is written down and on little else, which is how it ought to be when"
    " somebody else has to answer for the outcome. There is enough here to argue about, and enough"
    " missing to keep the argument honest. Whoever adopts it should know where the record ends,"
    " plan for the part that is silent, and keep a way back to what was there before."
)
"""Sixty-odd words that claim nothing."""

EVERY_FACT = tuple(fact.id for fact in DOSSIER.facts)


def prompt_of(dossier: Dossier = DOSSIER, **changes: Any) -> Prompt:
    """A prompt that shows every fact of a dossier."""
    content: dict[str, Any] = {
        "rules": "Judge the file that lies before this panel and nothing that anybody remembers.",
        "dossier": "the dossier",
        "persona": "This reviewer has answered a telephone at night for eleven years running.",
        "fence": "9f2c41d07ab3",
        "fact_ids": tuple(fact.id for fact in dossier.facts),
        "made_of": {},
        **changes,
    }
    return Prompt.model_validate(content)


def context_of(
    dossier: Dossier = DOSSIER,
    persona: Persona = PERSONA,
    earlier: tuple[str, ...] = (),
    **prompt: Any,
) -> CheckContext:
    """What a verdict on a dossier is checked against."""
    return CheckContext(dossier, persona, prompt_of(dossier, **prompt), earlier)


def verdict_of(said: str = "", *, facts: tuple[str, ...] = EVERY_FACT, **changes: Any) -> Verdict:
    """A verdict whose quote is the filler and one more sentence, with all facts cited."""
    quote = changes.pop("quote", f"{FILLER} {said}".strip())
    reasons = tuple(Reason(text="The record holds.", facts=(fact,)) for fact in facts[:4])
    content: dict[str, Any] = {
        "reasons_for": reasons,
        "reasons_against": tuple(
            Reason(text="The record is short.", facts=(fact,)) for fact in facts[4:8]
        ),
        "call": "ship",
        "headline": "A file with few gaps",
        "quote": quote,
        "citations": tuple(
            Citation(phrase=quote[:20].strip(), facts=(fact,)) for fact in facts[8:] or facts[:1]
        ),
        "flip_conditions": (
            FlipCondition(condition="The terms of use change for the worse.", topic="licence"),
        ),
        "predictions": (),
        **changes,
    }
    return Verdict.model_validate(content)


def flags_of(
    said: str = "", context: CheckContext | None = None, **changes: Any
) -> tuple[Flag, ...]:
    """Everything the checks find in a verdict with one more sentence."""
    return check(verdict_of(said, **changes), context or context_of())


def words_of(kind: str, flags: tuple[Flag, ...]) -> list[str]:
    """The words that flags of one kind stand on."""
    return [flag.span.text for flag in flags if flag.kind == kind and flag.span]


def found(kind: str, said: str, **changes: Any) -> list[str]:
    """The words of one more sentence that one kind of flag stands on."""
    return words_of(kind, flags_of(said, **changes))


NEXT_YEAR = dt.date(2027, 3, 1)
"""A day after the as-of date of the made dossier."""
