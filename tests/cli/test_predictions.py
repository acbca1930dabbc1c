"""`shipskip personas predictions` and `outcome` at the command line."""

import getpass
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.publishing.site.books import Newsroom


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workspace with one published model, as the working folder."""
    room = Newsroom(tmp_path, "command-a-plus")
    room.publish("command-a-plus")
    room.store.close()
    monkeypatch.chdir(tmp_path)


def test_predictions_are_listed_settled_and_listed_again(
    shipskip: Command, published: None
) -> None:
    (row,) = shipskip("personas", "predictions", "--json").lines
    assert (row["slug"], row["persona"], row["end"]) == ("command-a-plus", "futurist", None)
    name = f"{row['review'][:12]}:1"
    listed = shipskip("personas", "predictions")
    assert f"{name}  {row['by']}  futurist  command-a-plus" in listed.out
    assert listed.out.rstrip().endswith("not settled")
    assert shipskip("personas", "predictions", "--due").out == ""
    told = ("--did-not", "--reason", "Nothing came.", "--url", "https://x.example/a")
    done = shipskip("personas", "outcome", name, *told)
    assert (done.code, done.out) == (0, f"{name} did not come true\n")
    (row,) = shipskip("personas", "predictions", "--json").lines
    assert (row["end"]["outcome"], row["end"]["by"]) == ("did-not", getpass.getuser())
    told = ("--unclear", "--reason", "Who knows?", "--by", "Ana Roy", "--json")
    assert shipskip("personas", "outcome", name, *told).json["end"]["seq"] == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--reason", "So."), "give exactly one of --came-true, --did-not and --unclear"),
        (("--reason", "So.", "--did-not", "--unclear"), "turns out in one way"),
        (("--reason", "So.", "--did-not"), "no published prediction is called f:1"),
    ],
)
def test_what_cannot_be_said_is_refused(
    shipskip: Command, published: None, arguments: tuple[str, ...], said: str
) -> None:
    result = shipskip("personas", "outcome", "f:1", *arguments)
    assert (result.code, result.out) == (2, "")
    assert said in " ".join(result.err.split())


def test_an_address_that_no_page_links_to_is_refused(shipskip: Command, published: None) -> None:
    (row,) = shipskip("personas", "predictions", "--json").lines
    told = ("--unclear", "--reason", "So.", "--url", "javascript:1")
    result = shipskip("personas", "outcome", f"{row['review']}:1", *told)
    assert result.code == 2
    assert result.err.startswith("error: --url: ")


def test_without_a_verdict_there_is_nothing_to_list(shipskip: Command, workspace: Path) -> None:
    shipskip("review", "hy-mt2")
    result = shipskip("personas", "predictions")
    assert (result.code, result.out) == (0, "")
    assert "0 predictions" in result.err
