import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest

from panel.bootstrap.health import Finding, Standing
from panel.bootstrap.health_llm import announcement, judged, llm_findings, llm_setup
from panel.bootstrap.house import House
from panel.domain.llm import LlmSettings
from panel.judging.probe import Probe, Trial
from panel.judging.remedies import failure
from panel.testing import FAKE_LLM, FakeOpenAI

ROOT = Path(__file__).parents[2]
ENFORCED = [Trial("native", "enforced"), Trial("tool", "enforced"), Trial("prompted", "followed")]
REFUSED = failure("bad-request", "HTTP 400: no")


def by_name(findings: Any) -> dict[str, Finding]:
    return {finding.about: finding for finding in findings}


def standings(found: Probe, llm: LlmSettings = FAKE_LLM) -> dict[str, Standing]:
    findings = list(judged(found, llm))
    for finding in findings:
        assert bool(finding.remedy) == (finding.standing != "ok"), finding
    return {finding.about: finding.standing for finding in findings}


def test_a_good_endpoint() -> None:
    found = Probe(
        trials=ENFORCED, seed="accepted", input_tokens=2000, cached_tokens=1920, price_known=True
    )
    assert set(standings(found).values()) == {"ok"}


def test_what_only_warns() -> None:
    found = Probe(trials=ENFORCED, seed="not sent", input_tokens=2000)
    warned = {about for about, standing in standings(found).items() if standing == "warn"}
    assert warned == {"seed", "cached tokens", "price"}
    assert standings(Probe(trials=ENFORCED, seed="accepted"))["tokens"] == "warn"


@pytest.mark.parametrize(
    ("trials", "standing", "remedy"),
    [
        ([Trial("native", "enforced"), *ENFORCED[1:]], "ok", ""),
        ([Trial("native", "ignored"), *ENFORCED[1:]], "warn", "set --output-mode tool"),
        ([Trial("native", None, failure=REFUSED), *ENFORCED[1:]], "fail", "set --output-mode tool"),
        ([Trial("native", "ignored"), Trial("tool", "ignored"), ENFORCED[2]], "warn", "prompted"),
        ([Trial(trial.mode, "ignored") for trial in ENFORCED], "fail", "another llm or server"),
    ],
)
def test_the_best_mode_is_recommended(trials: list[Trial], standing: Standing, remedy: str) -> None:
    found = by_name(judged(Probe(trials=trials, seed="accepted"), FAKE_LLM))
    assert found["output mode"].standing == standing
    assert remedy in found["output mode"].remedy


def test_modes_that_are_not_used_may_fail() -> None:
    trials = [ENFORCED[0], Trial("tool", None, failure=REFUSED), Trial("prompted", "ignored")]
    found = standings(Probe(trials=trials, seed="accepted"))
    assert (found["schema, tool"], found["schema, prompted"]) == ("ok", "ok")


@pytest.mark.parametrize(
    ("kind", "failed", "unseen"),
    [
        ("dropped", "endpoint", "key"),
        ("timeout", "endpoint", "key"),
        ("not-an-api", "endpoint", "key"),
        ("key-refused", "key", "llm name"),
        ("forbidden", "key", "llm name"),
        ("out-of-credit", "key", "llm name"),
        ("no-such-llm", "llm name", "price"),
        ("rate-limited", "answer", "price"),
    ],
)
def test_what_ends_a_probe_fails_in_one_place(kind: Any, failed: str, unseen: str) -> None:
    stopped = failure(kind, "said")
    found = standings(Probe(trials=[Trial("native", None, failure=stopped)], failure=stopped))
    assert [about for about, standing in found.items() if standing == "fail"] == [failed]
    assert unseen not in found


@pytest.mark.parametrize(
    ("known", "remedy"),
    [
        ((), "check the name after --llm"),
        (("fake-llm-2", "other"), "it offers fake-llm-2 and 1 more"),
        (("alpha", "beta"), "it offers alpha, beta"),
        (tuple(f"a{n}" for n in range(12)), "and 4 more"),
    ],
)
def test_an_unknown_llm_is_helped_with_names(known: tuple[str, ...], remedy: str) -> None:
    stopped = failure("no-such-llm", "HTTP 404: no")
    found = Probe([Trial("native", None, failure=stopped)], failure=stopped, known=known)
    assert remedy in by_name(judged(found, FAKE_LLM))["llm name"].remedy


def test_a_refused_seed_fails() -> None:
    trials = [Trial(trial.mode, None, failure=REFUSED) for trial in ENFORCED]
    found = standings(Probe(trials=trials, failure=REFUSED, seed="refused"))
    assert (found["seed"], found["output mode"], found["endpoint"]) == ("fail", "fail", "ok")


def test_a_context_too_small_fails() -> None:
    small = failure("too-long", "HTTP 400: maximum context length")
    found = standings(Probe(trials=ENFORCED, seed="accepted", failure=small))
    assert found["long prompt"] == "fail"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "dossiers").mkdir()
    return tmp_path


def setup(root: Path, environ: dict[str, str], **flags: Any) -> dict[str, Finding]:
    return by_name(llm_setup(House.open(root, flags, environ={}), environ))


@pytest.mark.parametrize(
    ("flags", "environ", "standing", "said"),
    [
        ({}, {}, "ok", "offline rubric judge"),
        ({"llm": "rubric"}, {}, "ok", "offline rubric judge"),
        ({"llm": "openai-chat:x"}, {}, "fail", "no key in the environment"),
        ({"llm": "openai-chat:x"}, {"OPENAI_API_KEY": "sk-CANARY1"}, "ok", "a key is in the"),
        ({"llm": "anthropic:x"}, {"SHIPSKIP_API_KEY": "sk-CANARY1"}, "ok", "a key is in the"),
        ({"llm": "ollama:x"}, {}, "ok", "none may be needed"),
        ({"llm": "x", "base_url": "http://localhost:9/v1"}, {}, "ok", "none may be needed"),
        ({"llm": "x"}, {}, "fail", "KIND:NAME"),
    ],
)
def test_the_configured_llm_and_its_key(
    root: Path, flags: dict[str, str], environ: dict[str, str], standing: Standing, said: str
) -> None:
    finding = setup(root, environ, **flags)["llm"]
    assert finding.standing == standing
    assert said in finding.detail
    assert bool(finding.remedy) == (standing != "ok")
    assert "CANARY" not in repr(finding)


def test_a_persona_with_an_llm_of_its_own_needs_its_key(root: Path) -> None:
    (root / "personas").mkdir()
    text = (ROOT / "personas" / "skeptic.md").read_text()
    text = text.replace("id: skeptic\n", "id: skeptic\nllm: anthropic:x\n")
    (root / "personas" / "skeptic.md").write_text(text)
    found = setup(root, {})
    assert found["llm"].standing == "ok"
    assert found["llm of skeptic"].standing == "fail"
    assert setup(root, {"ANTHROPIC_API_KEY": "k"})["llm of skeptic"].standing == "ok"


def test_a_broken_persona_is_left_to_its_own_finding(root: Path) -> None:
    (root / "personas").mkdir()
    shutil.copy(ROOT / "personas" / "skeptic.md", root / "personas" / "developer.md")
    assert set(setup(root, {})) == {"llm"}


def test_an_endpoint_is_probed_with_the_settings(root: Path, fake: FakeOpenAI) -> None:
    house = House.open(root, {"llm": "x", "base_url": fake.base_url}, environ={})
    found = by_name(asyncio.run(llm_findings(house, house.llm(), environ={})))
    assert found["output mode"].standing == "ok"
    assert fake.count == 5


def test_the_announcement_names_whom_where_and_how_much() -> None:
    text = announcement(FAKE_LLM)
    assert FAKE_LLM.label in text
    assert str(FAKE_LLM.base_url) in text
    assert "at most 6 short calls" in text
