"""A bundle is read back dossier by dossier, and every name in it must lead where it says."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from panel.domain.dossier import Dossier
from panel.domain.persona import Persona
from panel.domain.run import OrderedDossier, Panel, Seat
from panel.publishing.bundle import Bundle, Part, write_bundle
from panel.publishing.manifest import read_manifest
from panel.publishing.reading import Reading, UnreadableError
from panel.publishing.verification import verify_bundle
from tests.publishing import dossiers as made
from tests.publishing import factories as make
from tests.publishing.cases import bundle_of

_SLUGS = ("tern-1", "tern-2", "tern-3")


def _bundle() -> Bundle:
    """Three dossiers; the last has a panel of its own and is not answered yet."""
    personas = make.personas()
    about = [made.dossier(slug=slug, name=slug.title()) for slug in _SLUGS]
    run = make.run(about, personas)
    seat = Seat(persona=personas[0].id, digest=personas[0].digest, llm=make.LLM)
    alone = Panel(seats=(seat,), quorum=1)
    items = tuple(
        OrderedDossier(slug=one.slug, digest=one.digest, panel=0 if at == 2 else None)
        for at, one in enumerate(about)
    )
    order = run.order.model_copy(update={"dossiers": items, "panels": (alone,)})
    parts = [_part(one, personas) for one in about[:2]]
    prompts = [make.prompt(one, who) for one in about[:2] for who in personas]
    return bundle_of(
        run.model_copy(update={"order": order}),
        personas,
        [*parts, Part(about[2], (), None)],
        prompts,
    )


def _part(dossier: Dossier, personas: Sequence[Persona]) -> Part:
    reviews = tuple(make.review(dossier, who, "skip") for who in personas)
    return Part(dossier, reviews, make.scorecard(dossier, reviews))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bundle of three dossiers."""
    write_bundle(tmp_path / "run", _bundle())
    return tmp_path / "run"


def _reading(folder: Path) -> Reading:
    return Reading(folder, read_manifest(folder))


def _rewrite(folder: Path, path: str, change: Callable[[list[str]], list[str]]) -> None:
    place = folder / path
    lines = place.read_text(encoding="utf-8").splitlines(keepends=True)
    place.write_text("".join(change(lines)), encoding="utf-8")


def test_the_parts_are_those_it_was_written_from(folder: Path) -> None:
    bundle, reading = _bundle(), _reading(folder)
    assert list(reading.bundle.parts()) == list(bundle.parts())
    assert list(reading.bundle.prompts(())) == list(bundle.prompts(()))
    assert reading.bundle.run == bundle.run
    assert {who.id: who for who in reading.bundle.personas} == {
        who.id: who for who in bundle.personas
    }
    assert reading.problems == []
    assert verify_bundle(folder) == []


def test_reviews_that_stand_in_another_order_are_found(folder: Path) -> None:
    _rewrite(folder, "reviews.jsonl", lambda lines: lines[5:] + lines[:5])
    parts = list(_reading(folder).bundle.parts())
    assert [len(part.reviews) for part in parts] == [0, 5, 0, *[1] * 5]
    assert "names review" in "\n".join(str(problem) for problem in verify_bundle(folder))


def test_a_line_that_cannot_be_read_ends_the_reading_where_it_stands(folder: Path) -> None:
    _rewrite(folder, "reviews.jsonl", lambda lines: [*lines[:7], "[]\n", *lines[8:]])
    parts = _reading(folder).bundle.parts()
    with pytest.raises(UnreadableError, match=r"reviews\.jsonl:8: cannot be read as what it is"):
        list(parts)


def test_bytes_that_are_no_text_are_named(folder: Path) -> None:
    with (folder / "reviews.jsonl").open("ab") as file:
        file.write(b"\xff\n")
    with pytest.raises(UnreadableError, match=r"reviews\.jsonl:11: cannot be read"):
        list(_reading(folder).bundle.parts())


def test_the_persona_of_a_seat_on_another_panel_must_be_the_one_ordered(tmp_path: Path) -> None:
    bundle = _bundle()
    order = bundle.run.order
    other = order.panels[0].seats[0].model_copy(update={"persona": "notary"})
    panels = (order.panels[0].model_copy(update={"seats": (other,)}),)
    run = bundle.run.model_copy(update={"order": order.model_copy(update={"panels": panels})})
    write_bundle(
        tmp_path / "run",
        bundle_of(run, bundle.personas, [*bundle.parts()], [*bundle.prompts(())]),
    )
    reading = _reading(tmp_path / "run")
    list(reading.bundle.parts())
    assert [str(problem.path).rpartition("/")[2] for problem in reading.problems] == ["notary.json"]


def test_a_scorecard_of_a_dossier_nobody_ordered_is_read_last(tmp_path: Path) -> None:
    bundle = _bundle()
    personas = make.personas()
    stranger = _part(made.dossier(slug="auk-9"), personas)
    prompts = [*bundle.prompts(()), *(make.prompt(made.dossier(slug="auk-9"), p) for p in personas)]
    parts = [*bundle.parts(), stranger]
    write_bundle(tmp_path / "run", bundle_of(bundle.run, personas, parts, prompts))
    read = list(_reading(tmp_path / "run").bundle.parts())
    assert read[-1] == stranger
    (tmp_path / "run" / "dossiers" / "auk-9.json").unlink()
    assert "auk-9" in "\n".join(str(problem) for problem in verify_bundle(tmp_path / "run"))
