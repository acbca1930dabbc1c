"""Prompts from template files: shared rules first, the dossier next, the persona last.

Templates are sandboxed and read once, undefined names are errors, and equal inputs give equal
bytes; dossiers and personas are values in them, never templates themselves. What each template is
handed stands in prompts/README.md.
"""

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel

from panel.domain.dossier import Dossier
from panel.domain.persona import Persona
from panel.domain.prompt import Prompt
from panel.domain.shown import as_shown
from panel.domain.value import digest_of
from panel.domain.witnesses import witness_count
from panel.errors import InputError, Problem
from panel.library.files import place, read_text
from panel.library.workspace import Workspace

SUFFIX = ".md.j2"
RULES, DOSSIER, PERSONA, MEND = (
    f"{name}{SUFFIX}" for name in ("rules", "dossier", "persona", "mend")
)
MAX_CHARACTERS = 400_000
"""Longest text a template may give: about 100,000 tokens, far above any prompt worth paying for."""

_FAULTS = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError)
_VARIABLES = {
    RULES: "none",
    DOSSIER: "dossier, facts, withheld, witnesses, open_conflicts, settled_conflicts, summary,"
    " fence",
    PERSONA: "persona, dossier",
    MEND: "problems, wishes",
}

_OF_INTAKE = ("extract-", "propose-")
"""What such templates say reaches no seat, so that no prompt is named by them."""


@dataclass(frozen=True)
class Prompts:
    """The prompt templates of a workspace, shipped ones included.

    Attributes:
        workspace: Where its own ones lie.
        pinned: Template texts by name that are used in place of any file, e.g. those of an old run.
    """

    workspace: Workspace
    pinned: Mapping[str, str] | None = None
    _dossier_parts: dict[str, tuple[str, Dossier]] = field(
        default_factory=dict[str, tuple[str, Dossier]], init=False, repr=False, compare=False
    )

    def build(self, dossier: Dossier, persona: Persona) -> Prompt:
        """Everything one seat is told.

        Facts and notes that address the reviewers are not shown.

        Args:
            dossier: What the panel may know.
            persona: Who is asked.

        Raises:
            InputError: If a template is broken, or no fact of the dossier can be shown.
        """
        text, shown = self._dossier_part(dossier)
        used = {name: digest for name, digest in self.digests.items() if name != MEND}
        return Prompt(
            rules=self._rules,
            dossier=text,
            persona=self._render(PERSONA, persona=persona, dossier=shown),
            fence=_fence(dossier),
            fact_ids=tuple(fact.id for fact in shown.facts),
            made_of={**used, "dossier": dossier.digest, "persona": persona.digest},
        )

    def mend(self, problems: Sequence[str], wishes: Sequence[str] = ()) -> str:
        """What is said to an llm whose answer does not hold yet.

        Args:
            problems: What must be mended, each with the path of its field.
            wishes: What had better be mended, likewise.

        Raises:
            InputError: If the template is broken.
        """
        return self._render(MEND, problems=tuple(problems), wishes=tuple(wishes))

    @cached_property
    def digests(self) -> dict[str, str]:
        """Digest of every template file, by its name."""
        return {name: digest_of("template", text) for name, (_, text) in self._files.items()}

    @property
    def texts(self) -> dict[str, str]:
        """Text of every template, by its name."""
        return {name: text for name, (_, text) in self._files.items()}

    def _dossier_part(self, dossier: Dossier) -> tuple[str, Dossier]:
        """The dossier's text, the same for all seats, and the dossier as shown."""
        found = self._dossier_parts.get(dossier.digest)
        if found is None:
            shown = as_shown(dossier)
            text = self._render(
                DOSSIER,
                dossier=shown,
                facts=shown.facts,
                withheld=len(dossier.facts) - len(shown.facts),
                witnesses={fact.id: witness_count(shown, fact) for fact in shown.facts},
                open_conflicts=shown.open_conflicts,
                settled_conflicts=tuple(one for one in shown.conflicts if one.settlement),
                summary=shown.summary,
                fence=_fence(dossier),
            )
            found = (text, shown)
            if len(self._dossier_parts) >= 16:
                self._dossier_parts.clear()
            self._dossier_parts[dossier.digest] = found
        return found

    @cached_property
    def _rules(self) -> str:
        """The instructions, which are the same for all seats of all dossiers."""
        return self._render(RULES)

    @cached_property
    def _files(self) -> dict[str, tuple[str, str]]:
        """Place and text of every template, by its name."""
        if self.pinned is not None:
            return {name: (f"pinned {name}", text) for name, text in self.pinned.items()}
        paths = self.workspace.files("prompts", SUFFIX)
        return {
            f"{stem}{SUFFIX}": (place(path), read_text(path))
            for stem, path in paths.items()
            if not stem.startswith(_OF_INTAKE)
        }

    @cached_property
    def _environment(self) -> "_Sandbox":
        return _Sandbox(
            loader=FunctionLoader(self._source),
            undefined=StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def _source(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        found = self._files.get(name)
        return (found[1], found[0], lambda: True) if found else None

    def _render(self, name: str, **variables: Any) -> str:
        if name not in self._files:
            remedy = f"put it into {place(self.workspace.prompts)}/"
            raise InputError(f"there is no prompt template {name}", remedy=remedy)
        chunks: list[str] = []
        size = 0
        try:
            for chunk in self._environment.get_template(name).generate(**variables):
                chunks.append(chunk)
                size += len(chunk)
                if size > MAX_CHARACTERS:
                    message = f"gives more than {MAX_CHARACTERS:,} characters"
                    raise InputError([Problem(message, "print less", self._files[name][0])])
        except _FAULTS as error:
            raise InputError([self._problem(name, error)]) from None
        return "".join(chunks)

    def _problem(self, name: str, error: BaseException) -> Problem:
        path, line = self._files[name][0], 0
        if isinstance(error, TemplateSyntaxError):
            path, line = error.filename or path, error.lineno
        else:
            places = {file for file, _ in self._files.values()}
            for frame in traceback.extract_tb(error.__traceback__):
                if frame.filename in places:
                    path, line = frame.filename, frame.lineno or 0
        message = getattr(error, "message", None) or str(error) or type(error).__name__
        names = _VARIABLES.get(name, "those of the template that includes it")
        remedy = f"correct the template; its variables are: {names}"
        return Problem(f"the template cannot be rendered: {message}", remedy, path, line)


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, without the methods of values and without texts blown up by multiplication."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._judged: dict[tuple[type[object], str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may use an attribute; loading and copying of values is no business.

        It hangs on the type and the name alone, and is asked for every fact again.
        """
        at = (type(cast("object", obj)), attr)
        safe = self._judged.get(at)
        if safe is None:
            value_method = isinstance(obj, BaseModel) and attr in _VALUE_METHODS
            safe = not value_method and super().is_safe_attribute(obj, attr, value)
            if len(self._judged) < _MOST_JUDGED:
                self._judged[at] = safe
        return safe

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply numbers of a sane size, nothing else."""
        for side in (left, right):
            if not isinstance(side, int | float) or abs(side) > MAX_CHARACTERS:
                raise TypeError(f"{operator} takes numbers up to {MAX_CHARACTERS:,} here")
        return super().call_binop(context, operator, left, right)


_VALUE_METHODS = frozenset(dir(BaseModel))

_MOST_JUDGED = 1_000
"""Attributes remembered; templates name a few dozen, but can make up names without end."""


def _fence(dossier: Dossier) -> str:
    """The mark around the dossier: no text can contain its own digest."""
    return f"dossier-{dossier.digest[:16]}"
