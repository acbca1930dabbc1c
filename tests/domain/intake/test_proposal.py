import pytest

from panel.domain.intake.aging import Clash
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
        fact(10, attribute="later-versions", topic="price", statement="Later ones come along.",
             quote="later versions are included"),
        fact(11, attribute="upgrade", topic="price", statement="Owners paid for the second.",
             quote="owners paid $15 again"),
        fact(12, attribute="account", topic="access", statement="Everyone may talk to it.",
             quote="with no account needed"),
        fact(13, attribute="registration", topic="access", statement="One must register first.",
             quote="has to register with a telephone number"),
        fact(14, attribute="memory", topic="hardware", statement="It runs in 3 GB.",
             quote="a telephone with 3 GB"),
        fact(15, attribute="file-size", topic="hardware", statement="The file has 2.9 GB.",
             quote="the file is 2.9 GB large"),
        fact(16, attribute="speed", value="about 210|tokens per second", quote="about 210 tokens"),
        fact(17, attribute="speed", value="214|tokens per second", quote="214 tokens per second"),
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
        ("F10", "later versions are included", "F11", "owners paid $15 again"),
        ("F12", "no account needed", "F13", "has to register"),
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
        ("F14", "3 GB", "F15", "2.9 GB large", "leave no room"),
        ("F16", "about 210 tokens", "F17", "214 tokens per second", "the same value"),
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


def test_one_sentence_under_two_names_is_a_clash_when_pointed_at() -> None:
    said = {"topic": "modality", "quote": "Tern 2 draws pictures"}
    denied = {"topic": "modality", "quote": "Tern 2 cannot draw pictures"}
    facts = {
        "F1": fact(1, attribute="painting", statement="Tern 2 draws pictures.", **said),
        "F2": fact(2, attribute="drawing", statement="Tern 2 cannot draw pictures.", **denied),
    }
    proposal = Proposal(first="F1", second="F2", first_words="draws pictures",
                        second_words="cannot draw pictures", note="Both?")  # fmt: skip
    assert isinstance(verified(proposal, facts), Clash)


def test_the_words_before_those_pointed_at_count() -> None:
    here = fact(1, attribute="place", statement="All is computed on the phone.",
                quote="Everything it does is computed on the phone")  # fmt: skip
    there = fact(2, attribute="long-requests", statement="Long ones go to a data centre.",
                 quote="long requests go to a data centre")  # fmt: skip
    proposal = Proposal(first="F1", second="F2", first_words="computed on the phone",
                        second_words="go to a data centre", note="Both?")  # fmt: skip
    assert isinstance(verified(proposal, {"F1": here, "F2": there}), Clash)


def test_other_words_for_one_value_are_no_clash() -> None:
    here = fact(1, attribute="founders", value="two sisters, Ida and Ruth Penn",
                quote="the work of two sisters, Ida and Ruth Penn")  # fmt: skip
    there = fact(2, attribute="founders", value="Ida Penn and her sister Ruth",
                 quote="that of Ida Penn and her sister Ruth")  # fmt: skip
    proposal = Proposal(first="F1", second="F2", first_words="two sisters",
                        second_words="Ida Penn", note="They differ.")  # fmt: skip
    assert verified(proposal, {"F1": here, "F2": there}) == "both state the same value"
