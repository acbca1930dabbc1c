"""The wire under the tape: aiohttp behind httpx2's door, for a fraction of the CPU of httpx2's own.

Every error leaves as the one httpx2's own transport raises, since retries and the kinds of failure
hang on it; the adapters there are call a dropped connection a time-out.
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx2
from yarl import URL

_OWN_HEADERS = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")
"""What aiohttp would add; the request says for itself what it wants."""

_LONGEST_HEADER = 65_536

_AS_HTTPX: tuple[tuple[type[Exception], type[httpx2.TransportError]], ...] = (
    (aiohttp.ConnectionTimeoutError, httpx2.ConnectTimeout),
    (TimeoutError, httpx2.ReadTimeout),
    (aiohttp.ClientProxyConnectionError, httpx2.ProxyError),
    (aiohttp.ClientHttpProxyError, httpx2.ProxyError),
    (aiohttp.ClientConnectorError, httpx2.ConnectError),
    (aiohttp.InvalidURL, httpx2.UnsupportedProtocol),
    (aiohttp.ServerDisconnectedError, httpx2.RemoteProtocolError),
    (aiohttp.ClientPayloadError, httpx2.RemoteProtocolError),
    (aiohttp.ClientResponseError, httpx2.RemoteProtocolError),
    (aiohttp.ClientError, httpx2.ReadError),
    (OSError, httpx2.ReadError),
)
"""What aiohttp raises and what httpx2's own transport raises then; the first that fits counts."""


class AioTransport(httpx2.AsyncBaseTransport):
    """Sends requests through aiohttp: certificates and proxies as httpx2 finds them, no cookies.

    Args:
        connections: Most connections at once, all of them kept alive between calls.
    """

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._opened: aiohttp.ClientSession | None = None
        self._proxies: dict[tuple[str, str], str | None] = {}

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request and read the whole answer (see `httpx2.AsyncBaseTransport`).

        Raises:
            TransportError: No answer came, or not all of it.
        """
        with _as_httpx(request):
            async with self._session().request(
                request.method,
                URL(str(request.url), encoded=True),
                data=await request.aread() or None,
                headers=request.headers.multi_items(),
                allow_redirects=False,
                timeout=_timeout(request.extensions.get("timeout", {})),
                proxy=self._proxy(request.url),
            ) as answer:
                return httpx2.Response(
                    answer.status,
                    headers=answer.raw_headers,
                    stream=httpx2.ByteStream(await answer.read()),
                    request=request,
                )

    async def aclose(self) -> None:
        """Close all connections."""
        if self._opened is not None:
            await self._opened.close()

    def _session(self) -> aiohttp.ClientSession:
        """Opened late: it belongs to the loop that runs then."""
        if self._opened is None:
            self._opened = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._connections, ssl=httpx2.create_ssl_context()
                ),
                auto_decompress=False,  # httpx2 does that
                cookie_jar=aiohttp.DummyCookieJar(),
                max_field_size=_LONGEST_HEADER,
                max_line_size=_LONGEST_HEADER,
                skip_auto_headers=_OWN_HEADERS,
            )
        return self._opened

    def _proxy(self, url: httpx2.URL) -> str | None:
        """The proxy that the environment names for an address, looked up once.

        aiohttp looks for itself too (`trust_env`), but at every call, and then reads `.netrc`.
        """
        address = (url.scheme, url.netloc.decode("ascii"))
        if address not in self._proxies:
            named = {} if proxy_bypass(address[1]) else getproxies()
            found = named.get(url.scheme) or named.get("all")
            bare = found is None or "://" in found
            self._proxies[address] = found if bare else f"http://{found}"
        return self._proxies[address]


@contextmanager
def _as_httpx(request: httpx2.Request) -> Generator[None]:
    try:
        yield
    except (aiohttp.ClientError, OSError) as error:
        kind = next(raised for caught, raised in _AS_HTTPX if isinstance(error, caught))
        raise kind(str(error) or type(error).__name__, request=request) from error


def _timeout(given: Mapping[str, float | None]) -> aiohttp.ClientTimeout:
    """The four times of httpx2.

    aiohttp counts the wait for a free connection with connecting, and bounds no write: one that
    hangs ends with all four times together.
    """
    pool, connect, read = given.get("pool"), given.get("connect"), given.get("read")
    return aiohttp.ClientTimeout(
        total=_sum(pool, connect, given.get("write"), read),
        connect=_sum(pool, connect),
        sock_connect=connect,
        sock_read=read,
    )


def _sum(*times: float | None) -> float | None:
    known = [time for time in times if time is not None]
    return sum(known) if len(known) == len(times) else None
