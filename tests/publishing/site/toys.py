"""A site of few words, whose building can be followed page by page."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from panel.domain.value import digest_of
from panel.publishing.site.book import Book, Page, Planner
from tests.publishing.site.books import MemoryBook


@dataclass
class ToyBook(MemoryBook):
    """A book that consists of nothing but texts by path.

    Attributes:
        texts: What each page says.
        changes: Texts that are published while the book is read, one set after the other.
        log: Gathers the paths that are rendered.
    """

    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    changes: list[Mapping[str, str]] = field(default_factory=list[Mapping[str, str]])
    log: list[str] = field(default_factory=list[str])

    @property
    def planners(self) -> Sequence[Planner]:
        return (self._pages,)

    def _pages(self, book: Book) -> Iterable[Page]:
        for path, text in self.texts.items():
            yield Page(path, digest_of("toy", text), partial(self._render, path, text))

    def _render(self, path: str, text: str) -> bytes:
        self.log.append(path)
        return text.encode()

    def current(self) -> bool:
        return not self.changes


@dataclass(frozen=True)
class Toy:
    """Opens toy books; what is published meanwhile is there when it is opened again.

    Attributes:
        texts: What each page says.
        changes: What is published while the first books are read.
        log: Gathers the paths that are rendered.
    """

    texts: dict[str, str]
    changes: list[Mapping[str, str]] = field(default_factory=list[Mapping[str, str]])
    log: list[str] = field(default_factory=list[str])

    @contextmanager
    def __call__(self) -> Generator[ToyBook]:
        """A book as it is at this moment."""
        yield ToyBook([], texts=dict(self.texts), changes=list(self.changes), log=self.log)
        if self.changes:
            self.texts.update(self.changes.pop(0))


def told(out: Path) -> dict[str, str]:
    """What readers see, by path, but for what every site has."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file())
    found = {path.relative_to(out).as_posix(): path.read_text("utf-8") for path in files}
    return {path: text for path, text in found.items() if path not in {"robots.txt", "sitemap.xml"}}
