"""Rebuilds a finished run from its tape with the network off and compares all bytes."""

import json
from collections.abc import Iterator

from panel.bootstrap.pinning import pinned
from panel.bootstrap.proofs import TAMPERED, bundle_of, bundled
from panel.domain.reduction import reduce
from panel.domain.review import Review
from panel.domain.scorecard import Scorecard
from panel.domain.value import canonical_json
from panel.errors import InputError, Problem
from panel.judging.judges import judge_of
from panel.library.workspace import Workspace
from panel.pipeline import Pipeline
from panel.publishing.contents import contents
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
    stored = {review.key: review for review in store.reviews(run_id)}
    reviews: list[Review] = []
    async with judge_of(run, store, material.prompts.mend, mode="replay") as judge:
        pipeline = Pipeline(run, material, judge, store)
        for dossier in material.dossiers:
            for question in material.questions(run, dossier):
                kept = stored.get(question.key)
                # Where nothing was asked (a recusal, a starved machine) there is nothing to replay.
                if kept is None or kept.exchanges:
                    kept = await pipeline.answer(question)
                reviews.append(kept)
    place = {key: at for at, key in enumerate(stored)}  # asked by sample, stored by seat
    reviews.sort(key=lambda review: place.get(review.key, len(place)))
    cards = [
        reduce(run, dossier, [review for review in reviews if review.slug == dossier.slug])
        for dossier in material.dossiers
    ]
    found = [
        problem
        for review in reviews
        for problem in _difference(f"review {review.key}", stored.get(review.key), review)
    ]
    kept = {card.slug: card for card in store.scorecards(run_id)}
    for card in cards:
        found += _difference(f"scorecard {card.slug}", kept.get(card.slug), card)
    before = contents(bundle_of(store, run, material))
    after = contents(bundled(run, material, reviews, cards))
    found += [
        Problem("comes out differently", "see the reviews above", path)
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path)
    ]
    return found


def _difference(
    name: str, stored: Review | Scorecard | None, rebuilt: Review | Scorecard
) -> Iterator[Problem]:
    if stored is None:
        yield Problem("is not stored", TAMPERED, name)
    elif stored != rebuilt:
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
