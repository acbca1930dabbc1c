"""What stands in a cited phrase is carried by the facts of that citation."""

import pytest

from panel.domain.verdict import Citation, Reason
from tests.domain.checks.bench import EVERY_FACT, FILLER, flags_of, words_of


def _found(said: str, *cited: tuple[str, str]) -> list[str]:
    citations = tuple(Citation(phrase=phrase, facts=(fact,)) for phrase, fact in cited)
    rest = Reason(text="The record is short.", facts=EVERY_FACT[6:])
    flags = flags_of(
        quote=f"{FILLER} {said}",
        citations=citations,
        facts=EVERY_FACT[:4],
        reasons_against=(rest, Reason(text="The record holds.", facts=EVERY_FACT[4:6])),
    )
    assert {flag.severity for flag in flags if flag.kind == "miscited"} <= {"warns"}
    return words_of("miscited", flags)


@pytest.mark.parametrize(
    ("said", "phrase", "fact", "words"),
    [
        ("It has 14 billion parameters.", "14 billion parameters", "F3", []),
        ("It has 14 billion parameters.", "14 billion parameters", "F4", ["14 billion parameters"]),
        ("No report by 10 May 2026.", "No report by 10 May 2026", "F9", []),
        ("No report by 10 May 2026.", "No report by 10 May 2026", "F3", ["10 May 2026"]),
        ("It trails Gannet 5.", "trails Gannet 5", "F6", []),
        ("At 24 GB it fits.", "At 24 GB it fits", "F7", ["24 GB"]),
        ("At $0.40 it is fair.", "At $0.40", "F3", ["$0.40"]),
        ("Under Apache 2.0 it goes.", "Under Apache 2.0", "F2", []),
        ("Under Apache 2.0 it goes.", "Under Apache 2.0", "F3", ["Apache 2.0"]),
        ("Tern 2 of 4 May 2026 stands.", "Tern 2 of 4 May 2026", "F3", []),
        ("It has 70 billion parameters.", "70 billion parameters", "F3", []),
        ("Three reasons stand.", "Three reasons", "F3", []),
    ],
)
def test_binding(said: str, phrase: str, fact: str, words: list[str]) -> None:
    assert _found(said, (phrase, fact)) == words


def test_what_stands_outside_the_phrase_is_free() -> None:
    assert _found("It has 14 billion parameters and a card.", ("a card", "F8")) == []


def test_overlapping_phrases_carry_together() -> None:
    said = "It has 14 billion parameters on a 24 GB card."
    phrase = said.rstrip(".")
    assert _found(said, (phrase, "F3")) == ["24 GB"]
    assert _found(said, (phrase, "F3"), ("a 24 GB card", "F8")) == []
