"""Marks of a markup language block, and plain punctuation does not."""

import pytest

from panel.domain.verdict import FlipCondition
from tests.domain.checks.bench import flags_of, found, words_of


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("It is **free** now.", ["**free**"]),
        ("It is *plainly* so.", ["*plainly*"]),
        ("It is __plainly__ so.", ["__plainly__"]),
        ("It is _plainly_ so.", ["_plainly_"]),
        ("It is ~~free~~ so.", ["~~free~~"]),
        ("It ends** here.", ["** here."]),
        ("Run `pip` first.", ["`pip`"]),
        ("See ```code``` here.", ["`code`"]),
        ("It ends. ### Terms follow.", ["### Terms"]),
        ("It ends. # Terms follow.", ["# Terms"]),
        ("See [terms](http://x.invalid/y).", ["[terms](http://x.invalid/y)"]),
        ("See ![chart](http://x.invalid/y).", ["![chart](http://x.invalid/y)"]),
        ("| a | b | c |", ["| a | b |"]),
    ],
)
def test_markup_blocks(said: str, words: list[str]) -> None:
    flags = [flag for flag in flags_of(said) if flag.kind == "markup"]
    assert {flag.severity for flag in flags} == {"blocks"}
    assert all(flag.mendable for flag in flags)
    assert len(flags) == 1
    assert words[0] in words_of("markup", tuple(flags))[0]


@pytest.mark.parametrize(
    "opening", ["- It is so.", "* It is so.", "\u2022 It is so.", "1. It is so."]
)
def test_a_bullet_at_the_start_blocks(opening: str) -> None:
    flip = FlipCondition(condition=opening, topic="price")
    assert len(words_of("markup", flags_of(flip_conditions=(flip,)))) == 1


@pytest.mark.parametrize(
    "said",
    [
        "It ranks #4 in the list.",
        "A well-known - and dull - truth.",
        "Two * three is six.",
        "It's the vendor's `word'.",
        "The file [as printed] says so.",
        "Read it (http is enough).",
        "snake_case_names are fine.",
        "Either/or | neither.",
        "Command A+ stays.",
        "A C# port is missing.",
    ],
)
def test_plain_prose_passes(said: str) -> None:
    assert found("markup", said) == []


@pytest.mark.parametrize("said", ["See [terms](http://x.invalid/y).", "### Heading follows."])
def test_markup_is_told_once(said: str) -> None:
    assert found("leak", said) == []
