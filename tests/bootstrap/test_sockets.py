"""A server's address leads somewhere as soon as it is told."""

import socket

import pytest

from panel.bootstrap.sockets import bound
from panel.errors import ShipskipError


def test_a_connection_waits_before_anybody_takes_it() -> None:
    with bound("127.0.0.1", 0) as door, socket.create_connection(door.getsockname()) as caller:
        taken, _ = door.accept()
        taken.sendall(b"here")
        assert caller.recv(4) == b"here"
        taken.close()


def test_a_taken_port_is_told_with_what_to_do() -> None:
    with bound("127.0.0.1", 0) as door:
        port = door.getsockname()[1]
        refused = pytest.raises(ShipskipError, match=f"listen on 127.0.0.1:{port} .*--port")
        with refused, bound("127.0.0.1", port):
            pass


@pytest.mark.parametrize("host", ["256.0.0.1", "no such host"])
def test_a_host_that_is_none_is_told(host: str) -> None:
    with pytest.raises(ShipskipError, match="cannot listen on"), bound(host, 0):
        pass
