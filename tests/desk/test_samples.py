"""A seat is asked again in the background, and its answer is laid over what stands by then."""

import asyncio
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from panel.bootstrap.planning import plan
from panel.bootstrap.running import start
from panel.desk.samples import next_number
from panel.editing.adoption import adopt
from panel.editing.drafts import Draft, Ref
from panel.testing import FakeOpenAI, FakeRequest, Reply, grounded_answer
from tests.databases import Environment
from tests.desk.filled import form_of
from tests.desk.living import LiveDesk, Person, living, make_house, words_of

ROOT = Path(__file__).parents[2]
SLUG, PAGE = "hy-mt2", "/edit/skeptic/1"


class Script:
    """Answers as a careful llm would, until it is told to refuse."""

    refuses = False

    def __call__(self, request: FakeRequest) -> Reply:
        """Answer a request."""
        return Reply.refusal() if self.refuses else Reply.json(grounded_answer(request))


class Asked:
    """A desk with one draft of a real run."""

    def __init__(self, desk: LiveDesk, server: FakeOpenAI, script: Script) -> None:
        self.desk, self.server, self.script = desk, server, script
        context = desk.context
        made = plan(context.house, [SLUG])
        asyncio.run(start(made, context.store))
        self.ref = Ref(made.run.id, SLUG)
        self.path = f"/drafts/{self.ref.run}/{SLUG}"
        adopt(context.store, context.drafts)

    @property
    def now(self) -> Draft:
        """The draft as it stands."""
        return self.desk.context.drafts.draft(self.ref)

    def ask(self, who: Person, reason: str = "Another view.") -> None:
        """Ask the skeptic, and wait until it has answered or failed."""
        form = form_of(who.get(self.path + PAGE), "sample") | {"reason": reason}
        answer = who.post(f"{self.path}/sample", **form)
        assert answer.status_code == 303, words_of(answer)
        self.wait(who)

    def wait(self, who: Person) -> None:
        """Wait until no seat is being asked."""
        until = time.monotonic() + 30
        while who.get(f"{self.path}/sample").json()["asking"]:
            assert time.monotonic() < until, "the seat does not answer"
            time.sleep(0.05)


@pytest.fixture
def asked(tmp_path: Path, database: Environment) -> Iterator[Asked]:
    folder = tmp_path / "desk"
    (folder / "dossiers").mkdir(parents=True)
    shutil.copy(ROOT / "dossiers" / f"{SLUG}.md", folder / "dossiers")
    script = Script()
    with FakeOpenAI(script) as server:
        flags = {"llm": "fake-llm", "base_url": server.base_url, "max_retries": 0}
        prices = {"input_price": "1", "output_price": "2", "seats": ["skeptic", "developer"]}
        with living(make_house(folder, **flags, **prices)) as desk:
            yield Asked(desk, server, script)
            assert not server.errors


def test_another_sample_takes_the_place_of_the_verdict(asked: Asked) -> None:
    ana = asked.desk.person("editor", "ana")
    page = ana.get(asked.path + PAGE)
    assert "It costs between $" in words_of(page)
    before = len(asked.server.requests)
    asked.ask(ana)
    now = asked.now
    last = now.revisions[-1]
    seat = now.content.seat("skeptic", 1)
    assert seat
    assert (last.act, last.by, last.reason) == ("sample", "ana", "Another view.")
    assert (seat.origin.kind, seat.origin.run) == ("sample", last.key)
    assert len(asked.server.requests) > before
    assert asked.desk.context.store.run(last.key).parent == asked.ref.run
    assert next_number(now, "skeptic.1") == now.papers.card.samples + 2


def test_it_is_laid_over_what_others_saved_meanwhile(asked: Asked) -> None:
    ana, ben = asked.desk.person("editor", "ana"), asked.desk.person("editor", "ben")
    asked.server.latency = 1.0
    form = form_of(ana.get(asked.path + PAGE), "sample") | {"reason": "Another view."}
    assert ana.post(f"{asked.path}/sample", **form).status_code == 303
    assert "is being asked again for Ana" in words_of(ana.get(asked.path))
    twice = ana.post(f"{asked.path}/sample", **form)
    assert twice.status_code == 409
    assert form_of(twice, "sample")["reason"] == "Another view."
    summary = form_of(ben.get(f"{asked.path}/edit"), "save") | {"summary": "New words."}
    assert ben.post(f"{asked.path}/save", **summary).status_code == 303
    asked.wait(ana)
    assert asked.now.content.summary == "New words."
    assert [one.act for one in asked.now.revisions] == ["edit", "sample"]


def test_a_failure_is_told_and_changes_nothing(asked: Asked) -> None:
    ana = asked.desk.person("editor", "ana")
    asked.script.refuses = True
    asked.ask(ana)
    assert "Another sample of The Skeptic failed" in words_of(ana.get(asked.path))
    assert "Another sample failed" in words_of(ana.get(asked.path + PAGE))
    assert asked.now.version == 0


def test_it_needs_a_reason_a_seat_and_the_right(asked: Asked) -> None:
    ana, viewer = asked.desk.person("editor", "ana"), asked.desk.person("viewer")
    for fields, status in (
        ({"page": "skeptic.1"}, 422),
        ({"page": "skeptic.1", "reason": "x" * 1100}, 422),
        ({"page": "head", "reason": "x"}, 422),
        ({"page": "nobody.1", "reason": "x"}, 404),
    ):
        assert ana.post(f"{asked.path}/sample", **fields).status_code == status
    assert viewer.post(f"{asked.path}/sample", page="skeptic.1", reason="x").status_code == 403
    assert asked.now.version == 0
