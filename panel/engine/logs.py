"""How lines of the log are made and where they go.

Everything logs through the standard library; here a line gets its ids and loses its keys. What an
llm was told or answered is never part of a line.
"""

import logging
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor

from panel.domain.secrecy import redact, without_keys
from panel.engine.ids import current_ids
from panel.judging.remedies import plain_line

Format = Literal["text", "json"]

Say = Callable[[str], None]

ROOT = "shipskip"
"""Name above all loggers of ours."""

_IDS = frozenset({"run", "dossier", "seat", "llm"})
"""Names that people give; one shaped like a key, as `key-lime-7b`, is none."""

_LEVELS: Mapping[str, int] = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}

_OF_EVERY_RECORD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


@contextmanager
def logged(
    sink: Callable[[], TextIO], level: str, shape: Format, secrets: Iterable[str], say: Say
) -> Generator[None]:
    """Write a log as long as the context lasts.

    Args:
        sink: Gives the stream to write to, anew for each line.
        level: Least severity: `error`, `warning`, `info` or `debug`.
        shape: `json` for one object a line, `text` for `key=value` pairs.
        secrets: Keys in use, taken out of every line.
        say: Tells the person, once, that the log cannot be written.
    """
    ours, root = logging.getLogger(ROOT), logging.getLogger()
    before = ours.level
    handler = _Lines(sink, _LEVELS[level], say)
    handler.setFormatter(_formatter(shape, tuple(secrets)))
    ours.setLevel(_LEVELS[level])
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        ours.setLevel(before)


class _Lines(logging.Handler):
    """Writes lines until the first one that cannot be written; no run ends for its log."""

    def __init__(self, sink: Callable[[], TextIO], level: int, say: Say) -> None:
        super().__init__()
        self._sink = sink
        self._least = level
        self._say = say
        self._broken = False

    def filter(self, record: logging.LogRecord) -> bool:
        """Of other libraries only what is at least a warning (see `logging.Filterer`)."""
        least = self._least if _is_ours(record) else max(self._least, logging.WARNING)
        return record.levelno >= least and not self._broken

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line (see `logging.Handler`)."""
        line = self.format(record) + "\n"
        try:
            stream = self._sink()
            stream.write(line)
            stream.flush()
        except (OSError, ValueError) as error:  # the latter from a stream that was closed
            self._broken = True
            with suppress(OSError, ValueError):
                self._say(f"the log ends here, since it cannot be written: {error}")


def _formatter(shape: Format, secrets: tuple[str, ...]) -> logging.Formatter:
    render: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
        if shape == "json"
        else structlog.processors.LogfmtRenderer()
    )
    return structlog.stdlib.ProcessorFormatter(
        processors=[
            _line,
            _Clean(secrets),
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            _time_first,
            render,
        ],
        use_get_message=False,  # values of other libraries may hold what an llm was told
    )


def _line(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """What a line holds; of other libraries the first line of the message, without its values."""
    record: logging.LogRecord = event["_record"]
    line: EventDict = {"level": record.levelname.lower(), "event": event["event"]}
    if _is_ours(record):
        own = {key: value for key, value in vars(record).items() if key not in _OF_EVERY_RECORD}
        return {**line, **current_ids.get(), **own}
    line["event"] = str(event["event"]).partition("\n")[0][:200]
    error = event.get("exc_info")
    return {**line, "logger": record.name, **({"error": error[0].__name__} if error else {})}


class _Clean:
    """Takes keys out of a line, and whatever could forge a second one."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        self._secrets = secrets

    def __call__(self, _logger: Any, _method: str, event: EventDict) -> EventDict:
        return {key: self._cleaned(key, value) for key, value in event.items()}

    def _cleaned(self, key: str, value: object) -> object:
        if not isinstance(value, str):
            return value
        clean = without_keys if key in _IDS else redact
        return plain_line(clean(value, self._secrets))


def _time_first(_logger: Any, _method: str, event: EventDict) -> EventDict:
    return {"time": event.pop("time"), **event}


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == ROOT
