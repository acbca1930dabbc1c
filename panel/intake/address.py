"""Which addresses may be read: http and https, at public addresses, whatever their name says.

A name is looked up once and the connection goes to the address that was checked, so that a name
server cannot answer twice. What an editor allows by name is allowed for that name alone.
"""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

import httpx2

from panel.domain.intake.reading import Trouble

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Looks up the addresses of a name; raises OSError when there are none."""

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NEVER = frozenset(
    ipaddress.ip_address(one) for one in ("169.254.169.254", "fd00:ec2::254", "100.100.100.200")
)
"""Where clouds hand out keys; not even an editor may allow it."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LONGEST = 2000
_LAST_PORT = 65_535
_NUMBERS = re.compile(r"[0-9a-fx.]+", re.IGNORECASE)


async def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses of a name as the system knows them, IPv4 first.

    Args:
        host: A name, or an address.
        port: The port it is asked for.
    """
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ordered = sorted(found, key=lambda one: one[0] != socket.AF_INET)
    return list(dict.fromkeys(str(one[4][0]) for one in ordered))


@dataclass(frozen=True)
class Pinned:
    """An URL with the addresses that its name had when it was checked.

    Attributes:
        url: The URL as it was named.
        addresses: Where to connect, best first; all of them were checked.
        allowed: Whether it may be read only because an editor allowed its host.
    """

    url: httpx2.URL
    addresses: tuple[str, ...]
    allowed: bool


class Guard:
    """Lets through what may be read.

    Args:
        allow: Hosts that may be read though they are not public, as `host` or `host:port`.
        resolve: Looks up names.
    """

    def __init__(self, allow: Sequence[str] = (), resolve: Resolver = look_up) -> None:
        self._allow = frozenset(one.strip().lower() for one in allow)
        self._resolve = resolve

    async def pin(self, address: str, came_from: Pinned | None = None) -> Pinned | Trouble:
        """Check an URL and look up where it leads.

        Args:
            address: The URL.
            came_from: The URL that redirects to it; a public page may not lead to a host that
                only an editor may name.

        Returns:
            The pinned URL, or why it is not read.
        """
        url = _parsed(address)
        if isinstance(url, Trouble):
            return url
        allowed = self._allows(url) and (came_from is None or came_from.allowed)
        try:
            found = _literal(url.host) or await self._resolve(url.host, _port(url))
            addresses = tuple(ipaddress.ip_address(one.partition("%")[0]) for one in found)
        except (OSError, ValueError, UnicodeError) as error:
            return _unknown(url.host, error)
        if not addresses:
            return _unknown(url.host, OSError("no address"))
        for one in addresses:
            if one in _NEVER or not (allowed or _public(one)):
                return _refused(url.host, one)
        return Pinned(url, tuple(map(str, addresses)), allowed)

    def _allows(self, url: httpx2.URL) -> bool:
        return bool(self._allow & {url.host.lower(), f"{url.host.lower()}:{_port(url)}"})


def _parsed(address: str) -> httpx2.URL | Trouble:
    if len(address) > _LONGEST or not address.isprintable() or " " in address:
        return _bad("it is no address: it is too long, or holds spaces or control characters")
    try:
        url = httpx2.URL(address)
    except (httpx2.InvalidURL, ValueError):
        return _bad("it is no address that can be read")
    if url.scheme not in {"http", "https"}:
        return _bad(f"only http and https are read, not {url.scheme or 'an address without one'}")
    if url.userinfo or "@" in url.netloc.decode("ascii", "replace"):
        return _bad("it carries a user name or password")
    if not url.host or _port(url) > _LAST_PORT:
        return _bad("it names no host, or no port there can be")
    return url


def _literal(host: str) -> Sequence[str]:
    """The address that a host is written as, in any of the notations that the system takes."""
    with suppress(ValueError):
        return [str(ipaddress.ip_address(host))]
    if _NUMBERS.fullmatch(host):
        with suppress(OSError):
            return [socket.inet_ntoa(socket.inet_aton(host))]
    return []


def _port(url: httpx2.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def _bad(message: str) -> Trouble:
    remedy = "write it as https://HOST/PATH, without a name or password"
    return Trouble(kind="bad-address", message=message, remedy=remedy)


def _unknown(host: str, error: Exception) -> Trouble:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return Trouble(
        kind="unreachable",
        message=f"the host {host} is not known: {reason}",
        remedy="check the address and the connection, then build again",
    )


def _refused(host: str, address: _Address) -> Trouble:
    remedy = f"if it is a server of your own, allow it with --allow-host {host}"
    return Trouble(
        kind="refused-address",
        message=f"{host} leads to {address}, which is no public address",
        remedy="leave the source out" if address in _NEVER else remedy,
    )


def _public(address: _Address) -> bool:
    """Whether an address, and any that it carries inside, belongs to the open internet."""
    return all(
        one.is_global and not (one.is_multicast or one.is_reserved) for one in _inside(address)
    )


def _inside(address: _Address) -> Iterator[_Address]:
    """An address, or the IPv4 address that an IPv6 one stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    elif address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    elif address.sixtofour:
        yield address.sixtofour
    elif address.teredo:
        yield from address.teredo
    else:
        yield address
