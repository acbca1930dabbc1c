"""Progress goes to stderr, scorecards keep the run's order, and stdout stays data."""

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.cli.progress import InOrder, Planning, ProgressLine
from panel.domain.review import Review
from panel.domain.scorecard import Scorecard
from panel.testing import make_review
from tests.cli.conftest import script
from tests.domain.panels import reduced

CARD = reduced([["ship"], ["skip"], ["ship"]])


def card_of(slug: str) -> Scorecard:
    return CARD.model_copy(update={"slug": slug})


@given(st.permutations([f"model-{at}" for at in range(6)]), st.integers(0, 6))
def test_cards_are_given_in_order_each_as_soon_as_its_turn_has_come(
    came: list[str], count: int
) -> None:
    order = sorted(came)
    given_: list[str] = []
    in_order = InOrder(order, lambda card, _: given_.append(card.slug))
    for done, slug in enumerate(came[:count], start=1):
        in_order(card_of(slug), ())
        ready = [name for at, name in enumerate(order) if set(order[: at + 1]) <= set(came[:done])]
        assert given_ == ready


def test_reviews_travel_with_their_card() -> None:
    found: list[tuple[str, tuple[Review, ...]]] = []
    in_order = InOrder(["a", "b"], lambda card, reviews: found.append((card.slug, reviews)))
    review = make_review()
    in_order(card_of("b"), (review,))
    in_order(card_of("a"), ())
    assert found == [("a", ()), ("b", (review,))]


@pytest.mark.parametrize(("dossiers", "said"), [(1, ""), (2, "[1/2] a: ship\n[2/2] b: ship\n")])
def test_without_a_terminal_it_is_one_line_per_dossier_of_many(
    capsys: pytest.CaptureFixture[str], dossiers: int, said: str
) -> None:
    given_: list[str] = []
    with ProgressLine(3, dossiers, lambda card, _: given_.append(card.slug)) as line:
        for slug in ("a", "b")[:dossiers]:
            line.finished(make_review(outcome="timeout"))
            line.scored(card_of(slug), ())
    assert given_ == ["a", "b"][:dossiers]
    assert capsys.readouterr() == ("", said)


def on_a_terminal(workspace: Path, out: Path, *arguments: str) -> tuple[int, str]:
    """Run the real command with its talk on a terminal and its data in a file."""
    ours, theirs = pty.openpty()
    with out.open("wb") as file:
        process = subprocess.Popen(
            [script(), *arguments], cwd=workspace, stdout=file, stderr=theirs
        )
    os.close(theirs)
    said = b""
    try:
        while part := os.read(ours, 65_536):
            said += part
    except OSError:  # the other end of a terminal was closed
        pass
    finally:
        os.close(ours)
    return process.wait(60), said.decode()


def test_data_stays_on_stdout_while_a_live_line_is_shown(workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / "cards.jsonl"
    code, said = on_a_terminal(workspace, out, "review", "hy-mt2", "--json")
    assert code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["dossier"] == "hy-mt2"
    assert " of 5 reviews" in said
    assert '"dossier"' not in said


def test_a_log_hears_of_long_planning_every_ten_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    with Planning(lambda: now[0]) as seen:
        for at, done in ((9.9, 10), (10.0, 20), (15.0, 30), (20.0, 1_400)):
            now[0] = at
            seen(done, 10_000)
    assert capsys.readouterr().err.splitlines() == [
        "planning: 20 of 10,000 dossiers",
        "planning: 1,400 of 10,000 dossiers",
    ]
