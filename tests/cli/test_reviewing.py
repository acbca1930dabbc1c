"""`shipskip review` from dossier to scorecard: what is printed, stored and refused."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from panel.testing import FakeOpenAI, Reply
from tests.cli.conftest import ROOT, Command, edited
from tests.cli.json_schema import breaches
from tests.cli.ordering import FOUR, after_the_others, at, rows, run_of

PROMISED = {"run", "dossier", "outcome", "ships", "seats", "answered", "interval", "drafted_by"}
PROMISED_OF_A_REVIEW = {"persona", "call", "headline", "quote", "citations", "flags", "failure"}


def nothing_stored(workspace: Path) -> bool:
    return not (workspace / "runs").exists() or rows(workspace, "SELECT count(*) FROM runs") == [
        (0,)
    ]


def test_with_nothing_configured_the_rubric_drafts_and_says_so_everywhere(
    shipskip: Command, workspace: Path
) -> None:
    out = workspace / "printed"
    result = shipskip("review", "muse-spark", "--out", out)
    assert result.code == 0
    said = "rubric draft, no llm"
    assert f"Drafted by {said}." in result.out
    assert re.search(rf"^run \S+: muse-spark x 5 seats, drafted by {said}; no calls", result.err)
    for name in ("muse-spark.md", "muse-spark.html", "scorecards.jsonl", "reviews.jsonl"):
        assert said in (out / name).read_text(encoding="utf-8"), name
    assert said in shipskip("runs", "show").out
    assert shipskip("runs", "show", "--json").json["reviews"][0]["cost"] == 0.0


@pytest.mark.parametrize("drafted", ["rubric", "llm"])
def test_json_is_one_object_per_line_that_follows_the_schema(
    shipskip: Command, workspace: Path, fake: FakeOpenAI, drafted: str
) -> None:
    schema: dict[str, Any] = shipskip("schema", "scorecard").json
    flags = at(fake) if drafted == "llm" else ()
    result = shipskip("review", "muse-spark", "hy-mt2", *flags, "--json")
    assert result.code == 0
    assert [card["dossier"] for card in result.lines] == ["muse-spark", "hy-mt2"]
    for card in result.lines:
        assert list(breaches(card, schema, schema)) == []
        assert card.keys() >= PROMISED | {"cost", "reviews"}
        assert card["run"] == run_of(result)
        assert (card["seats"], card["answered"], len(card["reviews"])) == (5, 5, 5)
        assert card["ships"] == sum(review["call"] == "ship" for review in card["reviews"])
        low, high = card["interval"]
        assert 0 <= low <= card["ships"] / 5 <= high <= 1
        for review in card["reviews"]:
            assert review.keys() >= PROMISED_OF_A_REVIEW
            assert review["failure"] is None
            assert 60 <= len(review["quote"].split()) <= 170
            assert not [flag for flag in review["flags"] if flag["severity"] == "blocks"]
            assert all(re.fullmatch("F[0-9]+", f) for c in review["citations"] for f in c["facts"])
    assert result.lines[0]["cost"] == (0.0 if drafted == "rubric" else "unknown")


def test_the_schema_refuses_what_is_no_scorecard(shipskip: Command, workspace: Path) -> None:
    schema: dict[str, Any] = shipskip("schema", "scorecard").json
    card = shipskip("review", "hy-mt2", "--json").json
    for wrong in (
        {**card, "seats": "five"},
        {**card, "outcome": "maybe"},
        {**card, "interval": [0.1]},
        {**card, "extra": 1},
        {name: value for name, value in card.items() if name != "run"},
    ):
        assert list(breaches(wrong, schema, schema))


def test_text_goes_to_stdout_and_talk_to_stderr(
    shipskip: Command, workspace: Path, fake: FakeOpenAI
) -> None:
    result = shipskip("review", "hy-mt2", "muse-spark", *at(fake))
    run = run_of(result)
    announced, note, *progress, last = result.err.splitlines()
    assert announced == (
        f"run {run}: 2 dossiers x 5 seats, drafted by openai-chat:fake-llm;"
        " 10 to 30 calls, cost unknown (no price for this llm)"
    )
    assert note.startswith("note: muse-spark: 6 open conflicts cover 17 of 46 facts")
    assert [line[:5] for line in progress] == ["[1/2]", "[2/2]"]
    assert last == f"pages: shipskip runs export {run}"
    assert result.out.index("Hy-MT2") < result.out.index("Muse Spark")
    assert "5 of 5 seats answered" in result.out
    assert max(map(len, result.out.splitlines())) <= 96
    assert "\x1b" not in result.out + result.err


def test_four_seats_are_one_flag_away(shipskip: Command, workspace: Path) -> None:
    card = shipskip("review", "muse-spark", "--seats", FOUR, "--json").json
    assert (card["seats"], card["quorum"]) == (4, 3)
    assert {review["persona"] for review in card["reviews"]} == set(FOUR.split(","))


def test_a_path_stands_for_a_slug(shipskip: Command, workspace: Path) -> None:
    path = ROOT / "dossiers" / "command-a-plus.md"
    assert shipskip("review", path, "--json").json["dossier"] == "command-a-plus"


def test_out_is_a_whole_folder_that_verifies(shipskip: Command, workspace: Path) -> None:
    result = shipskip("review", "muse-spark", "hy-mt2", "--out", "printed")
    assert "written: printed" in result.err
    present = {path.name for path in (workspace / "printed").iterdir() if path.is_file()}
    assert present >= {"manifest.json", "reviews.jsonl", "scorecards.jsonl"}
    assert present >= {"muse-spark.md", "muse-spark.html", "hy-mt2.md", "hy-mt2.html"}
    assert shipskip("runs", "verify", "--folder", "printed").code == 0


def test_a_folder_that_holds_something_is_refused_before_anything_is_asked(
    shipskip: Command, workspace: Path, fake: FakeOpenAI
) -> None:
    (workspace / "printed").mkdir()
    (workspace / "printed" / "thesis.txt").write_text("mine")
    result = shipskip("review", "muse-spark", *at(fake), "--out", "printed")
    assert (result.code, result.out) == (2, "")
    assert "printed is not empty -> choose another folder" in result.err
    assert fake.count == 0
    assert nothing_stored(workspace)


@pytest.mark.parametrize(
    ("prices", "cost"),
    [((), "unknown"), (("--input-price", "1", "--output-price", "2"), "known")],
)
def test_a_dry_run_stores_nothing_and_asks_nobody(
    shipskip: Command, workspace: Path, fake: FakeOpenAI, prices: tuple[str, ...], cost: str
) -> None:
    flags = (*at(fake, *prices), "--dry-run")
    shown = shipskip("review", "muse-spark", "hy-mt2", *flags)
    plan = shipskip("review", "muse-spark", "hy-mt2", *flags, "--json").json
    assert (shown.code, fake.count, (workspace / "runs").exists()) == (0, 0, False)
    assert "nothing was asked and nothing was spent" in shown.err
    assert not re.search(r"\d{8}-\d{6}", shown.err), "it names a run that will never be"
    assert plan["calls"] == [10, 30]
    assert plan["dossiers"] == ["muse-spark", "hy-mt2"]
    assert plan["llms"] == ["openai-chat:fake-llm"]
    assert 0 < plan["input_tokens"][0] < plan["input_tokens"][1]
    if cost == "unknown":
        assert plan["cost"] == "unknown"
        assert re.search(r"^cost in USD +unknown$", shown.out, re.MULTILINE)
    else:
        low, high = plan["cost"]
        assert 0 < low < high
        assert f"{low:.4f} to" in shown.out


def test_the_real_cost_lies_within_the_estimate(
    shipskip: Command, workspace: Path, fake: FakeOpenAI
) -> None:
    flags = at(fake, "--input-price", "1", "--output-price", "2", "--json")
    low, high = shipskip("review", "hy-mt2", *flags, "--dry-run").json["cost"]
    card = shipskip("review", "hy-mt2", *flags).json
    assert card["cost"] <= high
    assert card["cost"] == pytest.approx(sum(review["cost"] for review in card["reviews"]))
    assert card["cost"] >= low / 2, "the fake tokenizer counts four characters a token"
    assert card["usage"]["cached_tokens"] > 0


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--max-cost", "1"), "the cost of this order is unknown and the cap is 1 USD"),
        (
            ("--max-cost", "0.01", "--input-price", "5", "--output-price", "9"),
            "this order costs at least",
        ),
    ],
)
def test_an_order_over_the_cap_is_refused(
    shipskip: Command, workspace: Path, fake: FakeOpenAI, flags: tuple[str, ...], said: str
) -> None:
    result = shipskip("review", "muse-spark", *at(fake, *flags))
    assert (result.code, result.out, fake.count) == (4, "", 0)
    assert said in result.err
    assert "\n  -> " in result.err
    assert nothing_stored(workspace)


def test_an_order_under_the_cap_goes_through(
    shipskip: Command, workspace: Path, fake: FakeOpenAI
) -> None:
    prices = ("--max-cost", "5", "--input-price", "0.1", "--output-price", "0.1")
    assert shipskip("review", "muse-spark", *at(fake, *prices)).code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("muse-sparc",), ("muse-sparc", "muse-spark")),
        (("muse-spark", "--seats", "developer,sceptic"), ("sceptic", "skeptic")),
        (("muse-spark", "--llm", "gpt-5.5"), ("is not of the form KIND:NAME", "openai-chat:")),
        (("muse-spark", "--llm", "oracle:delphi"), ("oracle:delphi", "write KIND:NAME")),
        (("muse-spark", "--llm", "openai-chat:x"), ("no API key found", "OPENAI_API_KEY")),
        (("muse-spark", "--llm", "openrouter:x"), ("no API key found", "SHIPSKIP_API_KEY")),
        (("muse-spark", "--samples", "0"), ("--samples", "the least is 1")),
        (("muse-spark", "--base-url", "nowhere", "--llm", "x"), ("--base-url",)),
        (("muse-spark", "--quorum", "6"), ("a quorum of 6 can never be met by 5 seats",)),
        (("muse-spark", "muse-spark"), ("muse-spark is ordered twice", "name it once")),
        (("muse-spark", "--seats", "skeptic,skeptic"), ("skeptic sits twice on the panel",)),
        (("../../etc/passwd",), ("passwd",)),
        ((), ("SLUG|PATH",)),
    ],
)
def test_wrong_input_is_refused_with_what_to_do(
    shipskip: Command, workspace: Path, arguments: tuple[str, ...], said: tuple[str, ...]
) -> None:
    result = shipskip("review", *arguments)
    assert (result.code, result.out) == (2, "")
    assert all(part in result.err for part in said), result.err
    assert "Traceback" not in result.err
    assert nothing_stored(workspace)


def test_samples_differ_by_seed_and_give_a_bootstrap_interval(
    shipskip: Command, workspace: Path, fake: FakeOpenAI
) -> None:
    card = shipskip("review", "hy-mt2", *at(fake, "--samples", 3, "--seed", 40, "--json")).json
    assert (fake.count, card["samples"], card["interval_method"]) == (15, 3, "bootstrap")
    assert sorted(call.body["seed"] for call in fake.calls) == sorted([40, 41, 42] * 5)
    quotes = {review["quote"] for review in card["reviews"]}
    assert len(quotes) == 15
    assert len({json.dumps(call.body, sort_keys=True) for call in fake.calls}) == 15
    low, high = card["interval"]
    assert low <= card["rate"] <= high


def test_all_seats_at_once_and_a_slow_one_costs_its_own_time_only(
    shipskip: Command, workspace: Path
) -> None:
    servers: list[FakeOpenAI] = []
    slow = after_the_others(lambda: servers[0], others=4)
    with FakeOpenAI({"developer": slow, "*": Reply()}) as server:
        servers.append(server)
        card = shipskip("review", "hy-mt2", *at(server, "--json")).json
        assert server.count == 5
    assert card["answered"] == 5


def test_one_more_persona_is_one_more_file(shipskip: Command, workspace: Path) -> None:
    text = (ROOT / "personas" / "skeptic.md").read_text(encoding="utf-8")
    (workspace / "personas").mkdir()
    path = workspace / "personas" / "archivist.md"
    path.write_text(text.replace("id: skeptic", "id: archivist"), encoding="utf-8")
    edited(path, "name: The Skeptic", "name: The Archivist")
    card = shipskip("review", "hy-mt2", "--seats", "archivist,creator", "--json").json
    assert {review["persona"] for review in card["reviews"]} == {"archivist", "creator"}
    assert card["seats"] == 2


def test_a_changed_prompt_is_one_file(shipskip: Command, workspace: Path, fake: FakeOpenAI) -> None:
    (workspace / "prompts").mkdir()
    path = workspace / "prompts" / "rules.md.j2"
    path.write_text(
        (ROOT / "prompts" / "rules.md.j2").read_text(encoding="utf-8") + "\nMind the tides.\n",
        encoding="utf-8",
    )
    assert shipskip("review", "hy-mt2", *at(fake)).code == 0
    assert all("Mind the tides." in call.rules for call in fake.calls)


def test_a_broken_prompt_is_found_before_anything_is_asked(
    shipskip: Command, workspace: Path, fake: FakeOpenAI
) -> None:
    (workspace / "prompts").mkdir()
    (workspace / "prompts" / "persona.md.j2").write_text("{{ persona.mood }}")
    result = shipskip("review", "hy-mt2", *at(fake))
    assert (result.code, fake.count) == (2, 0)
    assert "persona.md.j2:1" in result.err
