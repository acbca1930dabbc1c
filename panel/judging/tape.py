"""The tape: every call's request and answer, stored before anyone parses them.

From it come the audit trail, replay with the network off, crash safety between an answer and its
row, and the provider's batch at half the price. It holds no header, no host and no key.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Literal, NamedTuple, Protocol

import httpx2

from panel.domain.exchange import Call, Charge, Exchange
from panel.errors import PendingError, ShipskipError, TapeMissError
from panel.judging.gate import Gate
from panel.judging.purse import AttemptStore
from panel.judging.talk import GIVEN_UP, Talk, TapeHalt, current_talk

Mode = Literal["record", "resume", "replay", "collect"]
"""record: always call. resume: use a stored success, else call. replay: never call.
collect: use what is stored, else hand the call over to be asked in a batch."""


class TapeStore(AttemptStore, Protocol):
    """Where the tape lies; `panel.store.Store` is one."""

    def answered(self, run_id: str, key: str) -> Exchange | None:
        """The first successful exchange of that key."""
        ...

    def recorded(self, run_id: str, key: str) -> Exchange | None:
        """The last exchange of that key, successful or not."""
        ...

    def tries(self, run_id: str, key: str) -> tuple[Exchange, ...]:
        """All exchanges of that key, oldest first."""
        ...


class Arrival(NamedTuple):
    """What came back over the wire.

    Attributes:
        status: HTTP status.
        content_type: Media type.
        text: Body, secrets removed.
        after: Seconds for which the provider asks to be left alone, if it does.
    """

    status: int
    content_type: str
    text: str
    after: float | None = None


Wire = Callable[[], Awaitable[Arrival]]
"""Makes the call."""

Want = Callable[[Call], Awaitable[None]]
"""Takes a call that is to be asked in a batch."""

_FAULTS: tuple[tuple[type[BaseException], str], ...] = (
    (httpx2.TimeoutException, "timeout"),
    (asyncio.CancelledError, "cancelled"),
    (httpx2.ConnectError, "connect"),
    (httpx2.RequestError, "dropped"),
)

_NO_TRY = frozenset({"expired", "abandoned", "missing"})
"""Faults of a batch that never asked the llm: they do not count as a try."""

_RETRYABLE = frozenset({408, 409, 429})
"""Statuses below 500 that may turn out otherwise when asked again, as the openai library has it."""


class Tape:
    """Records the calls of one run, or plays them back.

    Args:
        store: Where exchanges lie.
        run_id: The run they belong to.
        gate: Lets calls out.
        mode: See `Mode`.
        want: Takes what is to be asked in a batch; needed to collect.
        tries: In how many tries a batch may fail to get an answer.
    """

    def __init__(
        self,
        store: TapeStore,
        run_id: str,
        gate: Gate,
        mode: Mode = "record",
        *,
        want: Want | None = None,
        tries: int = 1,
    ) -> None:
        self._store = store
        self._run_id = run_id
        self._gate = gate
        self.mode = mode
        self._want = want
        self._tries = tries

    async def call(self, path: str, body: str, wire: Wire) -> Exchange:
        """Answer one call from the tape or over the wire.

        Args:
            path: Path of the endpoint.
            body: Canonical JSON of the request.
            wire: Makes the call when the tape has no answer.

        Returns:
            The exchange; in replay mode its `fault` says that no answer ever came.

        Raises:
            TapeHalt: It cannot be stored, a replay misses it, it waits for a batch, or it may not
                be made since the run is stopping or has no money left.
        """
        talk = current_talk.get()
        begun = Exchange(key=talk.key(path, body), path=path, request=body, status=None)
        try:
            found = await self._look_up(talk, begun)
            ended = found or await self._over_the_wire(talk, begun, wire)
        except ShipskipError as error:
            raise TapeHalt(error) from error
        talk.received += ended.succeeded
        talk.tier = ended.tier
        return ended

    async def _look_up(self, talk: Talk, begun: Exchange) -> Exchange | None:
        if self.mode == "record":
            return None
        found = self._store.answered(self._run_id, begun.key)
        if found is None and self.mode == "collect" and not talk.llm.is_rubric:
            found = await self._collect(talk, begun)
        if found is None and self.mode == "replay":
            found = next(reversed(self._tried(begun.key)), None)
        if found:
            talk.note(begun.key)
        return self._as_it_ended(talk, begun, found) if self.mode == "replay" else found

    def _as_it_ended(self, talk: Talk, begun: Exchange, found: Exchange | None) -> Exchange:
        given_up = self._store.recorded(self._run_id, talk.given_up_key)
        if given_up and talk.received >= int(given_up.response):
            # Time ran out here: during this try, between two tries, or before it was begun.
            return begun.model_copy(update={"fault": "given-up"})
        if found is None:
            raise TapeMissError(
                f"run {self._run_id}: exchange {begun.key} ({begun.path}) is not on the tape",
                remedy="the run cannot be replayed from this database; a changed prompt, persona or"
                " library makes a new request, so use the version that made the run",
            )
        return found

    async def _collect(self, talk: Talk, begun: Exchange) -> Exchange:
        """The last failure once there were enough; else the call joins the next batch.

        Raises:
            PendingError: It does.
        """
        tried = self._tried(begun.key)
        if tried and (len(tried) >= self._tries or not _may_turn_out_otherwise(tried[-1])):
            return tried[-1]
        if self._want is None:
            raise TypeError("a tape that collects needs somebody who wants the calls")
        await self._want(self._gate.call(talk, begun, "batch"))
        raise PendingError(f"exchange {begun.key} waits for its batch")

    def _tried(self, key: str) -> tuple[Exchange, ...]:
        found = self._store.tries(self._run_id, key)
        return tuple(one for one in found if one.fault not in _NO_TRY)

    async def give_up(self, talk: Talk) -> None:
        """Record that a seat's time ran out and after how many answers, so a replay ends alike.

        Args:
            talk: The calls of the seat.
        """
        if self.mode == "replay":
            return
        body = talk.review_key
        note = Call(
            run=self._run_id,
            review=body,
            key=talk.given_up_key,
            path=GIVEN_UP,
            body=body,
            sample=talk.sample,
            nth=talk.nth,
        )
        attempt = await self._store.begin_attempt(note)
        ended = Exchange(
            key=note.key,
            path=GIVEN_UP,
            request=body,
            status=None,
            fault="given-up",
            response=str(talk.received),
        )
        if attempt is not None:  # only a capped call is ever refused
            await self._store.end_attempt(self._run_id, attempt, ended, Charge(cost=Decimal(0)))

    async def _over_the_wire(self, talk: Talk, begun: Exchange, wire: Wire) -> Exchange:
        passed = await self._gate.enter(talk, begun)
        talk.note(begun.key)
        start = time.monotonic()
        change: dict[str, object] = {"fault": "dropped"}
        after: float | None = None
        try:
            status, content_type, text, after = await wire()
        except (httpx2.RequestError, asyncio.CancelledError) as error:
            change = {"fault": next(name for kind, name in _FAULTS if isinstance(error, kind))}
            raise
        else:
            change = {"status": status, "content_type": content_type, "response": text}
        finally:
            change["seconds"] = time.monotonic() - start
            ended = begun.model_copy(update=change)
            await self._gate.leave(passed, ended, after)
        return ended


def _may_turn_out_otherwise(tried: Exchange) -> bool:
    return tried.status is None or tried.status in _RETRYABLE or tried.status >= 500
