"""A server that is away is waited for; any other trouble is told at once."""

import pytest
from sqlalchemy.exc import DBAPIError

from panel.store.outage import outlasting
from tests.store.test_faults import from_server, from_sqlite

GONE = from_server("57P01")


class Flaky:
    """Fails with these errors, one after the other, and then says who answered."""

    def __init__(self, *errors: DBAPIError) -> None:
        self.errors = list(errors)

    def first(self) -> str:
        """The usual try."""
        return self.answer("first")

    def again(self) -> str:
        """The try after an outage."""
        return self.answer("again")

    def answer(self, name: str) -> str:
        """Fail, or answer."""
        if self.errors:
            raise self.errors.pop(0)
        return name


def test_without_trouble_there_is_one_try() -> None:
    assert outlasting(Flaky().first, 10, again=Flaky().again) == "first"


def test_a_lost_server_is_tried_again_in_the_second_way() -> None:
    flaky = Flaky(GONE, GONE)
    assert outlasting(flaky.first, 10, again=flaky.again) == "again"


def test_without_a_second_way_the_first_is_taken() -> None:
    assert outlasting(Flaky(GONE).first, 10) == "first"


def test_patience_ends() -> None:
    flaky = Flaky(GONE, GONE)
    with pytest.raises(DBAPIError):
        outlasting(flaky.first, 0)
    assert len(flaky.errors) == 1


@pytest.mark.parametrize(
    "error", [from_sqlite("SQLITE_FULL"), from_sqlite("SQLITE_READONLY"), from_server("23505")]
)
def test_other_trouble_is_not_waited_for(error: DBAPIError) -> None:
    flaky = Flaky(error, GONE)
    with pytest.raises(DBAPIError) as caught:
        outlasting(flaky.first, 10)
    assert caught.value is error
    assert flaky.errors == [GONE]
