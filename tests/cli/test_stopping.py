"""Ctrl-C: once lets work come home, twice ends it, and no number of them gives a traceback."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager

import pytest

from panel.cli.stopping import drainable, interruptible
from panel.errors import InterruptError
from panel.judging.brake import Brake

SCRIPT = """
import asyncio, sys
from panel.cli.stopping import drainable
from panel.errors import InterruptError

async def work(brake):
    print("ready", flush=True)
    {wait}
    print("home", flush=True)

try:
    drainable(work, lambda: {calls}, "shipskip runs resume R")
except InterruptError as error:
    print(f"told: {{error}}", flush=True)
sys.stdin.read()
"""
PATIENT = "\n    ".join(
    ["while not brake.pulled: await asyncio.sleep(0.01)", "await asyncio.sleep(0.01)"]
)
STUBBORN = "await asyncio.sleep(600)"


@contextmanager
def begun(wait: str, calls: int = 3) -> Generator[subprocess.Popen[str]]:
    """A process that works until it is told to stop."""
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT.format(wait=wait, calls=calls)],
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    return process.stderr.readline().strip()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_sign_lets_work_come_home(number: signal.Signals) -> None:
    with begun(PATIENT) as process:
        process.send_signal(number)
        out, err = process.communicate("", timeout=60)
    assert (process.returncode, out) == (0, "home\n")
    assert err == "stopping: 3 calls in flight come home first; Ctrl-C again stops at once\n"


def test_the_second_sign_ends_it_at_once_and_more_change_nothing() -> None:
    with begun(STUBBORN) as process:
        process.send_signal(signal.SIGINT)
        assert line_of(process).startswith("stopping: 3 calls")
        process.send_signal(signal.SIGINT)
        assert line_of(process) == "stopping at once; what was answered is kept"
        for _ in range(5):
            process.send_signal(signal.SIGINT)
        out, err = process.communicate("", timeout=60)
    assert (process.returncode, err) == (0, "")
    assert out == (
        "told: interrupted; everything that was answered is kept"
        " -> go on with: shipskip runs resume R\n"
    )


@pytest.mark.parametrize(
    ("calls", "said"),
    [(0, "what was begun is put away first"), (1, "a call comes home first"), (1_200, "1,200 ")],
)
def test_it_says_what_is_waited_for(calls: int, said: str) -> None:
    with begun(PATIENT, calls) as process:
        process.send_signal(signal.SIGINT)
        assert said in line_of(process)


def test_work_that_nobody_stops_gives_its_result() -> None:
    async def work(brake: Brake) -> bool:
        return brake.pulled

    assert drainable(work, lambda: 0, "again") is False
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_work_that_is_cancelled_from_within_is_told_as_interrupted() -> None:
    async def work(brake: Brake) -> None:
        raise asyncio.CancelledError

    with pytest.raises(InterruptError, match="go on with: again"):
        drainable(work, lambda: 0, "again")


def test_work_without_calls_ends_at_the_first_sign() -> None:
    async def work() -> None:
        signal.raise_signal(signal.SIGTERM)
        await asyncio.sleep(600)

    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(InterruptError, match="go on with: again"):
        interruptible(work(), "again")
    assert signal.getsignal(signal.SIGTERM) is before
