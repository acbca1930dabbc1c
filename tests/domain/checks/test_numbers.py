"""Every number and price of a verdict is carried by a fact it cites."""

import pytest

from panel.domain.verdict import FlipCondition
from panel.testing.values import make_dossier
from tests.domain.checks.bench import DOSSIER, context_of, flags_of, found, words_of


@pytest.mark.parametrize(
    "said",
    [
        "It has 14 billion parameters.",
        "It has 14B parameters.",
        "All 14 billion of them are active.",
        "It has fourteen billion parameters.",
        "A window of 128,000 tokens is plenty.",
        "A window of 128K tokens is plenty.",
        "A window of 128k is plenty.",
        "At 61.5 points it does well.",
        "It is nine points behind, by the weekly's count.",
        "It is 9 points behind.",
        "A 24 GB card will do.",
        "A 24GB card will do.",
        "At 8-bit it fits.",
        "It takes 8 bits to fit.",
        "There are three reasons to like it and one to wait.",
        "Two questions stay open.",
        "In two years nobody will remember.",
        "It is one of a kind, and half-finished work it is not.",
        "That is half the story.",
        "Half the battle is the terms.",
        "I think twice before I trust a table.",
        "Tern 2 is a mid-sized model.",
        "First, the terms; second, the price.",
        "A first release from a third party would be another matter.",
    ],
)
def test_a_carried_number_passes(said: str) -> None:
    flags = flags_of(said)
    assert [flag for flag in flags if flag.kind == "uncarried-number"] == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("It has 70 billion parameters.", "70 billion parameters"),
        ("It has 14 million parameters.", "14 million parameters"),
        ("A window of 1M tokens is plenty.", "1M tokens"),
        ("It is 14 percent better.", "14 percent"),
        ("It scores 61 points.", "61 points"),
        ("It scores 61.5%.", "61.5%"),
        ("It is ten times cheaper to run.", "ten times"),
        ("It is twice as fast.", "twice"),
        ("It uses half the memory.", "half"),
        ("It ranks fourth overall.", "fourth"),
        ("It came third in the field.", "third"),
        ("It is 4th in line.", "4th"),
        ("It is #4 now.", "#4"),
        ("It covers twelve languages.", "twelve languages"),
        ("It covers three languages.", "three languages"),
        ("Two thirds of buyers will not care.", "Two thirds"),
        ("It is an order of magnitude smaller.", "an order of magnitude"),
        ("Millions depend on it.", "Millions"),
        ("It doubles the throughput.", "doubles"),
        ("It has a 48 GB appetite.", "48 GB"),
        ("Nine months ago nobody knew it.", "Nine months"),
        ("It has 37 known bugs.", "37"),
        ("Its speed rose 3.5x in a release.", "3.5x"),
        ("A fifth of it is padding, and the fifth point is worse.", "fifth"),
        ("It is a tenfold gain.", "tenfold"),
        ("The window spans 64K to 256K tokens.", "64K"),
    ],
)
def test_an_uncarried_number_blocks(said: str, words: str) -> None:
    flags = flags_of(said)
    assert words in words_of("uncarried-number", flags)
    assert all(flag.severity == "blocks" for flag in flags if flag.kind == "uncarried-number")


def test_only_cited_facts_carry() -> None:
    assert found("uncarried-number", "It has 14 billion parameters.", facts=("F1", "F2")) == [
        "14 billion parameters"
    ]


def test_a_fact_that_was_not_shown_carries_nothing() -> None:
    shown = context_of(fact_ids=("F1", "F2"))
    flags = flags_of("It has 14 billion parameters.", shown)
    assert words_of("uncarried-number", flags) == ["14 billion parameters"]
    assert "unknown-fact" in {flag.kind for flag in flags}


def test_flip_conditions_may_name_numbers() -> None:
    flip = FlipCondition(condition="It scores 90 points on CodeShore.", topic="benchmark")
    assert words_of("uncarried-number", flags_of(flip_conditions=(flip,))) == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("At $0.40 per million tokens it is cheap.", []),
        ("At 0.40 dollars per million it is cheap.", []),
        ("At 40 cents per million it is cheap.", []),
        ("At $1.60 out it is fair.", []),
        ("At $5 it is dear.", ["$5"]),
        ("At \u20ac0.40 it is cheap.", ["\u20ac0.40"]),
        ("It earned $14.3 billion.", ["$14.3 billion"]),
        ("The weights come at no charge.", []),
        ("It is free.", []),
        ("The licence line is $0 at any volume.", []),
        ("The licence line is zero at any volume.", []),
        ("It costs zero dollars.", []),
        ("It costs 0 euros.", []),
        ("A royalty-free and jargon-free file.", []),
        ("Feel free to disagree; anyone is free to try.", []),
    ],
)
def test_prices(said: str, words: list[str]) -> None:
    assert found("uncarried-price", said) == words


@pytest.mark.parametrize(
    "said", ["It is free.", "It costs nothing.", "It comes at no charge.", "It costs $0."]
)
def test_free_is_a_price(said: str) -> None:
    assert len(found("uncarried-price", said, facts=("F1", "F2"))) == 1


def test_a_figure_that_stands_twice_in_a_field_is_told_once() -> None:
    said = "It has 37 bugs, and 37 bugs are many."
    assert found("uncarried-number", said, headline="A file with 37 bugs") == ["37", "37"]


RANGES = make_dossier(
    facts=[
        {
            **DOSSIER.facts[3].model_dump(mode="json"),
            "statement": statement,
            "brief": "a window",
            "value": None,
            "unit": None,
            "witnesses": [{"source": "S1", "quote": "a window"}],
        }
        for statement in ["It reads 128K-256K tokens, half of what 1 million would be; ranked #4."]
    ],
    price={},
)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("It reads 128,000 to 256,000 tokens.", []),
        ("It reads 256K tokens at most.", []),
        ("It reads 1M tokens.", []),
        ("It reads one million tokens.", []),
        ("It reads 1,000,000 tokens.", []),
        ("That is 50% of it.", []),
        ("That is 50 percent of it.", []),
        ("It ranks fourth.", []),
        ("It sits in 4th place.", []),
        ("It reads 512K tokens.", ["512K tokens"]),
        ("It reads 256 tokens.", ["256 tokens"]),
    ],
)
def test_spellings_of_one_number(said: str, words: list[str]) -> None:
    flags = flags_of(said, context_of(RANGES), facts=("F4",))
    assert words_of("uncarried-number", flags) == words
