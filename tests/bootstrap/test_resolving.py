import datetime as dt
import shutil
from pathlib import Path

import pytest

from panel.bootstrap.house import House
from panel.bootstrap.resolving import Decision, How, citing, resolve
from panel.errors import InputError, RefusedError

ROOT = Path(__file__).parents[2]
DAY = dt.date(2026, 11, 22)


@pytest.fixture
def house(tmp_path: Path) -> House:
    (tmp_path / "dossiers").mkdir()
    shutil.copy(ROOT / "dossiers" / "muse-spark.md", tmp_path / "dossiers")
    return House.open(tmp_path, {}, {})


def decide(how: How, fact: str | None = None, *, by: str = "E", reason: str = "Seen.") -> Decision:
    return Decision(how, fact, by, DAY, reason)


def test_a_decision_is_recorded_in_the_file_and_nothing_else_changes(house: House) -> None:
    path = house.dossiers.path("muse-spark")
    before = path.read_text().splitlines()
    found = resolve(house, "muse-spark", "c3", decide("pick", "f9"))
    settled = house.dossiers.load("muse-spark").conflicts[2].settlement
    assert settled == found.conflict.settlement
    assert settled
    assert (settled.how, settled.fact, settled.by, settled.on) == ("pick", "F9", "E", DAY)
    after = path.read_text().splitlines()
    assert [line for line in before if line not in after] == ["as_of: 2026-11-21"]
    assert found.moved, "nothing in a dossier may be later than its as_of"
    assert len(after) == len(before) + 6


def test_the_newest_fact_supersedes_unless_another_is_picked(house: House) -> None:
    found = resolve(house, "muse-spark", "C4", decide("supersede"))
    assert found.conflict.settlement
    assert found.conflict.settlement.fact == "F14"
    found = resolve(house, "muse-spark", "C6", decide("supersede", "F38"))
    assert found.conflict.settlement
    assert found.conflict.settlement.fact == "F38"


def test_keeping_both_names_no_fact(house: House) -> None:
    found = resolve(house, "muse-spark", "C5", decide("keep-both"))
    assert found.conflict.settlement
    assert found.conflict.settlement.fact is None


@pytest.mark.parametrize(
    ("conflict", "decision", "said"),
    [
        ("C9", decide("pick", "F9"), "has no conflict C9"),
        ("C3", decide("pick", "F1"), "F1 is not part of C3"),
        ("C3", decide("pick"), "no fact is not part of C3"),
        ("C1", decide("supersede"), "F3 and F4 and F5 are both of 2026-04-08"),
        ("C3", decide("pick", "F9", reason=" "), "reason: .*is empty"),
        ("C3", decide("pick", "F9", by="a\u202eb"), "by: .*invisible"),
    ],
)
def test_decisions_that_cannot_be_recorded(
    house: House, conflict: str, decision: Decision, said: str
) -> None:
    before = house.dossiers.path("muse-spark").read_bytes()
    with pytest.raises(InputError, match=said):
        resolve(house, "muse-spark", conflict, decision)
    assert house.dossiers.path("muse-spark").read_bytes() == before


def test_a_decision_is_never_written_over(house: House) -> None:
    resolve(house, "muse-spark", "C3", decide("pick", "F9"))
    with pytest.raises(RefusedError, match="C3 was settled by E on 2026-11-22: Seen") as refused:
        resolve(house, "muse-spark", "C3", decide("keep-both"))
    assert "delete its settlement" in refused.value.remedy


def test_a_database_that_holds_nothing_cites_nothing(house: House) -> None:
    assert citing(house, "muse-spark") == ()
