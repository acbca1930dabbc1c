import re

import pytest

from panel.bootstrap.house import House
from panel.desk.copies import Part, keep_part
from panel.publishing.view import result_words
from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk, hidden_fields, living, make_house, words_of
from tests.domain.editing.papers import citing, make_papers


@pytest.fixture
def draft(desk: LiveDesk) -> Drafted:
    return Drafted(desk)


def blind_house(house: House) -> House:
    return make_house(house.workspace.root, blind_first=True)


def test_everything_about_a_draft_is_on_its_page(desk: LiveDesk, draft: Drafted) -> None:
    page = desk.person("viewer").get(draft.path)
    words = words_of(page).replace("\u00a0", " ")
    assert page.status_code == 200
    card = draft.now.effective.card
    for told in (card.name, card.vendor, card.run, card.drafted_by, result_words(card)):
        assert told in words
    for review in draft.papers.reviews:
        if review.verdict is None:
            assert "No answer: timeout" in words
            continue
        assert review.verdict.headline in words
        for reason in (*review.verdict.reasons_for, *review.verdict.reasons_against):
            assert reason.text in words
        for flip in review.verdict.flip_conditions:
            assert flip.condition in words
    assert words.index("The Skeptic") < words.index("The Creator")
    for fact in draft.papers.dossier.facts:
        assert fact.statement in words
        assert f'<mark class="found">{fact.witnesses[0].quote}</mark>' in page.text


def test_the_facts_of_a_quote_stand_beside_it_and_chips_lead_to_them(
    desk: LiveDesk, draft: Drafted
) -> None:
    page = desk.person("viewer").get(draft.path).text
    for review in draft.papers.reviews:
        for fact in review.verdict.cited() if review.verdict else ():
            assert f'href="#{review.persona}-{review.sample}-{fact}"' in page
    anchors = re.findall(r'\bid="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors)


def test_flags_sit_on_the_very_words_and_say_what_keeps_it_from_being_approved(
    desk: LiveDesk, draft: Drafted
) -> None:
    quote = draft.now.content.seats[1].verdict
    assert quote
    draft.edit({"skeptic.1.quote": f"I tested it for a week. {quote.quote}"})
    page = desk.person().get(draft.path)
    assert '<mark class="blocks">I tested it</mark>' in page.text
    assert "It cannot be approved yet" in words_of(page)
    assert 'href="#skeptic-1-flag-1"' in page.text
    assert "edited since the draft" in words_of(page)


def test_a_rejected_verdict_stays_readable_with_the_reason(desk: LiveDesk, draft: Drafted) -> None:
    verdict = draft.papers.reviews[0].verdict
    assert verdict
    draft.edit({"developer.1.rejected": "It is about another model."}, "reject")
    words = words_of(desk.person("viewer").get(draft.path))
    assert "Rejected: It is about another model." in words
    assert verdict.quote in words


def test_a_page_shows_only_the_forms_its_reader_may_send(desk: LiveDesk, draft: Drafted) -> None:
    viewer, editor = (desk.person(role).get(draft.path).text for role in ("viewer", "editor"))
    publisher = desk.person("publisher").get(draft.path).text
    assert "<form" not in viewer
    assert f"{draft.path}/edit/skeptic/1" not in viewer
    for action in ("assign", "comments", "conflicts/C1", "move"):
        assert f'action="{draft.path}/{action}"' in editor
    assert 'value="approve"' not in editor
    assert 'value="approve"' in publisher


def test_the_copy_somebody_left_and_the_live_edition_are_told(
    desk: LiveDesk, draft: Drafted
) -> None:
    ana = desk.person(login="ana")
    edition = draft.move("approve").standing.approved
    draft.move("publish")
    for page in ("head", "skeptic.1"):
        part = Part(page=page, base=2, key="a", at=desk.context.clock(), form={"x": "typed"})
        keep_part(desk.context.store, draft.ref, "ana", part)
    page = ana.get(draft.path)
    words = words_of(page)
    assert f'<a href="{draft.path}/edit">Go on with summary and prices</a>' in page.text
    assert f'<a href="{draft.path}/edit/skeptic/1">Go on with The Skeptic</a>' in page.text
    assert edition
    assert edition[:12] in words
    assert "You have words here that are not saved" in words
    assert "not saved" not in words_of(desk.person(login="ben").get(draft.path))


def test_another_look_is_asked_for_with_reasons_and_noted_once(desk: LiveDesk) -> None:
    draft, ana = Drafted(desk, make_papers(citing("F10"), "skip")), desk.person(login="ana")
    ana.post(
        f"{draft.path}/conflicts/C1", decision="pick:F2", reason="The vendor says so.", base="0"
    )
    page = ana.get(draft.path)
    assert "F10 lost in C1, where another fact holds now; cited by developer" in words_of(page)
    fields = {"base": "0", "key": "once", "seen": draft.now.today.digest}
    for _ in range(2):
        assert ana.post(f"{draft.path}/look", **fields).status_code == 303
    assert "deserves another look" not in words_of(ana.get(draft.path))
    assert [one.act for one in draft.now.revisions] == ["look"]


def test_a_look_at_what_has_changed_meanwhile_is_stale(desk: LiveDesk, draft: Drafted) -> None:
    ana = desk.person(login="ana")
    stale = ana.post(f"{draft.path}/look", base="0", key="a", seen="f" * 64)
    assert stale.status_code == 409
    draft.edit({"summary": "Other words."})
    assert ana.post(f"{draft.path}/look", base="0", key="b", seen="").status_code == 409


def test_what_is_not_there_is_told_so(desk: LiveDesk, draft: Drafted) -> None:
    ana = desk.person(login="ana")
    for path in (f"/drafts/{draft.ref.run}/other", "/drafts/x/y", "/drafts/%00/%00"):
        assert ana.get(path).status_code == 404
        assert ana.post(f"{path}/look", base="0").status_code == 404
        assert ana.post(f"{path}/comments", text="x").status_code == 404
        assert ana.post(f"{path}/assign", login="ana").status_code == 404
        assert ana.post(f"{path}/blind", call="ship").status_code == 404
        assert ana.get(f"{path}/history").status_code == 404


def test_nothing_that_came_from_outside_is_markup(desk: LiveDesk) -> None:
    evil = "<img src=x onerror=alert(1)>"
    verdict = citing("F1", headline=evil)
    draft = Drafted(desk, make_papers(verdict, "skip"))
    desk.person(login="ana").post(f"{draft.path}/comments", text=f"{evil}</textarea>")
    page = desk.person(login="ana").get(draft.path)
    assert "<img" not in page.text
    assert f"{evil}</textarea>" in words_of(page)


def test_who_calls_blind_sees_the_facts_alone_until_then(house: House) -> None:
    with living(blind_house(house)) as desk:
        draft = Drafted(desk)
        ana = desk.person(login="ana")
        page = ana.get(draft.path)
        for review in draft.papers.reviews:
            if review.verdict:
                assert review.verdict.headline not in words_of(page)
                assert review.verdict.quote not in page.text
        for told in ("split", "seats answered", "Flag", "The Skeptic"):
            assert told not in words_of(page)
        assert draft.papers.dossier.facts[0].statement in words_of(page)
        for hidden in ("history", "exchange/skeptic/1"):
            answer = ana.get(f"{draft.path}/{hidden}")
            assert (answer.status_code, answer.headers["location"]) == (303, draft.path)
        assert "The Skeptic" in words_of(desk.person("viewer").get(draft.path))

        ana.post(f"{draft.path}/blind", call="ship")
        told = "You called ship before you saw the panel; the panel is evenly split."
        assert told in words_of(ana.get(draft.path))
        said = ana.post(f"{draft.path}/blind", call="skip")
        assert "Your first call stands: ship." in words_of(ana.get(said.headers["location"]))
        assert "The Skeptic" not in words_of(desk.person(login="ben").get(draft.path))


def test_what_readers_see_or_one_has_written_is_hidden_from_nobody(house: House) -> None:
    with living(blind_house(house)) as desk:
        draft = Drafted(desk)
        draft.edit({"summary": "Other words."}, login="ana")
        assert "The Skeptic" in words_of(desk.person(login="ana").get(draft.path))
        assert "The Skeptic" not in words_of(desk.person(login="ben").get(draft.path))
        draft.move("approve")
        draft.move("publish")
        assert "The Skeptic" in words_of(desk.person(login="ben").get(draft.path))


def test_every_form_carries_the_version_it_was_made_for(desk: LiveDesk, draft: Drafted) -> None:
    draft.edit({"summary": "Other words."})
    page = desk.person(login="ana").get(draft.path)
    for form in re.findall(r"<form.*?</form>", page.text, re.DOTALL):
        if "/assign" not in form and "/resolve" not in form:
            assert 'name="base"' in form, form
    assert hidden_fields(page)["base"] in {"0", "1"}
