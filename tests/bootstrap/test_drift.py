"""What a run would read today is held against what was ordered."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from panel.bootstrap.drift import drift
from panel.bootstrap.planning import plan
from panel.domain.run import OrderedDossier
from panel.library.orders import Row
from tests.bootstrap.conftest import ROOT, Opened
from tests.cli.conftest import edited

ADDRESS = "http://127.0.0.1:9/v1"
FLAGS = {"llm": "fake-llm", "base_url": ADDRESS}


@pytest.fixture
def changes(house: Opened) -> Callable[..., list[str]]:
    """Orders a dossier, does something, and tells what has changed since."""

    def told(
        then: Callable[[], object] = lambda: None,
        today: dict[str, object] | None = None,
        **ordered: object,
    ) -> list[str]:
        made = plan(house(**ordered), ["hy-mt2"])
        then()
        found = drift(house(**(today or {})), made.run, made.personas, made.run.order.dossiers)
        return [problem.message for problem in found]

    return told


def own(desk: Path, name: str) -> Path:
    """The workspace's own copy of a shipped file."""
    path = desk / name
    path.parent.mkdir(exist_ok=True)
    shutil.copy(ROOT / name, path)
    return path


def test_nothing_has_changed_by_itself(changes: Callable[..., list[str]]) -> None:
    assert changes() == []
    assert changes(**FLAGS) == []
    assert changes(**FLAGS, seats="skeptic", samples=3, quorum=1, temperature=0.5, seed=3) == []
    assert changes(today=FLAGS, **FLAGS) == []


def test_a_persona_that_is_another_is_told(changes: Callable[..., list[str]], desk: Path) -> None:
    def edit() -> None:
        edited(own(desk, "personas/skeptic.md"), "title: ", "title: Once more, ")

    assert changes(edit) == ["persona skeptic has changed since the run was ordered"]


def test_a_persona_that_cannot_be_read_is_told(
    changes: Callable[..., list[str]], desk: Path
) -> None:
    (told,) = changes(lambda: edited(own(desk, "personas/skeptic.md"), "id: ", "idea: "))[:1]
    assert "idea" in told or "id" in told


def test_a_persona_of_no_seat_may_change(changes: Callable[..., list[str]], desk: Path) -> None:
    def edit() -> None:
        edited(own(desk, "personas/skeptic.md"), "title: ", "title: Once more, ")

    assert changes(edit, seats="creator") == []


def test_a_prompt_that_is_another_is_told(changes: Callable[..., list[str]], desk: Path) -> None:
    def edit() -> None:
        edited(own(desk, "prompts/rules.md.j2"), "\n", "\n\n")

    assert changes(edit) == ["prompt rules.md.j2 has changed since the run was ordered"]


def test_a_dossier_that_is_another_is_told(changes: Callable[..., list[str]], desk: Path) -> None:
    path = desk / "dossiers" / "hy-mt2.md"
    assert changes(lambda: edited(path, "category: ", "category: New ")) == [
        "dossier hy-mt2 has changed since the run was ordered"
    ]


def test_a_dossier_that_cannot_be_read_is_told(
    changes: Callable[..., list[str]], desk: Path
) -> None:
    (told,) = changes(lambda: (desk / "dossiers" / "hy-mt2.md").write_text("nothing"))
    assert told.startswith("dossier hy-mt2 cannot be read any more: ")


def test_a_dossier_that_is_nowhere_was_ordered_by_its_path(
    changes: Callable[..., list[str]], desk: Path
) -> None:
    assert changes((desk / "dossiers" / "hy-mt2.md").unlink) == []


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ({"llm": "openai-chat:other"}, "llm openai-chat:fake-llm -> openai-chat:other"),
        (
            {"base_url": "http://127.0.0.1:8/v1"},
            f"base url of openai-chat:fake-llm {ADDRESS} -> http://127.0.0.1:8/v1",
        ),
        ({"temperature": 0.7}, "temperature of openai-chat:fake-llm not set -> 0.7"),
        ({"llm": "rubric"}, "llm openai-chat:fake-llm -> rubric draft, no llm"),
    ],
)
def test_an_llm_named_today_that_is_another_is_told(
    changes: Callable[..., list[str]], today: dict[str, object], said: str
) -> None:
    assert f"{said}, since the run was ordered" in changes(today=today, **FLAGS)


def test_the_llm_of_a_row_stays_its_own(house: Opened) -> None:
    rows = [
        Row(dossier="hy-mt2", line=1, path="x", llm="openai-chat:small", samples=2),
        Row(dossier="muse-spark", line=2, path="x", seats=("skeptic", "creator")),
    ]
    made = plan(house(**FLAGS), rows)
    order = made.run.order

    def told(items: Iterable[OrderedDossier], **today: object) -> list[str]:
        found = drift(house(**today), made.run, made.personas, items)
        return [problem.message for problem in found]

    assert told(order.dossiers) == []
    today = {"llm": "openai-chat:other", "base_url": ADDRESS}
    assert told(order.dossiers[:1], **today) == []
    assert told(order.dossiers[1:], **today) == [
        "llm openai-chat:fake-llm -> openai-chat:other, since the run was ordered"
    ]


@pytest.mark.parametrize("llm", ["fake-llm", "openai-chat:fake-llm"])
def test_a_persona_with_an_llm_of_its_own_keeps_it(house: Opened, desk: Path, llm: str) -> None:
    edited(own(desk, "personas/skeptic.md"), "id: skeptic", "id: skeptic\nllm: openai-chat:own")
    made = plan(house(llm=llm, base_url=ADDRESS), ["hy-mt2"])
    assert {seat.llm.name for seat in made.run.order.seats} == {"fake-llm", "own"}
    assert not list(drift(house(), made.run, made.personas, made.run.order.dossiers))


def test_nothing_is_looked_at_when_nothing_is_left(house: Opened, desk: Path) -> None:
    made = plan(house(), ["hy-mt2"])
    shutil.rmtree(desk / "dossiers")
    edited(own(desk, "personas/skeptic.md"), "id: ", "idea: ")
    assert not list(drift(house(), made.run, made.personas, ()))
