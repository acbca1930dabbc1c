import pytest

from panel import errors
from panel.errors import (
    BusyError,
    DrainError,
    EmptyError,
    EndpointError,
    Exit,
    InputError,
    InterruptError,
    MissingError,
    PendingError,
    Problem,
    RefusedError,
    ShipskipError,
    SignInError,
    SpendingError,
    StaleError,
    StoreError,
    TamperError,
    TapeMissError,
)

TREE: dict[type[ShipskipError], tuple[type[BaseException], Exit]] = {
    ShipskipError: (Exception, Exit.ERROR),
    InputError: (ShipskipError, Exit.BAD_INPUT),
    StoreError: (ShipskipError, Exit.ERROR),
    BusyError: (StoreError, Exit.ERROR),
    EmptyError: (StoreError, Exit.ERROR),
    MissingError: (StoreError, Exit.ERROR),
    EndpointError: (ShipskipError, Exit.ERROR),
    PendingError: (ShipskipError, Exit.ERROR),
    DrainError: (ShipskipError, Exit.ERROR),
    TapeMissError: (ShipskipError, Exit.ERROR),
    TamperError: (ShipskipError, Exit.ERROR),
    StaleError: (ShipskipError, Exit.ERROR),
    RefusedError: (ShipskipError, Exit.ERROR),
    SignInError: (RefusedError, Exit.ERROR),
    SpendingError: (ShipskipError, Exit.SPENDING),
    InterruptError: (ShipskipError, Exit.INTERRUPTED),
}


@pytest.mark.parametrize("kind", TREE)
def test_each_error_has_its_parent_and_exit_code(kind: type[ShipskipError]) -> None:
    parent, code = TREE[kind]
    assert kind.__base__ is parent
    assert kind.exit_code is code


def test_the_tree_holds_every_error_of_the_module() -> None:
    found = {kind for kind in vars(errors).values() if isinstance(kind, type)}
    assert {kind for kind in found if issubclass(kind, ShipskipError)} == set(TREE)


@pytest.mark.parametrize("kind", TREE)
def test_the_docstring_draws_the_tree_with_its_exit_codes(kind: type[ShipskipError]) -> None:
    line = next(line for line in (errors.__doc__ or "").splitlines() if kind.__name__ in line)
    _, code = TREE[kind]
    inherited = kind is not ShipskipError and code is Exit.ERROR
    assert (f"exit {int(code)}" in line) is not inherited


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("DONE", 0),
        ("ERROR", 1),
        ("BAD_INPUT", 2),
        ("FAILED_SEATS", 3),
        ("SPENDING", 4),
        ("INTERRUPTED", 130),
    ],
)
def test_exit_codes_are_what_the_documentation_promises(name: str, number: int) -> None:
    assert Exit[name] == number


def test_there_is_no_further_exit_code() -> None:
    assert len(Exit) == 6


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem("is empty"), "is empty"),
        (Problem("is empty", "write it"), "is empty -> write it"),
        (Problem("is empty", path="a.md"), "a.md: is empty"),
        (Problem("is empty", path="a.md", line=3), "a.md:3: is empty"),
        (Problem("is empty", key="facts[0].id"), "facts[0].id: is empty"),
        (
            Problem("is empty", "write it", path="a.md", line=3, key="name"),
            "a.md:3: name: is empty -> write it",
        ),
    ],
)
def test_a_problem_reads_place_key_message_remedy(problem: Problem, text: str) -> None:
    assert str(problem) == text


def test_an_error_ends_with_what_to_do_next() -> None:
    error = StoreError("runs/a.db cannot be opened", remedy="Check the path.")
    assert str(error) == "runs/a.db cannot be opened -> Check the path."
    assert (error.message, error.remedy) == ("runs/a.db cannot be opened", "Check the path.")


def test_an_error_without_a_remedy_is_its_message() -> None:
    assert str(TamperError("review 3 was changed")) == "review 3 was changed"


def test_bad_input_lists_every_problem_on_its_own_line() -> None:
    error = InputError(Problem(f"wrong {at}", path="a.md", line=at) for at in (1, 2, 3))
    assert str(error).splitlines() == ["a.md:1: wrong 1", "a.md:2: wrong 2", "a.md:3: wrong 3"]
    assert [problem.line for problem in error.problems] == [1, 2, 3]


def test_bad_input_can_be_a_single_sentence() -> None:
    error = InputError("there is no dossier 'x'", remedy="Run shipskip dossier list.")
    assert error.problems == (Problem("there is no dossier 'x'", "Run shipskip dossier list."),)
    assert str(error) == "there is no dossier 'x' -> Run shipskip dossier list."
