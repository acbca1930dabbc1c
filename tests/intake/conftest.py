from collections.abc import Iterator

import pytest

from tests.intake.website import Website


@pytest.fixture
def site() -> Iterator[Website]:
    with Website() as server:
        yield server
