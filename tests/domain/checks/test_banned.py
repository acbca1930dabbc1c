"""Banned words are found in any inflection, and only as words."""

import pytest

from panel.testing.values import make_persona
from tests.domain.checks.bench import context_of, flags_of, words_of

PERSONA = make_persona(
    banned_words=[
        "leverage",
        "unlock",
        "game-changer",
        "ship fast",
        "delve",
        "move the needle",
        "synergy",
    ]
)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("They leverage it.", ["leverage"]),
        ("They are leveraging it.", ["leveraging"]),
        ("It leveraged little.", ["leveraged"]),
        ("It UNLOCKS little.", ["UNLOCKS"]),
        ("A game\u2011changer it is not.", ["game\u2011changer"]),
        ("Game-changers come and go.", ["Game-changers"]),
        ("They ship fast.", ["ship fast"]),
        ("It delves too far.", ["delves"]),
        ("An unlockable door.", []),
        ("The beverage is cold.", []),
        ("A delver digs.", []),
        ("That moves the needle.", ["moves the needle"]),
        ("It moved the needles.", ["moved the needles"]),
        ("They keep moving the needle.", ["moving the needle"]),
        ("They are shipping fast.", ["shipping fast"]),
        ("Synergies abound.", ["Synergies"]),
        ("It removes the needle.", []),
        ("Move the needles' box.", ["Move the needles"]),
    ],
)
def test_banned_words_warn(said: str, words: list[str]) -> None:
    flags = flags_of(said, context_of(persona=PERSONA))
    assert words_of("banned-word", flags) == words
    assert {flag.severity for flag in flags if flag.kind == "banned-word"} <= {"warns"}
