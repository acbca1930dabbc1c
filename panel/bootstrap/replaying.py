"""Rebuilds a finished run from its tape with the network off and compares all bytes."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from panel.bootstrap.pinning import pinned
from panel.bootstrap.proofs import TAMPERED, parts_of
from panel.domain.persona import Persona
from panel.domain.reduction import reduce
from panel.domain.review import Review
from panel.domain.scorecard import Scorecard
from panel.domain.value import canonical_json
from panel.errors import InputError, Problem
from panel.judging.judges import judge_of
from panel.library.workspace import Workspace
from panel.pipeline import Pipeline
from panel.publishing.contents import Part, part_chunks
from panel.store.store import Store


async def replay(store: Store, run_id: str, workspace: Workspace) -> list[Problem]:
    """Rebuild a finished run from the tape with the network off and compare all bytes.

    Args:
        store: Where the run lies; only read.
        run_id: Full run id.
        workspace: Named in messages only.

    Returns:
        Every review, scorecard or page that comes out differently; empty when none does.

    Raises:
        InputError: The run is not finished.
        TapeMissError: An exchange is missing; the message names it.
    """
    run = store.run(run_id)
    if run.state != "finished":
        raise InputError(
            f"run {run_id} is {run.state}, not finished",
            remedy=f"finish it first: shipskip runs resume {run_id}",
        )
    material = pinned(run, store, workspace)
    found: list[Problem] = []
    changed: set[str] = set()
    async with judge_of(run, store, material.prompts.mend, mode="replay") as judge:
        pipeline = Pipeline(run, material, judge, store)
        for before in parts_of(store, run, material):
            after = await _rebuilt(pipeline, before)
            found += _differences(before, after)
            changed |= _changed_files(before, after, tuple(material.personas.values()))
    found += [
        Problem("comes out differently", "see the reviews above", path) for path in sorted(changed)
    ]
    return found


async def _rebuilt(pipeline: Pipeline, before: Part) -> Part:
    """What a dossier's questions come to when they are answered from the tape."""
    dossier = before.dossier
    if dossier is None:
        return before  # nobody asked about it
    stored = {review.key: review for review in before.reviews}
    reviews: list[Review] = []
    for question in pipeline.material.questions(pipeline.run.order, dossier):
        kept = stored.get(question.key)
        # Where nothing was asked (a recusal, a starved machine) there is nothing to replay.
        if kept is None or kept.exchanges:
            kept = await pipeline.answer(replace(question, nth=kept.nth if kept else 1))
        reviews.append(kept)
    place = {key: at for at, key in enumerate(stored)}  # asked by sample, stored by seat
    reviews.sort(key=lambda review: place.get(review.key, len(place)))
    return Part(dossier, tuple(reviews), reduce(pipeline.run, dossier, reviews))


def _differences(before: Part, after: Part) -> Iterator[Problem]:
    stored = {review.key: review for review in before.reviews}
    for review in after.reviews:
        yield from _difference(f"review {review.key}", stored.get(review.key), review)
    if after.card:
        yield from _difference(f"scorecard {after.card.slug}", before.card, after.card)


def _changed_files(before: Part, after: Part, personas: Sequence[Persona]) -> set[str]:
    """Files with other bytes; they are functions of the values, so equal values need no look."""
    if before.dossier and _digests(before) == _digests(after):
        return set()
    printed = [part_chunks(part, personas) for part in (before, after)]
    return {path for path, _ in set(printed[0]) ^ set(printed[1])}


def _digests(part: Part) -> list[str | None]:
    return [part.card and part.card.digest, *(review.digest for review in part.reviews)]


def _difference(
    name: str, stored: Review | Scorecard | None, rebuilt: Review | Scorecard
) -> Iterator[Problem]:
    if stored is None:
        yield Problem("is not stored", TAMPERED, name)
    elif stored.digest != rebuilt.digest:
        fields = _differing(canonical_json(stored), canonical_json(rebuilt))
        yield Problem(
            f"differs in {fields}",
            "the code, the checks or the price list have changed since; `runs show` names the"
            " versions that made the run",
            name,
        )


def _differing(before: str, after: str) -> str:
    one, two = json.loads(before), json.loads(after)
    return ", ".join(key for key in one if one[key] != two.get(key))
