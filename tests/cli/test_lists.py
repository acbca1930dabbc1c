"""From a list to a plan: what is refused, what is left out, and who will do the work."""

import signal
from pathlib import Path

import pytest

from panel.bootstrap.house import House
from panel.cli.lists import ListOrder, planned
from panel.errors import InputError, SpendingError
from tests.cli.conftest import Command, edited
from tests.cli.test_running import begun

ROWS = "muse-spark\nhy-mt3\nhy-mt2\nmuse-spark\n"


def house(workspace: Path, **flags: object) -> House:
    return House.open(workspace, flags, environ={"OPENAI_API_KEY": "made-up"})


def listed(workspace: Path, text: str, *, skip_bad: bool = False) -> ListOrder:
    path = workspace / "list.txt"
    path.write_text(text, encoding="utf-8")
    return ListOrder(path=path, skip_bad=skip_bad)


def test_every_bad_row_is_told_by_its_line_whoever_found_it(workspace: Path) -> None:
    edited(workspace / "dossiers" / "hy-mt2.md", "slug: hy-mt2", "slug: hy-mt2\nmood: fine")
    with pytest.raises(InputError) as refused:
        planned(house(workspace), listed(workspace, ROWS))
    assert [problem.line for problem in refused.value.problems] == [2, 3, 4]
    assert "mood" in refused.value.problems[1].message


def test_bad_rows_can_be_left_out(workspace: Path) -> None:
    made = planned(house(workspace), listed(workspace, ROWS, skip_bad=True))
    assert [item.slug for item in made.run.order.dossiers] == ["muse-spark", "hy-mt2"]
    assert [problem.line for problem in made.skipped] == [2, 4]


@pytest.mark.parametrize("text", ["hy-mt3\n", "# nothing\n"])
def test_a_list_of_bad_rows_only_is_refused_even_then(workspace: Path, text: str) -> None:
    with pytest.raises(InputError):
        planned(house(workspace), listed(workspace, text, skip_bad=True))


def test_bad_rows_are_told_before_the_cost(workspace: Path) -> None:
    flags = {"llm": "openai-chat:gpt-5.5", "max_cost": "0.000001"}
    with pytest.raises(InputError, match="hy-mt3"):
        planned(house(workspace, **flags), listed(workspace, ROWS))
    with pytest.raises(SpendingError):
        planned(house(workspace, **flags), listed(workspace, "hy-mt2\n"))


def test_a_run_has_its_name(workspace: Path) -> None:
    path = listed(workspace, "hy-mt2\n").path
    assert planned(house(workspace), ListOrder(path=path, name="tonight")).run.name == "tonight"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--name", "x" * 121), "--name is no name"),
        (("--name", "a\u200bb"), "--name is no name"),
        (("--enqueue",), "workers need a PostgreSQL database"),
        (("--out", "cards.doc"), "ends in none of"),
        (("--rate", "fast"), "write a number, or one with /s, /min or /h"),
        (("--deadline", "0"), "--deadline"),
    ],
)
def test_wrong_wishes_are_refused_before_anything_is_read(
    shipskip: Command, workspace: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = shipskip("batch", "list.txt", *arguments)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert not (workspace / "runs").exists()


def test_a_list_that_is_not_there_is_told(shipskip: Command, workspace: Path) -> None:
    result = shipskip("batch", "list.txt")
    assert result.code == 2
    assert "list.txt" in result.err


@pytest.mark.parametrize("flags", [(), ("--enqueue",)])
def test_on_postgresql_workers_do_the_work_and_it_is_looked_on(
    shipskip: Command,
    workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
    empty_postgres_url: str,
    flags: tuple[str, ...],
) -> None:
    monkeypatch.setenv("SHIPSKIP_DATABASE_URL", empty_postgres_url)
    (workspace / "list.txt").write_text("muse-spark\nhy-mt2\n")
    with begun(workspace, "batch", "list.txt", "--json", *flags) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "2 dossiers wait for workers" in line:
                assert "none is there: start one with shipskip worker" in line
                break
        assert shipskip("worker", "--drain").code == 0
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out.count('"dossier":')) == (0, 2)
    assert "2 scorecards: " in err


def test_looking_on_ends_while_workers_go_on(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, empty_postgres_url: str
) -> None:
    monkeypatch.setenv("SHIPSKIP_DATABASE_URL", empty_postgres_url)
    (workspace / "list.txt").write_text("hy-mt2\n")
    with begun(workspace, "batch", "list.txt") as process:
        assert process.stderr is not None
        for line in process.stderr:
            if " 0 of 5 reviews" in line or line.startswith("0 %"):
                break
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "looking on no longer; the workers go on with run" in err
    assert "shipskip runs pause" in err
