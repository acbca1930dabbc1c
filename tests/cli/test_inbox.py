import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from panel.errors import Exit
from tests.cli.conftest import Command
from tests.intake.test_feeds import RSS
from tests.intake.tricks import page
from tests.intake.website import Page, Website, html


@pytest.fixture
def site(workspace: Path) -> Iterator[Website]:
    """A site that this workspace watches."""
    with Website() as server:
        feed = RSS.replace("https://wire.example", server.url)
        models = [{"id": "meta/muse-spark"}, {"id": "acme/Nova-7"}, {"id": "acme/Nova-7-GGUF"}]
        server.pages |= {
            "/feed": Page(feed.encode()),
            "/models": Page(json.dumps({"data": models}).encode(),
                            headers={"content-type": "application/json"}),
            "/nova": html(page("")),
        }  # fmt: skip
        watch = json.dumps([f"{server.url}/feed", f"{server.url}/models"])
        (workspace / "shipskip.toml").write_text(f"watch = {watch}\n", encoding="utf-8")
        yield server


def test_models_without_a_dossier_are_listed_once(shipskip: Command, site: Website) -> None:
    done = shipskip("inbox", "--allow-host", site.host, "--json")
    assert done.code == Exit.DONE
    (entry,) = done.json
    assert (entry["id"], len(entry["sightings"])) == ("nova-7", 3)
    assert "new" in done.err


def test_the_list_asks_nobody(shipskip: Command, site: Website) -> None:
    shipskip("inbox", "--allow-host", site.host)
    site.asked.clear()
    listed = shipskip("inbox", "list")
    assert listed.out.startswith("nova-7  Nova-7")
    assert site.paths == []


def test_accepting_begins_a_dossier(shipskip: Command, site: Website, workspace: Path) -> None:
    shipskip("inbox", "--allow-host", site.host)
    done = shipskip("inbox", "accept", "nova-7", "--vendor", "Acme", "--allow-host", site.host)
    assert done.code == Exit.DONE, done.err
    assert (workspace / "dossiers" / "nova-7.md").is_file()
    assert shipskip("inbox", "list", "--json").json == []


def test_what_cannot_be_built_stays(shipskip: Command, site: Website) -> None:
    shipskip("inbox", "--allow-host", site.host)
    done = shipskip("inbox", "accept", "nova-7")
    assert done.code != Exit.DONE
    assert len(shipskip("inbox", "list", "--json").json) == 1


def test_dismissing_takes_off_the_list(shipskip: Command, site: Website) -> None:
    shipskip("inbox", "--allow-host", site.host)
    assert shipskip("inbox", "dismiss", "nova-7").code == Exit.DONE
    assert shipskip("inbox", "--allow-host", site.host, "--json").json == []


def test_an_unknown_id_is_told_with_what_waits(shipskip: Command, site: Website) -> None:
    shipskip("inbox", "--allow-host", site.host)
    done = shipskip("inbox", "accept", "nova-9")
    assert done.code == Exit.BAD_INPUT
    assert "nova-7" in done.err


def test_a_workspace_that_watches_nothing_is_told_how_to(
    shipskip: Command, workspace: Path
) -> None:
    done = shipskip("inbox")
    assert done.code == Exit.BAD_INPUT
    assert "watch = [" in done.err


def test_when_nothing_answers_the_code_says_so(shipskip: Command, site: Website) -> None:
    assert shipskip("inbox").code == Exit.ERROR
