"""Applies the house style: a nit that was said twice is not said a third time."""

from collections.abc import Iterable, Mapping

import pytest

from tests import style_exceptions as allowed
from tests import style_rules as rules
from tests.style_rules import Module, Rule


def told(offenders: Iterable[str], remedy: str) -> str:
    """What a person reads when a rule is broken: who, and what to do."""
    return "\n".join(["", *(f"  {offender}" for offender in offenders), f"  -> {remedy}"])


@pytest.mark.parametrize(
    ("rule", "remedy"),
    [
        (rules.long_modules, f"split it by idea: at most {rules.MODULE_LINES} lines"),
        (rules.long_functions, f"take a step out by name: at most {rules.FUNCTION_LINES} lines"),
        (rules.bare_modules, "open it with a docstring that says why it exists"),
        (rules.undocumented, "write its docstring: purpose, Args, Returns, Raises"),
        (rules.unannotated, "annotate what it returns, `-> None` included"),
    ],
)
def test_the_rule_holds_everywhere(rule: Rule, remedy: str) -> None:
    found = [offender for module in rules.modules() for offender in rule(module)]
    assert not found, told(found, remedy)


@pytest.mark.parametrize(
    ("rule", "exceptions", "remedy"),
    [
        (rules.wordy_modules, allowed.LONG_DOCSTRINGS, "say why it exists in at most five lines"),
        (rules.crowded_functions, allowed.MANY_PARAMETERS, "make later parameters keyword-only"),
        (rules.broad_excepts, allowed.BROAD_EXCEPTS, "catch by name what can be raised there"),
        (rules.inline_imports, allowed.INLINE_IMPORTS, "import at the top of the module"),
        (rules.prompt_like, allowed.PROMPT_LIKE, "move what an llm is told to prompts/"),
        (rules.without_test_module, allowed.WITHOUT_TEST_MODULE, "write its test module"),
    ],
)
def test_the_rule_holds_but_for_the_exceptions(
    rule: Rule, exceptions: Mapping[str, str], remedy: str
) -> None:
    found = {offender for module in rules.modules() for offender in rule(module)}
    new, gone = sorted(found - exceptions.keys()), sorted(exceptions.keys() - found)
    assert not new, told(new, remedy)
    assert not gone, told(gone, "offends no more: delete it from tests/style_exceptions.py")
    assert all(exceptions.values()), "an exception without its reason"


def test_there_are_at_most_two_broad_excepts() -> None:
    assert len(allowed.BROAD_EXCEPTS) <= 2


def test_no_module_imports_itself_on_a_detour() -> None:
    names = frozenset(module.name for module in rules.modules())
    graph = {module.name: set(rules.imported(module, names)) & names for module in rules.modules()}
    found = rules.rings(graph)
    assert not found, told(found, "move what both ends need to a module below both")


def test_no_file_names_a_place_that_only_its_author_has() -> None:
    found = [
        f"{path.relative_to(rules.ROOT)}:{number}: {match.group()}"
        for path in rules.written_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if (match := rules.ELSEWHERE.search(line))
    ]
    assert not found, told(found, "name a path inside the project, or none")


CATCH = "def f():\n try: g()\n except {}: ..."
IMPORT = "def f():\n import b.c\n from d import e"


@pytest.mark.parametrize(
    ("rule", "source", "path", "expected"),
    [
        (rules.long_modules, "x = 1\n" * 301, "a.py", ["a.py: 301 lines"]),
        (rules.long_modules, "x = 1\n" * 300, "a.py", []),
        (rules.long_functions, "def f():\n" + " x = 1\n" * 60, "a.py", ["a.py:1 f: 61 lines"]),
        (rules.crowded_functions, "def f(a, b, c, d, e, g): ...", "a.py", ["a.py:f"]),
        (rules.crowded_functions, "def f(self, b, c, d, e, g): ...", "a.py", []),
        (rules.crowded_functions, "def f(a, *, b, c, d, e, g): ...", "a.py", []),
        (rules.bare_modules, "x = 1", "a.py", ["a.py"]),
        (rules.wordy_modules, '"""A\n\nB\nC\nD\nE\nF\n"""', "a.py", ["a.py"]),
        (rules.wordy_modules, '"""A\n\nB\nC\nD\nE\n"""', "a.py", []),
        (rules.undocumented, "class A:\n def f(self): ...", "a.py", ["a.py:1 A", "a.py:2 A.f"]),
        (rules.undocumented, "class _A:\n def f(self): ...", "a.py", []),
        (rules.unannotated, "def f(): ...", "a.py", ["a.py:1 f"]),
        (rules.broad_excepts, CATCH.format("(OSError, Exception)"), "a.py", ["a.py:f"]),
        (rules.broad_excepts, CATCH.format(""), "a.py", ["a.py:f"]),
        (rules.broad_excepts, CATCH.format("OSError"), "a.py", []),
        (rules.inline_imports, IMPORT, "a.py", ["a.py: b.c", "a.py: d"]),
        (rules.inline_imports, "import b", "a.py", []),
        (rules.prompt_like, 'x = "You are a reviewer."', "a.py", ["a.py"]),
        (rules.prompt_like, '"""You are a reader."""', "a.py", []),
        (rules.without_test_module, "def f(): ...", "panel/no/a.py", ["panel/no/a.py"]),
        (rules.without_test_module, "X = 1", "panel/no/a.py", []),
        (rules.without_test_module, "def f(): ...", "panel/errors.py", []),
    ],
)
def test_the_rules_find_what_they_look_for(
    rule: Rule, source: str, path: str, expected: list[str]
) -> None:
    assert list(rule(Module(path, source))) == expected


def test_a_ring_is_found() -> None:
    assert rules.rings({"a": {"b"}, "b": {"a"}})
    assert not rules.rings({"a": {"b"}, "b": set()})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("".join(["see /wo", "rk/main/x"]), True),
        ("".join(["cd ../sha", "red/seeds"]), True),
        ("".join(["/tm", "p/x"]), True),
        ("".join(["https://py", "pi.org/simple"]), True),
        ("a/framework/b", False),
    ],
)
def test_a_place_of_the_author_is_found(text: str, found: bool) -> None:
    assert bool(rules.ELSEWHERE.search(text)) is found
