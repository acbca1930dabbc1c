import pytest

from panel.domain.intake.contradiction import Clash
from panel.domain.intake.proposal import Proposal, verified
from tests.domain.intake.pairs import fact

FACTS = {
    one.id: one
    for one in (
        fact(1, attribute="launch", statement="Kestrel released Tern 2 beside Gull 5 that day.",
             quote="alongside Gull 5 on the same day"),
        fact(2, attribute="launch", statement="Tern 2 is the first new model of Kestrel in a year.",
             quote="its first major new model in a year"),
        fact(3, attribute="lab-head", statement="The lab is led by a former chief executive.",
             quote="led by former Acme CEO Ada Wong"),
        fact(4, attribute="lab-head", statement="The lab is led by a former founder of Acme.",
             quote="Ada Wong (formerly Acme co-founder)"),
        fact(5, attribute="open-plans", statement="Kestrel stays with open weights for Tern 2.",
             quote="remains an open-weight model"),
        fact(6, attribute="next-steps", statement="Kestrel ends open weights with Tern 2.",
             quote="the end of open weights at Kestrel"),
        fact(7, attribute="context-window", value="128K|tokens", quote="a window of 128K tokens"),
        fact(8, attribute="context-window", value="131,072|tokens", quote="131,072 tokens"),
        fact(9, attribute="launch", standing="superseded", quote="only model of the year"),
    )
}  # fmt: skip


def propose(first: str, words: str, second: str, other: str) -> Clash | str:
    proposal = Proposal(first=first, second=second, first_words=words, second_words=other, note="x")
    return verified(proposal, FACTS)


@pytest.mark.parametrize(
    ("first", "words", "second", "other"),
    [
        ("F1", "alongside Gull 5", "F2", "first major new model in a year"),
        ("F5", "remains an open\u2011weight model", "F6", "the end of open weights"),
    ],
)
def test_words_that_leave_no_room_are_a_clash(
    first: str, words: str, second: str, other: str
) -> None:
    found = propose(first, words, second, other)
    assert isinstance(found, Clash), found
    assert (found.first, found.second) == (first, second)


@pytest.mark.parametrize(
    ("first", "words", "second", "other", "why"),
    [
        ("F3", "former Acme CEO Ada Wong", "F4", "formerly Acme co-founder", "leave no room"),
        ("F1", "with Gull 5", "F2", "first major new model", "stands in no quote of F1"),
        ("F2", "alongside Gull 5", "F1", "first major new model", "stands in no quote of F2"),
        ("F7", "128K tokens", "F8", "131,072 tokens", "the same value"),
        ("F1", "alongside Gull 5", "F1", "same day", "does not name two facts"),
        ("F1", "alongside Gull 5", "F99", "same day", "does not name two facts"),
        ("F2", "first major new model", "F9", "only model of the year", "superseded already"),
    ],
)
def test_what_an_llm_proposes_is_not_taken_on_its_word(
    first: str, words: str, second: str, other: str, why: str
) -> None:
    found = propose(first, words, second, other)
    assert isinstance(found, str)
    assert why in found
