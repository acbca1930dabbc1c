"""The tape: every call's request and answer, stored before anyone parses them.

From it come the audit trail, replay with the network off, and crash safety between an answer and
its row. It holds no header, no host and no key.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal, Protocol

import httpx2

from panel.domain.exchange import Exchange, tape_key
from panel.domain.secrecy import redact, without_keys
from panel.errors import ShipskipError, TapeMissError

Mode = Literal["record", "resume", "replay"]
"""record: always call. resume: use a stored success, else call. replay: never call."""


class TapeStore(Protocol):
    """Where the tape lies; `panel.store.Store` is one."""

    def answered(self, run_id: str, key: str) -> Exchange | None:
        """The first successful exchange of that key."""
        ...

    def recorded(self, run_id: str, key: str) -> Exchange | None:
        """The last exchange of that key, successful or not."""
        ...

    async def begin_attempt(
        self, run_id: str, review_key: str, key: str, path: str, body: str
    ) -> str:
        """Note that a call is about to be made; durable on return. Returns the attempt's id."""
        ...

    async def end_attempt(self, run_id: str, attempt: str, exchange: Exchange) -> None:
        """Keep how the call ended; durable on return."""
        ...


_GIVEN_UP = "/given-up"


@dataclass
class Talk:
    """The calls of one review, in order; the transport finds it in the current context.

    Attributes:
        review_key: Key of the review they belong to.
        sample: Sample number.
        exchanges: Tape keys of the calls so far, without repeats.
        received: Successful answers handed on so far.
    """

    review_key: str
    sample: int
    exchanges: list[str] = field(default_factory=list[str])
    received: int = 0

    @property
    def given_up_key(self) -> str:
        """Tape key of the note that this review's time ran out."""
        return tape_key(_GIVEN_UP, self.review_key, self.sample)

    def note(self, key: str) -> None:
        """Note a call that was begun."""
        if key not in self.exchanges:
            self.exchanges.append(key)


current_talk: ContextVar[Talk] = ContextVar("current_talk")


class TapeHalt(BaseException):
    """Carries a storage error or a tape miss past an SDK that would retry any `Exception`."""

    def __init__(self, cause: ShipskipError) -> None:
        super().__init__(str(cause))
        self.cause = cause


Wire = Callable[[], Awaitable[tuple[int, str, str]]]
"""Makes the call: returns status, media type and body."""

_FAULTS: tuple[tuple[type[BaseException], str], ...] = (
    (httpx2.TimeoutException, "timeout"),
    (asyncio.CancelledError, "cancelled"),
    (httpx2.ConnectError, "connect"),
    (httpx2.RequestError, "dropped"),
)


class Tape:
    """Records the calls of one run, or plays them back.

    Args:
        store: Where exchanges lie.
        run_id: The run they belong to.
        mode: See `Mode`.
    """

    def __init__(self, store: TapeStore, run_id: str, mode: Mode = "record") -> None:
        self._store = store
        self._run_id = run_id
        self.mode = mode

    async def call(self, path: str, body: str, wire: Wire) -> Exchange:
        """Answer one call from the tape or over the wire.

        Args:
            path: Path of the endpoint.
            body: Canonical JSON of the request.
            wire: Makes the call when the tape has no answer.

        Returns:
            The exchange; in replay mode its `fault` says that no answer ever came.

        Raises:
            TapeHalt: A replay misses the exchange, or it cannot be stored.
        """
        talk = current_talk.get()
        key = tape_key(path, body, talk.sample)
        begun = Exchange(key=key, path=path, request=body, status=None)
        try:
            found = self._look_up(talk, begun) if self.mode != "record" else None
            ended = found or await self._over_the_wire(talk, begun, wire)
        except ShipskipError as error:
            raise TapeHalt(error) from error
        talk.received += ended.succeeded
        return ended

    def _look_up(self, talk: Talk, begun: Exchange) -> Exchange | None:
        if self.mode == "resume":
            found = self._store.answered(self._run_id, begun.key)
        else:
            found = self._store.recorded(self._run_id, begun.key)
        if found:
            talk.note(begun.key)
        if self.mode == "resume":
            return found
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

    async def give_up(self, talk: Talk) -> None:
        """Record that a seat's time ran out and after how many answers, so a replay ends alike.

        Args:
            talk: The calls of the seat.
        """
        if self.mode == "replay":
            return
        key, body = talk.given_up_key, talk.review_key
        attempt = await self._store.begin_attempt(self._run_id, body, key, _GIVEN_UP, body)
        ended = Exchange(
            key=key,
            path=_GIVEN_UP,
            request=body,
            status=None,
            fault="given-up",
            response=str(talk.received),
        )
        await self._store.end_attempt(self._run_id, attempt, ended)

    async def _over_the_wire(self, talk: Talk, begun: Exchange, wire: Wire) -> Exchange:
        attempt = await self._store.begin_attempt(
            self._run_id, talk.review_key, begun.key, begun.path, begun.request
        )
        talk.note(begun.key)
        start = time.monotonic()
        change: dict[str, object] = {"fault": "dropped"}
        try:
            status, content_type, text = await wire()
        except (httpx2.RequestError, asyncio.CancelledError) as error:
            change = {"fault": next(name for kind, name in _FAULTS if isinstance(error, kind))}
            raise
        else:
            change = {"status": status, "content_type": content_type, "response": text}
        finally:
            change["seconds"] = time.monotonic() - start
            ended = begun.model_copy(update=change)
            # A paid answer is kept even when the seat's time runs out while it is being written.
            keeping = asyncio.ensure_future(self._store.end_attempt(self._run_id, attempt, ended))
            keeping.add_done_callback(_look_at)
            await asyncio.shield(keeping)
        return ended


def _look_at(keeping: asyncio.Future[None]) -> None:
    """Keep asyncio from reporting an error that nobody waits for any more: the run ends by one."""
    if not keeping.cancelled():
        keeping.exception()


_PASSED_ON = ("retry-after", "retry-after-ms", "x-should-retry")


class TapeTransport(httpx2.AsyncBaseTransport):
    """An HTTP transport that answers from the tape, or calls and records.

    Args:
        tape: The tape.
        wire: The real transport; None when no call may leave (replay).
        secrets: Keys in use, taken out of answers before they are stored.
    """

    def __init__(
        self, tape: Tape, wire: httpx2.AsyncBaseTransport | None, secrets: tuple[str, ...] = ()
    ) -> None:
        self._tape = tape
        self._wire = wire
        self._secrets = secrets

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer one request (see `httpx2.AsyncBaseTransport`)."""
        body = (await request.aread()).decode("utf-8", "replace")
        headers: dict[str, str] = {}

        async def over_the_wire() -> tuple[int, str, str]:
            if self._wire is None:
                raise httpx2.ConnectError("the network is off during a replay", request=request)
            response = await self._wire.handle_async_request(request)
            raw = httpx2.Response(
                response.status_code, headers=response.headers, stream=response.stream
            )
            text = (await raw.aread()).decode("utf-8", "replace")
            await raw.aclose()
            headers.update({k: raw.headers[k] for k in _PASSED_ON if k in raw.headers})
            clean = redact if raw.status_code >= 400 else without_keys
            media = redact(raw.headers.get("content-type", ""), self._secrets)
            return raw.status_code, media, clean(text, self._secrets)

        exchange = await self._tape.call(request.url.path, body, over_the_wire)
        if exchange.status is None:
            timed_out = exchange.fault in {"timeout", "cancelled", "given-up"}
            error = httpx2.ReadTimeout if timed_out else httpx2.ReadError
            raise error(f"the tape holds: {exchange.fault}", request=request)
        return httpx2.Response(
            exchange.status,
            headers={**headers, "content-type": exchange.content_type},
            content=exchange.response.encode("utf-8"),
            request=request,
        )

    async def aclose(self) -> None:
        """Close the real transport."""
        if self._wire is not None:
            await self._wire.aclose()
