"""What a run leaves, as a set of named byte strings: pure, so that verifying is writing again.

Pages, Markdown and JSON are all functions of the canonical values that lie beside them.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Literal

from panel.domain.dossier import Dossier
from panel.domain.llm import LlmSettings
from panel.domain.persona import Persona
from panel.domain.prompt import Prompt
from panel.domain.review import Review
from panel.domain.run import Run, RunId
from panel.domain.scorecard import Scorecard
from panel.domain.value import Digest, Slug, Value, canonical_json
from panel.errors import TamperError
from panel.publishing.card_json import card_json
from panel.publishing.markdown import render_markdown
from panel.publishing.page import RENDERING, render_page
from panel.publishing.view import card_view

FORMAT = "shipskip-bundle-1"
MANIFEST = "manifest.json"


class Bundle(Value):
    """Everything one run leaves.

    Attributes:
        run: The run.
        dossiers: At least the dossiers that have a scorecard.
        personas: At least the personas on the panel.
        reviews: All reviews of the run.
        scorecards: All scorecards of the run.
        prompts: What the seats were told; empty leaves them out of the folder.
    """

    run: Run
    dossiers: tuple[Dossier, ...]
    personas: tuple[Persona, ...]
    reviews: tuple[Review, ...]
    scorecards: tuple[Scorecard, ...]
    prompts: tuple[Prompt, ...] = ()


class FileEntry(Value):
    """One file of a bundle.

    Attributes:
        path: Relative to the bundle, with forward slashes.
        sha256: Digest of its bytes.
        size: Its length in bytes.
    """

    path: str
    sha256: Digest
    size: int


class Manifest(Value):
    """Table of contents of a bundle, and everything that decided its outcome.

    Attributes:
        format: Version of this layout.
        rendering: Version of the pages' wording and look.
        run: Run id.
        created: When the run was ordered, UTC.
        order: Digest of the order.
        samples: Reviews per seat and dossier.
        quorum: Answers needed for a result.
        dossiers: Digest by slug.
        personas: Digest by persona id.
        prompts: Digests of all prompts the reviews answer, sorted.
        templates: Digest by name of each prompt template.
        llms: Settings by digest, without keys.
        versions: Version by name of what can change an answer or a result.
        reviews: Digest by review key.
        scorecards: Digest by slug.
        files: Every other file, sorted by path.
    """

    format: Literal["shipskip-bundle-1"] = FORMAT
    rendering: int = RENDERING
    run: RunId
    created: dt.datetime
    order: Digest
    samples: int
    quorum: int
    dossiers: dict[Slug, Digest]
    personas: dict[Slug, Digest]
    prompts: tuple[Digest, ...]
    templates: dict[str, Digest]
    llms: dict[Digest, LlmSettings]
    versions: dict[str, str]
    reviews: dict[Digest, Digest]
    scorecards: dict[Slug, Digest]
    files: tuple[FileEntry, ...]


def contents(bundle: Bundle) -> dict[str, bytes]:
    """Every file of a bundle but its manifest, by relative path; equal bundles, equal bytes.

    Args:
        bundle: What the run leaves.

    Raises:
        TamperError: When a scorecard names something the bundle does not hold.
    """
    dossiers = {dossier.slug: dossier for dossier in bundle.dossiers}
    files = {
        "run.json": _document(bundle.run),
        "reviews.jsonl": "".join(_line(review) for review in bundle.reviews),
        "scorecards.jsonl": "".join(
            card_json(card, bundle.reviews).to_line() for card in bundle.scorecards
        ),
    }
    if bundle.prompts:
        files["prompts.jsonl"] = "".join(_line(prompt) for prompt in _unique(bundle.prompts))
    files |= {f"dossiers/{one.slug}.json": _document(one) for one in bundle.dossiers}
    files |= {f"personas/{one.id}.json": _document(one) for one in bundle.personas}
    for card in bundle.scorecards:
        dossier = dossiers.get(card.slug)
        if dossier is None:
            raise TamperError(
                f"the scorecard of {card.slug} has no dossier in this bundle",
                remedy="pass every dossier of the run",
            )
        view = card_view(card, bundle.reviews, dossier, bundle.personas)
        files[f"scorecards/{card.slug}.json"] = _document(card)
        files[f"{card.slug}.md"] = render_markdown(view)
        files[f"{card.slug}.html"] = render_page(view)
    return {path: files[path].encode("utf-8") for path in sorted(files)}


def manifest_of(bundle: Bundle, files: dict[str, bytes]) -> Manifest:
    """The table of contents of a bundle.

    Args:
        bundle: What the run leaves.
        files: Its files by relative path.
    """
    order = bundle.run.order
    return Manifest(
        run=bundle.run.id,
        created=bundle.run.created,
        order=order.digest,
        samples=order.samples,
        quorum=order.quorum,
        dossiers={dossier.slug: dossier.digest for dossier in bundle.dossiers},
        personas={persona.id: persona.digest for persona in bundle.personas},
        prompts=tuple(sorted({review.prompt for review in bundle.reviews})),
        templates=order.templates,
        llms={seat.llm.digest: seat.llm for seat in order.seats},
        versions=order.versions,
        reviews={review.key: review.digest for review in bundle.reviews},
        scorecards={card.slug: card.digest for card in bundle.scorecards},
        files=tuple(entry(path, files[path]) for path in sorted(files)),
    )


def entry(path: str, content: bytes) -> FileEntry:
    """A file's line in the manifest.

    Args:
        path: Relative to the bundle.
        content: Its bytes.
    """
    return FileEntry(path=path, sha256=hashlib.sha256(content).hexdigest(), size=len(content))


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as it stands in its file, indented for people who open it.

    Args:
        manifest: Table of contents.
    """
    plain = manifest.model_dump(mode="json")
    text = json.dumps(plain, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return (text + "\n").encode("utf-8")


def _document(value: Value) -> str:
    return canonical_json(value) + "\n"


def _line(value: Review | Prompt) -> str:
    """A value on one line, with its digest beside its fields."""
    return canonical_json({**value.model_dump(mode="json"), "digest": value.digest}) + "\n"


def _unique(prompts: Iterable[Prompt]) -> list[Prompt]:
    by_digest = {prompt.digest: prompt for prompt in prompts}
    return [by_digest[digest] for digest in sorted(by_digest)]
