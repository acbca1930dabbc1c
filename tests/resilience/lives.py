"""The real command in processes of its own that can be killed at a chosen request.

A process is forked from a server that has imported the command already, since thirty starts would
otherwise spend a minute on imports alone.
"""

import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import yaml

from panel.testing import FakeRequest, grounded_answer, make_dossier
from tests.databases import furnish

PATIENCE = 60.0
"""Seconds after which a process that does not end is taken for hung."""

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    ["panel.cli.main", "panel.cli.running", "panel.bootstrap.proofs", "panel.judging.judges"]
)


@dataclass(frozen=True)
class Life:
    """One process of the command.

    Attributes:
        process: The process.
        out: File with its stdout.
        err: File with its stderr.
    """

    process: ForkServerProcess
    out: Path
    err: Path

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self.process.pid is not None
        return self.process.pid

    def kill(self) -> None:
        """Kill it as `kill -9` does, unless it has ended."""
        if self.process.is_alive():
            self.process.kill()

    def wait_for(self, words: str) -> None:
        """Wait until it has said something on stderr."""
        deadline = time.monotonic() + PATIENCE
        while words not in (said := self.err.read_text(encoding="utf-8")):
            assert self.process.is_alive(), said
            assert time.monotonic() < deadline, said
            time.sleep(0.02)

    def end(self) -> int:
        """Wait for its end; returns the exit code, negative for a signal."""
        self.process.join(PATIENCE)
        code = self.process.exitcode
        if code is None:
            self.kill()
            raise AssertionError(f"still running after {PATIENCE} s: {self.err.read_text()}")
        return code

    def succeed(self) -> str:
        """Wait for its end, which must be a good one; returns its stdout."""
        code = self.end()
        assert code == 0, f"exit code {code}: {self.err.read_text()}"
        return self.out.read_text(encoding="utf-8")


def begin(desk: Path, *arguments: str, ill: Callable[[], None] | None = None) -> Life:
    """Start the command.

    Args:
        desk: Workspace, also the working folder.
        arguments: What stands after `shipskip`.
        ill: Called in the new process first, to do it harm.
    """
    number = len(list(desk.glob("life-*.out")))
    out, err = desk / f"life-{number}.out", desk / f"life-{number}.err"
    out.touch()
    err.touch()
    process = _FORKS.Process(
        target=_command, args=(str(desk), arguments, (str(out), str(err)), ill)
    )
    process.start()
    return Life(process, out, err)


def handed_over(desk: Path, *arguments: str) -> Life:
    """Start a batch that is left to workers; it watches them once all dossiers wait.

    Args:
        desk: Workspace, also the working folder.
        arguments: What stands after `shipskip`.
    """
    life = begin(desk, *arguments)
    life.wait_for("wait for workers")
    return life


def _command(
    desk: str, arguments: Sequence[str], files: tuple[str, str], ill: Callable[[], None] | None
) -> None:
    from panel.cli.main import run

    for path, stream in zip(files, (sys.stdout, sys.stderr), strict=True):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream.fileno())
    os.chdir(desk)
    if ill:
        ill()
    sys.argv = ["shipskip", *arguments]
    run()


def furnished(desk: Path, dossiers: int) -> Path:
    """A workspace with made dossiers, `tern-1` and so on.

    Args:
        desk: Folder to create.
        dossiers: How many.
    """
    (desk / "dossiers").mkdir(parents=True)
    for number in range(1, dossiers + 1):
        dossier = make_dossier(slug=f"tern-{number}", conflict=number % 3 == 0)
        content = dossier.model_dump(mode="json", exclude_none=True)
        body = content.pop("summary")
        head = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
        path = desk / "dossiers" / f"{dossier.slug}.md"
        path.write_text(f"---\n{head}---\n\n{body}\n", encoding="utf-8")
    furnish(desk)
    return desk


def on_postgres(desk: Path, url: str) -> Path:
    """Give a workspace a database on PostgreSQL, whatever the others stand on."""
    (desk / "shipskip.toml").write_text(f'database_url = "{url}"\n', encoding="utf-8")
    return desk


class Tripwire:
    """Answers well, and calls for a kill once so many more requests have come in."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left = 0
        self._pulled = threading.Event()
        self._open = threading.Event()
        self._open.set()

    def __call__(self, request: FakeRequest) -> Mapping[str, Any]:
        """Answer one request (a script of `FakeOpenAI`)."""
        with self._lock:
            self._left -= 1
            if self._left == 0:
                self._pulled.set()
        assert self._open.wait(PATIENCE)
        return grounded_answer(request)

    def arm(self, requests: int) -> None:
        """Count from here; the wire is pulled by that many further requests."""
        with self._lock:
            self._left = requests
        self._pulled.clear()

    def wait_for_pull(self, alive: Callable[[], bool]) -> None:
        """Wait until the requests are in.

        Args:
            alive: Whether anybody is left who could send one.
        """
        deadline = time.monotonic() + PATIENCE
        while not self._pulled.wait(0.05):
            assert alive(), "the process ended before it had sent so many requests"
            assert time.monotonic() < deadline, "the requests never came"

    def hold(self) -> None:
        """Keep everybody waiting until `release`."""
        self._open.clear()

    def release(self) -> None:
        """Answer everybody who waits, and all who come."""
        self._open.set()
