import http.client

import pytest

from panel.testing import FakeOpenAI, FakeRequest, Reply, Script
from tests.testing.asking import Client


def test_one_connection_serves_many_requests(fake: FakeOpenAI, client: Client) -> None:
    for _ in range(3):
        assert client.post()[0] == 200
    assert fake.count == 3


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply.drop(), http.client.RemoteDisconnected),
        (Reply.cut(), http.client.IncompleteRead),
    ],
    ids=["drop", "cut"],
)
def test_a_connection_that_breaks(reply: Reply, error: type[Exception]) -> None:
    with FakeOpenAI([reply]) as server:
        client = Client(server)
        with pytest.raises(error):
            client.post()
        client.close()
        again = Client(server)
        assert again.post()[0] == 200
        again.close()
        assert [request.answered for request in server.requests] == [False, True]


def test_the_query_stands_apart_from_the_path(fake: FakeOpenAI, client: Client) -> None:
    client.send("GET", "/v1/models?after=a%20b&limit=2").read()
    (request,) = fake.requests
    assert (request.path, request.query) == ("/v1/models", {"after": "a b", "limit": "2"})


def test_a_script_that_raises_fails_the_test_and_not_the_server_alone() -> None:
    def script(request: FakeRequest) -> Reply:
        raise KeyError(request.llm)

    def run(script: Script) -> None:
        with FakeOpenAI(script) as server:
            client = Client(server)
            with pytest.raises(http.client.RemoteDisconnected):
                client.post()
            client.close()

    with pytest.raises(ExceptionGroup, match="script of the fake server") as caught:
        run(script)
    assert isinstance(caught.value.exceptions[0], KeyError)


def test_the_port_is_free_again_afterwards() -> None:
    with FakeOpenAI() as server:
        port = int(server.url.rpartition(":")[2])
        client = Client(server)
        client.post()
        client.close()
    with FakeOpenAI(port=port) as again:
        assert again.base_url == f"http://127.0.0.1:{port}/v1"
