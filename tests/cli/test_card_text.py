"""A scorecard on a terminal, byte for byte and on any width.

`UPDATE_GOLDEN=1 python -m pytest tests/cli/test_card_text.py` rewrites the files in `golden/`;
read the difference before you commit it.
"""

import io
import os
from pathlib import Path

import pytest
from rich.console import Console

from panel.cli.card_text import WIDTH, print_card
from tests.publishing.cases import CASES

_GOLDEN = Path(__file__).parent / "golden"


def printed(name: str, *, width: int = WIDTH, colours: bool = False) -> str:
    out = io.StringIO()
    system = "standard" if colours else None
    console = Console(file=out, width=width, force_terminal=colours, color_system=system)
    print_card(CASES[name]().view, console)
    return out.getvalue()


@pytest.mark.parametrize("name", CASES)
def test_a_card_is_printed_as_it_always_was(name: str) -> None:
    golden = _GOLDEN / f"{name}.txt"
    produced = printed(name)
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(produced, encoding="utf-8")
    assert produced == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [1, 20, 40, 41, 60, 80, 96, 200])
@pytest.mark.parametrize("name", CASES)
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    lines = printed(name, width=width).splitlines()
    assert max(map(len, lines)) <= max(min(width, WIDTH), 40)


@pytest.mark.parametrize("name", CASES)
def test_every_width_says_the_same(name: str) -> None:
    assert sorted(printed(name, width=50).split()) == sorted(printed(name).split())


@pytest.mark.parametrize("name", CASES)
def test_colour_adds_nothing_that_is_not_said_in_words(name: str) -> None:
    assert "\x1b[" in printed(name, colours=True)
    assert "\x1b" not in printed(name)
    view = CASES[name]().view
    assert view.word.upper() in printed(name)


def test_without_quorum_no_percentage_is_printed() -> None:
    text = printed("no-quorum")
    assert "%" not in text.partition("\nCost ")[0]
    assert "NO QUORUM" in text
    assert "0 of 5 seats answered" in text


@pytest.mark.parametrize("name", CASES)
def test_a_percent_sign_stays_with_its_number(name: str) -> None:
    for width in range(40, 97, 7):
        assert not [
            line for line in printed(name, width=width).splitlines() if line.strip()[:1] == "%"
        ]


def test_flags_failures_and_dissent_are_told() -> None:
    text = printed("skip-with-dissent")
    assert "dissents" in text
    assert "! blocks relies-on-conflict “no benchmark results”" in text
    assert "Draft by AI personas, not yet edited by a human." in " ".join(text.split())
    failed = " ".join(printed("ship-with-failure").split())
    assert "4 of 5 seats answered" in failed
    assert "-> Raise --timeout" in failed
