"""Dossiers by slug, by the model's name or by path, one file a model.

A slug never leads outside `dossiers/`; only a person who writes out a path to a `.md` file reads
from elsewhere.
"""

import datetime as dt
import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from panel.domain.dossier import Dossier
from panel.domain.soundness import soundness
from panel.domain.value import SLUG_PATTERN, Slug, slugify, unprintable
from panel.errors import InputError, Problem
from panel.library.explain import defects_of, nearest, shown
from panel.library.files import Reading, is_file, place, read_placed, refused, write_new
from panel.library.workspace import Workspace

SUFFIX = ".md"

_SLUG = TypeAdapter[str](Slug)


@dataclass(frozen=True)
class Dossiers:
    """The dossiers of a workspace.

    Attributes:
        workspace: Where they lie.
    """

    workspace: Workspace

    def __contains__(self, slug: str) -> bool:
        """Whether there is a file of that name."""
        return re.fullmatch(SLUG_PATTERN, slug) is not None and is_file(
            self.workspace.dossiers / f"{slug}{SUFFIX}"
        )

    def slugs(self) -> tuple[str, ...]:
        """Slugs of all dossiers, sorted; files whose names are no slugs are told by `strays`."""
        return tuple(sorted(stem for stem in self._stems() if re.fullmatch(SLUG_PATTERN, stem)))

    def strays(self) -> tuple[Problem, ...]:
        """Files in the folder that no slug leads to, and names that differ in case only."""
        problems: list[Problem] = []
        seen: dict[str, str] = {}
        for stem in self._stems():
            path = self.workspace.dossiers / f"{stem}{SUFFIX}"
            if not re.fullmatch(SLUG_PATTERN, stem):
                message = f"{shown(stem)} is not a slug, so this dossier cannot be named"
                remedy = f"rename it to {slugify(stem) or 'a slug'}{SUFFIX}"
                problems.append(Problem(message, remedy, place(path)))
            twin = seen.setdefault(stem.casefold(), stem)
            if twin != stem:
                message = f"differs from {twin}{SUFFIX} in case only"
                remedy = "rename one; many disks cannot hold both"
                problems.append(Problem(message, remedy, place(path)))
        return tuple(problems)

    def path(self, slug_or_path: str) -> Path:
        """The file a person means.

        Args:
            slug_or_path: A slug, a model's name such as `Qwen3.6-27B`, or a path to a `.md` file.

        Raises:
            InputError: If it leads nowhere, or is neither.
        """
        given = slug_or_path.strip()
        if unprintable(given, newlines=False) or not given:
            remedy = "name a slug, or a path to a .md file"
            raise InputError(f"{shown(given)} names no dossier", remedy=remedy)
        if given.endswith(SUFFIX):
            path = Path(given)
            if not is_file(path):
                raise refused(path, "there is no such dossier file", self._help(path.stem))
            return path
        return self.slug_path(given)

    def slug_path(self, slug_or_name: str) -> Path:
        """The file of a slug inside `dossiers/`; safe for text that came from a stranger.

        Args:
            slug_or_name: A slug or a model's name.

        Raises:
            InputError: If there is no such dossier, or its file lies elsewhere.
        """
        slug = self._slug(slug_or_name)
        path = self.workspace.dossiers / f"{slug}{SUFFIX}"
        for stem in _names(self.workspace.dossiers)[1].get(slug, ()):
            if stem != slug:
                path = self.workspace.dossiers / f"{stem}{SUFFIX}"
                raise refused(path, f"is not named {slug}{SUFFIX}", "rename it to small letters")
        if not path.is_file():
            raise InputError(f"there is no dossier {slug}", remedy=self._help(slug))
        if not path.resolve().is_relative_to(self.workspace.dossiers.resolve()):
            remedy = "copy the file into dossiers/, or name it by its path"
            raise refused(path, "leads outside the folder dossiers/", remedy)
        return path

    def load(self, slug_or_path: str) -> Dossier:
        """Read a dossier.

        Args:
            slug_or_path: As for `path`.

        Raises:
            InputError: With every problem of the file.
        """
        return self._read(self.path(slug_or_path)).value

    def check(self, slug_or_path: str) -> tuple[Dossier, tuple[Problem, ...]]:
        """Read a dossier and judge it beyond its schema.

        Args:
            slug_or_path: As for `path`.

        Returns:
            The dossier, and its warnings on their lines, in the order of the file.

        Raises:
            InputError: With every problem that keeps it from being read.
        """
        reading = self._read(self.path(slug_or_path))
        warnings = [
            reading.problem(finding.path, finding.message, finding.remedy)
            for finding in soundness(reading.value)
        ]
        return reading.value, tuple(sorted(warnings, key=lambda problem: problem.line))

    def new(self, slug: str, *, name: str | None = None, today: dt.date | None = None) -> Path:
        """Write a commented dossier to be filled in.

        Args:
            slug: Its slug, or the model's name to make one of.
            name: Public name of the model; made from the slug unless given.
            today: The day it describes; today unless given.

        Returns:
            The file written.

        Raises:
            InputError: If the slug cannot be used or a dossier of that name exists.
        """
        made = self._slug(slug)
        try:
            _SLUG.validate_python(made)
        except ValidationError as error:
            defect = defects_of(error, Dossier)[0]
            raise InputError(f"{shown(made)}: {defect.message}", remedy=defect.remedy) from None
        path = self.workspace.dossiers / f"{made}{SUFFIX}"
        if any(stem.casefold() == made for stem in self._stems()):
            raise refused(path, "exists already", "edit it, or choose another slug")
        name = name or (slug.strip() if slug.strip() != made else made.replace("-", " ").title())
        day = today or dt.datetime.now().astimezone().date()
        write_new(path, _template(made, name, day))
        self._made_readable(path)
        return path

    def _made_readable(self, path: Path) -> None:
        """Take a new file back when the given name makes it unreadable."""
        try:
            self._read(path)
        except InputError:
            path.unlink()
            raise

    def _read(self, path: Path) -> Reading[Dossier]:
        reading = read_placed(path, Dossier, body_key="summary")
        slug = reading.value.slug
        if path.name != f"{slug}{SUFFIX}":
            message = f"the slug {slug} does not match the file name"
            remedy = f"rename the file to {slug}{SUFFIX}, or write slug: {slugify(path.stem)}"
            raise InputError([reading.problem(("slug",), message, remedy)])
        return reading

    def _slug(self, text: str) -> str:
        """The slug behind a slug or a name; text that plays at paths is refused."""
        given = text.strip()
        foreign = unprintable(given, newlines=False) or any(char in given for char in "/\\%~")
        slug = "" if foreign or ".." in given else slugify(given)
        if not slug:
            remedy = "use lower-case letters, digits and single hyphens, or name a .md file"
            raise InputError(f"{shown(given)} is neither a slug nor a dossier file", remedy=remedy)
        return slug

    def _stems(self) -> Sequence[str]:
        return _names(self.workspace.dossiers)[0]

    def _help(self, slug: str) -> str:
        guess = nearest(slug, self.slugs())
        start = f"{guess} Otherwise " if guess else ""
        return f"{start}start one with `shipskip dossier new {slugify(slug) or 'SLUG'}`"


_Names = tuple[Sequence[str], Mapping[str, Sequence[str]]]
_RACY = 2_000_000_000
"""Nanoseconds within which a folder may change again without its time stamp telling."""


def _names(folder: Path) -> _Names:
    """Names of the dossier files, sorted, and by their small letters.

    A list of thousands looks them up thousands of times, so they are read again only once the
    folder has changed.
    """
    try:
        changed = folder.stat().st_mtime_ns
    except OSError:
        return (), {}
    if time.time_ns() - changed < _RACY:
        _read_names.cache_clear()
    return _read_names(folder, changed)


@lru_cache(maxsize=4)
def _read_names(folder: Path, _changed: int) -> _Names:
    paths = sorted(folder.glob(f"*{SUFFIX}"))
    names = (path.name.removesuffix(SUFFIX) for path in paths)
    stems = [name for name in names if name != "README" and not name.startswith(".")]
    by_small: dict[str, list[str]] = {}
    for stem in stems:
        by_small.setdefault(stem.casefold(), []).append(stem)
    return stems, by_small


def _template(slug: str, name: str, today: dt.date) -> str:
    source = resources.files("panel.library") / "templates" / "dossier.md"
    fields = {"slug": slug, "name": json.dumps(name, ensure_ascii=False), "today": str(today)}
    text = source.read_text(encoding="utf-8")
    return re.sub(r"\{(slug|name|today)\}", lambda found: fields[found[1]], text)
