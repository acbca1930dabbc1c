"""Rows are cut out by their dashes, and nothing that stands around them is lost."""

import json
from itertools import pairwise
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from panel.errors import InputError, Problem
from panel.library.order_files import Entry
from panel.library.order_yaml import read_yaml
from panel.library.tree import MAX_PROBLEMS

Found = list[Entry | Problem]


def read(text: str) -> Found:
    return list(read_yaml(text.split("\n"), "night.yaml"))


def rows(text: str) -> list[tuple[int, dict[str, Any]]]:
    found = [one for one in read(text) if isinstance(one, Entry)]
    return [(one.line, dict(one.values)) for one in found if not one.of_all]


def of_all(text: str) -> dict[str, Any]:
    return next(dict(one.values) for one in read(text) if isinstance(one, Entry) and one.of_all)


def refusal(text: str) -> Problem:
    with pytest.raises(InputError) as refused:
        read(text)
    return refused.value.problems[-1]


@pytest.mark.parametrize(
    "text",
    [
        "- a\n- b",
        "---\n- a\n- b\n",
        "\n# list\n  - a\n# between\n  - b\n",
        "- a\n\n\n-\n  b",
        "[a, b]",
        "---\n[a,\nb\n]",
        "dossiers:\n- a\n- b",
        "---\ndossiers: # two\n  - a\n  - b\n# end",
        "dossiers: [a, b]",
        '"dossiers":\n  - a\n  - b',
        "samples: 3\ndossiers:\n\n- a\n- b\nllm: x:y",
        "samples: 3\ndossiers:\n  - >\n    a\n  - |-\n    b\nllm: x:y",
        '{"dossiers": ["a",\n "b"]}',
    ],
)
def test_every_spelling_of_two_rows(text: str) -> None:
    assert [values["dossier"].strip() for _, values in rows(text)] == ["a", "b"]


_TEXT = st.text("ab -:#", min_size=1, max_size=5)
_ROW = st.one_of(
    _TEXT,
    st.fixed_dictionaries({"dossier": _TEXT}, optional={"seats": st.lists(_TEXT), "llm": _TEXT}),
)


@given(wanted=st.lists(_ROW, min_size=1), keyed=st.booleans(), flow=st.booleans())
def test_what_is_written_is_read(wanted: list[Any], keyed: bool, flow: bool) -> None:
    content = {"samples": 2, "dossiers": wanted, "llm": "x:y"} if keyed else wanted
    text = yaml.safe_dump(content, sort_keys=False, default_flow_style=flow or None, width=20)
    plain: list[dict[str, Any]] = [
        row if isinstance(row, dict) else {"dossier": row} for row in wanted
    ]
    found = rows(text)
    assert [values for _, values in found] == plain
    assert all(one[0] <= other[0] for one, other in pairwise(found))
    if keyed:
        assert of_all(text) == {"samples": 2, "llm": "x:y"}


@pytest.mark.parametrize("head", ["", "samples: 2\ndossiers:\n"])
@pytest.mark.parametrize("indent", ["", "  "])
def test_lines_are_right_over_thousands_of_rows(head: str, indent: str) -> None:
    text = head + "".join(f"{indent}- dossier: t{at}\n{indent}  llm: x:y\n" for at in range(2600))
    first = head.count("\n") + 1
    assert rows(text) == [
        (first + 2 * at, {"dossier": f"t{at}", "llm": "x:y"}) for at in range(2600)
    ]
    assert refusal(f"{text}{indent}- &x y\n").line == first + 5200
    assert refusal(f"{text}{indent}- 'y\n").line >= first + 5200


def test_a_row_with_a_key_twice_is_told_and_not_read() -> None:
    found = read("- a\n- dossier: b\n  llm: x:y\n  llm: x:z\n- dossier: c\n  samples: 2\n")
    (problem,) = [one for one in found if isinstance(one, Problem)]
    assert (problem.line, problem.key) == (4, "llm")
    assert [one.values["dossier"] for one in found if isinstance(one, Entry)] == ["a", "c"]
    last = found[-1]
    assert isinstance(last, Entry)
    assert last.lines == {"dossier": 5, "samples": 6}


def test_too_many_of_them_refuse_the_list() -> None:
    text = "- {a: b, a: c}\n" * (MAX_PROBLEMS + 50)
    assert "stands here again" in refusal(text).message


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- a\n- b\nllm: x:y", 3, "stands behind the rows"),
        ("- a\n---\n- b", 3, "stands behind the rows"),
        ("a\nb", 1, "neither rows nor keys"),
        ("llm: x:y", 1, "the key 'dossiers' is missing"),
        ("dossiers: a", 1, "a list is wanted here"),
        ("samples: 1\ndossiers: {a: b}", 2, "a list is wanted here"),
        ("dossiers:\n- a\nllm: x\nllm: y", 4, "stands here again"),
        ("dossiers:\n- a\ndossiers:\n- b", 3, "stands here again"),
        ("llm: [x\ndossiers:\n- a", 2, "the list cannot be read"),
        ("- a\n- !!set {b}", 2, "is a tag"),
        ("- a\n- *b", 2, "anchor or alias"),
        ("- a\n- b: 'c", 2, "the list cannot be read"),
        ("- a\n- b\0", 2, "control character"),
        ("dossiers:\n- a\n---\ndossiers:\n- b", 4, "a second document"),
    ],
)
def test_what_cannot_be_read_names_its_line(text: str, line: int, message: str) -> None:
    problem = refusal(text)
    assert message in problem.message
    assert problem.line == line
    assert "front matter" not in str(problem)


@pytest.mark.parametrize(
    ("row", "shown"), [("", "an empty row"), ("5", "5"), ("[a]", "['a']"), ("true", "True")]
)
def test_a_row_of_another_kind_is_told(row: str, shown: str) -> None:
    found = read(f"- a\n- {row}\n- b")
    assert isinstance(found[1], Problem)
    assert (found[1].line, found[1].message) == (2, f"{shown} names no dossier")


def test_json_is_yaml() -> None:
    content = [{"dossier": "a", "samples": 2}, "b"]
    for indent in (None, 1, 4):
        found = rows(json.dumps(content, indent=indent))
        assert [values for _, values in found] == [content[0], {"dossier": "b"}]
