from collections.abc import Iterator

import pytest

from panel.testing import FakeOpenAI
from tests.testing.asking import Client


@pytest.fixture
def client(fake: FakeOpenAI) -> Iterator[Client]:
    client = Client(fake)
    yield client
    client.close()
