"""What a run leaves, as bytes; the snapshots of every format live here.

`UPDATE_GOLDEN=1 python -m pytest tests/publishing/test_contents.py` rewrites the files in
`golden/`; read the difference before you commit it, and raise `page.RENDERING` with it.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from panel.domain.run import OrderedDossier, Panel
from panel.errors import TamperError
from panel.publishing.contents import Bundle, Part, Printing
from panel.publishing.manifest import Manifest, entry, manifest_bytes
from tests.publishing import dossiers as made
from tests.publishing import factories as make
from tests.publishing.cases import CASES, bundle_of

_GOLDEN = Path(__file__).parent / "golden"
_PAIRS = [
    (name, path) for name in CASES for path in ("aster-2.html", "aster-2.md", "scorecards.jsonl")
] + [("skip-with-dissent", "reviews.jsonl")]


def _printed(bundle: Bundle) -> tuple[dict[str, bytes], Manifest]:
    printing = Printing(bundle)
    files: dict[str, bytes] = {}
    for path, content in printing.chunks():
        files[path] = files.get(path, b"") + content
    return files, printing.manifest()


@pytest.mark.parametrize(("name", "path"), _PAIRS)
def test_every_format_is_byte_for_byte_its_snapshot(name: str, path: str) -> None:
    produced = _printed(CASES[name]().bundle)[0][path]
    golden = _GOLDEN / f"{name}.{path}"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(produced)
    assert produced.decode() == golden.read_text(encoding="utf-8")


def test_the_manifest_is_its_snapshot() -> None:
    produced = manifest_bytes(_printed(CASES["skip-with-dissent"]().bundle)[1])
    golden = _GOLDEN / "skip-with-dissent.manifest.json"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(produced)
    assert produced.decode() == golden.read_text(encoding="utf-8")


def test_a_bundle_holds_every_kind_of_file() -> None:
    files, _ = _printed(CASES["no-quorum"]().bundle)
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
    case = CASES["no-quorum"]()
    assert "prompts.jsonl" not in _printed(bundle_of(case.run, case.personas, [case.part]))[0]


def test_every_line_carries_its_digest() -> None:
    case = CASES["samples-with-bootstrap"]()
    lines = _printed(case.bundle)[0]["reviews.jsonl"].decode().splitlines()
    assert [json.loads(line)["digest"] for line in lines] == [row.digest for row in case.reviews]


def test_the_manifest_names_what_decided_the_outcome() -> None:
    case = CASES["split-by-rubric"]()
    files, manifest = _printed(case.bundle)
    assert manifest.order == case.run.order.digest
    assert manifest.dossiers == {"aster-2": case.dossier.digest}
    assert manifest.personas == {who.id: who.digest for who in case.personas}
    assert manifest.prompts == tuple(sorted(prompt.digest for prompt in case.prompts))
    assert [llm.name for llm in manifest.llms.values()] == ["rubric-1"]
    assert manifest.scorecards == {"aster-2": case.card.digest}
    assert manifest.files == tuple(entry(path, content) for path, content in sorted(files.items()))


def test_a_scorecard_without_its_dossier_is_refused() -> None:
    case = CASES["no-quorum"]()
    bundle = bundle_of(case.run, case.personas, [replace(case.part, dossier=None)])
    with pytest.raises(TamperError, match="has no dossier"):
        _printed(bundle)


def test_a_run_that_has_hardly_begun_has_its_files_too() -> None:
    case = CASES["no-quorum"]()
    files, manifest = _printed(bundle_of(case.run, case.personas, [Part(case.dossier, (), None)]))
    assert files["reviews.jsonl"] == files["scorecards.jsonl"] == b""
    assert manifest.dossiers == {"aster-2": case.dossier.digest}
    assert (manifest.reviews, manifest.scorecards, manifest.prompts) == ({}, {}, ())


def test_the_reviews_tell_which_prompts_are_wanted() -> None:
    case = CASES["samples-with-bootstrap"]()
    wanted: list[str] = []

    def prompts(named: Sequence[str]) -> tuple[()]:
        wanted.extend(named)
        return ()

    _printed(replace(case.bundle, prompts=prompts))
    assert wanted == sorted(prompt.digest for prompt in case.prompts)


def test_one_dossier_is_held_at_a_time() -> None:
    case = CASES["skip-with-dissent"]()
    events: list[str] = []

    def parts() -> Iterator[Part]:
        for slug in ("tern-1", "tern-2"):
            about = made.dossier(slug=slug)
            events.append(f"asked for {slug}")
            yield Part(about, tuple(make.review(about, who, "ship") for who in case.personas), None)

    printing = Printing(Bundle(case.run, case.personas, parts, lambda _: ()))
    for path, content in printing.chunks():
        if path == "reviews.jsonl" and content:
            events.append(json.loads(content)["slug"])
    assert events == ["asked for tern-1", *["tern-1"] * 5, "asked for tern-2", *["tern-2"] * 5]


def test_llms_of_every_panel_are_named() -> None:
    case = CASES["split-by-rubric"]()
    order = case.run.order
    own = Panel(seats=(order.seats[0].model_copy(update={"llm": make.LLM}),), quorum=1)
    item = OrderedDossier(slug="aster-2", digest=case.dossier.digest, panel=0)
    order = order.model_copy(update={"panels": (own,), "dossiers": (item,)})
    run = case.run.model_copy(update={"order": order})
    _, manifest = _printed(bundle_of(run, case.personas, [case.part]))
    assert {llm.digest for llm in manifest.llms.values()} == {
        order.seats[0].llm.digest,
        make.LLM.digest,
    }
