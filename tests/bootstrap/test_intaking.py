"""A dossier from articles: built, added to, and left alone where there is nothing new."""

import asyncio
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from panel.bootstrap.extracting import Forecast
from panel.bootstrap.filing import Outcome
from panel.bootstrap.house import House
from panel.bootstrap.intaking import Built, Talk, Wanted, build
from panel.errors import EndpointError, InputError, SpendingError
from panel.testing import FakeOpenAI, Reply
from tests.bootstrap.articles import reader, write

DAY = dt.date(2026, 11, 21)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "dossiers").mkdir()
    return tmp_path


@pytest.fixture
def llm(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeOpenAI]:
    monkeypatch.setenv("SHIPSKIP_API_KEY", "made-up-key-of-tests")
    with FakeOpenAI(reader) as server:
        yield server


def built(
    desk: Path, *names: str, llm: FakeOpenAI | None = None, talk: Talk | None = None, **more: Any
) -> Built:
    """Build tern-2 from articles of the pack."""
    paths = write(desk)
    flags = {"llm": "openai-chat:fake", "base_url": llm.base_url} if llm else {}
    priced = {"input_price": "1", "output_price": "2"} if llm else {}
    settings = {name: more.pop(name) for name in ("max_cost", "input_price") if name in more}
    house = House.open(desk, {**flags, **priced, **settings})
    content: dict[str, Any] = {"name": "Tern 2", "vendor": "Kestrel", "today": DAY, **more}
    addresses = tuple(paths.get(name, name) for name in names)
    return asyncio.run(build(house, Wanted("tern-2", addresses, **content), talk))


def conflicts(found: Built) -> list[str]:
    return [one.attribute for one in found.dossier.conflicts]


def test_articles_become_facts_with_their_contradictions(desk: Path, llm: FakeOpenAI) -> None:
    found = built(desk, "launch.md", "review.md", llm=llm)
    facts = {fact.attribute: fact for fact in found.dossier.facts}
    assert len(facts["context-window"].witnesses) == 2, "128K is 131,072"
    assert len(facts["release-date"].witnesses) == 2
    assert len(facts["parameters"].witnesses) == 2
    assert sorted(conflicts(found)) == ["history", "licence", "weights"]
    assert found.dossier.released == dt.date(2026, 4, 8)
    assert found.dossier.vendor == "Kestrel"
    assert found.dossier.licence is None, "neither side is better supported"
    assert [warning for warning in found.warnings if "REPLACE" in str(warning)] == []
    assert len(llm.requests) == 4, "two sources, one mend, one question for contradictions"


def test_quotes_are_found_in_the_kept_sources(desk: Path, llm: FakeOpenAI) -> None:
    found = built(desk, "launch.md", "review.md", llm=llm)
    kept = [path.read_text() for path in (desk / "sources").rglob("text.txt")]
    for fact in found.dossier.facts:
        for witness in fact.witnesses:
            assert any(witness.quote in " ".join(text.split()) for text in kept)


def test_building_again_changes_no_byte_and_asks_nobody(desk: Path, llm: FakeOpenAI) -> None:
    first = built(desk, "launch.md", "review.md", llm=llm)
    before, asked = first.path.read_bytes(), len(llm.requests)
    again = built(desk, "review.md", "launch.md", llm=llm)
    assert first.path.read_bytes() == before
    assert len(llm.requests) == asked
    assert not again.additions
    assert {outcome.state for outcome in again.outcomes} == {"known"}


def test_an_update_keeps_what_an_editor_wrote(desk: Path, llm: FakeOpenAI) -> None:
    path = built(desk, "launch.md", llm=llm).path
    text = path.read_text()
    mine = text.replace("category: AI model", "category: Ours  # mine").replace(
        "facts:\n", "facts:\n  # F90 was withdrawn\n", 1
    )
    path.write_text(f"{mine}\nA summary by hand.\n")
    found = built(desk, "review.md", "later.md", llm=llm)
    after = path.read_text()
    assert "category: Ours  # mine" in after
    assert after.endswith("\nA summary by hand.\n")
    assert {int(fact.id[1:]) for fact in found.additions.facts} == set(
        range(91, 91 + len(found.additions.facts))
    ), "an id in a comment is not given again"
    assert [one for one in text.splitlines() if one not in after.splitlines()] == [
        "category: AI model",
        "conflicts: []",
    ]
    assert "context-window" in conflicts(found), "256K against 128K"


def test_a_copied_text_counts_once(desk: Path, llm: FakeOpenAI) -> None:
    found = built(desk, "launch.md", "copy.md", llm=llm)
    assert [source.copy_of for source in found.dossier.sources] == [None, "S1"]


def test_without_an_llm_sources_are_filed_and_wait(desk: Path, llm: FakeOpenAI) -> None:
    found = built(desk, "launch.md", "review.md")
    assert not found.asked
    assert [source.title for source in found.dossier.sources] == [
        "Kestrel releases Tern 2", "Tern 2, read closely",
    ]  # fmt: skip
    assert "REPLACE ME" in found.dossier.facts[0].statement
    assert any("placeholder" in str(warning) for warning in found.warnings)
    later = built(desk, llm=llm)
    assert [source.id for source in later.dossier.sources] == ["S1", "S2"]
    assert sorted(conflicts(later)) == ["history", "licence", "weights"]
    assert "REPLACE ME" not in later.path.read_text()


def test_what_cards_and_lists_state_needs_no_llm(desk: Path) -> None:
    card = desk / "README.md"
    card.write_text("---\nlicense: mit\n---\n# Tern 2\n\nTern 2 is a language model by Kestrel.\n")
    models = desk / "models.json"
    models.write_text('{"data": [{"id": "k/tern-2", "context_length": 4096}, {"id": "k/gull"}]}')
    found = built(desk, str(card), f"{models}#k/tern-2")
    assert {fact.attribute: fact.value for fact in found.dossier.facts} == {
        "licence": "MIT", "context-window": "4,096",
    }  # fmt: skip
    assert found.dossier.licence == "MIT"
    other = built(desk, f"{models}#k/gull")
    assert [outcome.candidates for outcome in other.outcomes] == [()], "not this model's entry"


def test_a_source_that_is_no_evidence_is_left_out(desk: Path) -> None:
    (desk / "empty.html").write_text("<html><body></body></html>")
    found = built(desk, "launch.md", str(desk / "empty.html"), "http://127.0.0.1:9/x")
    states = [outcome.state for outcome in found.outcomes]
    assert states == ["new", "refused", "refused"]
    assert all(" -> " in outcome.why for outcome in found.outcomes[1:])
    assert len(found.dossier.sources) == 1


def test_nothing_but_refused_sources_writes_nothing(desk: Path) -> None:
    (desk / "empty.html").write_text("<html><body></body></html>")
    found = built(desk, str(desk / "empty.html"))
    assert not found.path.exists()
    assert list((desk / "dossiers").iterdir()) == []


@pytest.mark.parametrize(
    ("names", "more", "said"),
    [
        ((), {}, "there is no dossier tern-2 yet"),
        (("nowhere.md",), {}, "there is no such file"),
        (("launch.md",), {"name": "x" * 99}, "name"),
    ],
)
def test_orders_that_cannot_be_met(
    desk: Path, names: tuple[str, ...], more: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError, match=said) as refused:
        built(desk, *names, **more)
    assert "dossiers" not in refused.value.problems[0].path, "the template is nobody's file yet"
    assert list((desk / "dossiers").iterdir()) == []


def test_a_name_leads_to_the_dossier_that_is_there(desk: Path) -> None:
    path = built(desk, "launch.md").path
    house = House.open(desk)
    wanted = Wanted("Tern 2", (str(desk / "review.md"),), DAY)
    again = asyncio.run(build(house, wanted))
    assert (again.path, again.is_new) == (path, False)
    assert len(again.dossier.sources) == 2


def test_a_template_is_built_on(desk: Path) -> None:
    path = House.open(desk).dossiers.new("tern-2", name="Tern 2", today=DAY)
    mine = path.read_text().replace("category: REPLACE ME", "category: Ours ")
    path.write_text(mine)
    found = built(desk, "launch.md")
    assert [source.id for source in found.dossier.sources] == ["S1"]
    assert found.dossier.category.startswith("Ours")


def test_the_cost_is_told_before_and_held_to(desk: Path, llm: FakeOpenAI) -> None:
    told: list[Forecast] = []
    built(desk, "launch.md", llm=llm, talk=Talk(forecast=told.append))
    assert told[0].calls == 1
    assert told[0].cost
    asked = len(llm.requests)
    with pytest.raises(SpendingError, match="the cap is"):
        built(desk, "review.md", llm=llm, max_cost="0.000001")
    with pytest.raises(SpendingError, match="cost of extracting is unknown"):
        built(desk, "review.md", llm=llm, max_cost="5", input_price=None)
    assert len(llm.requests) == asked


def test_a_crash_pays_for_no_source_twice(desk: Path, llm: FakeOpenAI) -> None:
    done: list[str] = []

    def crash(address: str, _done: int, _in_all: int) -> None:
        done.append(address)
        if len(done) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        built(desk, "launch.md", "review.md", llm=llm, talk=Talk(piece=crash))
    paid = len(llm.requests)
    assert paid == 1
    assert list((desk / "dossiers").iterdir()) == []
    found = built(desk, "launch.md", "review.md", llm=llm)
    launch = [one for one in llm.requests if "Kestrel releases Tern 2" in str(one.messages[1])]
    assert len(launch) == 1
    assert found.dossier.facts


def test_an_llm_that_refuses_the_key_ends_the_build(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIPSKIP_API_KEY", "made-up-key-of-tests")
    with FakeOpenAI([Reply(http_status=401)] * 9) as server, pytest.raises(EndpointError):
        built(desk, "launch.md", llm=server)
    assert list((desk / "dossiers").iterdir()) == []


def test_progress_is_told_source_by_source(desk: Path, llm: FakeOpenAI) -> None:
    read: list[Outcome] = []
    pieces: list[tuple[str, int, int]] = []
    asked: list[Outcome] = []

    def piece(address: str, done: int, in_all: int) -> None:
        pieces.append((Path(address).name, done, in_all))

    talk = Talk(read=read.append, piece=piece, extracted=asked.append)
    found = built(desk, "launch.md", "review.md", llm=llm, talk=talk)
    assert len(read) == 2
    assert pieces == [("launch.md", 0, 1), ("review.md", 0, 1)]
    assert tuple(asked) == found.outcomes
