"""Reads the values of a bundle back, dossier by dossier, and checks what they say of each other.

Memory holds one dossier's values, and of all others only the digests that later ones may name.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from panel.domain.dossier import Dossier
from panel.domain.persona import Persona
from panel.domain.prompt import Prompt
from panel.domain.review import Review, review_key
from panel.domain.run import Run
from panel.domain.scorecard import Scorecard
from panel.domain.value import Value
from panel.errors import Problem
from panel.publishing.contents import PROMPTS, REVIEWS, Bundle, Part
from panel.publishing.manifest import Manifest

_V = TypeVar("_V", bound=Value)
_Named = TypeVar("_Named", Review, Prompt)
_REMEDY = "export the run again from its database"
_OTHER = "its content is not what its digest names"


class UnreadableError(Exception):
    """A file of the bundle cannot be read as what it is.

    Args:
        problem: Which file, and what is wrong with it.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def problem_at(folder: Path, path: str, message: str, *, line: int = 0, key: str = "") -> Problem:
    """What is wrong with a file of a bundle.

    Args:
        folder: The bundle.
        path: The file, relative to it.
        message: What is wrong.
        line: Line of the file, counted from 1; 0 for all of it.
        key: What it is about on that line.
    """
    return Problem(message, _REMEDY, str(folder / path), line, key)


class Reading:
    """One reading of a bundle.

    Args:
        folder: The bundle.
        manifest: Its table of contents.

    Attributes:
        bundle: The values it was written from; its parts can be read once.
        problems: Names that lead to another content than the one that lies there; complete once
            the parts are read.

    Raises:
        UnreadableError: When a file cannot be read as what it is; from the parts as well.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._folder = folder
        self._paths = [found.path for found in manifest.files]
        self._files = frozenset(self._paths)
        self._run = self._document("run.json", Run)
        personas = [self._document(path, Persona) for path in self._under("personas/")]
        self._personas = {persona.id: persona.digest for persona in personas}
        self._dossiers: dict[str, str] = {}
        self._made_of: dict[str, tuple[str, ...]] = {}
        self.problems: list[Problem] = []
        self.bundle = Bundle(self._run, tuple(personas), self._parts, lambda _: self._prompts())

    def _under(self, folder: str) -> Iterator[str]:
        return (path for path in self._paths if path.startswith(folder))

    def _document(self, path: str, kind: type[_V]) -> _V:
        try:
            return kind.model_validate_json((self._folder / path).read_bytes())
        except (OSError, ValidationError) as error:
            problem = problem_at(self._folder, path, "cannot be read as what it is")
            raise UnreadableError(problem) from error

    def _if_there(self, path: str, kind: type[_V]) -> _V | None:
        return self._document(path, kind) if path in self._files else None

    def _prompts(self) -> Iterator[Prompt]:
        """The prompts that lie there, named by a review or not."""
        if PROMPTS in self._files:
            yield from (prompt for _, prompt in _lines(self._folder, PROMPTS, Prompt))

    def _parts(self) -> Iterator[Part]:
        self._note_prompts()
        for persona, digest in {s.persona: s.digest for s in self._run.order.all_seats}.items():
            if self._personas.get(persona) != digest:
                self._tell(f"personas/{persona}.json", "is not the one ordered")
        reviews = _Lookahead(_lines(self._folder, REVIEWS, Review))
        for slug in self._slugs():
            yield self._part(slug, reviews.take(slug))
        for line, review in reviews.rest():  # stands where no dossier looks for it
            self._check(line, review)
            yield Part(None, (review,), None)

    def _note_prompts(self) -> None:
        for prompt in self._prompts():
            self._made_of[prompt.digest] = tuple(map(sys.intern, prompt.made_of.values()))

    def _slugs(self) -> Iterable[str]:
        """Those of the order in its order, then others that have a file."""
        own = (item.slug for item in self._run.order.dossiers)
        files = chain(self._under("dossiers/"), self._under("scorecards/"))
        return dict.fromkeys(chain(own, (Path(path).stem for path in files)))

    def _part(self, slug: str, reviews: Sequence[tuple[int, Review]]) -> Part:
        dossier = self._if_there(f"dossiers/{slug}.json", Dossier)
        if dossier:
            self._dossiers[dossier.slug] = dossier.digest
            ordered = self._run.order.by_slug.get(slug)
            if ordered and ordered.digest != dossier.digest:
                self._tell(f"dossiers/{slug}.json", "is not the one ordered")
        for line, review in reviews:
            self._check(line, review)
        card = self._if_there(f"scorecards/{slug}.json", Scorecard)
        if card and card.run != self._run.id:
            self._tell(f"scorecards/{slug}.json", f"is of run {card.run}")
        return Part(dossier, tuple(review for _, review in reviews), card)

    def _tell(self, path: str, message: str) -> None:
        self.problems.append(problem_at(self._folder, path, message))

    def _check(self, line: int, review: Review) -> None:
        for message in self._defects(review):
            where = problem_at(self._folder, REVIEWS, message, line=line, key=review.persona)
            self.problems.append(where)

    def _defects(self, review: Review) -> Iterator[str]:
        parts = (review.dossier, review.persona_digest, review.prompt, review.llm)
        if review_key(*parts, review.sample) != review.key:
            yield "the key is not that of its inputs"
        if self._dossiers.get(review.slug) != review.dossier:
            yield f"rests on another dossier than dossiers/{review.slug}.json"
        if self._personas.get(review.persona) != review.persona_digest:
            yield f"was written by another persona than personas/{review.persona}.json"
        if not self._made_of:
            return
        made_of = self._made_of.get(review.prompt)
        if made_of is None:
            yield f"its prompt {review.prompt[:12]} is missing"
        elif not {review.dossier, review.persona_digest} <= set(made_of):
            yield f"its prompt {review.prompt[:12]} was made of another dossier or persona"


class _Lookahead:
    """Reviews by line, taken dossier by dossier as they stand in their file."""

    def __init__(self, lines: Iterator[tuple[int, Review]]) -> None:
        self._lines = lines
        self._next = next(lines, None)

    def take(self, slug: str) -> list[tuple[int, Review]]:
        """The next ones, as long as they are about this dossier."""
        taken: list[tuple[int, Review]] = []
        while self._next and self._next[1].slug == slug:
            taken.append(self._next)
            self._next = next(self._lines, None)
        return taken

    def rest(self) -> Iterator[tuple[int, Review]]:
        """Those that nobody took."""
        while self._next:
            yield self._next
            self._next = next(self._lines, None)


def _lines(folder: Path, path: str, kind: type[_Named]) -> Iterator[tuple[int, _Named]]:
    """Values of a file of lines, each checked against the digest it stands under."""
    try:
        with (folder / path).open("rb") as file:
            for number, line in enumerate(file, start=1):
                value, message = _value(line, kind)
                if value is None:
                    raise UnreadableError(problem_at(folder, path, message, line=number))
                yield number, value
    except OSError as error:
        raise UnreadableError(problem_at(folder, path, "cannot be read")) from error


def _value(line: bytes, kind: type[_Named]) -> tuple[_Named | None, str]:
    """The value of a line, or why there is none."""
    try:
        fields = json.loads(line.decode("utf-8"))
        named = fields.pop("digest")
        value = kind.model_validate_json(json.dumps(fields))
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        return None, "cannot be read as what it is"
    return (value, "") if value.digest == named else (None, _OTHER)
