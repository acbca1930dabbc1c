"""An editor's file after an update: everything added is there, and nothing else has changed."""

import datetime as dt
import difflib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.dossier import Dossier
from panel.domain.fact import Conflict, Fact, Settlement, Source, Witness
from panel.domain.intake.additions import Additions, Corroboration, Joining
from panel.domain.intake.applying import applied
from panel.errors import InputError, ShipskipError, StaleError
from panel.library.dossier_edits import (
    create,
    rewrite,
    used_ids,
    with_additions,
    with_settlement,
)
from panel.library.dossiers import Dossiers
from panel.library.files import read_placed
from panel.library.workspace import Workspace
from panel.library.yaml_lines import item, plain
from panel.testing import make_dossier

ROOT = Path(__file__).parents[2]
OURS = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "dossiers").glob("*.md")}
DAY = dt.date(2026, 11, 21)
SETTLED = Settlement(how="keep-both", by="R. Okafor", on=DAY, reason="Both: they count by the way.")

MESSY = """\
---
slug:   tern-2   # never change this
name: 'Tern 2'
vendor: "Kestrel Labs"
category:  Language model
tagline: A model   # ours
released: null  # not told
as_of: 2026-06-01
price: {entry: null, facts: [F1]}  # who knows
rivals: [Gull 4, "Heron: Pro"]
sources:
- id: S1   # the vendor's
  publisher: Kestrel Labs
  title: "Tern \\u2013 2"
  read: 2026-06-01
  # more to come
# two facts only
facts:
-   id: F1
    topic: licence
    attribute: licence
    statement: >-
      Tern 2 is under
      the MIT licence.
    brief: an MIT licence
    as_of: 2026-05-02
    standing: official
    leaning: for
    witnesses: [{source: S1, quote: under the MIT licence}]
-   id: F2
    topic: licence
    attribute: licence
    statement: A review says that Tern 2 is proprietary.
    brief: a proprietary licence
    as_of: 2026-05-02
    standing: reported
    leaning: against
    witnesses:
    - source: S1
      quote: proprietary   # sic
    # ask them
conflicts: [{id: C1, attribute: licence, facts: [F1, F2,], note: Two licences.}]  # open
---
By hand.
"""


def said(text: str, folder: Path) -> Dossier:
    """What a text says as a dossier file."""
    path = folder / "x.md"
    path.write_bytes(text.encode())
    return read_placed(path, Dossier, body_key="summary").value


def changed(old: str, new: str) -> tuple[list[str], list[str]]:
    """Lines that are gone, and lines that are new."""
    told = list(difflib.ndiff(old.splitlines(), new.splitlines()))
    return [line[2:] for line in told if line[0] == "-"], [
        line[2:] for line in told if line[0] == "+"
    ]


def source(number: int = 90, **changes: Any) -> Source:
    content = {"id": f"S{number}", "publisher": "P: one", "title": "#1 \u2013 \u201cA\u201d"}
    return Source.model_validate({**content, "read": DAY, **changes})


def fact(number: int = 90, **changes: Any) -> Fact:
    content = {
        "id": f"F{number}", "topic": "licence", "attribute": "licence", "leaning": "neutral",
        "statement": "It is free: a test.", "brief": "a licence", "value": "1.10", "as_of": DAY,
        "standing": "reported", "witnesses": [{"source": "S90", "quote": '"said"'}],
    }  # fmt: skip
    return Fact.model_validate({**content, **changes})


@pytest.mark.parametrize("slug", sorted(OURS))
def test_our_own_files_are_written_in_the_one_shape(slug: str) -> None:
    dossier = Dossiers(Workspace(ROOT)).load(slug)
    for entry in (*dossier.sources, *dossier.facts, *dossier.conflicts):
        assert "\n".join(item(plain(entry), 2)) in OURS[slug]


@pytest.mark.parametrize("slug", sorted(OURS))
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_addition_changes_no_line_that_stands_there(slug: str, end: str, tmp_path: Path) -> None:
    old = OURS[slug].replace("\n", end)
    dossier = said(old, tmp_path)
    additions = Additions(
        sources=(source(),),
        facts=(fact(), fact(91)),
        witnesses=(Corroboration(fact="F2", witness=Witness(source="S90", quote="yes: it is")),),
        conflicts=(Conflict(id="C90", attribute="licence", facts=("F90", "F91"), note="Two."),),
    )
    new = with_additions(old, dossier, additions)
    assert said(new, tmp_path) == applied(dossier, additions)
    gone, added = changed(old, new)
    assert gone == []
    assert len(added) > 30
    assert new.count("\r\n") == (new.count("\n") if end == "\r\n" else 0)


def test_a_file_in_a_hand_of_its_own_keeps_it(tmp_path: Path) -> None:
    dossier = said(MESSY, tmp_path)
    additions = Additions(
        sources=(source(),),
        facts=(fact(),),
        witnesses=(
            Corroboration(fact="F1", witness=Witness(source="S90", quote="a, b: [c]")),
            Corroboration(fact="F2", witness=Witness(source="S90", quote="closed")),
        ),
        joined=(Joining(conflict="C1", fact="F90"),),
        conflicts=(Conflict(id="C2", attribute="licence", facts=("F1", "F90"), note="a: b"),),
        as_of=DAY,
        blanks={"released": "2026-05-02", "licence": "MIT", "price.entry": "Free, in the app"},
        price_facts=("F90",),
    )
    new = with_additions(MESSY, dossier, additions)
    assert said(new, tmp_path) == applied(dossier, additions)
    gone, _ = changed(MESSY, new)
    assert [line.split(":")[0].strip() for line in gone] == [
        "released", "as_of", "price", "witnesses", "conflicts",
    ]  # fmt: skip
    assert "as_of: 2026-11-21\n" in new
    assert "released: 2026-05-02  # not told\nlicence: MIT\n" in new
    assert "quote: proprietary   # sic\n    # ask them\n    - source: S90" in new
    assert "  # more to come\n\n- id: S90" in new
    assert new.count("#") == MESSY.count("#") + 1, "one is part of the new title"


def test_a_settlement_is_added_below_its_conflict_only(tmp_path: Path) -> None:
    old = OURS["muse-spark"]
    dossier = said(old, tmp_path)
    new = with_settlement(old, dossier, "C3", SETTLED)
    assert said(new, tmp_path).conflicts[2].settlement == SETTLED
    gone, added = changed(old, new)
    assert gone == []
    assert [line.strip() for line in added] == [
        "settlement:", "how: keep-both", "by: R. Okafor", "on: 2026-11-21",
        'reason: "Both: they count by the way."',
    ]  # fmt: skip


@pytest.mark.parametrize("blank", ["settlement: null  # or how", "settlement:", "settlement: ~"])
def test_a_blank_settlement_is_filled_in_place(blank: str, tmp_path: Path) -> None:
    keys = ("- id: C1", "  attribute: licence", "  facts: [F1, F2]", f"  {blank}", "  note: x")
    block = "\n".join(["conflicts:", *(f"  {key}" for key in keys), ""])
    old = MESSY[: MESSY.index("conflicts:")] + block + "---\n"
    dossier = said(old, tmp_path)
    new = with_settlement(old, dossier, "C1", SETTLED)
    assert said(new, tmp_path).conflicts[0].settlement == SETTLED
    assert ("# or how" in new) == ("# or how" in blank)


def test_a_settlement_inside_brackets_stays_there(tmp_path: Path) -> None:
    dossier = said(MESSY, tmp_path)
    new = with_settlement(MESSY, dossier, "C1", SETTLED)
    after = said(new, tmp_path)
    assert after.conflicts[0].settlement == SETTLED
    assert after.as_of == SETTLED.on, "nothing in a dossier may be later than its as_of"


def test_placeholders_make_room(tmp_path: Path) -> None:
    dossiers = Dossiers(Workspace(tmp_path))
    path = dossiers.new("tern-2", today=DAY)
    old, dossier = path.read_text(encoding="utf-8"), dossiers.load("tern-2")
    additions = Additions(
        sources=(source(1),),
        facts=(fact(1, witnesses=[{"source": "S1", "quote": "x"}]),),
        cleared=("S1", "F1"),
        blanks={"vendor": "Kestrel Labs", "price.input_per_million": "0.60"},
        conflicts=(),
    )
    new = with_additions(old, dossier, additions)
    assert said(new, tmp_path) == applied(dossier, additions)
    assert "vendor: Kestrel Labs\n" in new
    assert "input_per_million: 0.60  # digits only\n" in new
    assert "# Every document read, one item each.\nsources:\n  - id: S1\n" in new
    assert new.count("- id:") == old.count("- id:"), "the commented example stays"


WORDS = st.text(
    st.sampled_from("ab 1.:#-'\"[]{},&*!|>%@`?~\u2013\u201c\u00e9\u6a21"), min_size=1, max_size=24
).filter(lambda text: bool(text.strip()))


@st.composite
def additions(draw: st.DrawFn) -> Additions:
    facts = [fact(number, statement=draw(WORDS), brief=draw(WORDS), value=draw(WORDS),
                  witnesses=[{"source": "S90", "quote": draw(WORDS)}])
             for number in range(90, 90 + draw(st.integers(0, 3)))]  # fmt: skip
    ids = ["F1", "F2", *(one.id for one in facts)]
    return Additions(
        sources=(source(title=draw(WORDS), publisher=draw(WORDS)),),
        facts=tuple(facts),
        witnesses=tuple(
            Corroboration(fact=one, witness=Witness(source="S90", quote=draw(WORDS)))
            for one in draw(st.lists(st.sampled_from(["F1", "F2"]), unique=True))
        ),
        conflicts=tuple(
            Conflict(id=f"C{at}", attribute="licence", facts=tuple(sides), note=draw(WORDS))
            for at, sides in enumerate(
                draw(st.lists(st.lists(st.sampled_from(ids), min_size=2, unique=True), max_size=2)),
                start=90,
            )
        ),
        as_of=draw(st.none() | st.just(DAY)),
        blanks=draw(st.dictionaries(st.sampled_from(["access", "tagline", "price.entry"]), WORDS)),
    )


@given(additions())
def test_whatever_is_added_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, what: Additions
) -> None:
    folder = tmp_path_factory.getbasetemp()
    for old in (MESSY, OURS["qwen-studio"]):
        dossier = said(old, folder)
        try:
            expected = applied(dossier, what)
        except ValueError:
            continue  # e.g. a quote of more than twelve words
        found = said(with_additions(old, dossier, what), folder)
        assert found == expected


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "tern-2.md"
    found.write_text(MESSY, encoding="utf-8")
    return found


def test_a_file_is_replaced_whole_and_keeps_its_rights(path: Path) -> None:
    path.chmod(0o640)
    dossier, seen = said(path.read_text(), path.parent), path.read_bytes()
    what = Additions(sources=(source(read=dossier.as_of),))
    rewrite(path, lambda text: with_additions(text, dossier, what), applied(dossier, what), seen)
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in path.parent.iterdir() if one.name.startswith(".")] == []
    assert said(path.read_text(), path.parent).source("S90")


def test_a_file_changed_meanwhile_is_left_alone(path: Path) -> None:
    dossier, seen = said(MESSY, path.parent), path.read_bytes()
    path.write_bytes(seen + b"mine\n")
    with pytest.raises(StaleError, match="changed by somebody else"):
        rewrite(path, lambda text: text, dossier, seen)
    assert path.read_bytes() == seen + b"mine\n"


@pytest.mark.parametrize("broken", ["no front matter", "---\nslug: [\n---\n"])
def test_a_text_that_does_not_read_back_is_never_written(path: Path, broken: str) -> None:
    seen = path.read_bytes()
    dossier = said(MESSY, path.parent)
    with pytest.raises(ShipskipError, match="could not be read back"):
        rewrite(path, lambda _: broken, dossier, seen)
    other = dossier.model_copy(update={"name": "Other"})
    with pytest.raises(ShipskipError, match="would say something else: name"):
        rewrite(path, lambda text: text, other, seen)
    assert path.read_bytes() == seen
    new = path.with_name("new.md")
    with pytest.raises(ShipskipError, match="would say something else: name"):
        create(new, MESSY, other)
    assert [one.name for one in path.parent.iterdir() if one != path and one.stem != "x"] == []


def test_line_ends_that_cannot_be_kept_are_refused() -> None:
    with pytest.raises(InputError, match="carriage returns alone"):
        with_settlement("---\rslug: a\r---\r", make_dossier(conflict=True), "C1", SETTLED)


def test_ids_in_comments_count_as_used() -> None:
    assert used_ids("facts:\n# F9 was wrong\n  - id: F2\n conflicts: [C11], S3 F0 F1000") == (
        "F9", "F2", "C11", "S3",
    )  # fmt: skip
