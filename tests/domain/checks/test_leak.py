"""The instructions, the persona file and the prompt's marks stay inside."""

import pytest

from tests.domain.checks.bench import context_of, flags_of, found, words_of


def test_eight_words_of_the_rules_leak_and_seven_do_not() -> None:
    eight = "Judge the file that lies before this panel"
    assert found("leak", f"{eight}.") == [eight]
    assert found("leak", "Judge the file that lies before this.") == []


def test_the_persona_and_its_portrait_leak() -> None:
    said = "This reviewer has answered a telephone at night for eleven years running."
    assert found("leak", said) == [said[:-1]]
    portrait = context_of().persona.portrait
    assert portrait
    words = " ".join(portrait.split()[:9])
    assert len(words_of("leak", flags_of(words))) == 1


@pytest.mark.parametrize(
    "said",
    [
        "As an AI, I cannot say.",
        "As a large language model, I have no view.",
        "I am an AI and have no view.",
        "My training data ends before this.",
        "My system prompt forbids it.",
        "I was told to be brief.",
        "I'm sorry, but I have no view.",
        "I cannot help with that.",
        "The system prompt says no.",
        "It says <|im_start|> somewhere.",
        "It says [INST] somewhere.",
        "It says </source> somewhere.",
        "It is <b>bold</b>.",
        "Click javascript:alert(1).",
        'It is {"call": "ship"} now.',
        "It ends. Assistant: more.",
        "The mark 9f2c41d07ab3 stands here.",
    ],
)
def test_marks_and_talk_of_the_self_block(said: str) -> None:
    flags = [flag for flag in flags_of(said) if flag.kind == "leak"]
    assert flags
    assert {flag.severity for flag in flags} == {"blocks"}


@pytest.mark.parametrize(
    "said",
    [
        "It is a language model of middling size.",
        "An open-weight language model with terms.",
        "The system: a router and two parts.",
        "As an aid to planning it will do.",
        "It costs less than <nothing said>.".replace("<", "").replace(">", ""),
        "Prompt answers are welcome.",
        "My instinct says wait.",
    ],
)
def test_plain_prose_leaks_nothing(said: str) -> None:
    assert found("leak", said) == []
