"""YAML is read strictly, with lines, and hostile YAML is refused before it costs anything."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.errors import InputError, Problem
from panel.library.tree import Tree, read_tree


def read(text: str) -> Tree:
    return read_tree(text, path="x.md", first_line=2)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("+7", 7),
        ("1.5", 1.5),
        ("-.5", -0.5),
        ("2e3", 2000.0),
        ("no", "no"),
        ("Yes", "Yes"),
        ("True", "True"),
        ("12:30", "12:30"),
        ("1_0", "1_0"),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("2026-04-08", "2026-04-08"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1e999", "1e999"),
        ("9" * 64, "9" * 64),
        ("3.6.1", "3.6.1"),
        ('"5"', "5"),
        ("'null'", "null"),
        ("=1+1", "=1+1"),
        ("[a, 1]", ["a", 1]),
        ("{b: no}", {"b": "no"}),
        ("100% of {braces} and $HOME", "100% of {braces} and $HOME"),
    ],
)
def test_plain_scalars_mean_what_they_look_like(written: str, value: Any) -> None:
    assert read(f"key: {written}").values == {"key": value}
    assert type(read(f"key: {written}").values["key"]) is type(value)


def test_every_key_and_item_has_its_file_line() -> None:
    tree = read("a: 1\n\nb:\n  - c: x\n    d: y\n  - e\n")
    assert tree.line(()) == 1
    assert tree.line(("a",)) == 2
    assert tree.line(("b", 0, "d")) == 6
    assert tree.line(("b", 1)) == 7
    assert tree.line(("b", 0, "missing", 3)) == 5
    assert tree.line(("nowhere",)) == 1


def test_repeated_keys_are_told_with_both_lines_and_the_first_one_stands() -> None:
    tree = read("a: 1\nb:\n  c: 2\n  c: 3\na: 4\n")
    assert tree.values == {"a": 1, "b": {"c": 2}}
    assert [(one.line, one.key) for one in tree.problems] == [(5, "b.c"), (6, "a")]
    assert "already on line 4" in tree.problems[0].message


@pytest.mark.parametrize("key", ["12", "null", "true", "1.5"])
def test_keys_are_words(key: str) -> None:
    (problem,) = read(f"ok: 1\n{key}: 1").problems
    assert problem.line == 3
    assert "not text" in problem.message


def test_a_comment_that_swallows_text_is_told_and_a_plain_one_is_not() -> None:
    (problem,) = read("a: rank #4 of all\nb: fine #4").problems[:1]
    assert "comment" in problem.message
    assert not read("a: ranks # a comment\nb: 'x' #4\nc: a#b").problems


def test_merge_keys_merge_nothing() -> None:
    assert read("<<: {a: 1}").values == {"<<": {"a": 1}}


def bomb(levels: int) -> str:
    rows = ["l0: &l0 [" + ",".join("x" * 9) + "]"]
    rows += [f"l{n}: &l{n} [" + ",".join([f"*l{n - 1}"] * 9) + "]" for n in range(1, levels)]
    return "name: Builder\n" + "\n".join(rows)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (bomb(30), 3, "anchor or alias"),
        ("a: &x 1", 2, "anchor or alias"),
        ("a: *x", 2, "anchor or alias"),
        ("&x a: 1", 2, "anchor or alias"),
        ("name: !!python/object/apply:os.system ['id']", 2, "is a tag"),
        ("a: 1\nb: !!str 2", 3, "is a tag"),
        ("a: ! x", 2, "is a tag"),
        ("a: !secret x", 2, "is a tag"),
        ("? [a]\n: 1", 2, "where a key should"),
        ("a: " + "[" * 100_000 + "]" * 100_000, 2, "levels deep"),
        ("a: " + "{b: " * 5000, 2, "levels deep"),
        ("a: [" + "x," * 60_000 + "]", 2, "more than 50,000 keys and values"),
        ("\n".join(f"k{n}: 1" for n in range(30_000)), 25_001, "more than 50,000"),
        ("- a", 2, "not a list of keys"),
        ("just words", 2, "not a list of keys"),
        ("a: b: c", 2, "cannot be read"),
        ("a: 1\nb: [1, 2", 3, "cannot be read"),
        ("a: 'open", 2, "cannot be read"),
        ("\ta: 1", 2, "cannot be read"),
        ("a: 1\n...\nb: 2", 4, "cannot be read"),
        ('a: "\\U00110000"', 2, "cannot be read"),
        ("a: 1\nb: x\x01y", 3, "control character U+0001"),
        ("a: x\u2028y", 2, "control character U+2028"),
        ("a: x\x85y", 2, "control character U+0085"),
    ],
)
def test_what_is_not_plain_data_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(InputError) as refusal:
        read(text)
    problem = refusal.value.problems[-1]
    assert words in problem.message
    assert problem.path == "x.md"
    assert problem.line == line
    assert problem.remedy


def outcome(text: str) -> tuple[Tree | None, tuple[Problem, ...]]:
    """The tree if there is one, and all problems."""
    try:
        tree = read(text)
    except InputError as refusal:
        return None, tuple(refusal.problems)
    return tree, tree.problems


def test_lone_surrogates_never_become_text() -> None:
    _, problems = outcome('a: "\\ud800"')
    assert [problem.line for problem in problems] == [2]


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    tree, problems = outcome(text)
    assert tree is not None or problems
    assert all(problem.line >= 1 and problem.remedy for problem in problems)
    assert tree is None or all(isinstance(key, str) for key in tree.values)
