import json

import pytest

from panel.desk.wire import LONGEST, message, readable


def test_long_texts_of_any_shape_are_found_in_order() -> None:
    body = {"system": "a\nb", "input": [{"text": "x" * 60}, {"text": "short"}], "n": 1}
    found = message(json.dumps(body))
    assert [(one.where, one.text) for one in found.passages] == [
        ("system", "a\nb"),
        ("input.0.text", "x" * 60),
    ]
    assert json.loads(found.whole) == body


def test_json_inside_a_text_is_laid_out() -> None:
    inner = json.dumps({"call": "skip", "quote": "No." * 30})
    (passage,) = message(json.dumps({"content": inner})).passages
    assert passage.text == json.dumps(json.loads(inner), indent=2)


@pytest.mark.parametrize("body", ["", "data: {}\n\n", "<html>", "[" * 100_000, '{"a": ' * 50_000])
def test_what_is_no_json_is_shown_as_it_is(body: str) -> None:
    found = message(body)
    assert found.passages == ()
    assert found.whole.startswith(body[:100])
    assert found.size == len(body)


def test_nothing_is_hidden_and_nothing_is_endless() -> None:
    assert readable("a\u202eb\x00c\u200bd\r\ne\u2028f") == (
        "a⟨RIGHT-TO-LEFT OVERRIDE⟩b⟨U+0000⟩c⟨ZERO WIDTH SPACE⟩d\ne f"
    )
    cut = readable("x" * (LONGEST + 1))
    assert cut.endswith("… cut here; it has 100,001 characters.")
