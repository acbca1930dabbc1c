"""How a list came out: its table on paper and on a terminal, and its sums."""

import io
from collections import Counter
from decimal import Decimal

import pytest
from rich.console import Console

from panel.cli import ending
from panel.domain.scorecard import Outcome, Scorecard
from tests.cli.progress_values import make_ledger, make_progress
from tests.domain.panels import panel, reduced

SHIP, SPLIT = reduced(panel("s s s k s")), reduced(panel("s s k k"))
NO_QUORUM = reduced(panel("f f f s s"))


def table(cards: list[Scorecard], most: int | None, width: int = 110) -> list[str]:
    file = io.StringIO()
    out = Console(file=file, width=width, highlight=False, markup=False)
    ending.print_rows(cards, out, "R", most)
    return file.getvalue().splitlines()


def named(card: Scorecard, name: str) -> Scorecard:
    return card.model_copy(update={"name": name})


def test_a_row_tells_votes_interval_dissent_and_cost() -> None:
    card = SHIP.model_copy(update={"cost": Decimal("0.0068"), "blocking": 1, "warnings": 3})
    heading, row, _ = table([card], None)
    for label, cell in (
        ("outcome", "\u25cf ship"),
        ("ship", "4 of 5"),
        ("interval", "38 to 96 %"),
        ("flags", "1 / 3"),
        ("cost", "$0.0068"),
    ):
        at = heading.index(f" {label} ") + 1 if label != "cost" else heading.index(label)
        assert row[at:].startswith(cell), label
    assert card.dissent[0] in row


def test_without_a_quorum_there_is_no_percentage_and_failures_are_counted() -> None:
    _, row, _ = table([NO_QUORUM], None)
    assert "no quorum" in row
    assert "3 failed" in row
    assert "%" not in row


@pytest.mark.parametrize("width", [80, 110])
def test_long_names_are_cut_to_the_width(width: int) -> None:
    lines = table([named(SHIP, "A very long name " * 9)], None, width)
    assert max(map(len, lines)) <= width
    assert "\u2026" in lines[1]


def test_paper_has_every_row_in_order_of_the_list() -> None:
    cards = [named(SPLIT if at == 50 else SHIP, f"model {at}") for at in range(60)]
    rows = table(cards, None)[1:-1]
    assert [row.split("  ")[0] for row in rows] == [f"model {at}" for at in range(60)]


def test_a_terminal_begins_with_what_needs_an_editor_and_says_how_many_more() -> None:
    last = [named(SPLIT, "torn"), named(NO_QUORUM, "silent")]
    cards = [named(SHIP, f"model {at}") for at in range(60)] + last
    lines = table(cards, 40)
    assert [row.split("  ")[0] for row in lines[1:4]] == ["torn", "silent", "model 0"]
    assert len(lines) == 1 + 40 + 2
    assert lines[-2] == "... and 22 more: shipskip runs scorecards R"


def test_no_scorecard_is_no_table() -> None:
    assert table([], None) == []


def test_the_sums_name_failures_with_their_remedy() -> None:
    outcomes: Counter[Outcome] = Counter({"ship": 512, "split": 98})
    lines = list(ending._summary(make_progress(), outcomes))  # pyright: ignore[reportPrivateUsage]
    assert lines[:3] == [
        "610 scorecards: 512 ship and 98 split",
        "390 dossiers without a scorecard yet",
        "12 of 3,100 reviews failed: 8 rate-limited, 4 timeout",
    ]
    assert lines[3].startswith("  rate-limited -> lower --concurrency")
    assert lines[4].startswith("  timeout -> raise --timeout")
    assert "cost: $4.20, $0.0069 a scorecard; 72 % of the tokens sent came from" in lines[5]


def test_calls_that_may_be_billed_are_told() -> None:
    ledger = make_ledger(unknown=2, unanswered=1, at_risk=Decimal("0.3"))
    progress = make_progress(ledger=ledger, failed=0, kinds={})
    lines = list(ending._summary(progress, Counter()))  # pyright: ignore[reportPrivateUsage]
    assert lines[0] == "no scorecard"
    assert any(
        "calls that may have been billed: 1 never answered, 2 of unknown cost: at most $0.30" in one
        for one in lines
    )
