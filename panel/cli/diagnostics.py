"""Owns stderr and exit codes: what a person is told while data goes to stdout."""

import dataclasses
import io
import json
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, cast

from panel.errors import Exit, InputError, Problem, ShipskipError


def say(text: str) -> None:
    """Tell the person something that is no data.

    Args:
        text: One or more lines.
    """
    print(text, file=sys.stderr, flush=True)


def prepare_stdout() -> None:
    """Make data UTF-8 in files and pipes, and never fail on a character a terminal cannot show."""
    out = cast("object", sys.stdout)
    if isinstance(out, io.TextIOWrapper):
        encoding = None if sys.stdout.isatty() else "utf-8"
        out.reconfigure(encoding=encoding, errors="replace")


def give(line: str) -> None:
    """Print a line of data while work goes on; that nobody reads it any more does not end the work.

    Args:
        line: The line, without its line feed.
    """
    try:
        print(line, flush=True)
    except BrokenPipeError:
        reader_left()


def reader_left() -> None:
    """Let what is still printed to stdout go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def leave(error: ShipskipError) -> NoReturn:
    """Say what went wrong and what to do next, then leave with the error's exit code.

    Args:
        error: What ended the command.
    """
    if isinstance(error, InputError):
        for problem in error.problems:
            say(f"error: {problem}")
    else:
        say(f"error: {error.message}")
        if error.remedy:
            say(f"  -> {error.remedy}")
    sys.exit(error.exit_code)


def exit_with(code: Exit) -> None:
    """Leave with a code that is no error, e.g. when seats failed.

    Args:
        code: The exit code; `Exit.DONE` returns.
    """
    if code is not Exit.DONE:
        sys.exit(code)


def leave_with(problems: Sequence[Problem], all_well: str, *, as_json: bool) -> None:
    """Print what a check found and leave with 1, or say that all is well.

    Args:
        problems: What does not hold.
        all_well: What to say when there is none.
        as_json: Whether to print one JSON object instead.
    """
    if as_json:
        rows = [dataclasses.asdict(problem) for problem in problems]
        print(json.dumps({"ok": not rows, "problems": rows}, ensure_ascii=False))
    else:
        for problem in problems:
            print(problem)
        if not problems:
            print(all_well)
    if problems:
        sys.exit(Exit.ERROR)
