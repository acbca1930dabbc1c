"""Runs the real command in this process, in a workspace of real files."""

import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from panel.cli.main import run
from tests.databases import Environment

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Result:
    """What a command left.

    Attributes:
        code: Exit code.
        out: What went to stdout.
        err: What went to stderr.
    """

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on stdout."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """The JSON values on stdout, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


Command = Callable[..., Result]


@pytest.fixture
def shipskip(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The console script's entry point, called with arguments."""
    monkeypatch.setenv("COLUMNS", "96")

    def call(*arguments: object) -> Result:
        monkeypatch.setattr(sys, "argv", ["shipskip", *(str(part) for part in arguments)])
        capsys.readouterr()
        code: int | str | None = 0
        try:
            run()
        except SystemExit as left:
            code = left.code
        said = capsys.readouterr()
        return Result(int(code or 0), said.out, said.err)

    return call


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: Environment) -> Path:
    """A workspace with two real dossiers, as the working folder."""
    folder = tmp_path / "desk"
    (folder / "dossiers").mkdir(parents=True)
    for slug in ("muse-spark", "hy-mt2"):
        shutil.copy(ROOT / "dossiers" / f"{slug}.md", folder / "dossiers")
    monkeypatch.chdir(folder)
    return folder


def edited(path: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file.

    Args:
        path: The file.
        old: What stands there.
        new: What is to stand there.
    """
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def script() -> str:
    """Path of the installed console script."""
    found = shutil.which("shipskip", path=str(Path(sys.executable).parent) + os.pathsep)
    assert found, "the project is not installed"
    return found


def told(result: Result, line: str) -> bool:
    """Whether a line of stdout matches a pattern.

    Args:
        result: What a command left.
        line: The pattern.
    """
    return re.search(line, result.out, re.MULTILINE) is not None


@pytest.fixture
def article(workspace: Path) -> Path:
    """A dossier whose one source is a text in the folder texts/."""
    texts = workspace / "texts"
    texts.mkdir()
    text = "It was released\non 2 May 2026 \u2014 under the MIT licence.\n"
    (texts / "a.txt").write_text(text, encoding="utf-8")
    (texts / "b.txt").write_text("The context window holds 262K tokens.", encoding="utf-8")
    content = f"""---
slug: example-7b
name: Example 7B
vendor: Example Labs
category: Language model
tagline: A small model
as_of: 2026-06-01
sources:
  - id: S1
    publisher: Example Labs
    title: One
    read: 2026-06-01
    sha256: {hashlib.sha256(text.encode()).hexdigest()}
  - id: S2
    publisher: Example Labs
    title: Two
    read: 2026-06-01
    sha256: {hashlib.sha256((texts / "b.txt").read_bytes()).hexdigest()}
facts:
  - id: F1
    topic: licence
    attribute: licence
    statement: It is under the MIT licence.
    brief: an MIT licence
    as_of: 2026-05-02
    standing: official
    leaning: for
    witnesses:
      - source: S1
        quote: released on 2 May 2026 - under the MIT licence
---
"""
    path = workspace / "dossiers" / "example-7b.md"
    path.write_text(content, encoding="utf-8")
    return path
