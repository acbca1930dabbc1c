"""aiohttp's wire and httpx2's own: the same requests, answers, errors, proxies and certificates."""

import asyncio
import gzip
import shutil
import socket
import ssl
import subprocess
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import cast

import httpx2
import pytest

from panel.judging.aio_transport import AioTransport

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
ANSWER = b'{"call": "ship"}'
NO_CHUNK = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzzz\r\n"
TIMES = httpx2.Timeout(0.4)


def whole(body: bytes = ANSWER, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


async def read(reader: asyncio.StreamReader) -> bytes:
    """One request, whole."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:-2])
    return head + await reader.readexactly(int(lines.get(b"content-length", b"0")))


def says(*answers: bytes, then: str = "keep") -> Serve:
    """A server that reads a request for each answer, then keeps, closes or resets."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for answer in answers:
            await read(reader)
            writer.write(answer)
            await writer.drain()
        if then == "keep":
            await reader.read()
        if then == "reset":
            linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

    return serve


async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Takes a connection and reads nothing of it."""
    del reader
    cast("asyncio.Transport", writer.transport).pause_reading()
    with suppress(asyncio.CancelledError):
        await asyncio.sleep(30)


@asynccontextmanager
async def listening(serve: Serve) -> AsyncGenerator[str]:
    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


def both() -> list[httpx2.AsyncBaseTransport]:
    return [AioTransport(8), httpx2.AsyncHTTPTransport()]


async def raised(wire: httpx2.AsyncBaseTransport, url: str, body: bytes = b"{}") -> str:
    """The class of the error that a call ends in, or its status."""
    async with httpx2.AsyncClient(transport=wire, timeout=TIMES) as client:
        try:
            answer = await client.post(url, content=body)
        except Exception as error:
            return type(error).__name__
    return str(answer.status_code)


def same_error(serve: Serve, body: bytes = b"{}") -> str:
    """The class of the error that both wires end in."""

    async def work() -> set[str]:
        async with listening(serve) as url:
            return {await raised(wire, f"{url}/v1", body) for wire in both()}

    (name,) = asyncio.run(work())
    return name


@pytest.mark.parametrize(
    ("serve", "name"),
    [
        (says(b"", then="close"), "RemoteProtocolError"),
        (says(whole()[:-4], then="close"), "RemoteProtocolError"),
        (says(NO_CHUNK, then="close"), "RemoteProtocolError"),
        (says(b"no HTTP at all\r\n\r\n", then="close"), "RemoteProtocolError"),
        (says(b"", then="reset"), "ReadError"),
        (says(b""), "ReadTimeout"),
        (says(whole()[:-4]), "ReadTimeout"),
    ],
)
def test_a_fault_on_the_wire_is_the_same_error(serve: Serve, name: str) -> None:
    assert same_error(serve) == name


@pytest.mark.filterwarnings("ignore:Sending a large body")
def test_a_server_that_reads_nothing_is_left_in_time() -> None:
    async def work() -> set[str]:
        async with listening(deaf) as url:
            body = b"x" * 20_000_000
            return {await asyncio.wait_for(raised(wire, url, body), 10) for wire in both()}

    assert asyncio.run(work()) <= {"WriteTimeout", "ReadTimeout"}


def test_an_address_where_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
        assert {asyncio.run(raised(wire, url)) for wire in both()} == {"ConnectError"}


def test_a_connection_that_is_not_taken_is_a_time_out() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        url = f"http://127.0.0.1:{full.getsockname()[1]}/"
        with socket.create_connection(full.getsockname()), socket.socket() as second:
            second.settimeout(0)
            second.connect_ex(full.getsockname())
            names = {asyncio.run(raised(wire, url)) for wire in both()}
    assert names == {"ConnectTimeout"}


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificate by openssl")
def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own.pem"
    ask = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=127.0.0.1",
        "-batch",
    ]
    subprocess.run([*ask, "-keyout", own, "-out", tmp_path / "cert.pem"], check=True, stderr=-3)
    own.write_text(own.read_text() + (tmp_path / "cert.pem").read_text())
    unvouched = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    unvouched.load_cert_chain(own)

    async def work() -> set[str]:
        server = await asyncio.start_server(lambda _, w: w.close(), "127.0.0.1", 0, ssl=unvouched)
        async with server:
            port = server.sockets[0].getsockname()[1]
            return {await raised(wire, f"https://127.0.0.1:{port}/") for wire in both()}

    assert asyncio.run(work()) == {"ConnectError"}


def requests_of(make: Callable[[], httpx2.AsyncBaseTransport]) -> tuple[list[bytes], list[str]]:
    """What a wire sends for two calls, and what the client sees of the answers."""
    seen: list[bytes] = []
    answers = [
        whole(gzip.compress(ANSWER), "content-encoding: gzip", "set-cookie: a=1", "x: 1", "x: 2"),
        whole(b"", "location: /elsewhere", status="307 Temporary Redirect"),
    ]

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for answer in answers:
            seen.append(await read(reader))
            writer.write(answer)
            await writer.drain()
        await reader.read()

    async def work() -> list[str]:
        told: list[str] = []
        async with listening(serve) as url, make() as wire:
            for _ in answers:
                headers = {"host": "h", "user-agent": "us", "authorization": "Bearer k"}
                address = f"{url}/a%2Fb?c=%20"
                request = httpx2.Request("POST", address, headers=headers, content=b"{}")
                answer = await wire.handle_async_request(request)
                await answer.aread()
                told.append(f"{answer.status_code} {answer.headers.multi_items()} {answer.text}")
        return told

    told = asyncio.run(work())
    return [b"\r\n".join(sorted(request.lower().split(b"\r\n"))) for request in seen], told


def test_requests_and_answers_are_the_same_bytes_over_one_kept_connection() -> None:
    ours, theirs = (requests_of(lambda wire=wire: wire) for wire in both())
    assert ours == theirs
    assert len(ours[0]) == 2
    assert b"cookie" not in ours[0][1]
    assert "ship" in ours[1][0]


def test_the_environment_names_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)

    async def work() -> list[bytes]:
        seen: list[bytes] = []

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            seen.append(await read(reader))
            writer.write(whole())

        async with listening(serve) as url:
            monkeypatch.setenv("HTTP_PROXY", url.replace("//", "//me:word@"))
            monkeypatch.setenv("NO_PROXY", "127.0.0.1")
            assert await raised(AioTransport(8), "http://no-such-host.invalid/v1") == "200"
            assert await raised(AioTransport(8), f"{url}/direct") == "200"
        return seen

    proxied, direct = asyncio.run(work())
    assert proxied.startswith(b"POST http://no-such-host.invalid/v1 HTTP/1.1")
    assert b"basic bwu6d29yza==" in proxied.lower()
    assert direct.startswith(b"POST /direct HTTP/1.1")


def test_more_calls_than_a_hundred_run_at_once() -> None:
    many = 150
    waiting = asyncio.Event()
    count = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal count
        await read(reader)
        count += 1
        if count == many:
            waiting.set()
        await waiting.wait()
        writer.write(whole())

    async def work() -> list[int]:
        async with listening(serve) as url, AioTransport(many) as wire:
            client = httpx2.AsyncClient(transport=wire, timeout=30)
            answers = await asyncio.gather(*(client.post(url) for _ in range(many)))
            return [answer.status_code for answer in answers]

    assert asyncio.run(work()) == [200] * many
