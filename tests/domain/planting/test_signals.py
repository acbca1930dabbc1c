"""Signals are well formed: named once, weighed, and none is proof by itself in a quote."""

import re

from panel.domain.planting.address import ADDRESS
from panel.domain.planting.pressure import HARD, PRESSURE
from panel.domain.planting.signals import signal
from panel.domain.planting.vocabulary import THIRD_PARTY


def test_names_are_unique() -> None:
    names = [one.name for one in (*ADDRESS, *PRESSURE)]
    assert len(set(names)) == len(names)
    assert all(1 <= one.weight <= 4 for one in (*ADDRESS, *PRESSURE))


def test_patterns_match_no_empty_text() -> None:
    assert not any(one.pattern.search("") for one in (*ADDRESS, *PRESSURE))
    assert not any(form.search("") for _, form in HARD)


def test_alternatives_are_joined() -> None:
    made = signal("greeting", 2, r"\bhello\b", r"\bgood day\b", own=True)
    assert made.own
    assert re.fullmatch(made.pattern, "good day")


def test_third_parties_may_be_obliged() -> None:
    assert THIRD_PARTY.search("users")
    assert THIRD_PARTY.search("the licensees")
    assert not THIRD_PARTY.search("graders")
