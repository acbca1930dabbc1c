"""Checks a bundle from its pages down to the bytes of its dossiers, with nothing but the folder.

Three questions, each answered in full: are the files those of the manifest, is every value what
its name says, and does writing them again give the same bytes.
"""

import json
from collections.abc import Callable, Iterator, Mapping
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
from panel.errors import Problem, TamperError
from panel.publishing.contents import (
    MANIFEST,
    Bundle,
    Manifest,
    contents,
    entry,
    manifest_bytes,
    manifest_of,
)
from panel.publishing.page import RENDERING

_V = TypeVar("_V", bound=Value)
_REMEDY = "export the run again from its database"


class _UnreadableError(Exception):
    """A file of the bundle cannot be read as what it is; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a bundle.

    Args:
        folder: The bundle.

    Raises:
        OSError: When there is none.
        pydantic.ValidationError: When it is not one of ours.
    """
    return Manifest.model_validate_json((folder / MANIFEST).read_bytes())


def verify_bundle(folder: Path) -> list[Problem]:
    """Everything that is wrong with a bundle; empty when all of it holds.

    Args:
        folder: The bundle.
    """
    try:
        manifest = read_manifest(folder)
    except (OSError, ValidationError) as error:
        reason = "is missing" if isinstance(error, FileNotFoundError) else "cannot be read"
        return [Problem(f"the manifest {reason}", _REMEDY, str(folder / MANIFEST))]
    found = [*_file_problems(folder, manifest)]
    if any(problem.key == "path" for problem in found):
        return found
    try:
        bundle = _read(folder, manifest)
    except _UnreadableError as error:
        return [*found, error.problem]
    return [*found, *_link_problems(folder, bundle), *_rewrite_problems(folder, bundle, manifest)]


def _problem(folder: Path, path: str, message: str, key: str = "") -> Problem:
    return Problem(message, _REMEDY, str(folder / path), key=key)


def _file_problems(folder: Path, manifest: Manifest) -> Iterator[Problem]:
    """Files that are missing, altered, or no part of the bundle."""
    named = {found.path: found for found in manifest.files}
    root = folder.resolve()
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*")
               if path.is_symlink() or not path.is_dir()}  # fmt: skip
    for path, expected in named.items():
        if "\0" in path or not (folder / path).resolve().is_relative_to(root):
            yield _problem(folder, MANIFEST, f"names {path!r}, outside the bundle", "path")
            continue
        content = _content(folder / path)
        if content is None:
            yield _problem(folder, path, "is missing or cannot be read", "path")
        elif entry(path, content) != expected:
            yield _problem(folder, path, "does not match its digest in the manifest")
    for path in sorted(present - set(named) - {MANIFEST}):
        yield _problem(folder, path, "is not in the manifest")


def _content(place: Path) -> bytes | None:
    try:
        return place.read_bytes()
    except OSError:
        return None


def _read(folder: Path, manifest: Manifest) -> Bundle:
    """The values a bundle was written from."""
    paths = [found.path for found in manifest.files]

    def documents(under: str, kind: type[_V]) -> tuple[_V, ...]:
        return tuple(_document(folder, path, kind) for path in paths if path.startswith(under))

    run = _document(folder, "run.json", Run)
    order = {ordered.slug: at for at, ordered in enumerate(run.order.dossiers)}
    cards = documents("scorecards/", Scorecard)
    has_prompts = "prompts.jsonl" in paths
    return Bundle(
        run=run,
        dossiers=documents("dossiers/", Dossier),
        personas=documents("personas/", Persona),
        reviews=_lines(folder, "reviews.jsonl", Review, lambda review: review.digest),
        scorecards=tuple(sorted(cards, key=lambda card: order.get(card.slug, len(order)))),
        prompts=_lines(folder, "prompts.jsonl", Prompt, lambda prompt: prompt.digest)
        if has_prompts
        else (),
    )


def _document(folder: Path, path: str, kind: type[_V]) -> _V:
    try:
        return kind.model_validate_json((folder / path).read_bytes())
    except (OSError, ValidationError) as error:
        raise _UnreadableError(_problem(folder, path, "cannot be read as what it is")) from error


def _lines(folder: Path, path: str, kind: type[_V], digest: Callable[[_V], str]) -> tuple[_V, ...]:
    """Values of a file of lines, each checked against the digest it stands under."""
    found: list[_V] = []
    try:
        lines = (folder / path).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise _UnreadableError(_problem(folder, path, "cannot be read")) from error
    for number, line in enumerate(lines[:-1], start=1):
        where = Problem("", _REMEDY, str(folder / path), number)
        try:
            fields = json.loads(line)
            named = fields.pop("digest")
            value = kind.model_validate_json(json.dumps(fields))
        except (ValueError, KeyError, AttributeError, RecursionError) as error:
            raise _UnreadableError(_with(where, "cannot be read as what it is")) from error
        if digest(value) != named:
            raise _UnreadableError(_with(where, "its content is not what its digest names"))
        found.append(value)
    return tuple(found)


def _with(problem: Problem, message: str) -> Problem:
    return Problem(message, problem.remedy, problem.path, problem.line)


def _link_problems(folder: Path, bundle: Bundle) -> Iterator[Problem]:
    """Names that lead to another content than the one that lies there."""
    dossiers = {dossier.slug: dossier.digest for dossier in bundle.dossiers}
    personas = {persona.id: persona.digest for persona in bundle.personas}
    prompts = {prompt.digest: prompt for prompt in bundle.prompts}
    for ordered in bundle.run.order.dossiers:
        if dossiers.get(ordered.slug, ordered.digest) != ordered.digest:
            yield _problem(folder, f"dossiers/{ordered.slug}.json", "is not the one ordered")
    for seat in bundle.run.order.seats:
        if personas.get(seat.persona) != seat.digest:
            yield _problem(folder, f"personas/{seat.persona}.json", "is not the one ordered")
    for line, review in enumerate(bundle.reviews, start=1):
        for message in _review_defects(review, dossiers, personas, prompts):
            yield Problem(message, _REMEDY, str(folder / "reviews.jsonl"), line, review.persona)
    for card in bundle.scorecards:
        if card.run != bundle.run.id:
            yield _problem(folder, f"scorecards/{card.slug}.json", f"is of run {card.run}")


def _review_defects(
    review: Review,
    dossiers: Mapping[str, str],
    personas: Mapping[str, str],
    prompts: Mapping[str, Prompt],
) -> Iterator[str]:
    parts = (review.dossier, review.persona_digest, review.prompt, review.llm)
    if review_key(*parts, review.sample) != review.key:
        yield "the key is not that of its inputs"
    if dossiers.get(review.slug) != review.dossier:
        yield f"rests on another dossier than dossiers/{review.slug}.json"
    if personas.get(review.persona) != review.persona_digest:
        yield f"was written by another persona than personas/{review.persona}.json"
    if not prompts:
        return
    prompt = prompts.get(review.prompt)
    if prompt is None:
        yield f"its prompt {review.prompt[:12]} is missing"
    elif not {review.dossier, review.persona_digest} <= set(prompt.made_of.values()):
        yield f"its prompt {review.prompt[:12]} was made of another dossier or persona"


def _rewrite_problems(folder: Path, bundle: Bundle, manifest: Manifest) -> Iterator[Problem]:
    """Files that come out differently when they are written again from the values."""
    if manifest.rendering != RENDERING:
        yield _problem(
            folder,
            MANIFEST,
            f"was rendered by version {manifest.rendering}; this shipskip renders {RENDERING}"
            " and cannot compare the pages",
        )
        return
    try:
        files = contents(bundle)
    except TamperError as error:
        yield _problem(folder, "scorecards.jsonl", error.message)
        return
    for path, content in files.items():
        if _content(folder / path) != content:
            yield _problem(folder, path, "differs from what the stored values give")
    if manifest_bytes(manifest_of(bundle, files)) != (folder / MANIFEST).read_bytes():
        yield _problem(folder, MANIFEST, "differs from what the stored values give")
