"""The house style as rules over syntax trees; `tests/test_style.py` applies them."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]

MODULE_LINES = 300
FUNCTION_LINES = 60
DOCSTRING_LINES = 5
POSITIONAL_PARAMETERS = 5

Function = ast.FunctionDef | ast.AsyncFunctionDef
Rule = Callable[["Module"], Iterator[str]]


@dataclass(frozen=True)
class Module:
    """One Python file.

    Attributes:
        path: Path from the root of the repository, with slashes.
        text: Its source.
    """

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return _parsed(self.text)

    @property
    def name(self) -> str:
        """Its dotted name."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def modules(folder: str = "panel") -> tuple[Module, ...]:
    """Every module below a folder of the repository."""
    paths = sorted((ROOT / folder).rglob("*.py"))
    return tuple(
        Module(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in paths
    )


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function and method, nested ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def long_modules(module: Module) -> Iterator[str]:
    """Modules that do not fit the limit."""
    lines = len(module.text.splitlines())
    if lines > MODULE_LINES:
        yield f"{module.path}: {lines} lines"


def long_functions(module: Module) -> Iterator[str]:
    """Functions that do not fit on a screen."""
    for node in functions(module.tree):
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > FUNCTION_LINES:
            yield f"{module.path}:{node.lineno} {node.name}: {lines} lines"


def crowded_functions(module: Module) -> Iterator[str]:
    """Functions with too many parameters that can be given by position."""
    for node in functions(module.tree):
        names = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
        if len(names) - (names[:1] in (["self"], ["cls"])) > POSITIONAL_PARAMETERS:
            yield f"{module.path}:{node.name}"


def bare_modules(module: Module) -> Iterator[str]:
    """Modules that do not open with why they exist."""
    if module.text.strip() and not ast.get_docstring(module.tree):
        yield module.path


def wordy_modules(module: Module) -> Iterator[str]:
    """Modules whose opening docstring is longer than a reader's patience."""
    docstring = ast.get_docstring(module.tree) or ""
    if len([line for line in docstring.splitlines() if line.strip()]) > DOCSTRING_LINES:
        yield module.path


def undocumented(module: Module) -> Iterator[str]:
    """Public functions, methods and classes without a docstring; a migration's module has it."""

    def visit(parent: ast.Module | ast.ClassDef, prefix: str) -> Iterator[str]:
        for node in parent.body:
            if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_"):
                continue
            if not ast.get_docstring(node) and "/versions/" not in module.path:
                yield f"{module.path}:{node.lineno} {prefix}{node.name}"
            if isinstance(node, ast.ClassDef):
                yield from visit(node, f"{node.name}.")

    yield from visit(module.tree, "")


def unannotated(module: Module) -> Iterator[str]:
    """Functions that do not say what they return."""
    for node in functions(module.tree):
        if node.returns is None:
            yield f"{module.path}:{node.lineno} {node.name}"


def broad_excepts(module: Module) -> Iterator[str]:
    """Functions that catch everything."""
    for function in functions(module.tree):
        for node in ast.walk(function):
            caught = node.type if isinstance(node, ast.ExceptHandler) else None
            names = {one.id for one in ast.walk(caught or ast.Pass()) if isinstance(one, ast.Name)}
            bare = isinstance(node, ast.ExceptHandler) and node.type is None
            if bare or names & {"Exception", "BaseException"}:
                yield f"{module.path}:{function.name}"


def inline_imports(module: Module) -> Iterator[str]:
    """Modules that import inside a function, with what they import."""
    for function in functions(module.tree):
        for node in ast.walk(function):
            if isinstance(node, ast.ImportFrom):
                yield f"{module.path}: {node.module}"
            elif isinstance(node, ast.Import):
                yield from (f"{module.path}: {alias.name}" for alias in node.names)


_TO_AN_LLM = re.compile(
    r"\byou are (?:a|an|the|one of)\b|\byour (?:task|persona|role|seat) is\b"
    r"|\b(?:answer|reply|respond) (?:only )?(?:with|in) (?:a |the |valid )?json"
    r"|\bthink step by step\b",
    re.IGNORECASE,
)


def prompt_like(module: Module) -> Iterator[str]:
    """Modules with texts that seem to speak to an llm."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(module.tree)
        if isinstance(node, Function | ast.ClassDef | ast.Module)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Constant) or id(node) in docstrings:
            continue
        if isinstance(node.value, str) and _TO_AN_LLM.search(node.value):
            yield module.path


def without_test_module(module: Module) -> Iterator[str]:
    """Modules without a test module at the same place under `tests/`.

    A module without a function only declares, and a migration is tested by opening a database.
    """
    folder, _, name = module.path.removeprefix("panel/").rpartition("/")
    wanted = ROOT / "tests" / folder / f"test_{name.removesuffix('.py').strip('_')}.py"
    exempt = name == "__init__.py" or folder.endswith("/versions")
    if not exempt and any(functions(module.tree)) and not wanted.is_file():
        yield module.path


def imported(module: Module, names: frozenset[str]) -> Iterator[str]:
    """Our own modules that a module imports when it is loaded."""
    for node in module.tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in names else node.module for name in inside)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def rings(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """The first ring of imports, or nothing."""
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        return [" -> ".join(error.args[1])]
    return []


ELSEWHERE = re.compile(
    r"(?<![\w.])/(?:work|root|home|Users)/\w|(?<![\w.])/tmp/(?!\w*\{)\w|\.\./shared\b|/shared/"
    r"|\bpy[p]i\.org|python[h]osted\.org|registry\.np[m]js|proxy\.golan[g]\.org|\bartifactor[y]\b",
    re.IGNORECASE,
)
_SUFFIXES = frozenset({".py", ".md", ".toml", ".j2", ".css", ".yml", ".yaml", ".json", ".ini", ""})
_LEFT_OUT = frozenset({"runs", "build", "dist", "__pycache__", "golden"})


def written_files() -> Iterator[Path]:
    """Every text file that somebody wrote."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") and part not in {".ci", ".gitignore"} for part in parts)
        if hidden or _LEFT_OUT & set(parts) or path.name == "style_rules.py":
            continue
        if path.is_file() and path.suffix in _SUFFIXES:
            yield path
