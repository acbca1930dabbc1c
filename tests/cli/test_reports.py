import json

import pytest

from panel.cli.reports import Report, counted, print_reports
from panel.errors import Exit, Problem

BAD = Problem("is bad", "mend it", "a.md", 3, "name")
ODD = Problem("is odd", "look at it", "b.md", 4, "name")
REPORTS = [Report("a", "a.md", (BAD,)), Report("b", "b.md", (), (ODD, ODD), ("a note",))]


def printed(reports: list[Report], *, as_json: bool = False, strict: bool = False) -> Exit:
    return print_reports(reports, ("file", "files"), key="slug", as_json=as_json, strict=strict)


def test_problems_are_talk_and_warnings_are_data(capsys: pytest.CaptureFixture[str]) -> None:
    printed(REPORTS)
    said = capsys.readouterr()
    assert said.out == "warning: b.md:4: name: is odd -> look at it\n" * 2
    assert said.err.splitlines() == [
        "error: a.md:3: name: is bad -> mend it",
        "b.md: a note",
        "2 files, 1 problem, 2 warnings",
    ]


@pytest.mark.parametrize(
    ("reports", "strict", "code"),
    [
        ([], True, Exit.DONE),
        (REPORTS[:1], False, Exit.BAD_INPUT),
        (REPORTS[1:], False, Exit.DONE),
        (REPORTS[1:], True, Exit.BAD_INPUT),
    ],
)
@pytest.mark.parametrize("as_json", [True, False])
def test_the_code_tells_whether_all_is_well(
    reports: list[Report], strict: bool, code: Exit, as_json: bool
) -> None:
    assert printed(reports, strict=strict, as_json=as_json) is code


def test_json_is_one_object_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    printed(REPORTS, as_json=True)
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == {
        "slug": "a",
        "path": "a.md",
        "ok": False,
        "problems": [
            {"message": "is bad", "remedy": "mend it", "path": "a.md", "line": 3, "key": "name"}
        ],
        "warnings": [],
    }
    assert (second["ok"], len(second["warnings"])) == (True, 2)


@pytest.mark.parametrize(("number", "said"), [(0, "0 files"), (1, "1 file"), (2, "2 files")])
def test_numbers_agree_with_their_nouns(number: int, said: str) -> None:
    assert counted(number, "file", "files") == said
