"""Reads the documentation: its pages, links, blocks of code and commands."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]

_BLOCK = re.compile(
    r"(?:^<!-- file: (?P<file>\S+) -->\n)?^```(?P<kind>\w*)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_EXIT = re.compile(r"# exit code (\d+)$")


@dataclass(frozen=True)
class Block:
    """A fenced block.

    Attributes:
        kind: Language behind the fence; `console` blocks are run.
        body: Its lines.
        file: Where the block is to be written before what follows is run; empty for most.
    """

    kind: str
    body: str
    file: str = ""


@dataclass(frozen=True)
class Step:
    """A command of a `console` block with what it is said to print.

    Attributes:
        command: The command line.
        expected: Lines it prints; `...` stands for anything.
        code: The exit code it is said to leave with.
    """

    command: str
    expected: tuple[str, ...]
    code: int

    def matches(self, output: str) -> bool:
        """Whether an output is what the page shows; without lines, anything is."""
        pattern = "".join(
            r"(?:.*\n)*?" if line == "..." else _line(line) + r"\n" for line in self.expected
        )
        told = "".join(f"{_spaced(line)}\n" for line in output.strip().splitlines())
        return not self.expected or re.fullmatch(pattern, told) is not None


def _line(line: str) -> str:
    return ".*".join(re.escape(part) for part in re.split(r" ?\.\.\. ?", _spaced(line)))


def _spaced(line: str) -> str:
    return " ".join(line.split())


@dataclass(frozen=True)
class Page:
    """One Markdown file.

    Attributes:
        path: Path from the root of the repository, with slashes.
        text: Its content.
    """

    path: str
    text: str

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Its fenced blocks in order."""
        return tuple(
            Block(found["kind"], found["body"], found["file"] or "")
            for found in _BLOCK.finditer(self.text)
        )

    @cached_property
    def prose(self) -> str:
        """The text without its fenced blocks."""
        return _BLOCK.sub("", self.text)

    @property
    def links(self) -> Iterator[str]:
        """Where it links to inside the repository."""
        found = (match[1] for match in _LINK.finditer(self.prose))
        return (link for link in found if not re.match(r"[a-z]+:", link))

    @property
    def anchors(self) -> set[str]:
        """Anchors of its headings, as code hosts make them."""
        headings = (match[1].lower() for match in _HEADING.finditer(self.prose))
        return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in headings}

    @property
    def commands(self) -> Iterator[tuple[str, bool]]:
        """Every `shipskip` command on the page, and whether it is a whole one from a block."""
        for match in _INLINE.finditer(self.prose):
            yield from ((words, False) for words in _shipskip(match[1]))
        for block in self.blocks:
            if block.kind in {"sh", "console"}:
                lines = (line.removeprefix("$ ") for line in block.body.splitlines())
                yield from ((words, True) for line in lines for words in _shipskip(line))

    @property
    def steps(self) -> Iterator[Block | Step]:
        """What running the page means: files to write and commands to run, in order."""
        for block in self.blocks:
            if block.file:
                yield block
            elif block.kind == "console":
                yield from _steps(block.body)


def pages() -> tuple[Page, ...]:
    """Every page of the documentation."""
    paths = (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "prompts/README.md")
    return tuple(page(path.relative_to(ROOT).as_posix()) for path in sorted(paths))


def page(path: str) -> Page:
    """One page.

    Args:
        path: Path from the root of the repository.
    """
    return Page(path, (ROOT / path).read_text(encoding="utf-8"))


def _shipskip(line: str) -> Iterator[str]:
    """Commands of ours in a line of shell, without what runs before and after them."""
    for part in re.split(r"&&|&$|\|(?=\s)|;|>", line):
        words = re.sub(
            r"^\s*(?:(?:uv run|--no-dev|docker compose run --rm|[A-Z_]+=\S+)\s+)*", "", part
        ).strip()
        if re.match(r"shipskip (?![A-Z])", words):
            yield re.sub(r"\s#.*$", "", words)


def _steps(body: str) -> Iterator[Step]:
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, *expected = part.splitlines()
        code = _EXIT.search(command)
        yield Step(command, tuple(expected), int(code[1]) if code else 0)


def words_of(command: str) -> list[str]:
    """A command split as a shell would, optional parts taken as given.

    Args:
        command: As it stands on a page.
    """
    return shlex.split(re.sub(r"[\[\]]", "", command))
