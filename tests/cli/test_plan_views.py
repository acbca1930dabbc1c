"""What a person reads before anything is spent."""

import pytest

from panel.bootstrap.house import House
from panel.bootstrap.planning import plan
from panel.cli.plan_views import announcement, tell_conflicts, tell_left_out, token_line
from panel.errors import Problem
from panel.judging.estimate import Estimate
from panel.library.orders import Row
from panel.testing import make_dossier
from tests.cli.conftest import ROOT

TWO = ("muse-spark", "hy-mt2")


def rows(**wishes: object) -> list[Row]:
    first, second = (Row(dossier=slug, line=0, path="") for slug in TWO)
    return [first.model_copy(update=wishes), second]


def test_one_panel_for_all_is_told_as_a_product() -> None:
    made = plan(House.open(ROOT, environ={}), TWO)
    assert announcement(made) == (
        "2 dossiers x 5 seats, drafted by rubric draft, no llm; no calls, no cost"
    )
    assert token_line(made.estimate) == ""


def test_panels_of_single_rows_are_told_as_reviews() -> None:
    house = House.open(ROOT, environ={"OPENAI_API_KEY": "made-up"})
    made = plan(house, rows(llm="openai-chat:gpt-5.5", seats=("skeptic",)))
    assert announcement(made).startswith(
        "2 dossiers, 6 reviews, drafted by rubric draft, no llm, openai-chat:gpt-5.5; 1 to 3 calls"
    )
    assert "sent" in token_line(made.estimate)


def test_tokens_have_a_low_and_a_high_end() -> None:
    found = Estimate(calls=(1, 3), input_tokens=(1_000, 9_000), output_tokens=(500, 12_000))
    assert token_line(found).startswith("tokens: 1,000 to 9,000 sent, 500 to 12,000 received;")


def test_only_open_conflicts_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    tell_conflicts([make_dossier(), make_dossier(conflict=True)])
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert "1 open conflict covers 2 of 10 facts, which no seat may rely on" in said[0]


@pytest.mark.parametrize(("count", "lines"), [(0, 0), (50, 50), (53, 51)])
def test_rows_left_out_are_named_up_to_a_point(
    capsys: pytest.CaptureFixture[str], count: int, lines: int
) -> None:
    tell_left_out(Problem("is bad", "mend it", "list.txt", line) for line in range(1, count + 1))
    said = capsys.readouterr().err.splitlines()
    assert len(said) == lines
    if count > 50:
        assert said[0] == "left out: list.txt:1: is bad -> mend it"
        assert "and 3 more" in said[-1]
