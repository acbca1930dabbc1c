import datetime as dt

import pytest

from panel.cli.conflict_view import conflict_rows, print_conflicts
from panel.domain.fact import Conflict, Settlement
from panel.testing import make_dossier
from tests.domain.intake.pairs import PAIRS
from tests.domain.intake.test_dependents import ours

DAY = dt.date(2026, 5, 8)


def test_both_sides_are_shown_with_quotes_days_and_publishers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    dossier = ours("muse-spark")
    print_conflicts(conflict_rows(dossier, dossier.conflicts[:2]), as_json=False)
    shown = capsys.readouterr().out
    assert "C1  licence, open\n" in shown
    assert (
        "\u201cMuse Spark is fully proprietary\u201d Unnamed AI tool comparison site (S1" in shown
    )
    assert "\u201cFull (Apache 2.0 aligned)\u201d techdg.in (S3, undated)" in shown
    assert "reported, as of 2026-04-08, 3 witnesses" in shown
    assert "Rests on it: licence: Proprietary, closed source (F3)" in shown


def test_a_settled_one_tells_by_whom(capsys: pytest.CaptureFixture[str]) -> None:
    dossier = make_dossier(conflict=True)
    settled = Settlement(how="pick", fact="F2", by="R. Okafor", on=DAY, reason="Seen it.")
    one = dossier.conflicts[0].model_copy(update={"settlement": settled})
    print_conflicts(conflict_rows(dossier, [one]), as_json=False)
    shown = capsys.readouterr().out
    assert "Settled by R. Okafor on 2026-05-08: pick F2; Seen it." in shown
    assert conflict_rows(dossier, [one])[0]["state"] == "settled"


@pytest.mark.parametrize("published", [DAY, None])
def test_a_newer_truth_is_told_apart(published: dt.date | None) -> None:
    first, second = next(one for one in PAIRS if one.verdict == "supersession").facts()
    sources = [
        {"id": f"S{at}", "publisher": "P", "title": "T", "read": DAY, "published": published}
        for at in (1, 2)
    ]
    conflict = Conflict(id="C1", attribute=first.attribute, facts=("F1", "F2"), note="x")
    dossier = make_dossier(
        sources=sources, facts=[one.model_dump() for one in (first, second)], price={},
        conflicts=[conflict.model_dump()], as_of=DAY,
    )  # fmt: skip
    (row,) = conflict_rows(dossier, dossier.conflicts)
    assert row["kind"] == ("supersession" if published else "contradiction")
    assert [side["quotes"][0]["published"] for side in row["sides"]] == [
        str(published) if published else None
    ] * 2
