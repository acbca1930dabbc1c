"""Many drafts at once: told first, done second, and what could not be done is told."""

import json

import httpx2
import pytest

from panel.bootstrap.house import House
from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk, Person, living, make_house, words_of
from tests.domain.editing.papers import make_papers
from tests.editing.desk import numbered


@pytest.fixture
def drafts(desk: LiveDesk) -> list[Drafted]:
    """Three drafts."""
    return [Drafted(desk, make_papers(**numbered(number))) for number in (1, 2, 3)]


def send(person: Person, drafts: list[Drafted], **fields: str) -> httpx2.Response:
    """Choose drafts as they stand and do something with them."""
    return send_chosen(person, [f"{one.ref}@{one.now.version}" for one in drafts], **fields)


def send_chosen(person: Person, chosen: list[str], **fields: str) -> httpx2.Response:
    """Do something with drafts that are named so."""
    sent = {"csrf": person.csrf, "draft": chosen, **fields}
    return person.send("/queue/bulk", sent)  # pyright: ignore[reportArgumentType]


def test_it_is_told_what_would_be_touched_before_it_is(
    desk: LiveDesk, drafts: list[Drafted]
) -> None:
    ana = desk.person(login="ana")
    drafts[1].move("submit")
    told = send(ana, drafts, act="submit")
    words = words_of(told)
    assert "This touches 2 drafts" in words
    assert "Left alone" in words
    assert "is in review already" in words
    assert [one.now.standing.state for one in drafts] == ["draft", "in_review", "draft"]


def test_the_stale_are_told_and_the_others_done(desk: LiveDesk, drafts: list[Drafted]) -> None:
    ana = desk.person(login="ana")
    chosen = [f"{one.ref}@0" for one in drafts]
    drafts[0].edit({"summary": "Meanwhile."}, login="ben")
    fields = {"act": "submit", "confirmed": "1", "key": "k"}
    for _ in range(2):  # sent twice is done once
        words = words_of(send_chosen(ana, chosen, **fields))
        assert "2 drafts submitted for review." in words
        assert "1 draft was left alone" in words
        assert "changed meanwhile by ben" in words
    assert [one.now.version for one in drafts] == [1, 1, 1]
    words = words_of(send_chosen(ana, chosen[:1], act="assign", login="ana", confirmed="1"))
    assert "you saw version 0" in words
    assert desk.context.store.assignee(*str(drafts[0].ref).split("/")) is None


def test_drafts_are_given_and_sent_back(desk: LiveDesk, drafts: list[Drafted]) -> None:
    ana = desk.person(login="ana")
    assert "Assign to Ana?" in words_of(send(ana, drafts, act="assign", login="ana"))
    send(ana, drafts, act="assign", login="ana", confirmed="1")
    store = desk.context.store
    assert {store.assignee(one.ref.run, one.ref.slug) for one in drafts} == {"ana"}
    drafts[0].move("submit")
    send(ana, drafts[:1], act="return", confirmed="1", key="r", reason="Not yet.")
    assert drafts[0].now.standing.state == "draft"
    assert drafts[0].now.revisions[-1].reason == "Not yet."


def test_drafts_are_exported_and_the_log_tells(desk: LiveDesk, drafts: list[Drafted]) -> None:
    ana = desk.person(login="ana")
    assert "One file" in words_of(send(ana, drafts, act="export"))
    file = send(ana, drafts, act="export", confirmed="1")
    assert file.headers["content-type"].startswith("application/x-ndjson")
    lines = [json.loads(line) for line in file.text.splitlines()]
    assert [one["run"] for one in lines] == [one.ref.run for one in drafts]
    acts = [event.act for event in desk.context.store.events(subject=str(drafts[0].ref))]
    assert acts == ["export"]


def test_their_dossiers_are_taken_to_a_new_run(desk: LiveDesk, drafts: list[Drafted]) -> None:
    lead = send(desk.person(), drafts, act="again").headers["location"]
    assert lead == "/runs/new?dossier=tern-2"


def test_what_names_no_draft_is_refused(desk: LiveDesk, drafts: list[Drafted]) -> None:
    ana = desk.person()
    assert "no draft is chosen" in words_of(send_chosen(ana, [], act="assign"))
    for chosen in ("x", f"{drafts[0].ref}@-1", f"{drafts[0].ref}", "a/../b@0"):
        assert send_chosen(ana, [chosen], act="submit", confirmed="1").status_code == 422
    gone = "20200101-000000-abcdef/tern-2@0"
    assert "does not have it any more" in words_of(send_chosen(ana, [gone], act="submit"))
    assert send(ana, drafts, act="publish").status_code == 422
    assert send(ana, drafts, act="assign", login="nobody").status_code == 422
    assert send(desk.person("viewer"), drafts, act="export").status_code == 403


def test_nobody_takes_along_what_they_have_to_call_first(house: House) -> None:
    with living(make_house(house.workspace.root, blind_first=True)) as blind:
        drafts = [Drafted(blind, make_papers(**numbered(number))) for number in (1, 2)]
        ana = blind.person(login="ana")
        ana.post(f"{drafts[0].path}/blind", call="ship")
        told = words_of(send(ana, drafts, act="export"))
        assert "This touches 1 draft" in told
        assert "call ship or skip on its page first" in told
        file = send(ana, drafts, act="export", confirmed="1")
        assert [json.loads(one)["run"] for one in file.text.splitlines()] == [drafts[0].ref.run]
