"""`shipskip compare` over real dossiers: the two comparisons of the seed pages among them."""

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Command
from tests.cli.ordering import FOUR

MUSE, DENSE, SPARSE = "muse-spark", "qwen3-6-27b", "qwen3-6-35b-a3b"
WITH_ANALYST = "developer,skeptic,futurist,business-analyst"
"""The seats that the seed page has on its dense model; FOUR are those on the other two."""

FIVE = "developer,skeptic,futurist,business-analyst,creator"


@pytest.fixture
def seeds(workspace: Path, shipskip: Command) -> None:
    """The three models of the seed pages, each with the seats it has there."""
    for slug in (DENSE, SPARSE):
        shutil.copy(ROOT / "dossiers" / f"{slug}.md", workspace / "dossiers")
    assert shipskip("review", MUSE, SPARSE, "--seats", FOUR).code == 0
    assert shipskip("review", DENSE, "--seats", WITH_ANALYST).code == 0


@pytest.mark.usefixtures("seeds")
def test_the_first_seed_comparison_is_refused_for_its_seats_and_built_with_equal_ones(
    shipskip: Command,
) -> None:
    result = shipskip("compare", MUSE, DENSE, "--preview")
    assert (result.code, result.out) == (1, "")
    command = f"shipskip review {MUSE} {DENSE} --seats {WITH_ANALYST} --llm rubric"
    assert result.err.splitlines() == [
        f"error: {MUSE} and {DENSE} cannot be compared:",
        f"  seats: {FOUR.replace(',', ', ')} | {WITH_ANALYST.replace(',', ', ')}",
        f"  -> {command}",
        f"     then approve and publish {MUSE} and {DENSE} at the desk",
    ]
    assert shipskip(*command.split()[1:]).code == 0
    built = shipskip("compare", MUSE, DENSE, "--preview")
    assert (built.code, built.err) == (0, "")
    assert built.out.startswith("Muse Spark versus Qwen3.6-27B: which one should you ship with?\n")
    assert "    Is code what you want out of it? Pick Qwen3.6-27B.\n" in built.out
    assert "    Must it run on machines of your own? In dispute, so no answer.\n" in built.out
    assert "a proprietary licence (F3, disputed)" in built.out
    assert "Both panels: 4 seats, 3 needed for a result, drafted by rubric draft" in built.out


@pytest.mark.usefixtures("seeds")
def test_the_second_seed_comparison_has_equal_seats_and_is_refused_only_for_another_panel(
    shipskip: Command,
) -> None:
    built = shipskip("compare", MUSE, SPARSE, "--preview")
    assert built.code == 0
    assert built.out.startswith("Muse Spark versus Qwen3.6-35B-A3B: ")
    assert shipskip("review", SPARSE, "--seats", FIVE, "--seed", 8).code == 0
    refused = shipskip("compare", MUSE, SPARSE, "--preview")
    assert refused.code == 1
    assert "\n  seats: " in refused.err
    assert "\n  seed of rubric draft, no llm: 7 | 8\n" in refused.err
    assert f"shipskip review {MUSE} {SPARSE} --seats {FIVE} --llm rubric --seed 8" in refused.err


@pytest.mark.usefixtures("seeds")
def test_swapping_the_names_swaps_the_sides(shipskip: Command) -> None:
    one = shipskip("compare", MUSE, SPARSE, "--preview", "--json").json
    two = shipskip("compare", SPARSE, MUSE, "--preview", "--json").json
    assert one["comparable"] is two["comparable"] is True
    assert one["models"] == two["models"][::-1]
    ones, twos = (
        {question["ask"]: question["answer"] for question in found["comparison"]["questions"]}
        for found in (one, two)
    )
    assert twos == {ask: {"A": "B", "B": "A"}.get(said, said) for ask, said in ones.items()}


@pytest.mark.usefixtures("seeds")
def test_a_refusal_is_data_too(shipskip: Command) -> None:
    result = shipskip("compare", MUSE, DENSE, "--preview", "--json")
    assert result.code == 1
    assert result.json["comparable"] is False
    assert [why["what"] for why in result.json["reasons"]] == ["seats"]
    assert result.json["steps"][0].startswith("shipskip review ")
    assert "comparison" not in result.json


@pytest.mark.usefixtures("seeds")
def test_without_names_the_pairs_are_listed(
    shipskip: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIPSKIP_COMPARE", "all")
    monkeypatch.setenv("SHIPSKIP_COMPARE_PAIRS", f"{MUSE}:{DENSE}")
    result = shipskip("compare", "--preview")
    assert (result.code, result.out) == (0, f"{MUSE} {SPARSE}\n")
    assert f"no page for {MUSE}:{DENSE}: they cannot be compared; see: shipskip" in result.err
    assert "1 pair of 3 models" in result.err
    assert shipskip("compare", "--preview", "--json").lines == [[MUSE, SPARSE]]


@pytest.mark.usefixtures("seeds")
def test_what_nobody_published_is_not_compared(shipskip: Command) -> None:
    result = shipskip("compare", MUSE, SPARSE)
    assert result.code == 1
    assert f"error: nothing about {MUSE} was published" in result.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((MUSE,), f"{MUSE} needs another to be compared with"),
        ((MUSE, MUSE), f"{MUSE} cannot be compared with itself"),
        ((MUSE, SPARSE, "--days", "-1"), "compare_days"),
    ],
)
@pytest.mark.usefixtures("workspace")
def test_wrong_words_are_bad_input(shipskip: Command, words: tuple[str, ...], said: str) -> None:
    result = shipskip("compare", *words)
    assert result.code == 2
    assert said in result.err
