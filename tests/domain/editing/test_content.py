"""Whatever is editable has a path, is validated, and comes back as it went."""

from typing import Any

import pytest
from pydantic import JsonValue

from panel.domain.editing.content import (
    VERDICT_FIELDS,
    Content,
    Origin,
    changed,
    fields_of,
    seat_path,
    with_fields,
)
from panel.errors import InputError
from tests.domain.editing.papers import content_of, make_papers

DRAFTED = content_of(make_papers("ship", "skip", "timeout", samples=2))
HAND: dict[str, JsonValue] = {
    path.replace("developer", "creator"): value
    for path, value in fields_of(DRAFTED).items()
    if path.startswith("developer.1.")
}


def refusal(content: Content, **changes: Any) -> dict[str, str]:
    """Problems by path when fields are changed; `__` stands for a dot."""
    paths = {path.replace("__", "."): value for path, value in changes.items()}
    with pytest.raises(InputError) as refused:
        with_fields(content, paths)
    return {problem.key: problem.message for problem in refused.value.problems}


def test_every_seat_and_sample_has_all_its_fields() -> None:
    paths = set(fields_of(DRAFTED))
    assert {path for path in paths if path.count(".") < 2} == {
        "summary",
        "pricing.entry",
        "pricing.input_per_million",
        "pricing.output_per_million",
    }
    for persona in ("developer", "skeptic", "creator"):
        for sample in (1, 2):
            own = {path for path in paths if path.startswith(f"{seat_path(persona, sample)}.")}
            names = {path.rsplit(".", 1)[1] for path in own}
            assert names == {"origin", "rejected", *VERDICT_FIELDS}


def test_all_fields_laid_over_a_content_give_it_back() -> None:
    assert with_fields(DRAFTED, fields_of(DRAFTED)) == DRAFTED
    failed = with_fields(DRAFTED, {"summary": "", "pricing.entry": None})
    assert with_fields(failed, fields_of(DRAFTED)) == DRAFTED


def test_one_field_changes_nothing_else() -> None:
    new = with_fields(DRAFTED, {"skeptic.2.headline": "  Too \n early "})
    assert changed(DRAFTED, new) == {"skeptic.2.headline": "Too early"}
    assert changed(new, DRAFTED) == {"skeptic.2.headline": fields_of(DRAFTED)["skeptic.2.headline"]}


def test_the_first_sample_is_not_taken_for_the_eleventh() -> None:
    many = content_of(make_papers("ship", samples=11))
    new = with_fields(many, {"developer.11.headline": "Other words"})
    assert set(changed(many, new)) == {"developer.11.headline"}


def test_a_failed_seat_gets_a_verdict_by_hand_and_loses_it_again() -> None:
    new = with_fields(DRAFTED, HAND)
    first = new.seat("creator", 1)
    developer = DRAFTED.seat("developer", 1)
    assert first is not None
    assert developer is not None
    assert first.verdict == developer.verdict
    emptied: dict[str, JsonValue] = {f"creator.1.{name}": None for name in VERDICT_FIELDS}
    assert with_fields(new, emptied) == DRAFTED
    assert DRAFTED.seat("nobody", 1) is None


def test_a_form_may_send_other_line_ends() -> None:
    assert with_fields(DRAFTED, {"summary": "One\r\n\r\nTwo"}).summary == "One\n\nTwo"


def test_an_origin_says_where_it_comes_from() -> None:
    origin: dict[str, JsonValue] = {
        "kind": "sample",
        "run": "20260512-083000-5f2a9c",
        "review": "a" * 64,
    }
    new = with_fields(DRAFTED, {"developer.1.origin": origin})
    seat = new.seat("developer", 1)
    assert seat is not None
    assert seat.origin == Origin.model_validate(origin)


@pytest.mark.parametrize(
    ("changes", "key", "message"),
    [
        ({"nobody.1.quote": "x"}, "nobody.1.quote", "no such field"),
        ({"developer.1.vote": "x"}, "developer.1.vote", "no such field"),
        ({"developer.3.quote": "x"}, "developer.3.quote", "no such field"),
        ({"summary": None}, "summary", "valid string"),
        ({"summary": "a\u202eb"}, "summary", "invisible character U+202E"),
        ({"summary": "x" * 8001}, "summary", "at most 8000"),
        ({"summary": "\ud800"}, "summary", "half a character"),
        ({"pricing.entry": ""}, "pricing.entry", "is empty"),
        ({"pricing.input_per_million": "-1"}, "pricing.input_per_million", "greater than"),
        ({"pricing.output_per_million": "NaN"}, "pricing.output_per_million", "finite"),
        ({"developer.1.call": "maybe"}, "developer.1.call", "'ship' or 'skip'"),
        ({"developer.1.headline": None}, "developer.1.headline", "is empty"),
        ({"developer.1.headline": "x" * 101}, "developer.1.headline", "at most 100"),
        ({"developer.1.quote": "a\u200bb"}, "developer.1.quote", "invisible character U+200B"),
        ({"developer.1.citations": []}, "developer.1.citations", "at least 1"),
        (
            {"developer.1.citations": [{"phrase": "x", "facts": ["G1"]}]},
            "developer.1.citations[0].facts[0]",
            "match pattern",
        ),
        ({"developer.1.rejected": "x" * 401}, "developer.1.rejected", "at most 400"),
        ({"developer.1.rejected": None}, "developer.1.rejected", "valid string"),
        ({"developer.1.origin": {"kind": "oracle"}}, "developer.1.origin.kind", "'hand'"),
        ({"creator.1.call": "ship"}, "creator.1.quote", "a verdict needs it"),
    ],
)
def test_what_is_refused_is_named_by_its_path(
    changes: dict[str, JsonValue], key: str, message: str
) -> None:
    with pytest.raises(InputError) as refused:
        with_fields(DRAFTED, changes)
    found = {problem.key: problem.message for problem in refused.value.problems}
    assert message in found[key]


def test_every_problem_is_told_at_once() -> None:
    found = refusal(DRAFTED, summary="\u202e", developer__1__call="x", skeptic__2__quote="")
    assert set(found) == {"summary", "developer.1.call", "skeptic.2.quote"}
