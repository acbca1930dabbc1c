"""Keeps the bytes of every source, so that a quote can be checked years later.

`sources/<first two>/<sha256>/` holds the bytes as they came, the text a reader saw, a small JSON
beside them, and what an llm answered about them. Every file is written whole, by rename.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from panel.domain.intake.reading import Kind, Reading
from panel.errors import StoreError, TamperError

_SUFFIX: dict[Kind, str] = {
    "html": "html",
    "pdf": "pdf",
    "markdown": "md",
    "text": "txt",
    "card": "md",
    "listing": "json",
}


class Keeping:
    """Where sources are kept.

    Args:
        root: The folder; made when the first source is kept.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def folder(self, sha256: str) -> Path:
        """Folder of a source; nothing needs to exist in it.

        Args:
            sha256: Digest of its bytes.
        """
        return self._root / sha256[:2] / sha256

    def keep(self, data: bytes, reading: Reading) -> Reading:
        """Keep a source. What was kept under the same address keeps its first day.

        Args:
            data: Its bytes.
            reading: What came of reading them; its digest is theirs.

        Returns:
            The reading as it is kept.

        Raises:
            StoreError: The folder cannot be written.
        """
        sha256 = reading.sha256
        if sha256 is None:
            return reading
        earlier = self.find(sha256)
        if earlier and earlier.address == reading.address and earlier.read < reading.read:
            reading = reading.model_copy(update={"read": earlier.read})
        folder = self.folder(sha256)
        original = folder / f"original.{_SUFFIX[reading.kind]}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not original.is_file():
                write_whole(original, data)
            write_whole(folder / "text.txt", reading.text.encode("utf-8", "replace"))
            sidecar = reading.model_dump(mode="json", exclude={"text"})
            write_whole(folder / "source.json", _json(sidecar))
        except OSError as error:
            raise _unwritable(folder, error) from error
        return reading

    def find(self, sha256: str) -> Reading | None:
        """What was kept of a source; None when nothing was.

        Args:
            sha256: Digest of its bytes.

        Raises:
            TamperError: Its bytes are not those of the digest any more.
        """
        folder = self.folder(sha256)
        try:
            said = json.loads((folder / "source.json").read_bytes())
            text = (folder / "text.txt").read_bytes().decode("utf-8")
            data = next(folder.glob("original.*")).read_bytes()
            reading = Reading.model_validate({**said, "text": text})
        except (OSError, StopIteration, ValueError, TypeError, ValidationError):
            return None
        if hashlib.sha256(data).hexdigest() != sha256:
            raise TamperError(
                f"{folder}: the bytes kept there are not those that were read",
                remedy="take that folder from a backup, or delete it and build again",
            )
        return reading

    def answer(self, sha256: str, key: str) -> Any:
        """What an llm answered about a piece of a source; None when it was not asked yet.

        Args:
            sha256: Digest of the source's bytes.
            key: What was asked.
        """
        try:
            return json.loads((self.folder(sha256) / "answers" / f"{key}.json").read_bytes())
        except (OSError, ValueError):
            return None

    def keep_answer(self, sha256: str, key: str, answer: Mapping[str, Any]) -> None:
        """Keep an answer, so that it is never paid for twice.

        Args:
            sha256: Digest of the source's bytes.
            key: What was asked.
            answer: JSON types only.

        Raises:
            StoreError: It cannot be written.
        """
        folder = self.folder(sha256) / "answers"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(folder / f"{key}.json", _json(answer))
        except OSError as error:
            raise _unwritable(folder, error) from error


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _unwritable(folder: Path, error: OSError) -> StoreError:
    message = f"{folder} cannot be written: {error.strerror or error}"
    return StoreError(message, remedy="check the rights and the space of the workspace")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Args:
        path: The file; its folder must exist.
        data: Its bytes.

    Raises:
        OSError: It cannot be written; nothing is left behind.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
