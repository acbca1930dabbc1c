"""Verifies the quotes of a dossier against the very texts they were taken from.

A text is known by the digest of its bytes, so neither its name nor its folder matters, and a
changed page cannot pass for the one that was read.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from panel.domain.dossier import Dossier
from panel.domain.fact import Source, Witness
from panel.domain.typography import find_folded
from panel.errors import InputError, Problem
from panel.library.files import Reading, place, read_placed, refused

MAX_BYTES = 20_000_000
"""Larger files are no articles and are passed over."""


class Verified(NamedTuple):
    """What came of verifying the quotes of one dossier.

    Attributes:
        quotes: Quotes found where they are said to stand.
        problems: Quotes that do not stand there.
        warnings: Sources whose text is not at hand.
    """

    quotes: int
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class Texts:
    """Texts by the sha256 of their bytes.

    Attributes:
        folder: Where they lie.
        by_digest: The texts.
    """

    folder: Path
    by_digest: Mapping[str, str]

    @classmethod
    def read(cls, folder: Path) -> "Texts":
        """Read every file of a folder.

        Args:
            folder: Where the texts lie; folders inside it are not read.

        Raises:
            InputError: If it is no folder or cannot be read.
        """
        if not folder.is_dir():
            raise refused(folder, "is not a folder", "name the folder that holds the texts")
        found: dict[str, str] = {}
        try:
            for path in sorted(folder.iterdir()):
                if path.is_file() and path.stat().st_size <= MAX_BYTES:
                    data = path.read_bytes()
                    found[hashlib.sha256(data).hexdigest()] = data.decode("utf-8", "replace")
        except OSError as error:
            message = f"cannot be read: {error.strerror}"
            raise InputError([Problem(message, "check its rights", place(folder))]) from None
        return cls(folder, found)

    def verify(self, path: Path) -> Verified:
        """Look up every quote of a dossier in the text of its source.

        Args:
            path: The dossier's file.

        Raises:
            InputError: With every problem that keeps the dossier from being read.
        """
        reading = read_placed(path, Dossier, body_key="summary")
        problems: list[Problem] = []
        found = 0
        for nth, fact in enumerate(reading.value.facts):
            for at, witness in enumerate(fact.witnesses):
                text = self._text(reading.value.source(witness.source))
                if text is None:
                    continue
                if find_folded(witness.quote, text):
                    found += 1
                    continue
                key = ("facts", nth, "witnesses", at)
                problems.append(self._misplaced(reading, key, witness))
        return Verified(found, tuple(problems), tuple(self._unverifiable(reading)))

    def _misplaced(
        self, reading: Reading[Dossier], at: tuple[str | int, ...], witness: Witness
    ) -> Problem:
        elsewhere = [
            source.id
            for source in reading.value.sources
            if find_folded(witness.quote, self._text(source) or "")
        ]
        if elsewhere:
            message = f"wrong source: the quote stands in {', '.join(elsewhere)}"
            message += f", not in {witness.source}"
            return reading.problem((*at, "source"), message, f"write source: {elsewhere[0]}")
        message = f"the quote does not stand in {witness.source}"
        return reading.problem((*at, "quote"), message, "copy the words as they stand in the text")

    def _unverifiable(self, reading: Reading[Dossier]) -> list[Problem]:
        return [
            reading.problem(("sources", nth), *self._reason(source))
            for nth, source in enumerate(reading.value.sources)
            if self._text(source) is None
        ]

    def _text(self, source: Source | None) -> str | None:
        return self.by_digest.get(source.sha256) if source and source.sha256 else None

    def _reason(self, source: Source) -> tuple[str, str]:
        if source.sha256 is None:
            message = f"{source.id} has no sha256, so its quotes were not verified"
            return message, "add the digest of the text that was read, from `sha256sum FILE`"
        message = f"no text with the digest of {source.id} in {place(self.folder)}"
        return message, "put the text as it was read into that folder"
