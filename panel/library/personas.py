"""Personas by id: one file a reviewer, read strictly and never rendered as a template."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from panel.domain.persona import Persona
from panel.errors import InputError, Problem
from panel.library.explain import nearest, shown
from panel.library.files import Reading, place, read_placed
from panel.library.workspace import Workspace

SUFFIX = ".md"

_FIXED_CALL = re.compile(
    r"\b(?:always|only|never|must|invariably|in every case|no matter what|whatever)\b[^.!?]{0,60}?"
    r"(?:\b(?:ship|skip)(?:s|ping|ped)?\b)"
    r"|\b(?:ship|skip)(?:s|ping)?\b[^.!?]{0,40}?"
    r"\b(?:whatever|regardless|no matter|every (?:model|time)|everything|anything|unconditionally)",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:if|when|unless|until|without|before|because)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Personas:
    """The personas of a workspace, shipped ones included.

    Attributes:
        workspace: Where its own ones lie.
    """

    workspace: Workspace

    def ids(self) -> tuple[str, ...]:
        """Ids of all personas, sorted."""
        return tuple(self.workspace.files("personas", SUFFIX))

    def load(self, id: str) -> Persona:  # noqa: A002
        """Read a persona.

        Args:
            id: Its id, which is its file name.

        Raises:
            InputError: If there is none, or with every problem of its file.
        """
        return self._read(id).value

    def load_all(self) -> tuple[Persona, ...]:
        """Every persona, by id; the problems of all files are told together.

        Raises:
            InputError: With every problem of every file.
        """
        found: list[Persona] = []
        problems: list[Problem] = []
        for name in self.ids():
            try:
                found.append(self.load(name))
            except InputError as error:
                problems.extend(error.problems)
        if problems:
            raise InputError(problems)
        return tuple(found)

    def lint(self, persona: Persona) -> tuple[Problem, ...]:
        """What makes a persona a worse reviewer than it could be.

        Args:
            persona: A loaded persona.

        Returns:
            Warnings in the order of the file, on the lines of its file if it has one here.
        """
        own = persona.id in self.ids()
        reading = self._read(persona.id) if own else None
        problems = [
            reading.problem(key, message, remedy)
            if reading
            else Problem(message, remedy, key=str(key[0]))
            for key, message, remedy in (*_fixed_calls(persona), *_lopsided(persona))
        ]
        return tuple(sorted(problems, key=lambda problem: problem.line))

    def _read(self, name: str) -> Reading[Persona]:
        path = self.workspace.files("personas", SUFFIX).get(name)
        if path is None:
            guess = nearest(name, self.ids())
            known = f"the personas are {', '.join(self.ids()) or 'none yet'}"
            message = f"there is no persona {shown(name)}"
            raise InputError(message, remedy=f"{guess} {known}".strip())
        reading = read_placed(path, Persona, body_key="portrait")
        if reading.value.id != name:
            message = f"the id {reading.value.id} does not match the file name"
            remedy = f"rename {place(path)} to {reading.value.id}{SUFFIX}, or write id: {name}"
            raise InputError([reading.problem(("id",), message, remedy)])
        return reading


_Warning = tuple[tuple[str | int, ...], str, str]


def _fixed_calls(persona: Persona) -> Iterator[_Warning]:
    """Texts that fix the call whatever the dossier says."""
    for key in ("title", "lens", "voice", "known_bias", "portrait"):
        text: str = getattr(persona, key)
        for sentence in re.split(r"(?<=[.!?])\s+", text):
            found = _FIXED_CALL.search(sentence)
            if found and not _CONDITION.search(sentence):
                message = f"{shown(sentence)} fixes the call whatever the dossier says"
                yield (key,), message, "say what makes them ship and what makes them skip"
                break


def _lopsided(persona: Persona) -> Iterator[_Warning]:
    """A rubric that cannot reach one of the two calls."""
    rubric = persona.rubric
    weights = rubric.weights.values()
    gains = any(weight.pro > 0 or weight.contra < 0 for weight in weights)
    losses = any(weight.contra > 0 or weight.pro < 0 for weight in weights)
    if rubric.start <= 0 and not gains:
        yield ("rubric",), "no fact can make this rubric ship", "give some topic a positive pro"
    if rubric.start >= 0 and not losses:
        yield ("rubric",), "no fact can make this rubric skip", "give some topic a positive contra"
    if abs(rubric.start) >= 4:
        message = f"a start of {rubric.start:g} decides before any evidence"
        yield ("rubric", "start"), message, "keep it between -3 and 3"
