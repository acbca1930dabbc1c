"""Reads a list of dossiers to review: every row placed on its line, every mistake found at once.

Nothing is spent here. Whoever orders a list decides whether its problems refuse it or only the
rows they are about.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationError

from panel.domain.keypath import dotted
from panel.domain.value import Line, Slug, Value, unprintable
from panel.errors import InputError, Problem
from panel.library.explain import defects_of, shown
from panel.library.files import is_folder
from panel.library.order_files import Entry, name_of, opened, read_jsonl, read_lines, recognised
from panel.library.order_places import Places, run_folder
from panel.library.order_table import read_table
from panel.library.order_yaml import read_yaml
from panel.library.tree import MAX_PROBLEMS

MAX_SAMPLES = 100
"""Most reviews one seat writes of one dossier."""


def _visible(text: str) -> str:
    found = unprintable(text, newlines=False)
    if found:
        raise ValueError(f"invisible character {found[1]} at position {found[0] + 1}; delete it")
    if not text.strip():
        raise ValueError("is empty; write a slug or a path")
    return text.strip()


def _split(seats: object) -> object:
    """Seats in one text taken apart; a list as it is."""
    if isinstance(seats, str):
        return tuple(one for one in re.split(r"[\s,;+]+", seats) if one)
    return tuple(seats) if isinstance(seats, list) else seats  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


def _once(seats: tuple[str, ...]) -> tuple[str, ...]:
    if not seats:
        raise ValueError("names no seat; write persona ids, or leave it out")
    twice = next((seat for at, seat in enumerate(seats) if seat in seats[:at]), None)
    if twice:
        raise ValueError(f"{twice} sits there twice; for a second review of a seat write samples")
    return seats


def _count(samples: object) -> object:
    if samples is None:
        return None
    if isinstance(samples, int) and samples is not True and 1 <= samples <= MAX_SAMPLES:
        return samples
    message = f"{shown(samples)} is not a whole number from 1 to {MAX_SAMPLES}"
    raise ValueError(f"{message}; write digits only")


Seats = Annotated[tuple[Slug, ...], BeforeValidator(_split), AfterValidator(_once)]


class Wishes(Value):
    """What a row may ask for beside its dossier; None is as ordered for the whole list.

    Attributes:
        seats: Persona ids in order.
        llm: The llm that plays them, as written.
        samples: Reviews per seat, 1 to 100.
    """

    seats: Seats | None = None
    llm: Line | None = None
    samples: Annotated[int | None, BeforeValidator(_count)] = None


class Row(Wishes):
    """One dossier to review.

    Attributes:
        dossier: Its slug or absolute path, for `Dossiers.load`.
        line: Its line in the list, counted from 1; 0 when a folder was given as the list.
        path: The list, as messages name it.
    """

    dossier: str
    line: int
    path: str


class _Written(Wishes):
    dossier: Annotated[str, StringConstraints(max_length=1000), AfterValidator(_visible)]


class _OfAll(Wishes):
    dossiers: None = None


_KEYS = ("dossier", *Wishes.model_fields)


@dataclass(frozen=True)
class Listing:
    """A list as read.

    Attributes:
        rows: The rows nothing is wrong with; none when the list cannot be read to its end.
        problems: Everything wrong, in the order of the lines; at most 200 and how many more.
    """

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def read_list(path: Path, *, root: Path) -> Listing:
    """Read a list of dossiers: YAML, CSV, JSON lines, plain lines, or a folder of dossiers.

    Args:
        path: The list; `-` is standard input.
        root: The workspace, whose dossiers slugs name.
    """
    reading = _Reading(name_of(path), Places(root, path.parent))
    try:
        for found in _written(path):
            reading.take(found)
        rows = reading.finished()
    except InputError as error:
        for problem in error.problems:
            reading.note(problem)
        rows = ()
    if not rows and not reading.problems:
        reading.note(Problem("names no dossier", "write one slug or path a line", reading.path))
    return Listing(rows, reading.told())


def _written(path: Path) -> Iterator[Entry | Problem]:
    """The rows of a list in whatever format."""
    if is_folder(path):
        if run_folder(path):
            remedy = "name a list of dossiers; `shipskip runs resume` finishes a run"
            raise InputError([Problem("that is the folder of a run", remedy, name_of(path))])
        yield Entry(0, {"dossier": str(path.absolute())})
        return
    with opened(path) as stream:
        form, lines = recognised(stream, path)
        if form == "table":
            yield from read_table(lines, name_of(path), _KEYS)
        else:
            read = {"yaml": read_yaml, "jsonl": read_jsonl, "lines": read_lines}[form]
            yield from read(lines, name_of(path))


@dataclass
class _Reading:
    """Rows and problems as they come in.

    Attributes:
        path: The list, as messages name it.
        places: Where dossiers are looked up.
    """

    path: str
    places: Places
    rows: list[Row] = field(default_factory=list[Row])
    problems: list[Problem] = field(default_factory=list[Problem])
    more: int = 0
    seen: dict[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])
    of_all: dict[str, Any] = field(default_factory=dict[str, Any])

    def take(self, found: Entry | Problem) -> None:
        """Judge one row, or what is said of all rows."""
        if isinstance(found, Problem):
            self.note(found)
            return
        model = _OfAll if found.of_all else _Written
        try:
            written = model.model_validate(dict(found.values), strict=True)
        except ValidationError as error:
            problems = self._defects(error, found, model)
            if found.of_all:
                raise InputError(problems) from None
            for problem in problems:
                self.note(problem)
            return
        if isinstance(written, _Written):
            self._place(written, found)
        else:
            self.of_all = written.model_dump(exclude_none=True)

    def note(self, problem: Problem) -> None:
        """Keep a problem, or only count it when there are more than anybody reads."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(problem)
        else:
            self.more += 1

    def told(self) -> tuple[Problem, ...]:
        """All problems by line."""
        told = sorted(self.problems, key=lambda problem: problem.line)
        if self.more:
            message = f"and {self.more:,} more problems"
            told.append(Problem(message, "mend these first, then check again", self.path))
        return tuple(told)

    def finished(self) -> tuple[Row, ...]:
        """The rows, with what is said of all filled in where they say nothing."""
        if not self.of_all:
            return tuple(self.rows)
        return tuple(
            row.model_copy(update=self.of_all | row.model_dump(exclude_none=True))
            for row in self.rows
        )

    def _place(self, written: _Written, found: Entry) -> None:
        line = found.lines.get("dossier", found.line)
        wishes = {key: getattr(written, key) for key in Wishes.model_fields}
        try:
            for dossier, file in self.places.find(written.dossier):
                if file in self.seen:
                    self._again(dossier, line, self.seen[file])
                    continue
                self.seen[file] = line
                row = Row(dossier=dossier, line=found.line, path=self.path, **wishes)
                self.rows.append(row)
        except InputError as error:
            for one in error.problems:
                message = f"{one.path}: {one.message}" if one.path else one.message
                self.note(Problem(message, one.remedy, self.path, line, "dossier"))

    def _again(self, dossier: str, line: int, first: int) -> None:
        message = f"{dossier} stands here again; it is already on line {first}"
        remedy = "keep one of the two; samples asks for several reviews"
        self.note(Problem(message, remedy, self.path, line, "dossier"))

    def _defects(
        self, error: ValidationError, found: Entry, model: type[Value]
    ) -> Iterator[Problem]:
        for defect in defects_of(error, model):
            line = found.lines.get(str(defect.path[0]), found.line)
            yield Problem(defect.message, defect.remedy, self.path, line, dotted(defect.path))
