"""Drafts as a run leaves them behind, small and made: what their editors' tests stand on."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from panel.domain.checks import CheckContext, check
from panel.domain.dossier import Dossier
from panel.domain.editing.content import Content, drafted
from panel.domain.editing.effective import Papers
from panel.domain.editing.revision import Revision
from panel.domain.editing.states import Standing
from panel.domain.fact import Settlement
from panel.domain.persona import Persona
from panel.domain.prompt import Prompt
from panel.domain.reduction import reduce
from panel.domain.review import FailureKind, Review, review_key
from panel.domain.run import Run, Seat
from panel.domain.verdict import Call, Verdict
from panel.testing import (
    make_dossier,
    make_order,
    make_persona,
    make_review,
    make_run,
    make_seat,
    make_verdict,
)

NOON = dt.datetime(2026, 5, 12, 12, 0, tzinfo=dt.UTC)
DISPUTED = make_dossier(conflict=True)
IDS = ("developer", "skeptic", "creator")

Ended = Call | FailureKind | Verdict


def make_papers(
    *ended: Ended, dossier: Dossier = DISPUTED, samples: int = 1, **run_changes: Any
) -> Papers:
    """What a panel leaves behind.

    Args:
        ended: How each seat ended, all its samples alike; a ship, a skip and a timeout if not told.
        dossier: The dossier.
        samples: Samples of each seat.
        run_changes: Fields of the run that differ.
    """
    ended = ended or ("ship", "skip", "timeout")
    personas = {name: make_persona(name) for name in IDS[: len(ended)]}
    prompts = {name: prompt_of(dossier, persona) for name, persona in personas.items()}
    seats = tuple(make_seat(persona) for persona in personas.values())
    run: Run = make_run(make_order(dossier, seats=seats, samples=samples), **run_changes)
    reviews = tuple(
        reviewed(dossier, seat, personas[seat.persona], how, sample)
        for seat, how in zip(seats, ended, strict=True)
        for sample in range(1, samples + 1)
    )
    by_digest = {prompt.digest: prompt for prompt in prompts.values()}
    return Papers(run, reduce(run, dossier, reviews), reviews, dossier, personas, by_digest)


def reviewed(
    dossier: Dossier, seat: Seat, persona: Persona, ended: Ended, sample: int = 1
) -> Review:
    """A review with the flags its checks find."""
    prompt = prompt_of(dossier, persona)
    key = review_key(dossier.digest, seat.digest, prompt.digest, seat.llm.digest, sample)
    found = make_review(dossier, seat, ended, sample=sample, prompt=prompt.digest, key=key)
    if found.verdict is None:
        return found
    context = CheckContext(dossier=dossier, persona=persona, prompt=prompt)
    return found.model_copy(update={"flags": check(found.verdict, context)})


def prompt_of(dossier: Dossier, persona: Persona) -> Prompt:
    """A prompt that shows all facts."""
    return Prompt(
        rules="Judge.",
        dossier="The record.",
        persona="The reviewer.",
        fence=dossier.digest[:16],
        fact_ids=tuple(fact.id for fact in dossier.facts),
        made_of={"dossier": dossier.digest, "persona": persona.digest},
    )


def content_of(papers: Papers) -> Content:
    """What the panel drafted."""
    return drafted(papers.card, papers.reviews, papers.dossier.summary)


def citing(*facts: str, call: Call = "ship", **changes: Any) -> Verdict:
    """A verdict that cites these facts and no others."""
    phrase = make_verdict(DISPUTED, call).citations[0].phrase
    group = [{"phrase": phrase, "facts": list(facts)}]
    none: dict[str, Any] = {"reasons_for": [], "reasons_against": [], "citations": group}
    return make_verdict(DISPUTED, call, **{**none, **changes})


def settlement(fact: str | None = "F2", **changes: Any) -> Settlement:
    """A decision on C1 for one of its facts, or for both."""
    how = "pick" if fact else "keep-both"
    content: dict[str, Any] = {"how": how, "fact": fact, "by": "Ana", "reason": "The page says so."}
    return Settlement.model_validate({**content, "on": NOON.date(), **changes})


def revisions(*steps: Mapping[str, Any]) -> Sequence[Revision]:
    """Revisions of one draft, an hour after noon unless told otherwise."""
    content: dict[str, Any] = {
        "run": make_run().id,
        "slug": DISPUTED.slug,
        "act": "edit",
        "standing": Standing(),
        "dossier": DISPUTED.digest,
        "by": "ana",
        "at": NOON,
    }
    return [
        Revision.model_validate({**content, "version": at, **step})
        for at, step in enumerate(steps, 1)
    ]
