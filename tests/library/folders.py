"""Real files for the library's tests: a workspace in a temporary folder."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from panel.errors import InputError, Problem
from panel.library.workspace import Workspace
from panel.testing.texts import DOSSIER, PERSONA

TEMPLATES = {
    "rules": "Judge what you read.\n",
    "dossier": (
        "{{ fence }}\n{{ dossier.name }}\n{{ summary }}\n"
        "{% for fact in facts %}\n{{ fact.id }} x{{ witnesses[fact.id] }}: {{ fact.statement }}\n"
        "{% endfor %}\nwithheld {{ withheld }}\n"
        "{% for one in open_conflicts %}\nopen {{ one.id }}: {{ one.note }}\n{% endfor %}\n"
        "{% for one in settled_conflicts %}\nsettled {{ one.id }}\n{% endfor %}\n{{ fence }}\n"
    ),
    "persona": "You are {{ persona.name }}. {{ persona.portrait }} Read {{ dossier.name }}.\n",
    "mend": "{% for problem in problems %}\n- {{ problem }}\n{% endfor %}\n",
}


def front(content: dict[str, Any], body: str = "") -> str:
    """A file of front matter and text."""
    keys = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{keys}---\n{body}"


def put_dossier(root: Path, *, file: str | None = None, body: str = "", **changes: Any) -> Path:
    """Write a valid dossier, or one with changes."""
    content = {**DOSSIER, **changes}
    body = body or content.pop("summary", "")
    content.pop("summary", None)
    path = root / "dossiers" / (file or f"{content['slug']}.md")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(front(content, body), encoding="utf-8")
    return path


def put_persona(root: Path, id: str, **changes: Any) -> Path:  # noqa: A002
    """Write a valid persona, or one with changes."""
    content = {"id": id, "name": f"The {id.title()}", **PERSONA, **changes}
    portrait = content.pop("portrait")
    path = root / "personas" / f"{id}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(front(content, portrait), encoding="utf-8")
    return path


def put_prompts(root: Path, **changes: str) -> Workspace:
    """Write small templates of all kinds, some of them changed."""
    folder = root / "prompts"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**TEMPLATES, **changes}.items():
        (folder / f"{name}.md.j2").write_text(text, encoding="utf-8")
    return Workspace(root)


def only(refusal: pytest.ExceptionInfo[InputError]) -> Problem:
    """The one problem of a refusal."""
    (problem,) = refusal.value.problems
    return problem
