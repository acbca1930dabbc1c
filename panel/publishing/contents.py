"""What a run leaves, as named bytes: pure, so that verifying is writing again.

Pages, Markdown and JSON are all functions of the canonical values that lie beside them. They come
dossier by dossier, so that memory holds one dossier and the digests of the rest.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from panel.domain.dossier import Dossier
from panel.domain.persona import Persona
from panel.domain.prompt import Prompt
from panel.domain.review import Review
from panel.domain.run import Run
from panel.domain.scorecard import Scorecard
from panel.domain.value import Value, canonical_json
from panel.errors import TamperError
from panel.publishing.card_json import card_json
from panel.publishing.manifest import FileEntry, Manifest
from panel.publishing.markdown import render_markdown
from panel.publishing.page import render_page
from panel.publishing.view import card_view

Chunk = tuple[str, bytes]
"""Path and bytes: a `.jsonl` file comes in many, one after another, any other file in one."""

LINES = ".jsonl"
"""Suffix of the files that come in many chunks."""

PROMPTS, REVIEWS, SCORECARDS = (f"{name}{LINES}" for name in ("prompts", "reviews", "scorecards"))


@dataclass(frozen=True)
class Part:
    """What a run leaves about one dossier.

    Attributes:
        dossier: The dossier; None when it is not there.
        reviews: Its reviews, by seat and sample.
        card: Its scorecard; None when there is none yet.
    """

    dossier: Dossier | None
    reviews: tuple[Review, ...]
    card: Scorecard | None


@dataclass(frozen=True)
class Bundle:
    """Everything one run leaves, fetched one dossier at a time.

    Attributes:
        run: The run.
        personas: At least the personas on its panels.
        parts: Gives what it leaves, dossier by dossier in its order.
        prompts: Gives what the seats were told, each prompt once, by digest; is handed the digests
            that the reviews name, sorted. Giving nothing leaves the prompts out of the folder.
    """

    run: Run
    personas: tuple[Persona, ...]
    parts: Callable[[], Iterable[Part]]
    prompts: Callable[[Sequence[str]], Iterable[Prompt]]


class Printing:
    """Prints a bundle once: its files chunk by chunk, then the manifest they come to.

    Args:
        bundle: What the run leaves.
    """

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._hashes = {path: _Running() for path in (REVIEWS, SCORECARDS)}
        self._files: list[FileEntry] = []
        self._dossiers: dict[str, str] = {}
        self._reviews: dict[str, str] = {}
        self._prompts: set[str] = set()
        self._cards: dict[str, str] = {}

    def chunks(self) -> Iterator[Chunk]:
        """Every file of the bundle but its manifest; equal bundles, equal bytes.

        Raises:
            TamperError: When a scorecard names something the bundle does not hold.
        """
        for path, content in self._chunks():
            if path.endswith(LINES):
                self._hashes.setdefault(path, _Running()).take(content)
            else:
                one = _Running()
                one.take(content)
                self._files.append(one.entry(path))
            yield path, content

    def manifest(self) -> Manifest:
        """The table of contents of what was printed, once all of it is."""
        run, order = self._bundle.run, self._bundle.run.order
        lines = [hashed.entry(path) for path, hashed in self._hashes.items()]
        return Manifest(
            run=run.id,
            created=run.created,
            order=order.digest,
            samples=order.samples,
            quorum=order.quorum,
            dossiers=self._dossiers,
            personas={persona.id: persona.digest for persona in self._bundle.personas},
            prompts=tuple(sorted(self._prompts)),
            templates=order.templates,
            llms={seat.llm.digest: seat.llm for seat in order.all_seats},
            versions=order.versions,
            reviews=self._reviews,
            scorecards=self._cards,
            files=tuple(sorted([*self._files, *lines], key=lambda entry: entry.path)),
        )

    def _chunks(self) -> Iterator[Chunk]:
        yield "run.json", _document(self._bundle.run)
        for persona in self._bundle.personas:
            yield f"personas/{persona.id}.json", _document(persona)
        yield from ((path, b"") for path in (REVIEWS, SCORECARDS))
        for part in self._bundle.parts():
            self._note(part)
            yield from part_chunks(part, self._bundle.personas)
        for prompt in self._bundle.prompts(sorted(self._prompts)):
            yield PROMPTS, _line(prompt)

    def _note(self, part: Part) -> None:
        if part.dossier:
            self._dossiers[part.dossier.slug] = part.dossier.digest
        if part.card:
            self._cards[part.card.slug] = part.card.digest
        self._reviews.update((review.key, review.digest) for review in part.reviews)
        self._prompts.update(review.prompt for review in part.reviews)


class _Running:
    """Digest and size of a file that comes in chunks."""

    def __init__(self) -> None:
        self._hash, self._size = hashlib.sha256(), 0

    def take(self, chunk: bytes) -> None:
        self._hash.update(chunk)
        self._size += len(chunk)

    def entry(self, path: str) -> FileEntry:
        return FileEntry(path=path, sha256=self._hash.hexdigest(), size=self._size)


def part_chunks(part: Part, personas: Sequence[Persona]) -> Iterator[Chunk]:
    """What a run prints about one dossier: its lines of the `.jsonl` files, and files of its own.

    Args:
        part: What it leaves about it.
        personas: At least the personas on its panel.

    Raises:
        TamperError: When the scorecard names something the part does not hold.
    """
    dossier, card = part.dossier, part.card
    if dossier:
        yield f"dossiers/{dossier.slug}.json", _document(dossier)
    for review in part.reviews:
        yield REVIEWS, _line(review)
    if card is None:
        return
    if dossier is None:
        raise TamperError(
            f"the scorecard of {card.slug} has no dossier in this bundle",
            remedy="pass every dossier of the run",
        )
    yield SCORECARDS, card_json(card, part.reviews).to_line().encode("utf-8")
    yield f"scorecards/{card.slug}.json", _document(card)
    view = card_view(card, part.reviews, dossier, personas)
    yield f"{card.slug}.md", render_markdown(view).encode("utf-8")
    yield f"{card.slug}.html", render_page(view).encode("utf-8")


def _document(value: Value) -> bytes:
    return (canonical_json(value) + "\n").encode("utf-8")


def _line(value: Review | Prompt) -> bytes:
    """A value on one line, with its digest beside its fields."""
    line = canonical_json({**value.model_dump(mode="json"), "digest": value.digest})
    return (line + "\n").encode("utf-8")
