"""The one error tree, sorted by who can mend the cause.

Every message says what happened, where, and what to do next; the command line prints it as it is
and leaves with the exit code of its class.

ShipskipError                 exit 1
 ├── InputError               exit 2   a file, flag or name given by the person is wrong
 ├── StoreError                        the database cannot be opened, read or written
 │    ├── BusyError                    another process holds it
 │    ├── EmptyError                   it holds no run yet
 │    └── MissingError                 it holds no record of that name
 ├── EndpointError                     the llm endpoint refuses the key or knows no such llm
 ├── PendingError                      an answer waits for a provider's batch
 ├── DrainError                        work is not begun any more, since the run is stopping
 ├── TapeMissError                     a replay needs an exchange that was never recorded
 ├── TamperError                       stored content no longer matches its digest
 ├── StaleError                        somebody else changed it meanwhile
 ├── RefusedError                      it may not be done by this person, or not as things stand
 │    └── SignInError                  nobody is signed in, or not with these words
 ├── SpendingError            exit 4   the order would cost more than allowed, or nobody knows
 └── InterruptError           exit 130 the person stopped the command
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar


class Exit(IntEnum):
    """Exit codes of every command, documented in docs/reference/exit-codes.md."""

    DONE = 0
    ERROR = 1
    BAD_INPUT = 2
    FAILED_SEATS = 3
    SPENDING = 4
    INTERRUPTED = 130


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one input, placed so that an editor can jump to it.

    Attributes:
        message: What is wrong, without the place.
        remedy: What to do next, as a sentence.
        path: File or other origin; empty when the input has no file.
        line: Line number counted from 1; 0 when unknown.
        key: Dotted key, e.g. `facts[3].sources[0].quote`; empty when it concerns the whole file.
    """

    message: str
    remedy: str = ""
    path: str = ""
    line: int = 0
    key: str = ""

    def __str__(self) -> str:
        place = self.path + (f":{self.line}" if self.line else "")
        parts = [part for part in (place, self.key, self.message) if part]
        return ": ".join(parts) + (f" -> {self.remedy}" if self.remedy else "")


class ShipskipError(Exception):
    """Root of everything shipskip raises on purpose.

    Args:
        message: What happened, and where.
        remedy: What to do next, as a sentence.
    """

    exit_code: ClassVar[Exit] = Exit.ERROR

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return self.message + (f" -> {self.remedy}" if self.remedy else "")


class InputError(ShipskipError):
    """The person's own input is refused whole; every problem found is listed at once."""

    exit_code: ClassVar[Exit] = Exit.BAD_INPUT

    def __init__(self, problems: Iterable[Problem] | str, *, remedy: str = "") -> None:
        if isinstance(problems, str):
            problems = [Problem(problems, remedy)]
        self.problems: Sequence[Problem] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class StoreError(ShipskipError):
    """The database cannot be opened, read, written or migrated."""


class BusyError(StoreError):
    """Another process holds the database or the run."""


class EmptyError(StoreError):
    """The database was opened for reading and holds no run yet."""


class MissingError(StoreError):
    """The database holds no record of that name."""


class EndpointError(ShipskipError):
    """No call to this llm can succeed: the key is refused or the llm does not exist there."""


class PendingError(ShipskipError):
    """An answer is not there yet: its request waits for a provider's batch."""


class DrainError(ShipskipError):
    """Work that has not begun is not begun any more: the run is being stopped."""


class TapeMissError(ShipskipError):
    """A replay asked for an exchange that is not on the tape."""


class TamperError(ShipskipError):
    """Stored content does not match the digest it is stored under."""


class StaleError(ShipskipError):
    """A change was based on a version that is no longer the last one."""


class RefusedError(ShipskipError):
    """Somebody may not do this, or it may not be done as things stand."""


class SignInError(RefusedError):
    """Whoever asks is not signed in, or did not prove who they are."""


class SpendingError(ShipskipError):
    """The order may cost more than the cap, or its cost is unknown."""

    exit_code: ClassVar[Exit] = Exit.SPENDING


class InterruptError(ShipskipError):
    """The person stopped the command; what was finished is kept."""

    exit_code: ClassVar[Exit] = Exit.INTERRUPTED
