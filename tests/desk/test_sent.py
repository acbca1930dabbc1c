"""A form is read once, for the page it is of, and a merge with a choice left open stays open."""

import json

import pytest
from fastapi import HTTPException
from pydantic import JsonValue

from panel.desk.sent import BOTH, PICK, Sent, own_words, sent_of
from panel.errors import InputError
from tests.desk.asking import asking
from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk
from tests.editing.desk import HEADLINE, QUOTE

REASONS = "skeptic.1.reasons_for"


@pytest.fixture
def draft(desk: LiveDesk) -> Drafted:
    return Drafted(desk)


def sent(draft: Drafted, **fields: str) -> Sent:
    """What somebody sends."""
    user = draft.desk.user("editor", "ana")
    return sent_of(asking(draft.desk.context, user, **fields), draft.now)


def merged(draft: Drafted, clashed: dict[str, JsonValue], **picks: str) -> Sent:
    """A merge that wants another quote besides what clashed."""
    fields = {"changes": json.dumps({QUOTE: "New."}), "clashed": json.dumps(clashed), **picks}
    return sent(draft, page="skeptic.1", base="3", since="1", **fields)


def test_a_form_becomes_what_its_author_wants(draft: Drafted) -> None:
    told = {"base": "2", "key": "k", "nth": "n", "reason": "So.", "note": "Readers."}
    found = sent(draft, page="skeptic.1", csrf="t", **told, **{HEADLINE: " Wait. "})
    assert found.form == {HEADLINE: " Wait. "}
    assert found.changes == {HEADLINE: "Wait."}
    assert (found.page, found.base, found.since, found.nth) == ("skeptic.1", 2, 2, "n")
    user = draft.desk.user("editor", "ana")
    intent = found.intent(user, draft.ref)
    assert (intent.by, intent.ref, intent.base, intent.key) == (user, draft.ref, 2, "k")
    assert (intent.reason, intent.note) == ("So.", "Readers.")


def test_only_words_of_its_own_page_are_read(draft: Drafted) -> None:
    words = {HEADLINE: "a", "skeptic.10.quote": "b", "developer.1.quote": "c", "summary": "d"}
    seats = draft.now.content.seats
    assert own_words(words, seats[1]) == {HEADLINE: "a"}
    assert own_words(words, None) == {"summary": "d"}
    assert sent(draft, base="0", **words).changes == {"summary": "d"}


def test_a_version_that_is_none_is_refused(draft: Drafted) -> None:
    for base in ("", "-1", "1.0", "x", "\u0661", "1" * 10):
        with pytest.raises(InputError, match="which version"):
            sent(draft, base=base)


def test_a_page_that_is_none_is_not_found(draft: Drafted) -> None:
    for page in ("", "nobody.1", "skeptic.2", "skeptic"):
        with pytest.raises(HTTPException) as refused:
            sent(draft, page=page, base="0")
        assert refused.value.status_code == 404


def test_a_choice_of_a_merge_is_what_is_wanted(draft: Drafted) -> None:
    wanted = {"mine": {HEADLINE: "His."}, "theirs": {}, "both": {HEADLINE: "His and hers."}}
    for pick, words in wanted.items():
        picks = {f"{PICK}{HEADLINE}": pick, f"{BOTH}{HEADLINE}": "His and hers."}
        found = merged(draft, {HEADLINE: "His."}, **picks)
        assert found.changes == {QUOTE: "New.", **words}
        assert found.since == 3


def test_a_choice_left_open_begins_again_from_the_older_version(draft: Drafted) -> None:
    row: JsonValue = [{"text": "Cheap", "facts": ["F1"]}]
    picks = {f"{PICK}{REASONS}": "both", f"{BOTH}{REASONS}": "Fast [f2]\r\nCheap [F1]"}
    found = merged(draft, {HEADLINE: "His.", REASONS: row}, **picks)
    assert (found.base, found.since) == (3, 1)
    fast = {"text": "Fast", "facts": ["F2"]}
    assert found.changes == {QUOTE: "New.", HEADLINE: "His.", REASONS: [fast, *row]}


def test_a_merge_that_cannot_be_read_is_refused(draft: Drafted) -> None:
    for text in ("", "[]", "{", "null", "[" * 100_000):
        for name in ("changes", "clashed"):
            fields = {"changes": "{}", name: text}
            with pytest.raises(InputError, match="cannot be read"):
                sent(draft, page="skeptic.1", base="0", **fields)
