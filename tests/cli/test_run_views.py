"""How runs are listed and shown, as text and as JSON of a stable shape."""

import re
from pathlib import Path

import pytest

from panel.testing import FakeOpenAI, Reply
from tests.cli.conftest import Command
from tests.cli.ordering import FOUR, at, made_dossiers, run_of

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
    assert row.keys() == ROW | {"name", "ordered", "cost", "llms"}
    assert (row["id"], row["state"], row["cost"]) == (run, "finished", "unknown")
    assert (row["ordered"], row["answered"], row["failed"]) == (8, 6, 2)
    text = shipskip("runs", "list").out
    assert re.search(
        rf"^{run} +finished +hy-mt2, muse-spark +8 of 8 +2 +unknown +openai-chat:fake-llm",
        text,
        re.MULTILINE,
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
    assert shown.keys() == SHOWN | {"order_digest", "calls", "ledger", "scorecards", "reviews"}
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
        r"^limits +32 reviews at once, 300 s a seat, 1 try a call$",
        r"^delivery +live, first seat ahead where the provider caches$",
        r"^calls +10 begun, 0 never answered$",
        r"^cost +10 calls of unknown cost$",
        r"^at risk +0 never answered, 10 of unknown cost: nobody knows how much$",
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


def test_a_run_under_limits_shows_them(
    shipskip: Command, workspace: Path, fake: FakeOpenAI
) -> None:
    flags = ("--max-cost", "3", "--input-price", "1", "--output-price", "2", "--no-lead")
    more = ("--rate", "8/s", "--token-rate", "1000000", "--seats", "skeptic")
    (workspace / "list.txt").write_text("hy-mt2\n")
    shipskip("batch", "--here", "list.txt", *at(fake, *flags, *more, "--name", "tonight"))
    text = shipskip("runs", "show").out
    assert re.search(r"^name +tonight$", text, re.MULTILINE)
    assert re.search(r", 480 calls/min, 1,000,000 tokens/min, at most \$3.00$", text, re.MULTILINE)
    assert re.search(r"^delivery +live, all seats at once$", text, re.MULTILINE)
    assert re.search(r"^cost +\$0.\d+$", text, re.MULTILINE)
    assert "at risk" not in text
    shown = shipskip("runs", "show", "--json").json
    assert (shown["rate"], shown["token_rate"], shown["lead"]) == (480, 1_000_000, "off")
    assert shown["ledger"]["unknown"] == 0
    assert re.search(r"^run +name +state", shipskip("runs", "list").out, re.MULTILINE)


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("muse-spark", "has no dossier 'muse-spark'"),
        ("hy-mt2", "has no scorecard yet for 'hy-mt2'"),
    ],
)
def test_a_card_that_is_not_there_is_told(
    shipskip: Command, workspace: Path, slug: str, said: str
) -> None:
    with FakeOpenAI(Reply.status(403)) as server:
        shipskip("review", "hy-mt2", *at(server))
    result = shipskip("runs", "show", "latest", "--dossier", slug)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_one_card_is_found_by_slug_and_by_name(shipskip: Command, workspace: Path) -> None:
    shipskip("review", "hy-mt2", "muse-spark")
    for name in ("muse-spark", "Muse Spark"):
        text = shipskip("runs", "show", "latest", "--dossier", name).out
        assert "Muse Spark" in text
        assert "Hy-MT2" not in text


def test_a_long_run_is_shown_as_a_table(shipskip: Command, workspace: Path) -> None:
    made_dossiers(workspace / "many", 11)
    shipskip("batch", "--here", "many")
    text = shipskip("runs", "show").out
    assert re.search(r"^dossiers +made-00 .* and 1 more$", text, re.MULTILINE)
    assert "11 scorecards: " in text
    assert "Would change it" not in text
