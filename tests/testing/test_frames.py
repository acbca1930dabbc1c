"""The fake llm's sentences name nothing a fact would have to carry, whichever variant is drawn."""

import re

import pytest

from panel.domain.verdict import Call
from panel.testing.frames import FLIPS, HEADLINES, QUOTE, REASON_AGAINST, REASON_FOR

_CHOICE = re.compile(r"\{[^{}]*\}")


def _longest(frame: str) -> str:
    return _CHOICE.sub(lambda found: max(found[0][1:-1].split("|"), key=len), frame)


def _shortest(frame: str) -> str:
    return _CHOICE.sub(lambda found: min(found[0][1:-1].split("|"), key=len), frame)


ALL = [
    *(frame for call in QUOTE.values() for sentence in call for frame in sentence),
    *(frame for call in HEADLINES.values() for frame in call),
    *(frame for call in FLIPS.values() for frame in call),
    REASON_FOR,
    REASON_AGAINST,
]


@pytest.mark.parametrize("frame", ALL)
def test_no_frame_names_a_number_or_leaves_a_brace(frame: str) -> None:
    assert not re.search(r"\d|[{}]", _longest(frame))
    assert _CHOICE.sub("", frame).count("{") == 0


@pytest.mark.parametrize("call", ["ship", "skip"])
def test_every_quote_has_60_to_160_words(call: Call) -> None:
    shortest = sum(min(len(_shortest(f).split()) for f in sentence) for sentence in QUOTE[call])
    longest = sum(max(len(_longest(f).split()) for f in sentence) for sentence in QUOTE[call])
    assert shortest >= 60
    assert longest <= 160
