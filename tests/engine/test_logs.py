"""Lines of the log: what they hold, what they never hold, and where they go."""

import io
import json
import logging
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import copy_context
from typing import Any, Literal

import pytest

from panel.engine.ids import work_for
from panel.engine.logs import Format, logged

OURS = logging.getLogger("shipskip.test")
OTHERS = logging.getLogger("another.library")


class Pages:
    """A stream that keeps what is written, until it is full."""

    def __init__(self, room: int = 100) -> None:
        self.stream = io.StringIO()
        self.room = room

    def __call__(self) -> io.StringIO:
        self.room -= 1
        if self.room < 0:
            raise OSError(28, "No space left on device")
        return self.stream

    @property
    def lines(self) -> list[str]:
        return self.stream.getvalue().splitlines()

    @property
    def json(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines]


@contextmanager
def log(
    level: str = "debug", shape: Format = "json", secrets: tuple[str, ...] = (), room: int = 100
) -> Generator[tuple[Pages, list[str]]]:
    """A log to read back, and what the person is told."""
    pages, said = Pages(room), list[str]()
    with logged(pages, level, shape, secrets, said.append):
        yield pages, said


def test_a_line_holds_when_what_whose_and_the_values() -> None:
    def work() -> None:
        work_for("r1")
        OURS.info("review kept", extra={"cost": 0.5, "calls": 1, "none": None})

    with log() as (pages, _):
        copy_context().run(work)
        OURS.info("worker ended")
    first, second = pages.json
    assert list(first) == ["time", "level", "event", "run", "cost", "calls", "none"]
    assert list(first.values())[1:] == ["info", "review kept", "r1", 0.5, 1, None]
    assert "run" not in second


def test_text_is_pairs_that_no_value_can_break() -> None:
    with log(shape="text") as (pages, _):
        OURS.info("review kept", extra={"detail": 'a "b"\r\nlevel=error\x1b[2J\u2028', "calls": 1})
    (line,) = pages.lines
    assert line.startswith("time=20")
    assert line.endswith(r'level=info event="review kept" detail="a \"b\" level=error [2J" calls=1')


@pytest.mark.parametrize(
    ("level", "events"),
    [
        ("debug", ["d", "i", "w", "e", "ow", "oe"]),
        ("info", ["i", "w", "e", "ow", "oe"]),
        ("warning", ["w", "e", "ow", "oe"]),
        ("error", ["e", "oe"]),
    ],
)
def test_each_level_has_its_lines_and_others_only_their_warnings(
    level: Literal["debug", "info", "warning", "error"], events: list[str]
) -> None:
    before = OTHERS.level
    OTHERS.setLevel(logging.DEBUG)
    try:
        with log(level) as (pages, _):
            OURS.debug("d")
            OURS.info("i")
            OURS.warning("w")
            OURS.error("e")
            OTHERS.info("oi")
            OTHERS.warning("ow")
            OTHERS.error("oe")
    finally:
        OTHERS.setLevel(before)
    assert [line["event"] for line in pages.json] == events


def test_of_other_libraries_no_value_and_no_traceback_is_taken() -> None:
    with log() as (pages, _):
        try:
            int("the answer was: ship it")
        except ValueError:
            OTHERS.exception("cannot read %s\nthe answer", "ship it", extra={"answer": "ship it"})
    (line,) = pages.json
    assert (line["event"], line["logger"]) == ("cannot read %s", "another.library")
    assert line["error"] == "ValueError"
    assert "ship it" not in pages.lines[0]


def test_keys_are_taken_out_and_names_shaped_like_keys_are_not() -> None:
    with log(secrets=("CANARY-4f6d2b",)) as (pages, _):
        values = {"dossier": "key-lime-7b", "detail": "CANARY-4f6d2b and sk-abcdef123456"}
        OURS.warning("review failed", extra={**values, "seat": "CANARY-4f6d2b"})
    (line,) = pages.json
    assert (line["dossier"], line["seat"]) == ("key-lime-7b", "[key]")
    assert line["detail"] == "[key] and [key]"


def test_a_log_that_is_full_is_told_once_and_written_no_more() -> None:
    with log(room=1) as (pages, said):
        for number in range(4):
            OURS.info("line %d", number)
    assert len(pages.lines) == 1
    (line,) = said
    assert (
        line == "the log ends here, since it cannot be written: [Errno 28] No space left on device"
    )


def test_afterwards_nothing_is_logged_and_all_is_as_before() -> None:
    level, handlers = logging.getLogger("shipskip").level, list(logging.getLogger().handlers)
    with log() as (pages, _):
        OURS.debug("one")
    OURS.error("two")
    assert [line["event"] for line in pages.json] == ["one"]
    assert logging.getLogger("shipskip").level == level
    assert logging.getLogger().handlers == handlers
