"""The plot on one screen: a question becomes a review, reviews become a scorecard.

Everything a run needs is pinned in its `Material` before the first call, so that a resumed or
replayed run reads the very texts of the first one and never today's files.
"""

import datetime as dt
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from panel.domain.dossier import Dossier
from panel.domain.llm import same_family
from panel.domain.persona import Persona
from panel.domain.reduction import reduce
from panel.domain.review import Review
from panel.domain.run import Run
from panel.domain.scorecard import Scorecard
from panel.errors import EndpointError
from panel.judging.question import Judge, Question
from panel.judging.remedies import failure
from panel.library.prompts import Prompts
from panel.store.store import Store

Quotes = tuple[tuple[str, str], ...]
"""Earlier quotes of one persona, each with the slug of the dossier it was about."""


@dataclass(frozen=True)
class Material:
    """What a run reads, pinned by the digests of its order.

    Attributes:
        dossiers: The dossiers, in the order of the run.
        personas: The personas by id.
        prompts: The prompt templates.
        earlier: Earlier quotes by persona id.
    """

    dossiers: Sequence[Dossier]
    personas: Mapping[str, Persona]
    prompts: Prompts
    earlier: Mapping[str, Quotes]

    def questions(self, run: Run, dossier: Dossier) -> Iterator[Question]:
        """Every question of a run about one dossier: sample by sample, in seat order.

        Args:
            run: The run.
            dossier: One of its dossiers.
        """
        seats = [(seat, self.personas[seat.persona]) for seat in run.order.seats]
        built = [self.prompts.build(dossier, persona) for _, persona in seats]
        for sample in range(1, run.order.samples + 1):
            for (seat, persona), prompt in zip(seats, built, strict=True):
                # The rubric judge repeats its frames by design; its drafts are not compared.
                quotes = () if seat.llm.is_rubric else self.earlier.get(persona.id, ())
                yield Question(
                    dossier=dossier,
                    persona=persona,
                    prompt=prompt,
                    llm=seat.llm,
                    sample=sample,
                    earlier=tuple(quote for slug, quote in quotes if slug != dossier.slug),
                )


class Pipeline:
    """Reviews and reduces for one run, keeping every result.

    Args:
        run: The run.
        material: What it reads.
        judge: Who answers the questions.
        store: Where results are kept.
    """

    def __init__(self, run: Run, material: Material, judge: Judge, store: Store) -> None:
        self.run = run
        self.material = material
        self._judge = judge
        self._store = store

    def kept(self) -> dict[str, Review]:
        """Reviews of this run that are stored already, by key."""
        return {review.key: review for review in self._store.reviews(self.run.id)}

    async def review_one(self, question: Question) -> Review:
        """Answer one question and keep the review; the first one kept stands.

        Args:
            question: What to judge.

        Returns:
            The review that stands.

        Raises:
            EndpointError: No call to this llm can succeed; nothing is kept for this seat, so that
                a resume asks it again.
            StoreError: The review cannot be kept.
        """
        started = dt.datetime.now(dt.UTC)
        begun = time.monotonic()
        review = await self.answer(question)
        if review.failure and review.failure.ends_run:
            raise EndpointError(
                f"{question.llm.label}: {review.failure.kind}: {review.failure.detail}",
                remedy=review.failure.remedy,
            )
        return await self._store.keep_review(
            self.run.id, review, started=started, seconds=time.monotonic() - begun
        )

    async def answer(self, question: Question) -> Review:
        """Answer one question without keeping the review.

        Args:
            question: What to judge.
        """
        if self.run.order.recuse and same_family(question.llm, question.dossier.vendor):
            return _recused(question)
        return await self._judge.review(question)

    def reduce(self, dossier: Dossier, reviews: Sequence[Review]) -> Scorecard:
        """Reduce a dossier's reviews to its scorecard and keep it.

        Args:
            dossier: The dossier.
            reviews: All its reviews in this run.
        """
        return self._store.keep_scorecard(reduce(self.run, dossier, reviews))


def _recused(question: Question) -> Review:
    who = f"{question.llm.label} and {question.dossier.vendor}"
    return question.answered(failure=failure("recused", who), cost=Decimal(0))
