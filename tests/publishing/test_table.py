"""Scorecards as a table: whole files, safe in a spreadsheet, and one line at a time."""

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from panel.domain.review import Review
from panel.domain.scorecard import Scorecard
from panel.errors import ShipskipError
from panel.publishing.card_json import card_json
from panel.publishing.table import COLUMNS, Form, lines, write_table
from tests.publishing.cases import CASES

DOCS = Path(__file__).parents[2] / "docs" / "reference" / "scorecard-table.md"
CASE = next(iter(CASES.values()))()
CARD = CASE.card


def reviews_of(_: Scorecard) -> Sequence[Review]:
    return CASE.reviews


def nobody(_: Scorecard) -> Sequence[Review]:
    raise AssertionError("a table of outcomes needs no reviews")


def read(*cards: Scorecard) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(lines(cards, "csv", nobody)))))


def changed(**changes: object) -> Scorecard:
    return CARD.model_copy(update=changes)


@pytest.mark.parametrize("name", CASES)
def test_a_row_holds_what_the_scorecard_says(name: str) -> None:
    card = CASES[name]().card
    (row,) = read(card)
    assert tuple(row) == COLUMNS
    assert (row["dossier"], row["outcome"], row["digest"]) == (card.slug, card.outcome, card.digest)
    assert (int(row["ships"]), int(row["seats"])) == (card.ships, card.seats)
    assert row["rate"] == ("" if card.rate is None else str(card.rate))
    assert row["low"] == ("" if card.interval is None else str(card.interval.low))
    assert row["dissent"].split() == list(card.dissent)


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", '=HYPERLINK("x")']
)
def test_no_text_becomes_a_formula(name: str) -> None:
    (row,) = read(changed(name=name, vendor=f"Labs {name}"))
    assert row["name"].startswith("'")
    assert row["vendor"].startswith("Labs ")


def test_numbers_stay_numbers() -> None:
    (row,) = read(changed(cost=Decimal("0E-9"), rate=0.5))
    assert (float(row["cost"]), row["rate"]) == (0.0, "0.5")
    (row,) = read(changed(cost=Decimal("0.0000001")))
    assert row["cost"] == "0.0000001"


def test_an_unknown_cost_is_not_a_zero() -> None:
    (row,) = read(changed(cost=None))
    assert row["cost"] == "unknown"


def test_what_nobody_can_see_breaks_no_row() -> None:
    rows = read(changed(name='A "b", c\r\nd\x1b[2J'), CARD)
    assert [row["dossier"] for row in rows] == [CARD.slug] * 2
    assert rows[0]["name"] == 'A "b", c  d\ufffd[2J'


def test_json_lines_and_an_array_hold_the_stable_json() -> None:
    line = json.loads(card_json(CARD, CASE.reviews).to_line())
    told = list(lines([CARD, CARD], "jsonl", reviews_of))
    assert [json.loads(text) for text in told] == [line, line]
    assert json.loads("".join(lines([CARD, CARD], "json", reviews_of))) == [line, line]


@pytest.mark.parametrize(
    ("form", "text"), [("csv", ",".join(COLUMNS)), ("jsonl", ""), ("json", "[]")]
)
def test_without_scorecards_it_is_still_well_formed(form: Form, text: str) -> None:
    assert "".join(lines([], form, reviews_of)).strip() == text


def test_rows_are_made_one_at_a_time() -> None:
    taken: list[int] = []

    def cards() -> Iterator[Scorecard]:
        for number in range(3):
            taken.append(number)
            yield CARD

    told = lines(cards(), "csv", nobody)
    next(told)
    assert taken == []
    next(told)
    assert taken == [0]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".json", ".CSV"])
def test_a_file_is_written_whole_in_the_form_of_its_suffix(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"cards{suffix}"
    assert write_table([CARD, CARD], path, reviews_of) == 2
    text = path.read_bytes().decode("utf-8")
    form: Form = "csv" if suffix == ".CSV" else path.suffix[1:]  # pyright: ignore[reportAssignmentType]
    assert text == "".join(lines([CARD, CARD], form, reviews_of))
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path) -> None:
    def broken() -> Iterator[Scorecard]:
        yield CARD
        raise ShipskipError("the database is gone")

    path = tmp_path / "cards.csv"
    path.write_text("as it was", encoding="utf-8")
    with pytest.raises(ShipskipError, match="the database is gone"):
        write_table(broken(), path, reviews_of)
    assert path.read_text(encoding="utf-8") == "as it was"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "cards.csv"
    with pytest.raises(ShipskipError, match=r"cannot write .*cards\.csv"):
        write_table([CARD], path, reviews_of)


def test_the_documentation_has_every_column() -> None:
    told = re.findall(r"^\| `([a-z_]+)` \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert tuple(told) == COLUMNS
