from pathlib import Path

from panel.domain.dossier import Dossier
from panel.domain.value import canonical_json
from panel.library.dossiers import Dossiers
from panel.library.workspace import Workspace
from tests.cli.conftest import ROOT, Command, edited


def load(slug: str) -> Dossier:
    return Dossiers(Workspace(ROOT)).load(slug)


def test_show_tells_the_whole_dossier(shipskip: Command, workspace: Path) -> None:
    dossier = load("muse-spark")
    result = shipskip("dossier", "show", "muse-spark")
    assert result.code == 0
    assert result.out.startswith("Muse Spark \u00b7 Meta \u00b7 Multimodal assistant model\n")
    shown = " ".join(result.out.split())
    for fact in dossier.facts:
        assert f"{fact.id} " in shown
    for conflict in dossier.conflicts:
        assert f"{conflict.id} {conflict.attribute}, open: " in shown
    for source in dossier.sources:
        assert f"{source.id} {source.publisher}: {source.title}" in shown
    disputed = sum(bool(dossier.disputes(fact.id)) for fact in dossier.facts)
    assert shown.count("! disputed in C") == disputed > 0
    assert "\x1b" not in result.out


def test_show_tells_price_settlement_copies_and_what_is_unknown(
    shipskip: Command, article: Path
) -> None:
    fact = article.read_text().split("facts:\n")[1].split("---")[0]
    second = fact.replace("id: F1", "id: F2").replace("is under", "may be under")
    conflicts = """conflicts:
  - id: C1
    attribute: licence
    facts: [F1, F2]
    note: One of the two.
    settlement: {how: pick, fact: F1, by: Ada, on: 2026-05-30, reason: it is newer}
"""
    edited(article, fact, fact + second + conflicts)
    edited(article, "as_of: 2026-06-01\n", "as_of: 2026-06-01\nprice: {input_per_million: 0.6}\n")
    edited(article, "    title: Two\n", "    title: Two\n    copy_of: S1\n    note: Dull.\n")
    result = shipskip("dossier", "show", article)
    assert result.code == 0, result.err
    shown = " ".join(result.out.split())
    assert "settled by Ada on 2026-05-30 (pick F1: it is newer): One of the two." in shown
    assert "0.6 USD in per million" in shown
    assert "Licence unknown" in shown
    assert "(undated, read 2026-06-01, a copy of S1) Dull." in shown


def test_show_as_json_is_the_canonical_dossier(shipskip: Command, workspace: Path) -> None:
    result = shipskip("dossier", "show", "muse-spark", "--json")
    assert result.out == canonical_json(load("muse-spark")) + "\n"
    assert Dossier.model_validate_json(result.out).digest == load("muse-spark").digest


def test_list_counts_facts_and_open_conflicts(shipskip: Command, workspace: Path) -> None:
    dossier = load("muse-spark")
    rows = shipskip("dossier", "list", "--json").lines
    assert [row["slug"] for row in rows] == ["hy-mt2", "muse-spark"]
    assert rows[1]["facts"] == len(dossier.facts)
    assert rows[1]["open_conflicts"] == len(dossier.open_conflicts)
    text = shipskip("dossier", "list").out
    assert "muse-spark  Muse Spark  Meta" in text
    assert str(dossier.as_of) in text
