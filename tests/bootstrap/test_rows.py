"""Whether a row can be reviewed, told on its line."""

from pathlib import Path

from panel.bootstrap.rows import RowCheck, placed
from panel.errors import Problem
from panel.library.orders import Row
from tests.bootstrap.conftest import Opened


def row(dossier: str, line: int = 4) -> Row:
    return Row(dossier=dossier, line=line, path="night.txt" if line else "")


def test_a_sound_dossier_has_no_problem(house: Opened) -> None:
    dossier, problems = RowCheck(house().dossiers.load).look(row("hy-mt2"))
    assert dossier is not None
    assert (dossier.slug, problems) == ("hy-mt2", [])


def test_a_dossier_that_is_not_there_is_told_on_its_line(house: Opened) -> None:
    dossier, (problem,) = RowCheck(house().dossiers.load).look(row("no-such-model"))
    assert dossier is None
    assert (problem.path, problem.line) == ("night.txt", 4)
    assert "no-such-model" in problem.message
    assert problem.remedy


def test_the_same_dossier_by_name_and_by_path_is_ordered_twice(house: Opened, desk: Path) -> None:
    check = RowCheck(house().dossiers.load)
    check.look(row("hy-mt2"))
    _, (problem,) = check.look(row(str(desk / "dossiers" / "hy-mt2.md"), line=9))
    assert "ordered twice" in problem.message
    assert problem.line == 9


def test_a_problem_inside_a_dossier_names_both_places() -> None:
    inside = Problem("is wrong", "mend it", "dossiers/tern.md", 12, "facts[3].value")
    found = placed(inside, row("tern"))
    assert (found.path, found.line, found.key) == ("night.txt", 4, "")
    assert found.message == "dossiers/tern.md:12: facts[3].value: is wrong"


def test_without_a_list_a_problem_stays_where_it_is() -> None:
    inside = Problem("is wrong", "mend it", "dossiers/tern.md", 12, "facts[3].value")
    assert placed(inside, row("tern", line=0)) == inside
    assert placed(Problem("is wrong"), row("tern", line=0)).path == "tern"
