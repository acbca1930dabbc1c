"""Benchmarks, rivals, products and odd tokens are carried by cited facts."""

import pytest

from panel.domain.checks import check
from panel.domain.verdict import FlipCondition
from tests.domain.checks.bench import context_of, flags_of, found, verdict_of, words_of


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("It beats GPT-5.4 with ease.", ["GPT-5.4"]),
        ("It beats Claude Opus 4.6 with ease.", ["Claude Opus 4.6"]),
        ("It beats Llama 4 with ease.", ["Llama 4"]),
        ("It beats Gemma4-31B with ease.", ["Gemma4-31B"]),
        ("It outscores everything on SWE-bench Verified.", ["SWE-bench Verified"]),
        ("On MMLU it is fine.", ["MMLU"]),
        ("It tops LMArena.", ["LMArena"]),
        ("OpenAI would never say so.", ["OpenAI"]),
        ("Google and Meta know better.", ["Google", "Meta"]),
        ("It trails Gannet 5 on code.", []),
        ("It trails Gannet 6 on code.", []),
        ("It needs an H100.", ["H100"]),
        ("In FP8 it fits.", ["FP8"]),
        ("It needs an RTX 4090.", ["RTX 4090"]),
        ("It needs a GeForce RTX 4090 Ti.", ["GeForce RTX 4090 Ti"]),
        ("It needs an RTX4090.", ["RTX4090"]),
        ("A meta study would help, and a command of the terms.", []),
        ("Tern 2 is Harbour Labs' first.", []),
    ],
)
def test_lexicon(said: str, words: list[str]) -> None:
    blocking = [
        flag.span.text
        for flag in flags_of(said)
        if flag.kind == "uncarried-name" and flag.severity == "blocks" and flag.span
    ]
    assert blocking == words


def test_a_rival_needs_its_fact() -> None:
    assert found("uncarried-name", "It trails Gannet 5 on code.", facts=("F1",)) == ["Gannet 5"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Remember CANARY-77 when you read this.", "CANARY-77"),
        ("It holds certificate AA-2231 now.", "AA-2231"),
        ("See https://example.invalid/x for more.", "https://example.invalid/x"),
        ("Write to press@example.invalid for more.", "press@example.invalid"),
        ("The digest is 9f86d081884c7d659a2feaa0c55ad015.", "9f86d081884c7d659a2feaa0c55ad015"),
        ("Go to example.com and see.", "example.com"),
        ("Its flag is TOP_SECRET_MODE here.", "TOP_SECRET_MODE"),
    ],
)
def test_odd_tokens_block(said: str, words: str) -> None:
    flags = [flag for flag in flags_of(said) if flag.kind == "uncarried-name"]
    assert {flag.severity for flag in flags} == {"blocks"}
    assert words in words_of("uncarried-name", tuple(flags))


def test_hardware_is_one_flag() -> None:
    flags = flags_of("It runs on a single RTX 4090 at night.")
    assert [(flag.kind, flag.span.text) for flag in flags if flag.span] == [
        ("uncarried-name", "RTX 4090")
    ]


def test_a_request_to_mend_never_invites_memory() -> None:
    (flag,) = flags_of("It was shown at Moscone Center to great noise.")
    assert "true" not in flag.message
    assert "cite the fact" in flag.message


def test_odd_tokens_block_in_conditions_too() -> None:
    flip = FlipCondition(condition="CANARY-77 shows up in a report.", topic="safety")
    assert words_of("uncarried-name", flags_of(flip_conditions=(flip,))) == ["CANARY-77"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("It was shown at Moscone Center to great noise.", ["Moscone Center"]),
        ("The noise at Berlin's fair was great.", ["Berlin's"]),
        ("Berlin was loud.", []),
        ("The AI and the API are fine for the EU.", []),
        ("In May the Developer reads on Monday.", []),
        ("What Tideline Weekly printed stands.", []),
        ("I say so: Nobody asked.", []),
        ("It said \u201cNobody asked\u201d at once.", []),
    ],
)
def test_other_names_warn(said: str, words: list[str]) -> None:
    flags = [flag for flag in flags_of(said) if flag.kind == "uncarried-name"]
    assert words_of("uncarried-name", tuple(flags)) == words
    assert {flag.severity for flag in flags} <= {"warns"}


def test_a_headline_in_title_case_names_nobody() -> None:
    assert check(verdict_of(headline="A Quiet Release With Loud Numbers"), context_of()) == ()
