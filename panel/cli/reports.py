"""How `check` commands report on files: problems, warnings, a summary, and the exit code."""

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass

from panel.cli.diagnostics import say
from panel.errors import Exit, Problem


@dataclass(frozen=True)
class Report:
    """What was found in one file.

    Attributes:
        name: Slug or id; None for a file that has none.
        path: The file.
        problems: What keeps it from being used.
        warnings: What is doubtful.
        notes: What is good to know, e.g. how many quotes were verified.
    """

    name: str | None
    path: str
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def print_reports(
    reports: Sequence[Report], nouns: tuple[str, str], *, key: str, as_json: bool, strict: bool
) -> Exit:
    """Problems to stderr, warnings to stdout, a summary to stderr; or JSON lines to stdout.

    Args:
        reports: What was found, by file.
        nouns: What the files are called, one and many.
        key: Name of the name in JSON, `slug` or `id`.
        as_json: Whether to print one JSON object per file and line.
        strict: Whether warnings count as problems for the exit code.

    Returns:
        `BAD_INPUT` when something is wrong, else `DONE`.
    """
    for report in reports:
        if as_json:
            print(json.dumps(_plain(report, key), ensure_ascii=False))
            continue
        for problem in report.problems:
            say(f"error: {problem}")
        for warning in report.warnings:
            print(f"warning: {warning}")
        for note in report.notes:
            say(f"{report.path}: {note}")
    problems = sum(len(report.problems) for report in reports)
    warnings = sum(len(report.warnings) for report in reports)
    counts = (
        counted(len(reports), *nouns),
        counted(problems, "problem", "problems"),
        counted(warnings, "warning", "warnings"),
    )
    say(", ".join(counts))
    return Exit.BAD_INPUT if problems or (strict and warnings) else Exit.DONE


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun.

    Args:
        number: How many.
        one: The noun for one.
        many: The noun for any other number.
    """
    return f"{number} {one if number == 1 else many}"


def _plain(report: Report, key: str) -> dict[str, object]:
    return {
        key: report.name,
        "path": report.path,
        "ok": not report.problems,
        "problems": [dataclasses.asdict(problem) for problem in report.problems],
        "warnings": [dataclasses.asdict(warning) for warning in report.warnings],
    }
