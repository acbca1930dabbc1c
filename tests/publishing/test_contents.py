"""What a run leaves, as bytes; the snapshots of every format live here.

`UPDATE_GOLDEN=1 python -m pytest tests/publishing/test_contents.py` rewrites the files in
`golden/`; read the difference before you commit it, and raise `page.RENDERING` with it.
"""

import json
import os
from pathlib import Path

import pytest

from panel.errors import TamperError
from panel.publishing.contents import contents, entry, manifest_bytes, manifest_of
from tests.publishing.cases import CASES

_GOLDEN = Path(__file__).parent / "golden"
_PAIRS = [
    (name, path) for name in CASES for path in ("aster-2.html", "aster-2.md", "scorecards.jsonl")
] + [("skip-with-dissent", "reviews.jsonl")]


@pytest.mark.parametrize(("name", "path"), _PAIRS)
def test_every_format_is_byte_for_byte_its_snapshot(name: str, path: str) -> None:
    produced = contents(CASES[name]().bundle)[path]
    golden = _GOLDEN / f"{name}.{path}"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(produced)
    assert produced.decode() == golden.read_text(encoding="utf-8")


def test_the_manifest_is_its_snapshot() -> None:
    bundle = CASES["skip-with-dissent"]().bundle
    produced = manifest_bytes(manifest_of(bundle, contents(bundle)))
    golden = _GOLDEN / "skip-with-dissent.manifest.json"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(produced)
    assert produced.decode() == golden.read_text(encoding="utf-8")


def test_a_bundle_holds_every_kind_of_file() -> None:
    files = contents(CASES["no-quorum"]().bundle)
    personas = {f"personas/{who}.json" for who in ("business-analyst", "creator", "developer",
                                                    "futurist", "skeptic")}  # fmt: skip
    assert set(files) == personas | {
        "aster-2.html",
        "aster-2.md",
        "dossiers/aster-2.json",
        "prompts.jsonl",
        "reviews.jsonl",
        "run.json",
        "scorecards.jsonl",
        "scorecards/aster-2.json",
    }


def test_prompts_may_stay_out() -> None:
    bundle = CASES["no-quorum"]().bundle.model_copy(update={"prompts": ()})
    assert "prompts.jsonl" not in contents(bundle)


def test_every_line_carries_its_digest() -> None:
    case = CASES["samples-with-bootstrap"]()
    lines = contents(case.bundle)["reviews.jsonl"].decode().splitlines()
    assert [json.loads(line)["digest"] for line in lines] == [row.digest for row in case.reviews]


def test_the_manifest_names_what_decided_the_outcome() -> None:
    case = CASES["split-by-rubric"]()
    files = contents(case.bundle)
    manifest = manifest_of(case.bundle, files)
    assert manifest.order == case.run.order.digest
    assert manifest.dossiers == {"aster-2": case.dossier.digest}
    assert manifest.personas == {who.id: who.digest for who in case.personas}
    assert manifest.prompts == tuple(sorted(prompt.digest for prompt in case.prompts))
    assert [llm.name for llm in manifest.llms.values()] == ["rubric-1"]
    assert manifest.scorecards == {"aster-2": case.card.digest}
    assert manifest.files == tuple(entry(path, content) for path, content in files.items())


def test_a_scorecard_without_its_dossier_is_refused() -> None:
    bundle = CASES["no-quorum"]().bundle.model_copy(update={"dossiers": ()})
    with pytest.raises(TamperError, match="has no dossier"):
        contents(bundle)
