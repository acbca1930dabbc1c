"""A pipeline over a real database and the shipped prompts, with a scripted judge."""

import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from panel.domain.dossier import Dossier
from panel.domain.review import Review
from panel.domain.run import OrderedDossier
from panel.domain.scorecard import Scorecard
from panel.judging.question import Judge, Question
from panel.library.prompts import Prompts
from panel.library.workspace import Workspace
from panel.pipeline import Material, Pipeline
from panel.store.document import Document
from panel.store.store import Store
from panel.testing import make_dossier, make_order, make_persona, make_run, make_seat
from tests.databases import fresh_url


class Shelf:
    """Dossiers that count how many were taken from the shelf so far."""

    def __init__(self, dossiers: Sequence[Dossier]) -> None:
        self.dossiers = tuple(dossiers)
        self.taken = 0

    def __call__(self, item: OrderedDossier) -> Dossier:
        self.taken += 1
        return next(dossier for dossier in self.dossiers if dossier.slug == item.slug)


class Watching:
    """A watcher that writes down what it is told.

    Attributes:
        started_keys: Keys of questions.
        finished_keys: Keys of reviews.
        cards: Scorecards, each with the keys of its reviews.
    """

    def __init__(self) -> None:
        self.started_keys: list[str] = []
        self.finished_keys: list[str] = []
        self.cards: list[tuple[Scorecard, set[str]]] = []

    def started(self, question: Question) -> None:
        self.started_keys.append(question.key)

    def finished(self, review: Review) -> None:
        self.finished_keys.append(review.key)

    def scored(self, card: Scorecard, reviews: tuple[Review, ...]) -> None:
        self.cards.append((card, {review.key for review in reviews}))


@contextmanager
def pipeline_of(
    judge: Judge, *, dossiers: int = 1, seats: int = 5, samples: int = 1, **of_run: object
) -> Generator[tuple[Pipeline, Store, Shelf]]:
    """A pipeline over made dossiers, its store, and the shelf the dossiers stand on."""
    shelf = Shelf([make_dossier(slug=f"model-{number}") for number in range(1, dossiers + 1)])
    personas = [make_persona(f"reviewer-{number}") for number in range(1, seats + 1)]
    order = make_order(
        *shelf.dossiers, seats=tuple(make_seat(persona) for persona in personas), samples=samples
    )
    run = make_run(order).model_copy(update=of_run)
    with tempfile.TemporaryDirectory() as folder:
        prompts = Prompts(Workspace(Path(folder)))
        material = Material(shelf, {persona.id: persona for persona in personas}, prompts, {})
        with Store.open(fresh_url(folder, tables=True), write=True) as store:
            store.create_run(run, [Document.of("order", order)])
            yield Pipeline(run, material, judge, store), store, shelf


def keys_of(pipeline: Pipeline) -> list[str]:
    """Keys of all questions of a pipeline's run, in order."""
    return [question.key for question in questions_of(pipeline)]


def questions_of(pipeline: Pipeline) -> list[Question]:
    """All questions of a pipeline's run, in order; takes nothing from the shelf."""
    order, material = pipeline.run.order, pipeline.material
    shelf = material.load
    assert isinstance(shelf, Shelf)
    return [one for dossier in shelf.dossiers for one in material.questions(order, dossier)]
