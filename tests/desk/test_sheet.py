import pytest

from panel.desk.fields import field_words, options_of_rest, options_of_seat
from panel.desk.sheet import compared, sheet_of
from panel.domain.editing.content import fields_of
from panel.domain.scorecard import Outcome
from panel.domain.verdict import Call
from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk
from tests.domain.editing.papers import citing, content_of, make_papers


def test_dissent_comes_first_and_failures_last(desk: LiveDesk) -> None:
    draft = Drafted(desk, make_papers("timeout", "skip", "ship"))
    assert [one.seat.persona for one in sheet_of(draft.now, (), ()).seats][-1] == "developer"
    dissent = Drafted(desk, make_papers("ship", "ship", "skip", id="20260513-000000-000001"))
    (first, *_) = sheet_of(dissent.now, (), ()).seats
    assert (first.seat.persona, first.seat.dissents) == ("creator", True)


def test_facts_of_the_quote_come_first_and_those_of_the_reasons_apart(desk: LiveDesk) -> None:
    reason = [{"text": "It trails.", "facts": ["F6", "F3"]}]
    draft = Drafted(desk, make_papers(citing("F3", "F1", reasons_for=reason), "skip"))
    sheet = sheet_of(draft.now, (), ())
    lead = next(one.lead for one in sheet.seats if one.seat.persona == "developer")
    assert lead
    assert [fact.id for fact in lead.cited] == ["F3", "F1"]
    assert [fact.id for fact in lead.also] == ["F6"]


def test_samples_are_told_apart(desk: LiveDesk) -> None:
    draft = Drafted(desk, make_papers("ship", "skip", samples=3))
    sheet = sheet_of(draft.now, (), ())
    assert [len(one.others) for one in sheet.seats] == [2, 2]
    words = field_words("skeptic.2.quote", draft.papers.personas, samples=3)
    assert words == "The Skeptic, sample 2: quote"


def test_obstacles_name_the_place_where_each_is_mended(desk: LiveDesk) -> None:
    banned = citing("F2", headline="I tested it and it holds")
    draft = Drafted(desk, make_papers(banned, "skip"))
    found = sheet_of(draft.now, (), ()).obstacles
    assert [one.anchor for one in found][-1] == "C1"
    assert found[0].anchor.startswith("developer-1-flag-")


def test_every_field_has_words_and_can_be_spoken_about() -> None:
    papers = make_papers()
    content = content_of(papers)
    for path in fields_of(content):
        assert field_words(path, papers.personas) not in ("", path) or path == "summary"
    options = [
        *options_of_rest(),
        *(one for seat in content.seats for one in options_of_seat(seat.path)),
    ]
    assert {path for path, _ in options} - {""} <= set(fields_of(content))


@pytest.mark.parametrize(
    ("own", "outcome", "told"),
    [
        ("ship", "ship", "and so does the panel."),
        ("ship", "skip", "the panel says skip."),
        ("skip", "split", "the panel is evenly split."),
        ("skip", "no_quorum", "the panel has no result."),
    ],
)
def test_a_blind_call_is_compared_with_what_the_panel_says(
    own: Call, outcome: Outcome, told: str
) -> None:
    assert compared(own, outcome).endswith(told)
