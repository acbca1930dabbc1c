"""Who votes, without knowing who it is: a signed cookie, and addresses hashed with a daily salt.

A reader who brings no cookie is named by address and browser with the salt of the day, and gets a
cookie with that name; so many requests at once are one visitor, whether they brought it or not.
"""

import hmac
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import Request
from starlette.responses import Response

from panel.domain.value import Digest, digest_of

_YEAR = 365 * 24 * 3600
_NAME = "shipskip-visitor"


def address_of(request: Request) -> str:
    """Where a request comes from; what a proxy on this machine says, where there is one.

    Args:
        request: The request.
    """
    return request.client.host if request.client else ""


def network_of(address: str, *, v6_bits: int = 48, v4_bits: int = 24) -> str:
    """The network an address belongs to.

    Args:
        address: An IP address, or any other name of a client.
        v6_bits: Bits of an IPv6 address that are kept.
        v4_bits: Bits of an IPv4 address that are kept.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    bits = v6_bits if isinstance(found, IPv6Address) else v4_bits
    return str(ip_network(f"{found}/{bits}", strict=False))


def network_digest(address: str, salt: str) -> Digest:
    """Names the network of an address for as long as the salt is known.

    Args:
        address: The address.
        salt: The salt of the day.
    """
    return digest_of("network", f"{salt}\n{network_of(address)}")


def visitor_digest(name: str) -> Digest:
    """What the records keep of a visitor's name.

    Args:
        name: The name.
    """
    return digest_of("visitor", name)


def known_visitor(request: Request, secret: bytes) -> str:
    """The name in a visitor's cookie; empty without one, or when it is not of our making.

    Args:
        request: The request.
        secret: Signs cookies.
    """
    for cookie in (_NAME, f"__Host-{_NAME}"):
        name, dot, given = request.cookies.get(cookie, "").partition(".")
        if dot and hmac.compare_digest(given.encode(), _signature(name, secret).encode()):
            return name
    return ""


def new_visitor(request: Request, secret: bytes, salt: str) -> str:
    """A name for a visitor who brings none; the same for the same address and browser all day.

    Args:
        request: The request.
        secret: Keeps anybody from making names up.
        salt: The salt of the day.
    """
    # One household may change its IPv6 addresses at will within its /64.
    address = network_of(address_of(request), v6_bits=64, v4_bits=32)
    told = f"visitor\n{salt}\n{address}\n{request.headers.get('user-agent', '')}"
    return hmac.new(secret, told.encode("utf-8", "replace"), "sha256").hexdigest()


def keep_visitor(response: Response, name: str, secret: bytes, *, is_https: bool) -> None:
    """Let a browser carry a visitor's name.

    Args:
        response: The answer.
        name: The name.
        secret: Signs cookies.
        is_https: Whether the site is reached over TLS.
    """
    response.set_cookie(
        f"__Host-{_NAME}" if is_https else _NAME,
        f"{name}.{_signature(name, secret)}",
        max_age=_YEAR,
        path="/",
        secure=is_https,
        httponly=True,
        samesite="lax",
    )


def _signature(name: str, secret: bytes) -> str:
    return hmac.new(secret, b"cookie\n" + name.encode("utf-8", "replace"), "sha256").hexdigest()
