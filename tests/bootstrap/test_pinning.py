"""A stored run is read from its own documents, never from today's files."""

import asyncio
import shutil
from pathlib import Path

import pytest

from panel.bootstrap.pinning import pinned
from panel.bootstrap.planning import Plan, plan
from panel.bootstrap.running import start
from panel.engine.watching import Silent
from panel.errors import StoreError, TamperError
from panel.testing import FakeOpenAI
from tests.bootstrap.conftest import Opened
from tests.databases import tamper


@pytest.fixture
def made(house: Opened) -> Plan:
    """A finished run with earlier quotes of another."""
    with FakeOpenAI() as server, house().store(write=True) as store:
        asyncio.run(start(plan(house(server), ["muse-spark"]), store, Silent()))
        made = plan(house(server), ["hy-mt2"])
        asyncio.run(start(made, store, Silent()))
        return made


def test_it_asks_the_very_questions_of_the_first_start(
    house: Opened, desk: Path, made: Plan
) -> None:
    shutil.rmtree(desk / "dossiers")
    (desk / "prompts").mkdir()
    (desk / "prompts" / "rules.md.j2").write_text("Now for something else.")
    order = made.run.order
    with house().store(write=False) as store:
        found = pinned(store.run(made.run.id), store, house().workspace)
        before, after = (
            [
                question
                for dossier in material.dossiers(order)
                for question in material.questions(order, dossier)
            ]
            for material in (made.material(store), found)
        )
    assert after == before
    assert all(question.earlier for question in after)


@pytest.mark.parametrize("kind", ["dossier", "persona", "template", "earlier"])
@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("UPDATE documents SET body = body || ' ' WHERE kind = :kind", TamperError),
        ("DELETE FROM documents WHERE kind = :kind", StoreError),
    ],
)
def test_a_document_that_changed_or_is_gone_is_an_error(
    house: Opened, desk: Path, made: Plan, kind: str, statement: str, error: type[Exception]
) -> None:
    assert tamper(house().database_url, statement, kind=kind) > 0
    with house().store(write=False) as store:
        run = store.run(made.run.id)
        with pytest.raises(error):
            list(pinned(run, store, house().workspace).dossiers(run.order))
