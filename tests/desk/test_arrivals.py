"""The queue fills itself, beside all requests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from panel.desk.arrivals import Arrivals, stamps
from panel.editing.drafts import Ref
from tests.databases import Environment, tamper
from tests.desk.living import LiveDesk, living
from tests.desk.working import agree, stocked, until
from tests.domain.editing.papers import make_papers
from tests.editing.desk import keep_papers, keep_sample, numbered, run_of


@pytest.fixture
def real(tmp_path: Path, database: Environment) -> Iterator[LiveDesk]:
    """A desk with real dossiers."""
    with living(stocked(tmp_path / "desk")) as desk:
        yield desk


def drafted(desk: LiveDesk) -> Ref:
    """A draft of a run that was begun at the desk."""
    run = agree(desk.person()).headers["location"].removeprefix("/runs/")
    until(lambda: desk.context.store.queue_row(run, "hy-mt2"))
    return Ref(run, "hy-mt2")


def rewrite(path: Path) -> None:
    """Let every fact of a dossier say something else."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    statement: ", "    statement: By now, "), encoding="utf-8")


def test_what_a_run_leaves_comes_by_itself(real: LiveDesk) -> None:
    ref = drafted(real)
    assert f'href="/drafts/{ref}"' in real.person("viewer").get("/queue").text


def test_a_draft_whose_dossier_changed_asks_for_a_look(real: LiveDesk) -> None:
    ref, context = drafted(real), real.context
    arrivals = Arrivals(context)
    arrivals.catch_up()
    before = context.store.queue_row(ref.run, ref.slug)
    path = context.house.dossiers.slug_path(ref.slug)
    rewrite(path)
    arrivals.catch_up()
    after = context.store.queue_row(ref.run, ref.slug)
    assert before
    assert after
    assert (before.look, after.look > 0) == (0, True)


def test_what_changed_while_the_desk_was_closed_is_seen(
    tmp_path: Path, database: Environment
) -> None:
    house = stocked(tmp_path / "desk")
    with living(house) as desk:
        ref = drafted(desk)
    path = house.dossiers.slug_path(ref.slug)
    rewrite(path)
    with living(house) as desk:
        store = desk.context.store

        def looks() -> int:
            row = store.queue_row(ref.run, ref.slug)
            return row.look if row else 0

        until(looks)


def test_another_sample_is_no_draft_of_its_own(desk: LiveDesk) -> None:
    store, papers = desk.context.store, make_papers()
    ref = keep_papers(store, papers)
    verdict = papers.reviews[1].verdict
    assert verdict
    keep_sample(store, papers, papers.reviews[1].persona, verdict, 2)
    Arrivals(desk.context).catch_up()
    assert store.unadopted(5) == ()
    page = desk.person("viewer").get("/queue").text
    assert f"/drafts/{ref}" in page
    assert run_of(papers, 2) not in page


def test_one_bad_record_keeps_nothing_else_away(desk: LiveDesk) -> None:
    store = desk.context.store
    broken = keep_papers(store, make_papers())
    tamper(
        desk.context.house.database_url,
        "UPDATE scorecards SET body = '{}' WHERE run_id = :run",
        run=broken.run,
    )
    good = keep_papers(store, make_papers("skip", **numbered(1)))
    arrivals = Arrivals(desk.context)
    arrivals.catch_up()
    arrivals.catch_up()
    assert store.queue_row(good.run, good.slug)


def test_files_that_are_no_dossiers_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one", "utf-8")
    (tmp_path / "a.md~").write_text("two", "utf-8")
    (tmp_path / "b.md").symlink_to(tmp_path / "nowhere")
    assert set(stamps(tmp_path)) <= {"a"}
    assert stamps(tmp_path / "missing") == {}
