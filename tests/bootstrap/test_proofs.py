"""Export and verification of a stored run, also against somebody who makes digests fit."""

import asyncio
from pathlib import Path

import pytest

from panel.bootstrap.planning import Plan, plan
from panel.bootstrap.proofs import export, verify
from panel.bootstrap.running import start
from panel.domain.scorecard import Scorecard
from panel.domain.value import canonical_json, digest_of
from panel.engine.watching import Silent
from panel.errors import InputError
from panel.testing import FakeOpenAI
from tests.bootstrap.conftest import Opened
from tests.databases import tamper


@pytest.fixture
def made(house: Opened) -> Plan:
    """A finished run of two dossiers."""
    with FakeOpenAI() as server, house().store(write=True) as store:
        made = plan(house(server), ["hy-mt2", "muse-spark"])
        asyncio.run(start(made, store, Silent()))
        return made


def verified(house: Opened, made: Plan, folder: Path | None = None) -> list[str]:
    with house().store(write=False) as store:
        return [
            f"{problem.path} {problem.message}"
            for problem in verify(store, made.run.id, folder, house().workspace)
        ]


def test_a_run_and_its_export_hold(house: Opened, desk: Path, made: Plan) -> None:
    with house().store(write=False) as store:
        folder = export(store, made.run.id, desk / "printed", house().workspace)
    assert verified(house, made, folder) == []
    assert (folder / "prompts.jsonl").read_text(encoding="utf-8").count("\n") == 10


def test_a_run_without_a_card_has_nothing_to_export(house: Opened, desk: Path) -> None:
    made = plan(house(), ["hy-mt2"])
    with house().store(write=True) as store:
        store.create_run(made.run, made.documents())
        with pytest.raises(InputError, match=f"shipskip runs resume {made.run.id}"):
            export(store, made.run.id, desk / "printed", house().workspace)
        assert verify(store, made.run.id, None, house().workspace) == []
    assert not (desk / "printed").exists()


def forged(house: Opened, made: Plan, **changes: object) -> None:
    """Replace a scorecard by another with a digest that fits."""
    with house().store(write=False) as store:
        card = store.scorecards(made.run.id)[0]
    body = canonical_json(Scorecard.model_validate({**card.model_dump(), **changes}))
    count = tamper(
        house().database_url,
        "UPDATE scorecards SET body = :body, digest = :digest, slug = :slug WHERE slug = 'hy-mt2'",
        body=body,
        digest=digest_of("scorecard", body),
        slug=changes.get("slug", "hy-mt2"),
    )
    assert count == 1


def test_a_scorecard_with_a_fitting_digest_still_has_to_follow_from_its_reviews(
    house: Opened, desk: Path, made: Plan
) -> None:
    forged(house, made, outcome="no_quorum")
    assert verified(house, made) == ["scorecard hy-mt2 does not follow from its reviews"]


def test_a_scorecard_of_a_dossier_nobody_ordered_is_found(
    house: Opened, desk: Path, made: Plan
) -> None:
    forged(house, made, slug="another")
    assert verified(house, made) == [
        "scorecard hy-mt2 is missing",
        "scorecard another is of no dossier of this run",
    ]


def test_an_export_that_is_older_than_the_database_is_found(
    house: Opened, desk: Path, made: Plan
) -> None:
    with house().store(write=False) as store:
        folder = export(store, made.run.id, desk / "printed", house().workspace)
    forged(house, made, drafted_by="somebody else")
    assert verified(house, made, folder)[-1] == (
        f"{folder} holds other scorecards than the database"
    )


def test_without_its_folder_an_export_is_missing(house: Opened, desk: Path, made: Plan) -> None:
    found = verified(house, made, desk / "nowhere")
    assert found == [f"{desk / 'nowhere' / 'manifest.json'} the manifest is missing"]
