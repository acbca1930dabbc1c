"""A run is ordered: nothing is spent before somebody has agreed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Environment
from tests.desk.living import LiveDesk, hidden_fields, living, words_of
from tests.desk.working import stocked, until


@pytest.fixture
def real(tmp_path: Path, database: Environment) -> Iterator[LiveDesk]:
    """A desk with real dossiers."""
    with living(stocked(tmp_path / "desk", max_cost="1")) as desk:
        yield desk


def test_nothing_begins_before_somebody_agreed(real: LiveDesk) -> None:
    ana, store = real.person(), real.context.store
    assert "No run yet" in words_of(ana.get("/runs"))
    told = ana.post("/runs/new", dossiers="hy-mt2\nmuse-spark", seat="skeptic", samples="2")
    assert "Reviews 4" in words_of(told)
    assert store.runs() == ()
    fields = hidden_fields(told)
    first, second = ana.send("/runs/new", fields), ana.send("/runs/new", fields)
    assert first.headers["location"] == second.headers["location"]
    (run,) = store.runs()
    assert run.ordered == 4
    until(lambda: store.run_state(run.id) == "finished")
    until(lambda: "2 drafts" in words_of(ana.get(f"/queue?run={run.id}")))
    assert run.id in words_of(ana.get("/runs"))


def test_a_dossier_that_changed_meanwhile_is_told_anew(real: LiveDesk) -> None:
    ana = real.person()
    fields = hidden_fields(ana.post("/runs/new", dossiers="hy-mt2", seat="skeptic"))
    path = real.context.house.dossiers.slug_path("hy-mt2")
    text = path.read_text(encoding="utf-8").replace("Open translation", "Free translation")
    path.write_text(text, encoding="utf-8")
    assert "Something changed since you agreed" in words_of(ana.send("/runs/new", fields))
    assert real.context.store.runs() == ()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"dossiers": ""}, "no dossier is chosen"),
        ({"dossiers": "../../etc/passwd.md"}, "is no slug"),
        ({"dossiers": "unknown"}, "no dossier unknown"),
        ({"samples": "0"}, "is no whole number from 1 to 100"),
        ({"max_cost": "much"}, "is no amount in USD"),
        ({"max_cost": "2"}, "more than this desk may spend"),
        ({"seat": "nobody"}, "nobody"),
        ({"llm": "what is this"}, "KIND:NAME"),
        ({"name": "a\u200bb"}, "visible characters"),
    ],
)
def test_what_is_wrong_with_an_order_is_told_beside_its_form(
    real: LiveDesk, fields: dict[str, str], words: str
) -> None:
    wanted = {"dossiers": "hy-mt2", "seat": "skeptic", **fields}
    told = real.person().post("/runs/new", **wanted)
    assert (told.status_code, words in words_of(told)) == (422, True), words_of(told)
    assert 'value="skeptic"' in told.text


def test_the_form_begins_with_what_was_chosen(real: LiveDesk) -> None:
    page = real.person().get("/runs/new?dossier=hy-mt2&dossier=elsewhere").text
    assert 'name="dossier" value="hy-mt2" checked' in page
    assert 'name="dossier" value="muse-spark">' in page
    assert ">\nelsewhere</textarea>" in page
