"""Renders many pages with several processes; each plans the site anew and takes its part of it.

Pages are planned far faster than they are rendered, and a plan holds functions, which no process
can hand to another.
"""

import hashlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from panel.errors import ShipskipError
from panel.publishing.site.addresses import Addresses
from panel.publishing.site.book import LiveBook, Page
from panel.publishing.site.manifest import Record
from panel.publishing.site.planners import planned
from panel.publishing.site.switching import Writer

Opening = Callable[[], AbstractContextManager[LiveBook]]
"""Opens what is published; can be handed to another process."""
Told = Callable[[int, int], None]
"""Is told how many pages are done, and of how many."""


def untold(done: int, total: int) -> None:
    """Tells nobody.

    Args:
        done: Pages done.
        total: Pages to render.
    """


_RUN = 32
"""Pages in a row that one process renders: neighbours rest on the same models."""
_LOOK = 0.2
"""Seconds between two looks at how far the others are."""


@dataclass(frozen=True)
class Job:
    """Pages to render.

    Attributes:
        opening: Opens what they are made from.
        addresses: Addresses that must not die.
        folder: Where they go.
        wanted: Their paths.
    """

    opening: Opening
    addresses: Addresses
    folder: Path
    wanted: frozenset[str]


class _Part(NamedTuple):
    """One process's part of a job."""

    job: Job
    number: int
    of: int


def rendered(page: Page, writer: Writer) -> Record:
    """Render a page into a build.

    Args:
        page: The page.
        writer: Writes it.

    Raises:
        OSError: The disk refuses.
    """
    content = page.render()
    writer.put(page.path, content)
    return Record(page.key, hashlib.sha256(content).hexdigest())


def render_all(job: Job, *, told: Told, hands: int) -> dict[str, Record]:
    """Render pages.

    Args:
        job: Which, and where to.
        told: Called with pages done and pages to render.
        hands: Processes that may render; with one, this one does.

    Returns:
        What was rendered, by path.

    Raises:
        OSError: The disk refuses.
        ShipskipError: A page cannot be rendered, or a process died.
    """
    total = len(job.wanted)
    if hands <= 1:
        found = dict[str, Record]()
        for path, record in _pages_of(_Part(job, 0, 1)):
            found[path] = record
            told(len(found), total)
        return found
    context = multiprocessing.get_context("spawn")
    done, stop = context.Value("q", 0), context.Event()
    with ProcessPoolExecutor(hands, context, _begin, (done, stop, os.getpid())) as pool:
        parts = [pool.submit(_render_part, _Part(job, number, hands)) for number in range(hands)]
        try:
            _await(parts, lambda: told(done.value, total))
        finally:
            stop.set()
        return {path: record for part in parts for path, record in part.result().items()}


def _await(parts: list[Future[dict[str, Record]]], look: Callable[[], None]) -> None:
    pending = set(parts)
    while pending:
        ended, pending = wait(pending, _LOOK)
        look()
        for part in ended:
            part.result()  # the first that fails ends the others


def _pages_of(part: _Part) -> Iterator[tuple[str, Record]]:
    job, number, of = part
    writer, at = Writer(job.folder), 0
    with job.opening() as book:
        for page in planned(book, job.addresses):
            if page.path in job.wanted:
                if at // _RUN % of == number:
                    yield page.path, rendered(page, writer)
                at += 1


class _Own:
    """What a helping process knows of the one that started it."""

    done: Any = None
    stop: Any = None
    parent = 0


def _begin(done: Any, stop: Any, parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started us says when to stop
    _Own.done, _Own.stop, _Own.parent = done, stop, parent


def _render_part(part: _Part) -> dict[str, Record]:
    found = dict[str, Record]()
    for path, record in _pages_of(part):
        found[path] = record
        with _Own.done.get_lock():
            _Own.done.value += 1
        if _Own.stop.is_set() or os.getppid() != _Own.parent:
            raise ShipskipError("the build was stopped", remedy="publish again")
    return found
