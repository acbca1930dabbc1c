"""Switches logs, spans and metrics on for a run or a worker; without them, nothing is loaded."""

import os
import sys
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import Protocol, TextIO

from panel.domain.run import Run
from panel.engine.ids import work_for
from panel.engine.watching import Watcher
from panel.errors import InputError
from panel.settings import Settings

Say = Callable[[str], None]

_ENDPOINTS = tuple(f"OTEL_EXPORTER_OTLP_{signal}ENDPOINT" for signal in ("", "TRACES_", "METRICS_"))


class Observer(Watcher, Protocol):
    """A watcher that is also told when work begins and ends."""

    def opened(self, run: Run | None, /) -> None:
        """Work begins; on one run, or for a worker on any."""
        ...

    def closed(self, run: Run | None, error: BaseException | None, /) -> None:
        """Work ended, early if by an error."""
        ...


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")


@contextmanager
def observed(
    settings: Settings | None, run: Run | None = None, *, say: Say = _tell
) -> Generator[list[Watcher]]:
    """Log and trace what happens as long as the context lasts, as far as somebody asked for it.

    Args:
        settings: What is logged, and where to; None logs nothing.
        run: The run this process works on; None for a worker, whose tasks name theirs.
        say: Tells the person about a log or a collector that fails; the work goes on.

    Yields:
        Who has to be told of the work.

    Raises:
        InputError: The log file cannot be written.
    """
    with ExitStack() as stack:
        logs = _logs(settings, stack, say) if settings else []
        observers = [*logs, *_telemetry(stack, say)]
        if run is not None and observers:
            work_for(run.id)
        for observer in observers:
            observer.opened(run)
        stack.push(_closing(observers, run))
        yield list(observers)


def _closing(
    observers: list[Observer], run: Run | None
) -> Callable[[type[BaseException] | None, BaseException | None, TracebackType | None], None]:
    def close(
        _kind: type[BaseException] | None, error: BaseException | None, _trace: object
    ) -> None:
        for observer in observers:
            observer.closed(run, error)

    return close


def _logs(settings: Settings, stack: ExitStack, say: Say) -> list[Observer]:
    level = settings.log_level
    if settings.log_file and "log_level" not in settings.model_fields_set:
        level = "info"
    if level == "off":
        return []
    from panel.engine.log_watching import LogWatcher
    from panel.engine.logs import logged
    from panel.judging.endpoints import secrets_in

    sink = _sink(settings.log_file, stack)
    stack.enter_context(logged(sink, level, settings.log_format, secrets_in(), say))
    return [LogWatcher()]


def _sink(path: Path | None, stack: ExitStack) -> Callable[[], TextIO]:
    if path is None:
        return lambda: sys.stderr  # looked up for each line: a live view may stand in its place
    try:
        file = path.open("a", encoding="utf-8", errors="backslashreplace", buffering=1)
    except OSError as error:
        raise InputError(
            f"the log file {path} cannot be written: {error.strerror}",
            remedy="name another file with --log-file",
        ) from error
    stack.callback(_close, file)
    return lambda: file


def _close(file: TextIOWrapper) -> None:
    """Close a log; what a full disk did not take was told already."""
    try:
        file.close()
    except OSError:
        return


def _telemetry(stack: ExitStack, say: Say) -> list[Observer]:
    if not any(os.environ.get(name) for name in _ENDPOINTS):
        return []
    try:
        from panel.engine.traces import traced
    except ImportError:
        say("no spans or metrics are sent: install shipskip[otel], or unset the OTEL_ variables")
        return []
    return [*stack.enter_context(traced(say))]
