"""Another sample is a new review of the same seat, under another seed and nothing else."""

import asyncio

import pytest

from panel.bootstrap.planning import Plan, plan
from panel.bootstrap.proofs import verify
from panel.bootstrap.running import start
from panel.bootstrap.sampling import ask_another, sample_run
from panel.errors import InputError
from panel.store.store import Store
from panel.testing import FakeOpenAI
from tests.bootstrap.conftest import Opened


def began(house: Opened, server: FakeOpenAI, store: Store) -> Plan:
    made = plan(house(server, input_price="1", output_price="2"), ["hy-mt2"])
    asyncio.run(start(made, store))
    return made


def test_the_seat_is_asked_as_before_but_for_its_seed(house: Opened) -> None:
    with FakeOpenAI() as server, house().store(write=True) as store:
        run = began(house, server, store).run
        before = {review.persona: review for review in store.reviews(run.id)}
        asked = [request for request in server.requests if "Skeptic" in str(request.body)]
        made = sample_run(run, "hy-mt2", "skeptic", 2)
        review = asyncio.run(ask_another(house(), store, made))
        assert (review.persona, review.sample) == ("skeptic", 2)
        assert review.key != before["skeptic"].key
        assert review.prompt == before["skeptic"].prompt
        last = server.requests[-1].body
        alike = next(one.body for one in asked if one.body["messages"] == last["messages"])
        assert {name for name in last if last[name] != alike.get(name)} == {"seed"}
        assert store.reviews(run.id) == tuple(before.values())
        assert verify(store, made.id, None, house().workspace) == []
        assert store.run(made.id).parent == run.id


def test_a_seat_that_was_never_there_is_refused(house: Opened) -> None:
    with FakeOpenAI() as server, house().store(write=True) as store:
        run = began(house, server, store).run
        with pytest.raises(InputError, match="no seat nobody"):
            sample_run(run, "hy-mt2", "nobody", 2)
        with pytest.raises(InputError, match="no seat skeptic for tern"):
            sample_run(run, "tern", "skeptic", 2)
