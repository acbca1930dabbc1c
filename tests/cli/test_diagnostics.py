"""What a person is told, and with which exit code a command ends."""

import json

import pytest

from panel.cli.diagnostics import exit_with, give, leave, leave_with, prepare_stdout, say
from panel.errors import (
    BusyError,
    EndpointError,
    Exit,
    InputError,
    InterruptError,
    Problem,
    ShipskipError,
    SpendingError,
)

PROBLEMS = (
    Problem("is unknown", "write another", "a.md", 3, "facts[1]"),
    Problem("ist doppelt gewählt"),
)


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (ShipskipError("it broke"), 1, "error: it broke\n"),
        (BusyError("held", remedy="wait"), 1, "error: held\n  -> wait\n"),
        (EndpointError("no key", remedy="set it"), 1, "error: no key\n  -> set it\n"),
        (InputError("odd", remedy="mend it"), 2, "error: odd -> mend it\n"),
        (
            InputError(PROBLEMS),
            2,
            "error: a.md:3: facts[1]: is unknown -> write another\nerror: ist doppelt gewählt\n",
        ),
        (SpendingError("too dear", remedy="less"), 4, "error: too dear\n  -> less\n"),
        (InterruptError("stopped", remedy="go on"), 130, "error: stopped\n  -> go on\n"),
    ],
)
def test_an_error_is_told_on_stderr_with_its_code(
    capsys: pytest.CaptureFixture[str], error: ShipskipError, code: int, said: str
) -> None:
    with pytest.raises(SystemExit) as left:
        leave(error)
    assert left.value.code == code
    assert capsys.readouterr() == ("", said)


def test_talk_and_data_go_separate_ways(capsys: pytest.CaptureFixture[str]) -> None:
    prepare_stdout()
    say("talk")
    give("data: 数据")
    assert capsys.readouterr() == ("data: 数据\n", "talk\n")


@pytest.mark.parametrize("code", Exit)
def test_only_done_does_not_leave(code: Exit) -> None:
    if code is Exit.DONE:
        exit_with(code)
        return
    with pytest.raises(SystemExit) as left:
        exit_with(code)
    assert left.value.code == code


def test_all_well_is_said_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    leave_with([], "all is well", as_json=False)
    leave_with([], "all is well", as_json=True)
    assert capsys.readouterr().out == 'all is well\n{"ok": true, "problems": []}\n'


@pytest.mark.parametrize("as_json", [False, True])
def test_problems_are_data_and_leave_with_one(
    capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    with pytest.raises(SystemExit) as left:
        leave_with(PROBLEMS, "all is well", as_json=as_json)
    out, err = capsys.readouterr()
    assert (left.value.code, err) == (1, "")
    if not as_json:
        assert out.splitlines() == [str(problem) for problem in PROBLEMS]
        return
    found = json.loads(out)
    assert found["ok"] is False
    assert found["problems"][0] == {
        "message": "is unknown",
        "remedy": "write another",
        "path": "a.md",
        "line": 3,
        "key": "facts[1]",
    }
