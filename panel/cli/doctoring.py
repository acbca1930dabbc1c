"""Carries out `shipskip doctor`: looks, asks, and tells each finding as soon as it is there."""

import asyncio
import dataclasses
import json
from collections.abc import Iterator

from rich.text import Text

from panel.bootstrap.health import Finding, workspace_findings
from panel.bootstrap.health_llm import announcement, llm_findings, llm_setup
from panel.bootstrap.house import House
from panel.cli.diagnostics import say
from panel.cli.tables import console
from panel.errors import Exit, InputError

_STYLES = {"ok": "green", "warn": "yellow", "fail": "bold red"}


def examine(house: House, *, as_json: bool) -> Exit:
    """Look everything over and print what was found.

    Args:
        house: Workspace and settings, flags included.
        as_json: Whether to print one JSON object instead of lines.

    Returns:
        `ERROR` when something failed, else `DONE`.
    """
    findings: list[Finding] = []
    for finding in _all(house):
        findings.append(finding)
        if not as_json:
            _print(finding)
    failed = sum(finding.standing == "fail" for finding in findings)
    warned = sum(finding.standing == "warn" for finding in findings)
    if as_json:
        rows = [dataclasses.asdict(finding) for finding in findings]
        print(json.dumps({"ok": not failed, "findings": rows}, ensure_ascii=False))
    say(f"{len(findings)} findings: {failed} failed, {warned} to look at")
    return Exit.ERROR if failed else Exit.DONE


def _all(house: House) -> Iterator[Finding]:
    yield from workspace_findings(house)
    setup = list(llm_setup(house))
    yield from setup
    if any(finding.standing == "fail" for finding in setup if finding.about == "llm"):
        return
    llm = house.llm()
    if llm.is_rubric:
        return
    say(announcement(llm))
    try:
        yield from asyncio.run(llm_findings(house, llm))
    except InputError as error:
        yield Finding("llm", "fail", error.problems[0].message, error.problems[0].remedy)


def _print(finding: Finding) -> None:
    out = console()
    line = Text(f"{finding.standing:<5}", style=_STYLES[finding.standing])
    line.append(f"{finding.about:<18}", style="not bold default")
    line.append(finding.detail, style="not bold default")
    out.print(line, soft_wrap=True)
    if finding.remedy:
        out.print(Text(f"     -> {finding.remedy}", style="dim"), soft_wrap=True)
