import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import pytest

from panel.bootstrap.filing import Draft, Outcome
from panel.domain.dossier import Dossier
from panel.domain.intake.reading import Reading
from panel.errors import InputError
from panel.intake.keeping import Keeping
from panel.testing import make_dossier
from tests.domain.intake.test_merging import told

DAY = dt.date(2026, 11, 21)


def outcome(name: str, text: str = "Tern 2 is a model.", **changes: Any) -> Outcome:
    digest = hashlib.sha256(text.encode()).hexdigest()
    content: dict[str, Any] = {"address": name, "kind": "html", "read": DAY, "sha256": digest}
    return Outcome(name, Reading.model_validate({**content, "text": text, **changes}))


def draft(*outcomes: Outcome, dossier: Dossier | None = None, text: str = "") -> Draft:
    return Draft(Path("x.md"), dossier or make_dossier(), text, b"", outcomes=list(outcomes))


def test_ids_go_on_where_the_file_ends_and_the_same_bytes_are_one_source() -> None:
    one, twin, refused, other = (
        outcome("a", "A"), outcome("b", "A"), outcome("c", "C"), outcome("d", "D"),
    )  # fmt: skip
    refused.state = "refused"
    found = draft(one, twin, refused, other, text="  - id: S2\n# S7 was withdrawn\n")
    found.number()
    assert [(it.id, it.state) for it in found.outcomes] == [
        ("S8", "new"), ("S8", "known"), ("", "refused"), ("S9", "new"),
    ]  # fmt: skip


def test_what_a_page_does_not_say_is_not_made_up(tmp_path: Path) -> None:
    found = draft(
        outcome("folder/page.html", "A", url="https://e.com/a b"),
        outcome("x", "B", url="https://e.com/ok", title="T\u200b\nwo", publisher=" P "),
    )
    found.number()
    first, second = found.additions(Keeping(tmp_path)).sources
    assert (first.publisher, first.title, first.url) == ("Unnamed publisher", "page.html", None)
    assert (second.publisher, second.title, second.url) == ("P", "T wo", "https://e.com/ok")
    assert first.published is None


def test_the_dossier_describes_the_day_of_its_newest_source(tmp_path: Path) -> None:
    found = draft(outcome("a", "A"))
    found.number()
    assert found.dossier.as_of < DAY
    assert found.additions(Keeping(tmp_path)).as_of == DAY
    assert not draft().additions(Keeping(tmp_path))


def test_an_earlier_source_that_was_never_extracted_waits(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path)
    one = outcome("a", "Tern 2 is new.")
    keeping.keep(b"Tern 2 is new.", one.reading)
    dossier = make_dossier()
    extra = dossier.sources[0].model_copy(update={"id": "S9", "sha256": one.reading.sha256})
    dossier = dossier.model_copy(update={"sources": (*dossier.sources, extra)})
    found = draft(dossier=dossier)
    assert [(it.id, it.address) for it in found.waiting(keeping)] == [("S9", "a")]
    lost = draft(dossier=dossier)
    assert lost.waiting(Keeping(tmp_path / "elsewhere")) == []


def test_more_than_a_dossier_can_hold_is_an_error_of_the_order(tmp_path: Path) -> None:
    found = draft(*(outcome(str(at), str(at)) for at in range(201)))
    found.number()
    with pytest.raises(InputError, match=r"x.md cannot hold what these sources add: sources: "):
        found.additions(Keeping(tmp_path))


def test_refused_sources_give_no_facts(tmp_path: Path) -> None:
    good, bad = outcome("a", "A"), outcome("b", "B")
    found = draft(good, bad)
    found.number()
    good.candidates = (told(int(good.id[1:]), "GPL 3.0"),)
    bad.candidates, bad.state = (told(int(bad.id[1:]), "proprietary"),), "refused"
    additions = found.additions(Keeping(tmp_path))
    assert [fact.value for fact in additions.facts] == ["GPL 3.0"]
    assert len(additions.sources) == 1
