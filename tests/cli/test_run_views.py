"""How runs are listed and shown, as text and as JSON of a stable shape."""

import re
from pathlib import Path

import pytest

from panel.testing import FakeOpenAI, Reply
from tests.cli.conftest import Command
from tests.cli.ordering import FOUR, at, run_of

ROW = {"id", "created", "state", "note", "dossiers", "seats", "samples", "answered", "failed"}
SHOWN = {"id", "created", "order", "timeout", "concurrency", "max_retries", "state", "note"}
REVIEW = {"dossier", "persona", "sample", "call", "failure", "cost", "seconds", "digest"}


def test_the_list_is_newest_first_and_can_be_cut(shipskip: Command, workspace: Path) -> None:
    runs = [run_of(shipskip("review", slug)) for slug in ("hy-mt2", "muse-spark")]
    listed = shipskip("runs", "list", "--json").lines
    assert {row["id"] for row in listed} == set(runs)
    assert [row["created"] for row in listed] == sorted(
        (row["created"] for row in listed), reverse=True
    )
    assert len(shipskip("runs", "list", "--json", "--limit", "1").lines) == 1


def test_a_row_has_its_shape_and_cost_is_never_guessed(shipskip: Command, workspace: Path) -> None:
    with FakeOpenAI({"skeptic": Reply.refusal(), "*": Reply()}) as server:
        run = run_of(shipskip("review", "hy-mt2", "muse-spark", *at(server, "--seats", FOUR)))
    row = shipskip("runs", "list", "--json").json
    assert row.keys() == ROW | {"ordered", "cost"}
    assert (row["id"], row["state"], row["cost"]) == (run, "finished", "unknown")
    assert (row["ordered"], row["answered"], row["failed"]) == (8, 6, 2)
    text = shipskip("runs", "list").out
    assert re.search(
        rf"^{run} +finished +hy-mt2, muse-spark +4 +6 of 8 +2 +unknown", text, re.MULTILINE
    )


def test_without_runs_the_list_is_empty_and_says_so(shipskip: Command, workspace: Path) -> None:
    for flags in ((), ("--json",)):
        result = shipskip("runs", "list", *flags)
        assert (result.code, result.out) == (0, "")
        assert "there are no runs yet -> start one with `shipskip review SLUG`" in result.err


def test_a_shown_run_names_everything_that_made_it(
    shipskip: Command, workspace: Path, fake: FakeOpenAI
) -> None:
    run = run_of(shipskip("review", "hy-mt2", *at(fake, "--samples", 2)))
    shown = shipskip("runs", "show", "--json").json
    assert shown.keys() == SHOWN | {"order_digest", "calls", "scorecards", "reviews"}
    assert shown["calls"] == {"begun": 10, "unanswered": 0}
    assert list(shown["scorecards"]) == ["hy-mt2"]
    assert [review.keys() for review in shown["reviews"]] == [REVIEW] * 10
    assert all(review["seconds"] > 0 for review in shown["reviews"])
    text = shipskip("runs", "show").out
    for line in (
        rf"^run +{run}, finished$",
        rf"order {shown['order_digest'][:12]}$",
        r"^panel +developer \(openai-chat:fake-llm\), skeptic",
        r"^samples +2, quorum 3 of 5$",
        r"^calls +10 begun, 0 never answered$",
        r"^versions +checks \d+, genai-prices ",
    ):
        assert re.search(line, text, re.MULTILINE), line


def test_what_is_shown_is_what_was_printed(shipskip: Command, workspace: Path) -> None:
    printed = shipskip("review", "hy-mt2", "muse-spark").out
    shown = shipskip("runs", "show").out
    assert shown.endswith(printed)


@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_a_stopped_run_says_why(shipskip: Command, workspace: Path, flags: tuple[str, ...]) -> None:
    with FakeOpenAI(Reply.status(403)) as server:
        run = run_of(shipskip("review", "hy-mt2", *at(server)))
    result = shipskip("runs", "show", *flags)
    assert result.code == 0
    assert "stopped" in result.out
    assert "forbidden" in result.out
    if not flags:
        assert f"go on with: shipskip runs resume {run}" in result.err
