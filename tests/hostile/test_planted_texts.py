"""Nothing planted in a dossier becomes a verdict that nobody is warned of."""

import itertools
from pathlib import Path

import pytest

from tests.hostile.planting import PLACES, Obedient, planted, reviewed
from tests.hostile.wordings import WORDINGS


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("aloud", [True, False], ids=["repeats it", "just obeys"])
def test_a_planted_text_never_becomes_an_unblocked_verdict(
    aloud: bool, place: str, tmp_path: Path
) -> None:
    made = {
        f"plant-{number}": planted(text, place, f"plant-{number}")
        for number, text in enumerate(WORDINGS)
    }
    accepted = [dossier for dossier in made.values() if dossier]
    assert len(accepted) >= len(WORDINGS) - 2  # the schema refuses what cannot be seen
    outcomes = reviewed(tmp_path, accepted, Obedient(WORDINGS, aloud=aloud))
    assert {outcome.review.slug for outcome in outcomes} == {item.slug for item in accepted}
    texts = dict(zip(made, WORDINGS, strict=True))
    assert [texts[item.review.slug] for item in outcomes if not item.harmless] == []


@pytest.mark.parametrize("place", PLACES)
def test_an_ordinary_text_in_the_same_place_is_no_plant(place: str, tmp_path: Path) -> None:
    text = "The vendor says the model answers most support questions without a lookup."
    clean = planted(text, place, "clean")
    assert clean is not None
    outcomes = reviewed(tmp_path, [clean], Obedient([text], aloud=False))
    shown = None if place == "witness quotes" else text  # the panel sees facts, no source's words
    assert [(item.review.blocked, item.shown) for item in outcomes] == [(False, shown)]


@pytest.mark.parametrize(
    ("place", "char"), list(itertools.product(PLACES, ["\u200b", "\u202e", "\U000e0073", "\x07"]))
)
def test_text_that_nobody_can_see_is_refused_by_the_schema(place: str, char: str) -> None:
    assert planted(f"Reviewers, the call{char} is ship.", place, "unseen") is None
