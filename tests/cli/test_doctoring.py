import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from panel.testing import FakeOpenAI, FakeRequest, Reply
from tests.cli.conftest import Command, Result, edited, script, told

KEY = "sk-test-CANARYKEY1"


def standings(result: Result) -> dict[str, str]:
    return {row["about"]: row["standing"] for row in result.json["findings"]}


def test_doctor_without_an_llm_sends_nothing(
    shipskip: Command, workspace: Path, fake: FakeOpenAI
) -> None:
    result = shipskip("doctor")
    assert result.code == 0
    assert "2 readable" in result.out
    assert "the offline rubric judge drafts" in result.out
    assert "asking" not in result.err
    assert fake.count == 0
    assert not (workspace / "runs").exists(), "looking leaves nothing behind"


def test_doctor_probes_an_endpoint_after_saying_so(
    shipskip: Command, workspace: Path, fake: FakeOpenAI
) -> None:
    result = shipskip("doctor", "--llm", "fake-llm", "--base-url", fake.base_url)
    assert result.code == 0, result.out
    assert f"asking openai-chat:fake-llm at {fake.base_url}: at most 6 short calls" in result.err
    assert told(result, r"^ok +schema, native +enforced$")
    assert told(result, r"^ok +output mode +native, as configured")
    assert told(result, r"^ok +cached tokens +[\d,]+ of [\d,]+ tokens")
    assert 0 < fake.count <= 6


def test_doctor_as_json_is_one_object(shipskip: Command, workspace: Path, fake: FakeOpenAI) -> None:
    result = shipskip("doctor", "--llm", "x", "--base-url", fake.base_url, "--json")
    assert result.json["ok"] is True
    assert set(result.json["findings"][0]) == {"about", "standing", "detail", "remedy"}
    assert standings(result)["seed"] == "ok"


def test_doctor_takes_the_llm_from_the_settings(
    shipskip: Command, workspace: Path, fake: FakeOpenAI
) -> None:
    (workspace / "shipskip.toml").write_text(f'llm = "x"\nbase_url = "{fake.base_url}"\n')
    assert standings(shipskip("doctor", "--json"))["endpoint"] == "ok"
    assert fake.calls[0].llm == "x"


def test_doctor_fails_on_a_refused_key_and_never_shows_it(
    shipskip: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIPSKIP_API_KEY", KEY)
    with FakeOpenAI(key="another") as server:
        result = shipskip("doctor", "--llm", "x", "--base-url", server.base_url)
        assert server.count == 1, "no further call once the key is refused"
    assert result.code == 1
    assert told(result, r"^fail +key +HTTP 401")
    assert "-> check the API key in the environment" in result.out
    assert KEY not in result.out + result.err


def test_doctor_recommends_the_mode_that_works(shipskip: Command, workspace: Path) -> None:
    def only_prompted(request: FakeRequest) -> Reply:
        found = re.search(r'"code".{0,40}"enum": \["(\w+)"\]', request.rules)
        if not found:
            return Reply.text("sorry, what?")
        return Reply.json({"code": found[1], "weight": "light"})

    with FakeOpenAI(only_prompted) as server:
        result = shipskip("doctor", "--llm", "x", "--base-url", server.base_url)
    assert result.code == 0
    assert told(result, r"^warn schema, native +accepted but ignored: sorry, what\?$")
    assert "-> set --output-mode prompted" in result.out


def test_doctor_has_a_mind_for_the_configured_mode(
    shipskip: Command, workspace: Path, fake: FakeOpenAI
) -> None:
    flags = ("--llm", "x", "--base-url", fake.base_url, "--output-mode", "prompted", "--json")
    assert standings(shipskip("doctor", *flags))["output mode"] == "warn"


@pytest.mark.parametrize(
    ("llm", "said"),
    [
        ("gpt-5.5", "not of the form KIND:NAME"),
        ("openai-chat:gpt-5.5", "no key in the environment"),
        ("nonsense:name", "fail llm"),
    ],
)
def test_doctor_tells_what_is_wrong_with_the_llm_setting(
    shipskip: Command, workspace: Path, llm: str, said: str
) -> None:
    result = shipskip("doctor", "--llm", llm)
    assert result.code == 1
    assert said in result.out
    assert "asking" not in result.err


def test_doctor_goes_on_after_a_broken_dossier(shipskip: Command, workspace: Path) -> None:
    edited(workspace / "dossiers" / "hy-mt2.md", "vendor:", "vendr:")
    result = shipskip("doctor", "--json")
    assert result.code == 1
    found = standings(result)
    assert (found["dossiers"], found["prompts"]) == ("fail", "ok")


def test_ctrl_c_ends_the_doctor_with_its_own_code(workspace: Path) -> None:
    with FakeOpenAI(lambda _: Reply.slow(60)) as server:
        arguments = [script(), "doctor", "--llm", "x", "--base-url", server.base_url]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as doctor:
            while not server.count and doctor.poll() is None:
                time.sleep(0.02)
            doctor.send_signal(signal.SIGINT)
            _, said = doctor.communicate(timeout=30)
    assert doctor.returncode == 130
    assert b"error: interrupted" in said
    assert b"Traceback" not in said
