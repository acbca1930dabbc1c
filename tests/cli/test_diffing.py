"""Two runs side by side, as an editor and as a program read them."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from panel.domain.verdict import Call
from panel.testing import FakeOpenAI, FakeRequest, Reply
from panel.testing.grounded import draft, settled
from tests.cli.conftest import ROOT, Command, edited
from tests.cli.ordering import at, run_of

Ordered = Callable[..., str]

NO_ANSWER = Reply.status(500)


def calls(call: Call) -> Reply:
    """A reply with this call."""

    def answer(request: FakeRequest) -> dict[str, object]:
        return {**draft(settled(request), f"{call}{request.prompt_text}", call), "predictions": []}

    return Reply(answer=answer)


SHIP, SKIP = calls("ship"), calls("skip")


@pytest.fixture
def ordered(shipskip: Command, workspace: Path) -> Iterator[Ordered]:
    """Orders a run of three seats that answer as told, and gives its id."""
    script: dict[str, Reply] = {}
    with FakeOpenAI(lambda request: script[_who(request)]) as server:

        def order(developer: Reply, skeptic: Reply, creator: Reply, *words: object) -> str:
            script.update(developer=developer, skeptic=skeptic, creator=creator)
            seats = ("--seats", "developer,skeptic,creator")
            return run_of(shipskip("review", *(words or ("hy-mt2",)), *seats, *at(server)))

        yield order


def _who(request: FakeRequest) -> str:
    text = request.persona_text.lower()
    return min(
        ("developer", "skeptic", "creator"), key=lambda name: text.find(f"the {name}") % 9999
    )


def test_a_flip_without_a_changed_input_is_chance(shipskip: Command, ordered: Ordered) -> None:
    one = ordered(SHIP, SHIP, SKIP)
    two = ordered(SHIP, SKIP, SKIP)
    result = shipskip("runs", "diff", one, two)
    assert result.code == 0
    assert result.out.splitlines() == [
        f"{one} -> {two}",
        "changed for all: nothing",
        "",
        "hy-mt2: ship (2 of 3 ship) -> skip (1 of 3 ship)",
        "    skeptic: ship -> skip; no input changed: chance",
        "",
        "1 of 1 dossier flipped; 0 the same",
        "1 seat by chance: nothing they were given had changed",
    ]
    assert f"shipskip runs fork {two} --samples 3" in result.err


def test_changed_inputs_of_all_dossiers_are_said_once(
    shipskip: Command, ordered: Ordered, workspace: Path
) -> None:
    names = ("hy-mt2", "muse-spark")
    one = ordered(SHIP, SHIP, SKIP, *names)
    (workspace / "personas").mkdir()
    shutil.copy(ROOT / "personas" / "skeptic.md", workspace / "personas")
    edited(workspace / "personas" / "skeptic.md", "title: ", "title: Once more, ")
    edited(workspace / "dossiers" / "hy-mt2.md", "tagline: ", "tagline: Well, ")
    two = ordered(SHIP, SKIP, SKIP, *names)
    out = shipskip("runs", "diff", one, two).out
    assert out.count("persona skeptic") == 1
    assert "changed for all: persona skeptic\n" in out
    assert out.count("    changed: dossier\n") == 1
    assert "chance" not in out


def test_a_seat_without_an_answer_is_no_chance(shipskip: Command, ordered: Ordered) -> None:
    one = ordered(SHIP, NO_ANSWER, NO_ANSWER)
    two = ordered(SHIP, SHIP, NO_ANSWER)
    result = shipskip("runs", "diff", one, two)
    assert "hy-mt2: no quorum (1 of 3 answered) -> ship (2 of 3 ship)" in result.out
    assert "    skeptic: no answer -> ship\n" in result.out
    assert "chance" not in result.out + result.err


def test_what_is_the_same_is_listed_on_demand(shipskip: Command, ordered: Ordered) -> None:
    one, two = ordered(SHIP, SHIP, SKIP), ordered(SHIP, SHIP, SKIP)
    assert "hy-mt2" not in shipskip("runs", "diff", one, two).out
    out = shipskip("runs", "diff", one, two, "--all").out
    assert "hy-mt2: ship (2 of 3 ship)\n" in out
    assert "0 of 1 dossier flipped; 1 the same" in out


def test_dossiers_of_one_run_only_are_named(shipskip: Command, ordered: Ordered) -> None:
    one = ordered(SHIP, SHIP, SKIP, "hy-mt2", "muse-spark")
    two = ordered(SHIP, SHIP, SKIP, "hy-mt2")
    assert f"only in {one}: muse-spark\n" in shipskip("runs", "diff", one, two).out
    assert f"only in {one}: muse-spark\n" in shipskip("runs", "diff", two, one).out


def test_other_programs_get_lines_of_two_kinds(shipskip: Command, ordered: Ordered) -> None:
    one = ordered(SHIP, SHIP, SKIP, "hy-mt2", "muse-spark")
    two = ordered(SHIP, SKIP, SKIP, "hy-mt2")
    head, line = shipskip("runs", "diff", one, two, "--json").lines
    assert head == {
        "kind": "runs",
        "runs": [one, two],
        "inputs": [],
        "only_in_first": ["muse-spark"],
        "only_in_second": [],
    }
    assert (line["kind"], line["slug"], line["flipped"]) == ("dossier", "hy-mt2", True)
    assert (line["before"]["ships"], line["after"]["ships"]) == (2, 1)
    assert line["seats"] == [
        {"persona": "skeptic", "before": "ship", "after": "skip", "chance": True}
    ]


def test_a_run_that_is_not_there_is_told(shipskip: Command, ordered: Ordered) -> None:
    one = ordered(SHIP, SHIP, SKIP)
    result = shipskip("runs", "diff", one, "20200101-000000-000000")
    assert result.code in {1, 2}
    assert "20200101-000000-000000" in result.err
