"""Fetches one page the careful way: checked at every hop, bounded in time and size, no cookies."""

import asyncio
import ssl
import zlib
from collections.abc import AsyncIterator, Mapping
from typing import NamedTuple, cast

import httpx2

from panel.domain.intake.reading import Trouble
from panel.intake.address import Guard, Pinned
from panel.intake.bounds import MAX_BYTES, too_big

MAX_HOPS = 5
MAX_SECONDS = 10.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65_536

_HEADERS = {
    "user-agent": "shipskip (reads a page once, for an editor)",
    "accept": "text/html,application/xhtml+xml,application/pdf,text/*;q=0.9,*/*;q=0.5",
    "accept-language": "en",
    "accept-encoding": "gzip",
    "connection": "close",
}


class Fetched(NamedTuple):
    """What a server answered, at the end of its redirects.

    Attributes:
        url: Where it stood.
        status: HTTP status.
        headers: Headers of the answer.
        body: Its bytes, unpacked.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media(self) -> str:
        """Its media type without parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The charset its header declares; empty when it declares none."""
        _, _, rest = self.headers.get("content-type", "").lower().partition("charset=")
        return rest.partition(";")[0].strip(" \"'")


class Fetcher:
    """Fetches pages through a guard.

    Args:
        guard: Says what may be read.
        seconds: Most seconds one page may take, its redirects included.
        max_bytes: Most bytes of one page after unpacking.
    """

    def __init__(
        self, guard: Guard, *, seconds: float = MAX_SECONDS, max_bytes: int = MAX_BYTES
    ) -> None:
        self._guard = guard
        self._seconds = seconds
        self._max_bytes = max_bytes
        self._certificates: ssl.SSLContext | None = None

    async def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Fetched | Trouble:
        """Fetch a page.

        Args:
            url: Its address.
            headers: Further headers, such as `if-none-match`.

        Returns:
            The answer whatever its status, or why there is none.
        """
        try:
            async with asyncio.timeout(self._seconds):
                return await self._follow(url, {**_HEADERS, **(headers or {})})
        except TimeoutError:
            return Trouble(
                kind="timeout",
                message=f"it took longer than {self._seconds:g} seconds",
                remedy="build again later, or save the page and name the saved file",
            )
        except (httpx2.TransportError, ssl.SSLError, OSError) as error:
            reason = str(error) or type(error).__name__
            return Trouble(
                kind="unreachable",
                message=f"the server does not answer as it should: {reason}",
                remedy="check the address, build again later, or save the page as a file",
            )

    async def _follow(self, url: str, headers: Mapping[str, str]) -> Fetched | Trouble:
        came_from: Pinned | None = None
        for _ in range(MAX_HOPS + 1):
            pinned = await self._guard.pin(url, came_from)
            if isinstance(pinned, Trouble):
                return pinned
            answer = await self._get(pinned, headers)
            if isinstance(answer, Trouble):
                return answer
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not location:
                return answer
            try:
                url = str(pinned.url.join(location))
            except (httpx2.InvalidURL, ValueError):
                url = location
            came_from = pinned
        return Trouble(
            kind="redirects",
            message=f"it redirects more than {MAX_HOPS} times",
            remedy="name the address at which the page ends up in a browser",
        )

    async def _get(self, pinned: Pinned, headers: Mapping[str, str]) -> Fetched | Trouble:
        """Ask the first address that takes the connection."""
        for at, address in enumerate(pinned.addresses):
            try:
                return await self._ask(pinned.url, address, headers)
            except (httpx2.ConnectError, httpx2.ConnectTimeout):
                if at + 1 == len(pinned.addresses):
                    raise
        raise httpx2.ConnectError("no address")

    async def _ask(
        self, url: httpx2.URL, address: str, headers: Mapping[str, str]
    ) -> Fetched | Trouble:
        if self._certificates is None:
            self._certificates = httpx2.create_ssl_context()
        request = httpx2.Request(
            "GET",
            url.copy_with(host=address, fragment=None),
            headers={**headers, "host": url.netloc.decode("ascii")},
            extensions={
                "sni_hostname": url.host,
                "timeout": dict.fromkeys(("connect", "read", "write", "pool"), self._seconds),
            },
        )
        async with httpx2.AsyncHTTPTransport(
            verify=self._certificates, trust_env=False
        ) as transport:
            response = await transport.handle_async_request(request)
            try:
                found = await self._body(response)
            finally:
                await response.aclose()
        if isinstance(found, Trouble):
            return found
        return Fetched(str(url), response.status_code, dict(response.headers.items()), found)

    async def _body(self, response: httpx2.Response) -> bytes | Trouble:
        """The unpacked body, never more of it in memory than may be kept."""
        packing = response.headers.get("content-encoding", "identity").strip().lower()
        if packing not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            return Trouble(
                kind="not-text",
                message=f"it is packed as {packing}, which was not asked for",
                remedy="save the page in a browser and name the saved file",
            )
        unpack = None if packing in {"", "identity"} else _inflater()
        kept = bytearray()
        async for chunk in cast("AsyncIterator[bytes]", response.stream):
            rest = chunk
            while rest:
                if unpack is None:
                    kept += rest
                    rest = b""
                else:
                    try:
                        kept += unpack.decompress(rest, _CHUNK)
                    except zlib.error as error:
                        return _spoilt(str(error))
                    rest = unpack.unconsumed_tail
                if len(kept) > self._max_bytes:
                    return too_big(self._max_bytes)
        if unpack is not None and kept and not unpack.eof:
            return _spoilt("they end in the middle")
        return bytes(kept)


def _inflater() -> "zlib._Decompress":  # pyright: ignore[reportPrivateUsage]
    return zlib.decompressobj(wbits=47)  # gzip or zlib, whichever it turns out to be


def _spoilt(reason: str) -> Trouble:
    return Trouble(
        kind="broken",
        message=f"its bytes cannot be unpacked: {reason}",
        remedy="build again, or save the page in a browser and name the saved file",
    )


def refusal(status: int) -> Trouble | None:
    """The trouble of an HTTP status; None for a success.

    Args:
        status: The status.
    """
    if 200 <= status < 300:
        return None
    if status in {401, 407}:
        remedy = "sign in yourself, save the page, and name the saved file"
        return Trouble(kind="login-wall", message=f"it asks who you are ({status})", remedy=remedy)
    if status == 402:
        remedy = "read it with your own subscription, save the page, and name the saved file"
        return Trouble(kind="paywall", message="it asks for payment (402)", remedy=remedy)
    if status in {404, 410}:
        remedy = "correct the address, or leave the source out"
        return Trouble(kind="not-found", message=f"there is no such page ({status})", remedy=remedy)
    if status in {403, 429, 451}:
        remedy = "open it in a browser, save the page, and name the saved file"
        message = f"the server does not serve it to programs ({status})"
        return Trouble(kind="http-error", message=message, remedy=remedy)
    remedy = "build again later, or save the page and name the saved file"
    return Trouble(kind="http-error", message=f"the server answers {status}", remedy=remedy)
