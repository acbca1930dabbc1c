"""The HTTP transport under every llm client: whatever passes goes by the tape."""

import httpx2

from panel.domain.secrecy import redact, without_keys
from panel.judging.pace import retry_after
from panel.judging.tape import Arrival, Tape

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

        async def over_the_wire() -> Arrival:
            if self._wire is None:
                raise httpx2.ConnectError("the network is off during a replay", request=request)
            raw = await self._wire.handle_async_request(request)
            text = (await raw.aread()).decode("utf-8", "replace")
            after = retry_after(raw.status_code, raw.headers)
            headers.update(_passed_on(raw.headers, after))
            clean = redact if raw.status_code >= 400 else without_keys
            media = redact(raw.headers.get("content-type", ""), self._secrets)
            return Arrival(raw.status_code, media, clean(text, self._secrets), after)

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


def _passed_on(headers: httpx2.Headers, after: float | None) -> dict[str, str]:
    """The headers by which a client decides on a retry.

    A wait that the gate sees to is left out: the retry waits there like every other call, off the
    seat's clock, for as long as was asked (a client gives up above two minutes), and a stop of the
    run ends it.
    """
    names = _PASSED_ON if after is None else ("x-should-retry",)
    return {name: headers[name] for name in names if name in headers}
