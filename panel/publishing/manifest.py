"""The table of contents of a bundle: what every file must be, and what decided the outcome."""

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Literal

from panel.domain.llm import LlmSettings
from panel.domain.run import RunId
from panel.domain.value import Digest, Slug, Value
from panel.publishing.page import RENDERING

FORMAT = "shipskip-bundle-1"
MANIFEST = "manifest.json"


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


def entry(path: str, content: bytes) -> FileEntry:
    """A file's line in the manifest.

    Args:
        path: Relative to the bundle.
        content: Its bytes.
    """
    return FileEntry(path=path, sha256=hashlib.sha256(content).hexdigest(), size=len(content))


def entry_of(folder: Path, path: str) -> FileEntry:
    """The line in the manifest that a file on disk deserves; large files are not held in memory.

    Args:
        folder: The bundle.
        path: Relative to it.

    Raises:
        OSError: When it cannot be read.
    """
    with (folder / path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return FileEntry(path=path, sha256=digest, size=file.tell())


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as it stands in its file, indented for people who open it.

    Args:
        manifest: Table of contents.
    """
    plain = manifest.model_dump(mode="json")
    text = json.dumps(plain, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return (text + "\n").encode("utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a bundle.

    Args:
        folder: The bundle.

    Raises:
        OSError: When there is none.
        pydantic.ValidationError: When it is not one of ours.
    """
    return Manifest.model_validate_json((folder / MANIFEST).read_bytes())
