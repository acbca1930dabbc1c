"""Small valid domain values with sensible content, so that a test names only what it is about.

Every maker takes keyword changes over its defaults, and what it returns has passed the domain's own
validation, changes included.
"""

import datetime as dt
from typing import Any

from pydantic_core import to_json

from panel.domain.dossier import Dossier
from panel.domain.llm import OFFLINE, LlmSettings
from panel.domain.persona import Persona
from panel.domain.review import Failure, FailureKind, Review, review_key
from panel.domain.run import Order, OrderedDossier, Run, Seat
from panel.domain.value import digest_of
from panel.domain.verdict import Call, Verdict
from panel.testing.grounded import draft
from panel.testing.texts import DOSSIER, LICENCE_CONFLICT, LICENCE_RUMOUR, PERSONA

FAKE_LLM = LlmSettings(kind="openai-chat", name="fake-llm", base_url="http://127.0.0.1:9/v1")
"""Settings of an llm at an address where nobody answers."""

AUDIENCE: tuple[str, ...] = ("developer", "skeptic", "futurist", "business-analyst", "creator")
"""The five ids of the default panel."""

_ENDS_RUN = frozenset({"key-refused", "forbidden", "no-such-llm", "out-of-credit"})
_RETRYABLE = frozenset({"rate-limited", "server-error", "timeout", "dropped", "not-an-api"})


def make_dossier(*, conflict: bool = False, **changes: Any) -> Dossier:
    """A dossier of nine facts over eight topics from two sources.

    Args:
        conflict: Adds F10, which contradicts the licence of F2, and the open conflict C1.
        changes: Fields that differ from the default.

    Returns:
        A valid dossier.
    """
    content: dict[str, Any] = {**DOSSIER}
    if conflict:
        content["facts"] = [*DOSSIER["facts"], LICENCE_RUMOUR]
        content["conflicts"] = [LICENCE_CONFLICT]
    return Dossier.model_validate({**content, **changes})


def make_persona(id: str = "developer", **changes: Any) -> Persona:  # noqa: A002
    """A persona with a rubric over a few topics.

    Args:
        id: Its id; the name follows from it.
        changes: Fields that differ from the default.

    Returns:
        A valid persona.
    """
    name = f"The {id.replace('-', ' ').title()}"
    return Persona.model_validate({**PERSONA, "id": id, "name": name, **changes})


def make_verdict(
    dossier: Dossier, call: Call = "ship", *, persona: str = "developer", **changes: Any
) -> Verdict:
    """A well-behaved verdict that cites undisputed facts of the dossier.

    Args:
        dossier: What it is about.
        call: The decision.
        persona: Whose it is; another persona writes other words.
        changes: Fields that differ from the draft.

    Returns:
        A valid verdict whose quote has 60 to 160 words and names no number and no name.
    """
    settled = tuple(fact.id for fact in dossier.facts if not dossier.disputes(fact.id))
    content = draft(settled or (dossier.facts[0].id,), f"{dossier.digest}:{persona}", call)
    return Verdict.model_validate_json(to_json({**content, **changes}))


def make_failure(kind: FailureKind = "timeout", **changes: Any) -> Failure:
    """A failure with the marks its kind usually has.

    Args:
        kind: What went wrong.
        changes: Fields that differ from the default.
    """
    content: dict[str, Any] = {
        "kind": kind,
        "retryable": kind in _RETRYABLE,
        "ends_run": kind in _ENDS_RUN,
        "detail": f"the fake endpoint answered with {kind}",
        "remedy": "Ask again later." if kind in _RETRYABLE else "Mend the cause, then run again.",
    }
    return Failure.model_validate({**content, **changes})


def make_seat(persona: str | Persona = "developer", llm: LlmSettings = FAKE_LLM) -> Seat:
    """A seat of a panel.

    Args:
        persona: The persona, or the id of a made one.
        llm: Who plays it.
    """
    persona = make_persona(persona) if isinstance(persona, str) else persona
    return Seat(persona=persona.id, digest=persona.digest, llm=llm)


def make_order(*dossiers: Dossier, seats: int | tuple[Seat, ...] = 5, **changes: Any) -> Order:
    """An order for a panel.

    Args:
        dossiers: What to review; the made dossier unless given.
        seats: The panel, or how many of the default ids sit on it.
        changes: Fields that differ from the default.

    Returns:
        A valid order whose quorum is more than half of its seats.
    """
    if isinstance(seats, int):
        ids = (*AUDIENCE, *(f"reviewer-{number}" for number in range(6, 33)))[:seats]
        seats = tuple(make_seat(persona) for persona in ids)
    content: dict[str, Any] = {
        "dossiers": tuple(
            OrderedDossier(slug=dossier.slug, digest=dossier.digest)
            for dossier in dossiers or (make_dossier(),)
        ),
        "seats": seats,
        "quorum": len(seats) // 2 + 1,
        "templates": {"rules.md.j2": digest_of("template", "rules")},
        "earlier": {},
        "versions": {"shipskip": "0", "checks": "1"},
    }
    return Order.model_validate({**content, **changes})


def make_run(order: Order | None = None, **changes: Any) -> Run:
    """A run that has just been ordered.

    Args:
        order: What it is asked to do; `make_order()` unless given.
        changes: Fields that differ from the default.
    """
    content: dict[str, Any] = {
        "id": "20260512-083000-5f2a9c",
        "created": dt.datetime(2026, 5, 12, 8, 30, tzinfo=dt.UTC),
        "order": order or make_order(),
    }
    return Run.model_validate({**content, **changes})


def make_review(
    dossier: Dossier | None = None,
    seat: Seat | None = None,
    outcome: Call | FailureKind | Verdict | Failure = "ship",
    *,
    sample: int = 1,
    **changes: Any,
) -> Review:
    """One review of one seat.

    Args:
        dossier: What it is about; the made dossier unless given.
        seat: Who wrote it; the made developer unless given.
        outcome: A call, a kind of failure, or the verdict or failure itself.
        sample: Sample number, counted from 1.
        changes: Fields that differ from the default.

    Returns:
        A valid review; the offline judge costs nothing, any other llm an unknown amount.
    """
    dossier, seat = dossier or make_dossier(), seat or make_seat()
    if isinstance(outcome, str):
        outcome = _ended(dossier, f"{seat.persona}:{sample}", outcome)
    prompt = digest_of("prompt", [dossier.digest, seat.digest])
    content: dict[str, Any] = {
        "key": review_key(dossier.digest, seat.digest, prompt, seat.llm.digest, sample),
        "slug": dossier.slug,
        "dossier": dossier.digest,
        "persona": seat.persona,
        "persona_digest": seat.digest,
        "prompt": prompt,
        "llm": seat.llm.digest,
        "llm_label": seat.llm.label,
        "sample": sample,
        "verdict": outcome if isinstance(outcome, Verdict) else None,
        "failure": outcome if isinstance(outcome, Failure) else None,
        "cost": 0 if seat.llm.kind == OFFLINE.kind else None,
    }
    return Review.model_validate({**content, **changes})


def _ended(dossier: Dossier, persona: str, outcome: Call | FailureKind) -> Verdict | Failure:
    match outcome:
        case "ship" | "skip":
            return make_verdict(dossier, outcome, persona=persona)
        case _:
            return make_failure(outcome)
