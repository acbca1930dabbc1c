"""Words are edited on forms, and whatever goes wrong, what was typed is there again."""

import pytest

from panel.bootstrap.house import House
from tests.desk.drafting import Drafted
from tests.desk.filled import form_of, forms_of
from tests.desk.living import LiveDesk, Person, living, make_house, words_of
from tests.editing.desk import CALL, HEADLINE, QUOTE

SKEPTIC, TIMED_OUT = "/edit/skeptic/1", "/edit/creator/1"
ACTS = ("save", "hand", "correct", "reject")


@pytest.fixture
def draft(desk: LiveDesk) -> Drafted:
    return Drafted(desk)


@pytest.fixture
def ana(desk: LiveDesk) -> Person:
    return desk.person("editor", "ana")


def test_a_form_that_nobody_touched_saves_nothing(draft: Drafted, ana: Person) -> None:
    for page in ("/edit", SKEPTIC):
        form = form_of(ana.get(draft.path + page), "save")
        told = ana.client.send(ana.post(f"{draft.path}/save", **form).next_request)  # pyright: ignore
        assert "nothing was saved" in words_of(told)
    assert draft.now.version == 0


def test_what_is_saved_is_a_version_with_its_author_and_reason(draft: Drafted, ana: Person) -> None:
    form = form_of(ana.get(draft.path + SKEPTIC), "save")
    form |= {HEADLINE: "Wait for the weights.", "reason": "Clearer."}
    answer = ana.post(f"{draft.path}/save", **form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{draft.path}#skeptic")
    last = draft.now.revisions[-1]
    assert (last.changes, last.by, last.reason) == (
        {HEADLINE: "Wait for the weights."},
        "ana",
        "Clearer.",
    )


def test_the_same_form_sent_twice_is_one_version(draft: Drafted, ana: Person) -> None:
    form = form_of(ana.get(draft.path + SKEPTIC), "save") | {HEADLINE: "Once."}
    for _ in range(2):
        assert ana.post(f"{draft.path}/save", **form).status_code == 303
    assert draft.now.version == 1


def test_summary_and_prices_have_a_page_of_their_own(draft: Drafted, ana: Person) -> None:
    form = form_of(ana.get(f"{draft.path}/edit"), "save")
    form |= {
        "summary": "One.\r\n\r\nTwo.",
        "pricing.entry": "free",
        "pricing.input_per_million": "",
    }
    assert ana.post(f"{draft.path}/save", **form).status_code == 303
    content = draft.now.content
    assert (content.summary, content.pricing.entry) == ("One.\n\nTwo.", "free")
    assert content.pricing.input_per_million is None


def test_what_is_not_allowed_is_told_beside_the_field_and_nothing_is_lost(
    draft: Drafted, ana: Person
) -> None:
    form = form_of(ana.get(draft.path + SKEPTIC), "save")
    wrong = {HEADLINE: "x" * 120, "skeptic.1.citations.0.facts": "F1 seven", "reason": "Why not"}
    wrong |= {"skeptic.1.predictions.0.statement": "It ends", "skeptic.1.predictions.0.by": "soon"}
    page = ana.post(f"{draft.path}/save", **(form | wrong))
    assert page.status_code == 422
    assert draft.now.version == 0
    again = form_of(page, "save")
    assert {name: again[name] for name in wrong} == wrong | {
        "skeptic.1.citations.0.facts": "F1 SEVEN"
    }
    for field in (HEADLINE, "skeptic.1.citations.0.facts", "skeptic.1.predictions.0.by"):
        assert f'id="field-{field}-problem"' in page.text
        assert f'href="#field-{field}"' in page.text
    assert again["key"] == form["key"]


def test_a_flipped_call_needs_a_reason_and_keeps_what_was_typed(
    draft: Drafted, ana: Person
) -> None:
    form = form_of(ana.get(draft.path + SKEPTIC), "save") | {CALL: "ship", QUOTE: "Ship it now."}
    form |= {"skeptic.1.citations.0.phrase": "Ship it"}
    page = ana.post(f"{draft.path}/save", **form)
    assert page.status_code == 422
    assert "that needs a reason" in words_of(page)
    again = form_of(page, "save")
    assert (again[CALL], again[QUOTE]) == ("ship", "Ship it now.")
    assert ana.post(f"{draft.path}/save", **(again | {"reason": "F3 says so."})).status_code == 303
    assert draft.now.effective.card.ships == 2


def test_a_failed_seat_is_written_by_hand(draft: Drafted, ana: Person) -> None:
    page = ana.get(draft.path + TIMED_OUT)
    assert "Reject this verdict" not in page.text
    form = form_of(page, "hand")
    empty = ana.post(f"{draft.path}/hand", **form)
    assert empty.status_code == 422
    assert "is empty; a verdict needs it" in words_of(empty)
    form |= {
        "creator.1.call": "ship",
        "creator.1.headline": "Good for makers.",
        "creator.1.quote": "It is open.",
        "creator.1.citations.0.phrase": "open",
        "creator.1.citations.0.facts": "f1",
        "creator.1.flip_conditions.0.condition": "It is closed",
        "creator.1.flip_conditions.0.topic": "access",
    }
    assert ana.post(f"{draft.path}/hand", **form).status_code == 303
    seat = draft.now.content.seat("creator", 1)
    assert seat
    assert (seat.origin.kind, seat.verdict and seat.verdict.headline) == (
        "hand",
        "Good for makers.",
    )


def test_a_verdict_is_rejected_with_a_reason_and_may_stand_again(
    draft: Drafted, ana: Person
) -> None:
    form = form_of(ana.get(draft.path + SKEPTIC), "reject")
    refused = ana.post(f"{draft.path}/reject", **form)
    assert refused.status_code == 422
    form = form_of(refused, "reject") | {"reason": "It misreads F2."}
    assert ana.post(f"{draft.path}/reject", **form).status_code == 303
    assert draft.now.effective.card.skips == 0
    page = ana.get(draft.path + SKEPTIC)
    assert "It misreads F2." in words_of(page)
    assert form_of(page, "hand")[HEADLINE]
    again = form_of(page, "reject") | {"reason": "It reads it well."}
    assert ana.post(f"{draft.path}/reject", **again).status_code == 303
    assert draft.now.effective.card.skips == 1


def test_a_rejection_that_cannot_be_kept_is_there_again(draft: Drafted, ana: Person) -> None:
    form = form_of(ana.get(draft.path + SKEPTIC), "reject") | {"reason": "long " * 150}
    page = ana.post(f"{draft.path}/reject", **form)
    assert page.status_code == 422
    assert form_of(page, "reject")["reason"] == form["reason"]


def test_a_correction_is_edited_approved_and_published_in_one_step(
    desk: LiveDesk, draft: Drafted
) -> None:
    pia = desk.person("publisher", "pia")
    assert "/correct" not in pia.get(draft.path + SKEPTIC).text
    draft.edit({"creator.1.rejected": ""})
    for act in ("approve", "publish"):
        draft.move(act)
    form = form_of(pia.get(draft.path + SKEPTIC), "save") | {HEADLINE: "Corrected."}
    page = pia.post(f"{draft.path}/correct", **form)
    assert page.status_code == 422
    assert "needs a public note" in words_of(page)
    form = form_of(page, "save") | {"note": "The headline was wrong."}
    assert pia.post(f"{draft.path}/correct", **form).status_code == 303
    now = draft.now
    assert now.standing.state == "published"
    assert now.revisions[-1].note == "The headline was wrong."
    assert now.content_at(now.version).seats[1].verdict.headline == "Corrected."  # pyright: ignore


def test_forms_for_what_is_not_there_are_refused(draft: Drafted, ana: Person) -> None:
    assert ana.get(f"{draft.path}/edit/nobody/1").status_code == 404
    assert ana.get(f"{draft.path}/edit/skeptic/x").status_code == 404
    for fields in ({"page": "nobody.1", "base": "0"}, {"page": "skeptic.1", "base": "0"}):
        found = ana.post("/drafts/20200101-000000-abcdef/none/save", **fields)
        assert found.status_code == 404
    assert ana.post(f"{draft.path}/save", page="nobody.1", base="0").status_code == 404
    for base in ("", "-1", "x", "9" * 5000, "\uff17"):
        assert ana.post(f"{draft.path}/save", page="skeptic.1", base=base).status_code == 422
    late = ana.post(f"{draft.path}/save", page="skeptic.1", base="99", **{HEADLINE: "x"})
    assert late.status_code == 422
    for changes in ("[]", "nonsense", "[" * 50_000, '{"skeptic.1.quote": NaN}', '{"a": 1}'):
        sent = {"page": "skeptic.1", "base": "0", "changes": changes}
        assert ana.post(f"{draft.path}/save", **sent).status_code == 422
    assert draft.now.version == 0


def test_who_has_to_call_first_sees_no_words_of_the_panel_here_either(house: House) -> None:
    with living(make_house(house.workspace.root, blind_first=True)) as desk:
        draft, ana = Drafted(desk), desk.person("editor", "ana")
        for page in ("/edit", SKEPTIC, "/compare"):
            answer = ana.get(draft.path + page)
            assert (answer.status_code, answer.headers["location"]) == (303, draft.path)
        fields = {"page": "skeptic.1", "base": "0"}
        assert ana.post(f"{draft.path}/check", **fields).status_code == 422


@pytest.mark.parametrize("act", ACTS)
def test_who_may_not_is_refused(desk: LiveDesk, draft: Drafted, act: str) -> None:
    fields = {"page": "skeptic.1", "base": "0", "reason": "x", HEADLINE: "x"}
    assert desk.person("viewer").post(f"{draft.path}/{act}", **fields).status_code == 403
    if act == "correct":
        assert desk.person("editor").post(f"{draft.path}/{act}", **fields).status_code == 403
    assert draft.now.version == 0


def test_what_was_typed_is_shown_as_words(draft: Drafted, ana: Person) -> None:
    form = form_of(ana.get(draft.path + SKEPTIC), "save")
    form |= {HEADLINE: "<script>alert(1)</script>" * 9, "reason": '"><img src=x>'}
    page = ana.post(f"{draft.path}/save", **form)
    assert "<script>alert" not in page.text
    assert "<img" not in page.text
    assert set(forms_of(page)) == {f"{draft.path}/{act}" for act in ("save", "reject", "sample")}
