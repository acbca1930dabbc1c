"""The queue: found, filtered, sorted, counted, kept."""

import re
from typing import Any

from panel.desk.views.queue import VIEWS
from panel.domain.editing.queue import PAGE
from panel.editing.adoption import adopt
from panel.testing import make_dossier
from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk, living, make_house, words_of
from tests.domain.editing.papers import make_papers
from tests.editing.desk import numbered
from tests.store import desk_values as d


def many(desk: LiveDesk, count: int, **changes: Any) -> None:
    """More rows, of the same run."""
    run = Drafted(desk).papers.run
    rows = [d.row(run, f"m-{n}", name=f"Model {n:03}", **changes) for n in range(count)]
    desk.context.store.put_drafts((row, f"words of {row.slug}", "") for row in rows)


def shown(desk: LiveDesk, query: str = "") -> list[str]:
    """The drafts that a page of the queue shows, by run and slug."""
    return re.findall(r'href="/drafts/([^"]+)" data-open', desk.person().get(f"/queue{query}").text)


def test_an_empty_desk_says_what_will_come(desk: LiveDesk) -> None:
    assert "Nothing waits here yet" in words_of(desk.person("viewer").get("/queue"))
    assert "Start a run" in words_of(desk.person().get("/queue"))
    assert desk.person().get("/").headers["location"] == "/queue"


def test_drafts_are_found_by_words_and_by_what_they_are(desk: LiveDesk) -> None:
    first = Drafted(desk)
    second = Drafted(desk, make_papers("ship", "ship", "ship", **numbered(1)))
    second.move("approve") if not second.now.effective.blocking else second.move("submit")
    state = second.now.standing.state
    assert set(shown(desk)) == {str(first.ref), str(second.ref)}
    assert shown(desk, f"?state={state}") == [str(second.ref)]
    assert shown(desk, "?split=1") == [str(first.ref)]
    assert shown(desk, f"?run={first.ref.run}&q=tern") == [str(first.ref)]
    page = desk.person().get("/queue?q=nothinglikethis")
    assert "No draft matches" in words_of(page)
    assert 'href="/queue" class="chip-out"' in page.text


def test_pages_go_on_and_stop_at_the_last(desk: LiveDesk) -> None:
    many(desk, PAGE + 5)
    ana = desk.person()
    page = ana.get("/queue?sort=name")
    assert "Page 1 of 2" in words_of(page)
    assert 'href="/queue?sort=name&amp;page=2"' in page.text
    assert len(shown(desk, "?sort=name&page=2")) == 6
    assert ana.get("/queue?sort=name&page=9").headers["location"] == "/queue?sort=name&page=2"


def test_a_question_nobody_can_answer_is_refused_calmly(desk: LiveDesk) -> None:
    told = desk.person().get("/queue?state=lost&colour=red")
    assert told.status_code == 422
    assert "colour" in words_of(told)


def test_a_view_is_kept_for_its_owner_alone(desk: LiveDesk) -> None:
    ana, ben = desk.person(login="ana"), desk.person(login="ben")
    name = "Mine <i>"
    kept = ana.post("/queue/views", name=name, query="state=draft&assignee=me&page=4")
    assert kept.headers["location"] == "/queue?state=draft&assignee=me"
    page = ana.get(kept.headers["location"])
    assert "The view “Mine <i>” is kept." in words_of(page)
    assert "<i>" not in page.text
    (view,) = desk.context.store.views_of("ana")
    ben.post(f"/queue/views/{view.id}/drop")
    assert "Mine" not in words_of(ben.get("/queue"))
    assert desk.context.store.views_of("ana") == (view,)
    ana.post(f"/queue/views/{view.id}/drop")
    assert desk.context.store.views_of("ana") == ()


def test_what_cannot_be_a_view_is_told(desk: LiveDesk) -> None:
    ana = desk.person()
    for fields in (
        {"name": " "},
        {"name": "x" * 61},
        {"name": "a\u200bb"},
        {"name": "v", "query": "state=lost"},
        {"name": "v", "query": f"q={'%E2%82%AC' * 150}"},
    ):
        assert ana.post("/queue/views", **fields).status_code == 422
    for number in range(VIEWS):
        ana.post("/queue/views", name=f"View {number}", query="look=1")
    assert ana.post("/queue/views", name="One more").status_code == 422


def test_what_the_panel_says_is_kept_back_where_editors_call_first(
    desk: LiveDesk, tmp_path: Any
) -> None:
    house = make_house(tmp_path / "blind", blind_first=True)
    with living(house) as blind:
        draft = Drafted(blind)
        ana = blind.person(login="ana")
        assert "call first" in words_of(ana.get("/queue"))
        assert "call first" not in words_of(blind.person("viewer").get("/queue"))
        ana.post(f"{draft.path}/blind", call="ship")
        assert "call first" not in words_of(ana.get("/queue"))
        adopt(blind.context.store, blind.context.drafts)


def test_one_goes_from_draft_to_draft_as_the_queue_was_last_shown(desk: LiveDesk) -> None:
    names = ("Heron 9", "Auk 1", "Tern 2", "Coot 3")
    drafts = [
        Drafted(desk, make_papers(dossier=make_dossier(conflict=True, name=name), **numbered(at)))
        for at, name in enumerate(names, 1)
    ]
    heron, auk, tern, coot = drafts
    coot.move("submit")
    ana = desk.person("viewer")

    def leads(draft: Drafted, to: str) -> str:
        return ana.get(f"/step/{to}/{draft.ref}").headers["location"]

    assert leads(heron, "next") == auk.path  # nobody has looked at the queue yet: the newest first
    ana.get("/queue?state=draft&sort=name")
    assert "/queue?state=draft&amp;sort=name" in ana.get(auk.path).text
    assert (leads(auk, "next"), leads(heron, "next")) == (heron.path, tern.path)
    assert leads(tern, "previous") == heron.path
    assert leads(tern, "next") == "/queue?state=draft&sort=name"
    assert "That was the last one." in words_of(ana.get("/queue?state=draft&sort=name"))
    leads(coot, "next")
    assert "stands alone" in words_of(ana.get("/queue"))
    assert ana.get("/step/next/20200101-000000-abcdef/tern-2").status_code == 404
    assert ana.get(f"/step/sideways/{auk.ref}").status_code == 422


def test_a_memory_of_the_queue_that_makes_no_sense_is_no_memory(desk: LiveDesk) -> None:
    draft, ana = Drafted(desk), desk.person()
    for value in ("!", "c3RhdGU9bG9zdA==", "/w=="):
        ana.client.cookies.set(f"{desk.context.cookie}-queue", value, domain="127.0.0.1")
        assert 'href="/queue">Back to the queue' in ana.get(draft.path).text
