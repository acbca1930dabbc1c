"""The socket of a server of ours: told of only once whoever follows its address gets in."""

import socket
from collections.abc import Generator
from contextlib import contextmanager

from panel.errors import ShipskipError

_WAITING = 2048
"""Connections that may wait to be taken; uvicorn's own number."""


@contextmanager
def bound(host: str, port: int) -> Generator[socket.socket]:
    """A socket that listens, as long as the context lasts; connections wait until they are taken.

    Args:
        host: Host name or address.
        port: Port; 0 takes any that is free.

    Raises:
        ShipskipError: It cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named, or the event loop does not see that it is TCP and lets every answer wait 40 ms.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
            door.listen(_WAITING)
        except OSError as error:
            raise ShipskipError(
                f"cannot listen on {host}:{port} ({error.strerror})",
                remedy="choose another with --port, or stop what uses it",
            ) from error
        yield door
