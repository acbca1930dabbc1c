import pytest

from panel.judging.probe_answer import Held, glimpse, held

GOOD = '{"code": "q1", "weight": "light"}'


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (GOOD, "enforced"),
        (GOOD.replace("light", "heavy"), "enforced"),
        (f"```json\n{GOOD}\n```", "enforced"),
        (f"<think>{{}}</think>\n{GOOD}", "enforced"),
        (f"Here you are: {GOOD}", "ignored"),
        ('{"code": "banana", "weight": "light"}', "ignored"),
        ('{"code": "q1", "weight": "medium"}', "ignored"),
        ('{"code": "q1"}', "ignored"),
        ('{"code": "q1", "weight": "light", "note": ""}', "ignored"),
        (f"[{GOOD}]", "ignored"),
        ("q1", "ignored"),
        ("", "ignored"),
        ("[" * 100_000, "ignored"),
    ],
)
def test_only_the_schema_exactly_is_kept(text: str, result: Held) -> None:
    assert held(text, "q1", by_server=True) == result


def test_in_the_prompted_mode_it_is_the_llm_that_follows() -> None:
    assert held(GOOD, "q1", by_server=False) == "followed"
    assert held("no", "q1", by_server=False) == "ignored"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  two\n words ", "two words"),
        ("key hunter22 and sk-abcdefgh1", "key [key] and [key]"),
        ("\x1b[2Jwiped\u202e", "[2Jwiped"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 57 + "..."),
    ],
)
def test_a_glimpse_is_short_visible_and_free_of_keys(text: str, shown: str) -> None:
    assert glimpse(text, ["hunter22"]) == shown
