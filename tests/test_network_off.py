import socket
import threading

import pytest

from panel.testing import FakeOpenAI


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("10.0.0.1", 443)])
def test_a_connection_beyond_this_machine_is_refused(address: tuple[str, int]) -> None:
    with socket.socket() as client, pytest.raises(RuntimeError, match="network off"):
        client.connect(address)


def test_a_name_beyond_this_machine_is_not_looked_up() -> None:
    with pytest.raises(RuntimeError, match="network off"):
        socket.getaddrinfo("example.org", 443)


def test_other_threads_are_held_to_it_too() -> None:
    seen: list[str] = []

    def call() -> None:
        try:
            socket.create_connection(("192.0.2.1", 80))
        except RuntimeError as error:
            seen.append(str(error))

    thread = threading.Thread(target=call)
    thread.start()
    thread.join()
    assert seen == ["socket.getaddrinfo to 192.0.2.1: tests run with the network off"]


def test_this_machine_may_be_called(fake: FakeOpenAI) -> None:
    port = int(fake.url.rpartition(":")[2])
    for host in ("127.0.0.1", "localhost"):
        with socket.create_connection((host, port)) as client:
            assert client.getpeername()[1] == port
