"""Every finding of the validator is said in plain words with a remedy."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from panel.domain.dossier import Dossier
from panel.domain.integrity import Defect
from panel.domain.persona import Persona
from panel.library.explain import PATTERNS, defects_of, explain, nearest, shown
from panel.testing.texts import DOSSIER, PERSONA

JARGON = ("Input", "valid ", "pattern", "Tuple", "Field", "Extra", "Value error", "literal", "type")


def findings(model: type[Dossier | Persona], content: dict[str, Any]) -> list[Defect]:
    with pytest.raises(ValidationError) as refusal:
        model.model_validate_json(json.dumps(content), strict=True)
    return defects_of(refusal.value, model)


def fact(**changes: Any) -> list[dict[str, Any]]:
    return [{**DOSSIER["facts"][0], **changes}]


@pytest.mark.parametrize(
    ("changes", "path", "message", "remedy"),
    [
        ({"name": 5}, ("name",), "5 is read as a number", "put it in quotes"),
        ({"name": True}, ("name",), "true is read as true or false", "put it in quotes"),
        ({"name": None}, ("name",), "is empty", "leave the key out"),
        ({"name": ["a"]}, ("name",), "not a list", "text"),
        ({"name": "  "}, ("name",), "is empty", "write something"),
        ({"name": "x" * 81}, ("name",), "has 81 characters; the most is 80", "shorten"),
        ({"tagline": "x" * 401}, ("tagline",), "has 401 characters; the most is 400", "shorten"),
        ({"vendor": "a\u202eb"}, ("vendor",), "RIGHT-TO-LEFT OVERRIDE", "delete"),
        ({"vendor": "a\u200bb"}, ("vendor",), "ZERO WIDTH SPACE", "delete"),
        ({"slug": "Muse Spark"}, ("slug",), "'Muse Spark' is not a slug", "single hyphens"),
        ({"slug": "api"}, ("slug",), "name of a page", "choose another"),
        ({"slug": 27}, ("slug",), "27 is read as a number", "quotes"),
        ({"as_of": "2026-04-31"}, ("as_of",), "not a day of the calendar", "April 2026 has 30"),
        ({"as_of": "2026-02-29"}, ("as_of",), "not a day of the calendar", "February 2026 has 28"),
        ({"as_of": "2026-13-01"}, ("as_of",), "not a day of the calendar", "no month 13"),
        ({"as_of": "8 April"}, ("as_of",), "'8 April' is not a date", "YYYY-MM-DD"),
        ({"as_of": "12:30"}, ("as_of",), "'12:30' is not a date", "YYYY-MM-DD"),
        ({"as_of": 2026}, ("as_of",), "2026 is not a date", "YYYY-MM-DD"),
        ({"as_of": "0000-00-00"}, ("as_of",), "is not a date", "YYYY-MM-DD"),
        ({"rivals": "Gannet"}, ("rivals",), "a list is wanted", "`- `"),
        ({"rivals": ["a", 3]}, ("rivals", 1), "3 is read as a number", "quotes"),
        ({"price": []}, ("price",), "a group of keys", "indented"),
        ({"price": None}, ("price",), "is empty", "leave the key out"),
        ({"price": {"input_per_million": "x"}}, ("price", "input_per_million"),
         "'x' is not a number", "decimal point"),
        ({"price": {"input_per_million": True}}, ("price", "input_per_million"), "not a number",
         "digits"),
        ({"price": {"input_per_million": -1}}, ("price", "input_per_million"), "too low",
         "the least is 0"),
        ({"price": {"input_per_million": 1e6}}, ("price", "input_per_million"), "too high",
         "the most is 100000"),
        ({"price": {"currency": "usd"}}, ("price", "currency"), "'usd' is not one of", "USD, EUR"),
        ({"sources": []}, ("sources",), "has 0 items; the least is 1", "add"),
        ({"nmae": "x"}, ("nmae",), "no key 'nmae'", "did you mean name?"),
        ({"zzz": "x"}, ("zzz",), "no key 'zzz'", "the keys are slug, name"),
        ({"facts": fact(statment="x")}, ("facts", 0, "statment"), "no key", "statement?"),
        ({"facts": fact(id="F01")}, ("facts", 0, "id"), "'F01' is not a fact id", "F1, F2"),
        ({"facts": fact(topic="license")}, ("facts", 0, "topic"), "'license' is not one of",
         "did you mean licence?"),
        ({"facts": fact(witnesses=[{"source": "S1"}])}, ("facts", 0, "witnesses", 0, "quote"),
         "'quote' is missing", "add a line `quote: ...`"),
    ],
)  # fmt: skip
def test_dossier_mistakes(
    changes: dict[str, Any], path: tuple[Any, ...], message: str, remedy: str
) -> None:
    (found,) = findings(Dossier, {**DOSSIER, "conflicts": [], **changes})
    assert found.path == path
    assert message in found.message
    assert remedy in found.remedy
    assert not any(word in found.message for word in JARGON)


@pytest.mark.parametrize(
    ("changes", "path", "message"),
    [
        ({"predicts": "yes"}, ("predicts",), "neither true nor false"),
        ({"questions": []}, ("questions",), "has 0 items"),
        ({"questions": ["q"] * 13}, ("questions",), "has 13 items; the most is 12"),
        ({"llm": "gpt"}, ("llm",), "'gpt' is not an llm"),
        ({"rubric": {**PERSONA["rubric"], "weights": {}}}, ("rubric", "weights"), "0 items"),
        ({"rubric": {**PERSONA["rubric"], "start": "1_0"}}, ("rubric", "start"), "not a number"),
        (
            {"rubric": {**PERSONA["rubric"], "weights": {"benchmarks": {"pro": 1, "contra": 1}}}},
            ("rubric", "weights", "benchmarks"),
            "'benchmarks' is not one of",
        ),
        (
            {"rubric": {**PERSONA["rubric"], "weights": {"price": {"pro": 1, "contra": 6}}}},
            ("rubric", "weights", "price", "contra"),
            "6 is too high",
        ),
    ],
)
def test_persona_mistakes(changes: dict[str, Any], path: tuple[Any, ...], message: str) -> None:
    (found,) = findings(Persona, {"id": "d", "name": "D", **PERSONA, **changes})
    assert found.path == path
    assert message in found.message


def test_misspelt_key_deep_inside_is_matched_with_the_keys_of_its_own_group() -> None:
    weights = {"price": {"pro": 1, "contra": 1, "contrra": 2}}
    content = {
        "id": "d",
        "name": "D",
        **PERSONA,
        "rubric": {**PERSONA["rubric"], "weights": weights},
    }
    (found,) = findings(Persona, content)
    assert found.remedy == "did you mean contra?"


def test_a_bad_item_is_not_also_called_a_missing_one() -> None:
    found = findings(Dossier, {**DOSSIER, "conflicts": [], "facts": [{"id": "F1"}]})
    assert found
    assert all(len(one.path) == 3 for one in found)


def test_defects_of_the_whole_dossier_come_out_one_by_one() -> None:
    late = [{**source, "read": "2030-01-01"} for source in DOSSIER["sources"]]
    found = findings(Dossier, {**DOSSIER, "sources": late})
    assert [one.path for one in found] == [("sources", 0, "read"), ("sources", 1, "read")]
    assert all(one.remedy for one in found)


@pytest.mark.parametrize("model", [Dossier, Persona])
def test_every_pattern_of_our_values_has_words(model: type[Dossier | Persona]) -> None:
    def patterns(node: Any) -> set[str]:
        if isinstance(node, list):
            return {one for item in node for one in patterns(item)}  # pyright: ignore[reportUnknownVariableType]
        if not isinstance(node, dict):
            return set()
        own = {node["pattern"]} if isinstance(node.get("pattern"), str) else set()  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
        return own | {one for item in node.values() for one in patterns(item)}  # pyright: ignore[reportUnknownVariableType]

    decimal = {one for one in patterns(model.model_json_schema()) if r"\d" in one}
    assert patterns(model.model_json_schema()) - decimal <= set(PATTERNS)


def test_a_single_finding_needs_no_class() -> None:
    with pytest.raises(ValidationError) as refusal:
        Dossier.model_validate({**DOSSIER, "zzz": 1})
    assert explain(refusal.value.errors()[0])[1] == "remove it"


def test_shown_is_short_and_hides_nothing() -> None:
    assert shown("a\u202eb") == r"'a\u202eb'"
    assert len(shown("x" * 500)) < 70
    assert shown(3) == "3"


@pytest.mark.parametrize(
    ("word", "guess"), [("muse-spak", "did you mean muse-spark?"), ("zzz", "")]
)
def test_nearest(word: str, guess: str) -> None:
    assert nearest(word, ["muse-spark", "qwen"]) == guess
