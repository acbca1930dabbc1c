"""An answer is exactly one JSON object of the schema, or it is refused with its faults."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.verdict import Verdict
from panel.judging.reading import InvalidAnswerError, is_refusal, read_verdict
from panel.testing import make_dossier, make_verdict

VERDICT = make_verdict(make_dossier())
GOOD = VERDICT.model_dump_json()


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"  {GOOD}\n",
        f"```json\n{GOOD}\n```",
        f"```\n{GOOD}\n```",
        f"<think>ship or skip?</think>\n{GOOD}",
        f"<think>{{}}</think>```json\n{GOOD}\n```",
    ],
    ids=["plain", "spaces", "fence", "bare fence", "thought", "both"],
)
def test_the_object_may_stand_in_a_fence_or_after_a_thought(text: str) -> None:
    assert read_verdict(text) == VERDICT


def changed(**values: object) -> str:
    return json.dumps({**json.loads(GOOD), **values})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("Ship it! Great model, would buy again.", "not exactly one JSON object"),
        (f"Here it is: {GOOD}", "not exactly one JSON object"),
        (f"{GOOD}\n{GOOD}", "not exactly one JSON object"),
        (f"[{GOOD}]", "a JSON object is wanted"),
        (GOOD[:-1] + ', "call": "ship"}', "'call' stands twice"),
        (changed(call="maybe"), "call: "),
        (changed(call=True), "call: "),
        (changed(status="published"), "status: "),
        (changed(quote=""), "quote: "),
        (changed(quote="x" * 1601), "quote: "),
        (changed(headline="a\u202eb"), "headline: "),
        (changed(headline="a\u200bb"), "headline: "),
        (changed(citations=[]), "citations: "),
        (changed(citations=[{"phrase": "x", "facts": ["F0"]}]), "citations[0].facts[0]: "),
        (changed(predictions=[{"statement": "x", "by": "2027-02-30"}]), "predictions[0].by: "),
        (changed(call=None), "call: "),
        ('{"call": NaN}', "NaN is no JSON number"),
        ('{"call": 1e999', "not exactly one JSON object"),
        ("[" * 100_000 + "]" * 100_000, "nested too deeply"),
        (GOOD[:80], "not exactly one JSON object"),
    ],
)
def test_anything_else_is_refused_with_the_path_of_the_fault(text: str, said: str) -> None:
    with pytest.raises(InvalidAnswerError) as caught:
        read_verdict(text)
    assert any(said in problem for problem in caught.value.problems)


@given(st.text(max_size=300))
def test_no_text_raises_anything_else(text: str) -> None:
    with suppress(InvalidAnswerError):
        assert isinstance(read_verdict(text), Verdict)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("I'm sorry, I cannot help with that request.", True),
        ("I can\u2019t assist with this.", True),
        ("I am unable to do this.", True),
        ("Ship it! Great model.", False),
        ('{"quote": "I cannot build on this"}', False),
        ("", False),
    ],
)
def test_a_refusal_in_plain_words_is_told_from_bad_json(text: str, refusal: bool) -> None:
    assert is_refusal(text) is refusal
