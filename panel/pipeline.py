"""The plot on one screen: a question becomes a review, reviews become a scorecard.

Everything a run needs is pinned in its `Material` before the first call, so that a resumed or
replayed run reads the very texts of the first one and never today's files. Dossiers are fetched one
by one, so that memory does not grow with the order.
"""

import datetime as dt
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from panel.domain.dossier import Dossier
from panel.domain.llm import same_family
from panel.domain.persona import Persona
from panel.domain.reduction import reduce
from panel.domain.review import Review
from panel.domain.run import Order, OrderedDossier, Run
from panel.domain.scorecard import Scorecard
from panel.errors import EndpointError
from panel.judging.question import Judge, Question
from panel.judging.remedies import failure
from panel.library.prompts import Prompts
from panel.store.document import Document
from panel.store.store import Store

Quotes = tuple[tuple[str, str], ...]
"""Earlier quotes of one persona, each with the slug of the dossier it was about."""


@dataclass(frozen=True)
class Material:
    """What a run reads, pinned by the digests of its order.

    Attributes:
        load: Gives a dossier of the order.
        personas: The personas by id.
        prompts: The prompt templates.
        earlier: Earlier quotes by persona id.
    """

    load: Callable[[OrderedDossier], Dossier]
    personas: Mapping[str, Persona]
    prompts: Prompts
    earlier: Mapping[str, Quotes]

    def dossiers(self, order: Order) -> Iterator[Dossier]:
        """The dossiers of an order, one at a time.

        Args:
            order: The order this material was pinned for.
        """
        return map(self.load, order.dossiers)

    def questions(self, order: Order, dossier: Dossier) -> Iterator[Question]:
        """Every question of an order about one dossier: sample by sample, in seat order.

        Args:
            order: The order.
            dossier: One of its dossiers.
        """
        panel = order.panel_of(order.by_slug[dossier.slug])
        seats = [(seat, self.personas[seat.persona]) for seat in panel.seats]
        built = [self.prompts.build(dossier, persona) for _, persona in seats]
        for sample in panel.sample_numbers:
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


@dataclass(frozen=True)
class Opened:
    """One dossier with what was asked about it before.

    Attributes:
        dossier: The dossier.
        questions: All its questions.
        kept: The reviews that stand, by key.
        prompts: What is asked, to be stored before anything is.
    """

    dossier: Dossier
    questions: tuple[Question, ...]
    kept: Mapping[str, Review]
    prompts: tuple[Document, ...]


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
        self.store = store
        self._judge = judge

    def open(self, item: OrderedDossier) -> Opened:
        """One dossier of the order with its questions and what is answered already.

        Args:
            item: Which.

        Raises:
            StoreError: The database cannot be read.
            TamperError: What is stored is not as it was written.
        """
        dossier = self.material.load(item)
        questions = tuple(self.material.questions(self.run.order, dossier))
        prompts = dict.fromkeys(question.prompt.body for question in questions)
        kept = {review.key: review for review in self.store.reviews_of(self.run.id, item.slug)}
        return Opened(
            dossier, questions, kept, tuple(Document.of("prompt", body) for body in prompts)
        )

    async def review_one(
        self, question: Question, *, answered: Callable[[], None] = lambda: None
    ) -> Review:
        """Answer one question and keep the review; the first one kept stands.

        Args:
            question: What to judge.
            answered: Called when no call follows and the review is only to be kept.

        Returns:
            The review that stands.

        Raises:
            EndpointError: No call to this llm can succeed; nothing is kept for this seat, so that
                a resume asks it again.
            SpendingError: The call may exceed the run's cap; nothing is kept for this seat.
            PendingError: The call waits for a provider's batch; nothing is kept for this seat.
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
        answered()
        return await self.keep(review, started=started, seconds=time.monotonic() - begun)

    async def keep(self, review: Review, *, started: dt.datetime, seconds: float) -> Review:
        """Keep a review; the first one kept stands.

        Args:
            review: The review.
            started: When work on it began, with a time zone.
            seconds: How long it took.
        """
        return await self.store.keep_review(self.run.id, review, started=started, seconds=seconds)

    async def answer(self, question: Question) -> Review:
        """Answer one question without keeping the review.

        Args:
            question: What to judge.
        """
        if self.run.order.recuse and same_family(question.llm, question.dossier.vendor):
            return _recused(question)
        return await self._judge.review(question)

    async def reduce(self, dossier: Dossier, reviews: Sequence[Review]) -> Scorecard:
        """Reduce a dossier's reviews to its scorecard and keep it.

        Args:
            dossier: The dossier.
            reviews: All its standing reviews in this run.
        """
        return await self.store.keep_scorecard(reduce(self.run, dossier, reviews))


def _recused(question: Question) -> Review:
    who = f"{question.llm.label} and {question.dossier.vendor}"
    return question.answered(failure=failure("recused", who), cost=Decimal(0))
