import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from panel.bootstrap.extracting import Forecast
from panel.bootstrap.filing import Outcome
from panel.bootstrap.intaking import Built
from panel.cli.building import print_built, talk
from panel.domain.intake.additions import Additions, Corroboration, Joining
from panel.domain.intake.reading import Hidden, Reading
from panel.intake.extract import Extracted, Refusal
from panel.testing import make_dossier

DAY = dt.date(2026, 11, 21)


def outcome(**changes: Any) -> Outcome:
    content: dict[str, Any] = {"address": "a.html", "kind": "html", "read": DAY, "text": "One two."}
    reading = Reading.model_validate({**content, "sha256": "0" * 64, **changes})
    return Outcome("a.html", reading, "S1")


def built(additions: Additions, *outcomes: Outcome, **changes: Any) -> Built:
    content: dict[str, Any] = {
        "path": Path("dossiers/tern-2.md"), "dossier": make_dossier(), "additions": additions,
        "outcomes": outcomes, "asked": True, "spent": Decimal("0.01"), "warnings": (),
        "is_new": False, **changes,
    }  # fmt: skip
    return Built(**content)


def test_each_source_is_told_as_it_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    hidden = tuple(Hidden(kind="comment", place=f"line {at}", text="x") for at in range(14))
    talk().read(outcome(published=DAY, removed=hidden))
    told = capsys.readouterr().err
    assert "read     a.html: html, 2 words, published 2026-11-21\n" in told
    assert told.count("hidden comment at line") == 12
    assert "and 2 more" in told


@pytest.mark.parametrize(
    ("forecast", "said"),
    [
        (Forecast(2, 1234, 1, Decimal("0.0125")), "2 calls, about 1,234 tokens, about 0.0125 USD"),
        (Forecast(1, 10, 0, None), "1 call, about 10 tokens, an unknown cost"),
        (Forecast(0, 0, 3, Decimal(0)), "nothing is paid again"),
    ],
)
def test_the_cost_is_told_before_it_is_spent(
    forecast: Forecast, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    talk().forecast(forecast)
    assert said in capsys.readouterr().err


def test_what_an_llm_made_up_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    one = outcome()
    one.extracted = Extracted(refused=(Refusal(quote="q", reason="it stands nowhere"),), kept=1)
    talk().piece("a.html", 0, 3)
    talk().extracted(one)
    one.extracted = Extracted(fault="the llm did not answer")
    talk().extracted(one)
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "asking   a.html: piece 1 of 3",
        "asked    a.html: 0 facts (kept answers, not paid again)",
        "  not taken: it stands nowhere",
        "left out a.html: the llm did not answer",
    ]


def test_what_was_added_is_data(capsys: pytest.CaptureFixture[str]) -> None:
    dossier = make_dossier(conflict=True)
    witness = dossier.facts[0].witnesses[0]
    additions = Additions(
        sources=(dossier.sources[1].model_copy(update={"copy_of": "S1"}),),
        facts=(dossier.facts[0].model_copy(update={"standing": "superseded"}),),
        witnesses=(Corroboration(fact="F2", witness=witness),) * 2,
        joined=(Joining(conflict="C1", fact="F9"),),
        conflicts=dossier.conflicts,
        blanks={"licence": "MIT"},
    )
    print_built(built(additions), as_json=False)
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert lines[0].endswith("(a copy of S1)")
    assert ", superseded: " in lines[1]
    assert lines[2:4] == ["F2  +2 witnesses", "C1  now with F9"]
    assert lines[-1] == "licence: MIT"
    assert "updated: dossiers/tern-2.md" in err
    assert "cost: 0.0100 USD" in err


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"is_new": True}, "no source could be read, so no dossier was written"),
        ({}, "nothing new; dossiers/tern-2.md is unchanged"),
        ({"asked": False}, "facts await an llm"),
        ({"spent": None}, "cost: unknown"),
    ],
)
def test_how_a_build_ends(
    changes: dict[str, Any], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    print_built(built(Additions(), **changes), as_json=True)
    assert said in capsys.readouterr().err
