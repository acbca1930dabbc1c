"""Holds the documentation to the program: links lead somewhere, commands exist, pages run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from panel.testing import FakeOpenAI
from tests.databases import Environment
from tests.docs.pages import ROOT, Block, Page, Step, page, pages, words_of
from tests.docs.reference import commands

PAGES = pages()
COMMANDS = dict(commands())
RUN = tuple(one.path for one in PAGES if any(isinstance(step, Step) for step in one.steps))
WITH_AN_LLM = {"docs/how-to/your-own-key.md", "docs/how-to/local-ollama.md"}


def each(paths: tuple[Page, ...] = PAGES) -> pytest.MarkDecorator:
    """One test for each page, named after it."""
    return pytest.mark.parametrize("one", paths, ids=[one.path for one in paths])


@each()
def test_every_link_leads_to_a_page_and_a_heading(one: Page) -> None:
    here = (ROOT / one.path).parent
    for link in one.links:
        target, _, anchor = link.partition("#")
        path = (here / target).resolve() if target else ROOT / one.path
        assert path.exists(), f"{one.path}: {link} leads nowhere; correct the link"
        if anchor:
            there = page(path.relative_to(ROOT).as_posix())
            assert anchor in there.anchors, f"{one.path}: {link}: no such heading there"


def test_every_page_stands_in_the_index() -> None:
    index = page("docs/README.md")
    listed = {(ROOT / "docs" / link.partition("#")[0]).resolve() for link in index.links}
    here = {ROOT / one.path for one in PAGES if one.path.startswith("docs/")}
    missing = here - listed - {ROOT / index.path}
    assert not missing, f"add to docs/README.md: {sorted(str(path.name) for path in missing)}"


def known(words: list[str]) -> tuple[str, list[str]]:
    """The longest command that some words begin with, and the words behind it."""
    at = max(at for at in range(1, len(words) + 1) if " ".join(words[:at]) in COMMANDS)
    return " ".join(words[:at]), words[at:]


def wrong(command: str, *, whole: bool) -> str:
    """What is wrong with a command, or nothing."""
    name, rest = known(words_of(command))
    node = COMMANDS[name]
    if getattr(node, "commands", None) and rest and not rest[0].startswith("-"):
        return f"{name} has no command {rest[0]}"
    options = {text for param in node.params for text in (*param.opts, *param.secondary_opts)}
    given = [word.partition("=")[0] for word in rest if word.startswith("--")]
    unknown = [option for option in given if option not in options | {"--help"}]
    if unknown:
        return f"{name} has no option {', '.join(unknown)}"
    return parsed(node, rest) if whole else ""


def parsed(node: Any, rest: list[str]) -> str:
    """What the command's own parser says against some arguments."""
    try:
        node.make_context("shipskip", list(rest)).close()
    except Exception as error:
        return str(error)
    return ""


@each()
def test_every_command_exists_with_its_options(one: Page) -> None:
    for command, whole in one.commands:
        problem = wrong(command, whole=whole)
        assert not problem, f"{one.path}: `{command}`: {problem}"


@pytest.mark.parametrize(
    ("command", "whole", "problem"),
    [
        ("shipskip review a --seats b", True, False),
        ("shipskip review ... --out DIR", False, False),
        ("shipskip review --seats", False, False),
        ("shipskip review --seats", True, True),
        ("shipskip review a --seat b", False, True),
        ("shipskip runs verfy", False, True),
        ("shipskip schema novel", True, True),
        ("shipskip runs verify [RUN] [--json]", False, False),
    ],
)
def test_a_wrong_command_is_found(command: str, whole: bool, problem: bool) -> None:
    assert bool(wrong(command, whole=whole)) is problem


@pytest.mark.parametrize(
    ("expected", "output", "fits"),
    [
        ((), "anything\n", True),
        (("a  b",), "a b\n", True),
        (("a",), "a\nb\n", False),
        (("a", "..."), "a\nb\nc\n", True),
        (("...", "c"), "a\nb\nc\n", True),
        (("a ... c",), "a x c\n", True),
        (("a ... c",), "a   c\n", True),
        (("a", "c"), "a\nb\nc\n", False),
    ],
)
def test_an_output_is_compared_line_by_line(
    expected: tuple[str, ...], output: str, fits: bool
) -> None:
    assert Step("x", expected, 0).matches(output) is fits


class Shell:
    """A person at a terminal, in a fresh copy of the workspace.

    Args:
        folder: Where to work.
        environment: What is set there besides the path.
    """

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.here = folder / "shipskip"
        for name in ("dossiers", "personas", "prompts"):
            shutil.copytree(ROOT / name, self.here / name)
        tools = folder / "bin"
        tools.mkdir()
        script = tools / "shipskip"
        call = "from panel.cli.main import run; run()"
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{call}" "$@"\n')
        script.chmod(0o755)
        self._environment = {
            "PATH": f"{tools}:{os.defpath}",
            "HOME": str(folder),
            "COLUMNS": "96",
            "PYTHONUNBUFFERED": "1",
            "PYTHONPATH": str(ROOT),
            **environment,
        }

    def write(self, block: Block) -> None:
        """Write a block to the file it names."""
        path = self.here / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.body, encoding="utf-8")

    def run(self, step: Step) -> tuple[int, str]:
        """Run a command; a `cd` in it holds for those that follow."""
        marked = f'{step.command}\ncode=$?; echo; echo "@$PWD"; exit $code'
        done = subprocess.run(
            ["sh", "-c", marked],
            cwd=self.here,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        output, _, place = done.stdout.rstrip("\n").rpartition("\n@")
        self.here = Path(place)
        return done.returncode, output


def _endpoint(fake: FakeOpenAI) -> dict[str, str]:
    """Sends what a page asks of a provider to the fake one, at a price the lists do not know."""
    return {
        "SHIPSKIP_BASE_URL": fake.base_url,
        "SHIPSKIP_API_KEY": "made-up-key",
        "SHIPSKIP_INPUT_PRICE": "1.25",
        "SHIPSKIP_OUTPUT_PRICE": "10",
    }


@pytest.mark.parametrize("path", RUN)
def test_the_page_does_what_it_says(
    path: str, tmp_path: Path, fake: FakeOpenAI, database: Environment
) -> None:
    endpoint = _endpoint(fake) if path in WITH_AN_LLM else {}
    shell = Shell(tmp_path, {**endpoint, **database})
    for step in page(path).steps:
        if isinstance(step, Block):
            shell.write(step)
            continue
        code, output = shell.run(step)
        assert code == step.code, f"{path}: $ {step.command}\nleft with {code}:\n{output}"
        shown = "\n".join(step.expected)
        assert step.matches(output), f"{path}: $ {step.command}\n{output}\n-- the page:\n{shown}"
