import re

import pytest

from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk, hidden_fields, words_of
from tests.domain.editing.papers import citing, make_papers


@pytest.fixture
def draft(desk: LiveDesk) -> Drafted:
    return Drafted(desk, make_papers(citing("F2"), citing("F10", call="skip"), "skip"))


def test_both_sides_stand_there_with_their_sources_and_who_relies_on_them(
    desk: LiveDesk, draft: Drafted
) -> None:
    words = words_of(desk.person("viewer").get(draft.path)).partition("Where the sources disagree")[
        2
    ]
    for told in (
        "C1 licence",
        "this draft rests on it",
        "weights are released under Apache 2.0",
        "Harbour Labs, 4 May 2026",
        "weights for research use only",
        "Tideline Weekly, 10 May 2026",
        "cited by The Developer",
        "cited by The Skeptic",
    ):
        assert told in words


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        ("pick:F2", "F2 holds."),
        ("supersede:F10", "F10 is the newer truth and supersedes the rest."),
        ("keep-both", "all are kept: the sources disagree, and readers are told."),
    ],
)
def test_an_editor_settles_it_and_opens_it_again(
    desk: LiveDesk, draft: Drafted, decision: str, told: str
) -> None:
    ana, path = desk.person(login="ana"), f"{draft.path}/conflicts/C1"
    sent = ana.post(path, decision=decision, reason="The licence file\nsays so.", base="0")
    assert sent.headers["location"] == f"{draft.path}#C1"
    words = words_of(ana.get(draft.path))
    assert f"{told} The licence file says so. Ana" in words
    assert draft.now.effective.open_conflicts == ()
    ana.post(path, decision="open", base="1")
    assert draft.now.effective.open_conflicts == ("C1",)
    assert "conflict C1 is open" in words_of(ana.get(draft.path))


def test_whoever_comes_second_is_told_so(desk: LiveDesk, draft: Drafted) -> None:
    ana, ben, path = (
        desk.person(login="ana"),
        desk.person(login="ben"),
        f"{draft.path}/conflicts/C1",
    )
    ana.post(path, decision="pick:F2", reason="So.", base="0")
    late = ben.post(path, decision="pick:F10", reason="No.", base="0")
    assert late.status_code == 409
    words = words_of(late)
    assert "C1 was decided on meanwhile: F2 holds. Ana: So." in words
    assert "No." in words.partition("What you wrote is still here")[2]
    assert draft.now.decisions["C1"].fact == "F2"
    again = hidden_fields(late) | dict(
        re.findall(r'name="(\w+)" aria-label="\w+">\n([^<]*)', late.text)
    )
    assert ben.send(path, again).status_code == 303
    assert draft.now.decisions["C1"].fact == "F10"


@pytest.mark.parametrize(
    ("conflict", "fields"),
    [
        ("C1", {"decision": "pick:F2", "reason": " "}),
        ("C1", {"decision": "pick:F2", "reason": "x" * 401}),
        ("C1", {"decision": "pick:F3", "reason": "So."}),
        ("C1", {"decision": "pick", "reason": "So."}),
        ("C1", {"decision": "toss:F2", "reason": "So."}),
        ("C1", {"decision": "pick:<b>", "reason": "So."}),
        ("C9", {"decision": "pick:F2", "reason": "So."}),
    ],
)
def test_what_is_no_decision_is_refused(
    desk: LiveDesk, draft: Drafted, conflict: str, fields: dict[str, str]
) -> None:
    answer = desk.person(login="ana").post(f"{draft.path}/conflicts/{conflict}", base="0", **fields)
    assert answer.status_code == 422
    assert draft.now.decisions == {}


def test_a_fact_that_lost_says_so_where_it_is_cited(desk: LiveDesk, draft: Drafted) -> None:
    ana = desk.person(login="ana")
    told = "does not hold: it lost in C1"
    assert told not in words_of(ana.get(draft.path))
    ana.post(f"{draft.path}/conflicts/C1", decision="pick:F2", reason="It says so.", base="0")
    page = words_of(ana.get(draft.path))
    assert told in page.partition("What the quote rests on")[2]
