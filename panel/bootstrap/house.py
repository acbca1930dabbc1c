"""A workspace with its settings: where every command starts."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from panel.domain.llm import OFFLINE, LlmSettings
from panel.domain.persona import Persona
from panel.domain.secrecy import redact
from panel.errors import InputError, Problem
from panel.library.dossiers import Dossiers
from panel.library.explain import defects_of
from panel.library.personas import Personas
from panel.library.prompts import Prompts
from panel.library.workspace import Workspace
from panel.settings import ENV_PREFIX, FILE_NAME, Loaded, Origin, Settings, gather, read_file
from panel.store.store import Store


@dataclass(frozen=True)
class House:
    """Settings, their origins, and the workspace they are for.

    Attributes:
        workspace: Folders of dossiers, personas, prompts and runs.
        settings: Validated settings.
        origins: Where each setting came from.
    """

    workspace: Workspace
    settings: Settings
    origins: Mapping[str, Origin]

    @classmethod
    def open(
        cls,
        start: Path,
        flags: Mapping[str, Any] | None = None,
        environ: Mapping[str, str] = os.environ,
    ) -> "House":
        """Find the workspace and read its settings.

        Args:
            start: Folder to look from.
            flags: Values given on the command line; None means not given.
            environ: The environment.

        Raises:
            InputError: A setting is unknown or wrong; all are listed with their origin.
        """
        workspace = Workspace.find(start)
        path = workspace.root / FILE_NAME
        try:
            content = read_file(path)
        except (tomllib.TOMLDecodeError, OSError) as error:
            raise InputError([Problem(str(error), "mend the file", str(path))]) from error
        loaded = gather(flags or {}, environ, content)
        _refuse_unknown(loaded, path)
        try:
            settings = Settings.model_validate(loaded.values)
        except ValidationError as error:
            raise InputError(_setting_problems(error, loaded, path)) from error
        return cls(workspace, settings, loaded.origins)

    @property
    def dossiers(self) -> Dossiers:
        """The workspace's dossiers."""
        return Dossiers(self.workspace)

    @property
    def personas(self) -> Personas:
        """The workspace's personas, over the shipped ones."""
        return Personas(self.workspace)

    @property
    def prompts(self) -> Prompts:
        """The workspace's prompts, over the shipped ones."""
        return Prompts(self.workspace)

    @property
    def database_url(self) -> str:
        """Database address with relative SQLite paths resolved against the workspace."""
        url = self.settings.database_url
        scheme, _, path = url.partition(":///")
        if not scheme.startswith("sqlite") or not path or path.startswith("/"):
            return url
        return f"{scheme}:///{(self.workspace.root / path).resolve()}"

    def with_settings(self, **changes: Any) -> "House":
        """This workspace under some other settings.

        Args:
            changes: Settings by name, already valid.
        """
        return replace(self, settings=self.settings.model_copy(update=changes))

    def store(self, *, write: bool) -> Store:
        """Open the database.

        Args:
            write: Whether results will be kept; only one process may write a SQLite file.
        """
        return Store.open(self.database_url, write=write)

    def llm(self, persona: Persona | None = None) -> LlmSettings:
        """The llm of the panel, or of a persona that names its own.

        Args:
            persona: The persona of a seat, if it is about one.

        Raises:
            InputError: The llm is not named as KIND:NAME.
        """
        settings = self.settings
        named = settings.llm
        base_url = settings.base_url
        if persona and persona.llm and persona.llm != named:
            named = persona.llm
            own_kind = named.partition(":")[0]
            base_url = base_url if (settings.llm or "").startswith(f"{own_kind}:") else None
        if named is None and base_url:
            raise InputError(
                f"base_url is {base_url} but no llm is named",
                remedy="add --llm NAME, as the server calls it",
            )
        if named is None or named == OFFLINE.kind:
            return OFFLINE.model_copy(update={"seed": settings.seed})
        kind, name = _kind_and_name(named, base_url)
        return LlmSettings(
            kind=kind,
            name=name,
            base_url=base_url,
            output_mode=settings.output_mode,
            temperature=settings.temperature,
            max_tokens=settings.max_tokens,
            seed=settings.seed,
            input_price=settings.input_price,
            output_price=settings.output_price,
            service_tier=settings.service_tier,
        )


_CHAT = "openai-chat"


def _kind_and_name(named: str, base_url: str | None) -> tuple[str, str]:
    """Split `KIND:NAME`; a bare name at an address of one's own speaks chat completions.

    `openai:` means the Responses API to pydantic-ai, which takes no seed and which few servers
    enforce schemas on; shipskip always speaks chat completions there.
    """
    kind, colon, name = named.partition(":")
    known_kind = colon and name and kind.replace("-", "").replace("/", "").isalnum()
    if not known_kind or (base_url and kind not in _CHAT_KINDS):
        if base_url:
            return _CHAT, named
        raise InputError(
            f"--llm {named!r} is not of the form KIND:NAME",
            remedy="write e.g. openai-chat:gpt-5.5, anthropic:NAME or ollama:qwen3;"
            " for a server of your own add --base-url",
        )
    return (_CHAT if kind in {"openai", "openai-responses"} else kind), name


_CHAT_KINDS = frozenset(
    {"openai", _CHAT, "openai-responses", "ollama", "vllm", "litellm", "azure", "openrouter"}
    | {"deepseek", "together", "fireworks", "anthropic", "google", "groq", "mistral"}
)
"""Kinds that may stand before a colon even with --base-url; else the colon is part of the name."""


def _refuse_unknown(loaded: Loaded, path: Path) -> None:
    if loaded.unknown:
        known = ", ".join(Settings.model_fields)
        raise InputError(
            [
                Problem(
                    f"{name} is no setting",
                    f"keys stay in the environment; settings are: {known}",
                    "environment" if name.startswith(ENV_PREFIX) else str(path),
                )
                for name in loaded.unknown
            ]
        )


def _setting_problems(error: ValidationError, loaded: Loaded, path: Path) -> list[Problem]:
    problems: list[Problem] = []
    for defect in defects_of(error, Settings):
        name = str(defect.path[0])
        origin = loaded.origins[name]
        place = {
            "file": str(path),
            "environment": f"{ENV_PREFIX}{name.upper()}",
            "flag": f"--{name.replace('_', '-')}",
        }.get(origin, origin)
        problems.append(Problem(redact(defect.message), defect.remedy, place, key=name))
    return problems
