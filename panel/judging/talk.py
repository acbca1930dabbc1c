"""What the tape knows of the seat that speaks: its calls so far, and how much time it has left."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from panel.domain.exchange import Tier, tape_key
from panel.domain.llm import LlmSettings
from panel.errors import ShipskipError

GIVEN_UP = "/given-up"
"""Path of the note that a seat's time ran out; no endpoint has it."""


class Clock:
    """The time one seat may take to ask; it stands still while the seat waits for its turn.

    Args:
        seconds: How much there is; None for no end.
    """

    def __init__(self, seconds: float | None = None) -> None:
        self._left = seconds
        self._bound: asyncio.Timeout | None = None

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Spend time, all that is left at most.

        Raises:
            TimeoutError: It ran out.
        """
        async with asyncio.timeout(self._left) as bound:
            self._bound = bound
            try:
                yield
            finally:
                self._bound, end = None, bound.when()
                self._left = None if end is None else max(0.0, end - _now())

    @contextmanager
    def stopped(self) -> Generator[None]:
        """Spend none, though the clock runs."""
        bound = self._bound
        end = bound.when() if bound else None
        if bound is None or end is None or bound.expired():
            yield
            return
        left = end - _now()
        bound.reschedule(None)
        try:
            yield
        finally:
            bound.reschedule(_now() + left)


def _now() -> float:
    return asyncio.get_running_loop().time()


@dataclass
class Talk:
    """The calls of one review, in order; the transport finds it in the current context.

    Attributes:
        review_key: Key of the review they belong to.
        llm: Who is asked.
        sample: Sample number.
        nth: Which try of the review.
        clock: The time there is for asking.
        exchanges: Tape keys of the calls so far, without repeats.
        received: Successful answers handed on so far.
        tier: How the last answer was delivered, if not live.
    """

    review_key: str
    llm: LlmSettings
    sample: int = 1
    nth: int = 1
    clock: Clock = field(default_factory=Clock)
    exchanges: list[str] = field(default_factory=list[str])
    received: int = 0
    tier: Tier | None = None

    @property
    def given_up_key(self) -> str:
        """Tape key of the note that this review's time ran out."""
        return self.key(GIVEN_UP, self.review_key)

    def key(self, path: str, body: str) -> str:
        """Tape key of one of its calls.

        Args:
            path: Path of the endpoint.
            body: Canonical JSON of the request.
        """
        return tape_key(path, body, self.sample, self.nth)

    def note(self, key: str) -> None:
        """Note a call that was begun."""
        if key not in self.exchanges:
            self.exchanges.append(key)


current_talk: ContextVar[Talk] = ContextVar("current_talk")


class TapeHalt(BaseException):
    """Carries an error of our own past an SDK that would retry any `Exception`.

    Args:
        cause: What the judge raises in its place.
    """

    def __init__(self, cause: ShipskipError) -> None:
        super().__init__(str(cause))
        self.cause = cause
