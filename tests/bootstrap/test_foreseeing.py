"""Predictions of published verdicts in a workspace, and what people say about them."""

import datetime as dt
from pathlib import Path

import pytest
from pydantic import ValidationError

from panel.bootstrap.foreseeing import Word, predicted, settle_prediction
from panel.bootstrap.house import House
from panel.errors import InputError
from tests.publishing.site.books import Newsroom

NOW = dt.datetime(2027, 12, 1, 12, 0, tzinfo=dt.UTC)
WORD = Word("did-not", "Pia Santos", "Nothing of the kind was released.", "https://x.example/a")


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A workspace with two published models, of which one was taken back, and an open draft."""
    room = Newsroom(tmp_path, "command-a-plus", "hy-mt2", "qwen-studio")
    room.publish("hy-mt2")
    room.publish("command-a-plus")
    room.retract("hy-mt2", "It was wrong.")
    room.store.close()
    return House.open(tmp_path, environ={})


def test_only_what_readers_see_is_listed_and_the_last_word_stands(house: House) -> None:
    (forecast,) = predicted(house)
    assert (forecast.slug, forecast.persona, forecast.end) == ("command-a-plus", "futurist", None)
    name = f"{forecast.review[:12]}:1"
    found = settle_prediction(house, name, WORD, NOW)
    assert found.end
    assert (found.end.seq, found.end.outcome, found.end.by) == (1, "did-not", "Pia Santos")
    assert predicted(house) == (found,)
    again = settle_prediction(house, name, Word("unclear", "Ana Roy", "Hard to say."), NOW)
    assert again.end
    assert again.end.seq == 2
    assert predicted(house) == (again,)


@pytest.mark.parametrize("name", ["", ":1", "ffffffffffff:1", "0:9", "no name"])
def test_a_name_that_names_nothing_is_refused(house: House, name: str) -> None:
    with pytest.raises(InputError, match="no published prediction is called"):
        settle_prediction(house, name, WORD, NOW)


def test_words_that_cannot_be_kept_are_refused_before_anything_is_written(house: House) -> None:
    (forecast,) = predicted(house)
    name = f"{forecast.review}:1"
    for word in (Word("unclear", "Ana Roy", ""), Word("unclear", "Ana Roy", "So.", "ftp://x")):
        with pytest.raises(ValidationError):
            settle_prediction(house, name, word, NOW)
    assert predicted(house) == (forecast,)
