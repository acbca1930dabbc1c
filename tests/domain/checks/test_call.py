"""Words and call agree."""

import pytest

from tests.domain.checks.bench import FILLER, flags_of, words_of


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("skip", "Ship it."),
        ("skip", "I'd ship this today."),
        ("skip", "I'm shipping it."),
        ("skip", "My verdict is ship."),
        ("skip", "SHIP, without a doubt."),
        ("skip", "I wouldn't skip this."),
        ("ship", "Skip it."),
        ("ship", "I'd skip this one."),
        ("ship", "I am skipping it."),
        ("ship", "SKIP for now."),
        ("ship", "I would not ship this."),
        ("ship", "My call is a skip."),
    ],
)
def test_the_opposite_blocks(call: str, said: str) -> None:
    flags = [flag for flag in flags_of(said, call=call) if flag.kind == "call-mismatch"]
    assert len(flags) == 1
    assert flags[0].severity == "blocks"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("skip", "I'd ship it if the weights were public."),
        ("skip", "I would ship once a report is out."),
        ("skip", "It does not SHIP today."),
        ("skip", "The vendor ships under plain terms."),
        ("skip", "Don't ship it."),
        ("skip", "A reason to ship is not yet in the file."),
        ("skip", "The weights ship with a card."),
        ("ship", "I'd skip it if the terms changed."),
        ("ship", "I wouldn't skip this."),
        ("ship", "I ship this with two doubts."),
        ("ship", "Others may skip it."),
        ("ship", "The layers it skips cost nothing."),
        ("ship", "What would turn this into a skip is a change of terms."),
    ],
)
def test_agreement_and_conditions_pass(call: str, said: str) -> None:
    assert [flag for flag in flags_of(said, call=call) if flag.kind == "call-mismatch"] == []


def test_the_headline_is_read() -> None:
    flags = flags_of(headline="Skip it for now", call="ship", quote=FILLER)
    assert words_of("call-mismatch", flags) == ["Skip it"]
