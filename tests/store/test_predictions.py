"""How predictions turned out is kept word by word; the last one stands, none is lost."""

import datetime as dt

import pytest

from panel.domain.publication.predictions import PredictionEnd, standing_ends
from panel.errors import StoreError
from panel.store.store import Store

NOON = dt.datetime(2027, 3, 1, 12, 0, tzinfo=dt.UTC)


def word(review: str = "a", number: int = 1, outcome: str = "came-true") -> PredictionEnd:
    told = {"review": review * 64, "number": number, "outcome": outcome, "by": "Pia Roy"}
    return PredictionEnd.model_validate(
        {**told, "at": NOON, "reason": "It did.", "url": "https://x.example/a"}
    )


def test_words_are_numbered_by_prediction_and_read_back_whole(store: Store) -> None:
    assert store.prediction_ends() == ()
    later = word(outcome="did-not").model_copy(update={"at": NOON + dt.timedelta(days=1)})
    assert [store.end_prediction(one) for one in (word(), word("b", 2), later)] == [1, 1, 2]
    assert store.prediction_ends() == (
        word(),
        later.model_copy(update={"seq": 2}),
        word("b", 2),
    )
    assert standing_ends(store.prediction_ends())["a" * 64, 1].outcome == "did-not"


def test_the_same_word_twice_is_two_words(store: Store) -> None:
    assert [store.end_prediction(word()) for _ in range(2)] == [1, 2]


def test_a_store_opened_for_reading_refuses(store: Store, url: str) -> None:
    store.end_prediction(word())
    with Store.open(url, write=False) as reading:
        assert len(reading.prediction_ends()) == 1
        with pytest.raises(StoreError, match="opened for reading"):
            reading.end_prediction(word())
