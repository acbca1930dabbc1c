"""A flip condition is an event that a stranger could check."""

import pytest

from panel.domain.verdict import FlipCondition
from tests.domain.checks.bench import flags_of, words_of


def _flags(condition: str) -> list[str]:
    flip = FlipCondition(condition=condition, topic="capability")
    flags = flags_of(flip_conditions=(flip,))
    assert {flag.severity for flag in flags if flag.kind == "vague-flip"} <= {"warns"}
    return words_of("vague-flip", flags)


@pytest.mark.parametrize(
    "condition",
    [
        "If the quality gets worse.",
        "if it improves",
        "If things change.",
        "If the model becomes better.",
        "The situation changes.",
        "Performance degrades noticeably.",
        "If better evidence comes along.",
        "If it turns out to be good.",
        "When more is known.",
        "If it proves itself.",
        "Should the company improve.",
    ],
)
def test_a_mood_warns(condition: str) -> None:
    assert _flags(condition) == [condition]


@pytest.mark.parametrize(
    "condition",
    [
        "The vendor publishes the weights under a named licence.",
        "An independent laboratory measures its memory.",
        "The price changes.",
        "A third party shows that it improves on CodeShore.",
        "Its score on HarbourBench falls below 50 points.",
        "The terms of use change for the worse.",
        "A dated source withdraws what the case rests on.",
        "A failure that the vendor does not explain.",
        "Documentation on what is missing.",
        "A desktop app with a plain installer reaches people without a terminal.",
    ],
)
def test_an_event_passes(condition: str) -> None:
    assert _flags(condition) == []
