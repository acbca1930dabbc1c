"""Failed seats are asked again; each failure stands until its seat has answered."""

from pathlib import Path

from panel.testing import FakeOpenAI, Reply
from tests.cli.conftest import Command
from tests.cli.ordering import at, rows, run_of


def test_seats_that_answer_now_change_the_scorecard(shipskip: Command, workspace: Path) -> None:
    failing = {name: [Reply.status(500), Reply()] for name in ("skeptic", "creator", "futurist")}
    with FakeOpenAI({**failing, "*": Reply()}) as server:
        first = shipskip("review", "hy-mt2", *at(server, "--json"))
        assert first.json["outcome"] == "no_quorum"
        result = shipskip("runs", "retry-failed", "--here")
        assert server.count == 5 + 3
    assert result.code == 0
    assert result.out.splitlines()[0] == "3 of 3 failed seats answered now"
    card = shipskip("runs", "resume", "--json").json
    assert card["answered"] == 5
    changed = f"outcome of hy-mt2 changed from no quorum to {card['outcome'].replace('_', ' ')}"
    assert result.out.splitlines()[1:] == [changed]
    assert rows(workspace, "SELECT count(*) FROM scorecards") == [(2,)]
    assert rows(workspace, "SELECT count(*) FROM reviews WHERE failure IS NOT NULL") == [(3,)]


def test_seats_that_fail_again_keep_both_failures(shipskip: Command, workspace: Path) -> None:
    script = {"skeptic": Reply.status(500), "creator": [Reply.drop(), Reply()], "*": Reply()}
    with FakeOpenAI(script) as server:
        run = run_of(shipskip("review", "hy-mt2", *at(server)))
        result = shipskip("runs", "retry-failed", "--here", run)
    assert result.code == 3
    out = result.out.splitlines()
    assert out[0] == "1 of 2 failed seats answered now"
    assert out[-1].startswith("1 still without an answer: server-error -> ")
    assert "asking 2 failed seats" in result.err
    kept = rows(workspace, "SELECT nth, failure FROM reviews WHERE persona = 'skeptic'")
    assert sorted(kept) == [(1, "server-error"), (2, "server-error")]


def test_nothing_failed_is_said(shipskip: Command, workspace: Path, fake: FakeOpenAI) -> None:
    run = run_of(shipskip("review", "hy-mt2", *at(fake)))
    result = shipskip("runs", "retry-failed", "--here")
    assert (result.code, fake.count) == (0, 5)
    assert result.out == f"no seat failed in run {run}: there is nothing to ask again\n"
    told = shipskip("runs", "retry-failed", "--here", "--json").json
    assert told == {"run": run, "asked": 0, "answered": 0, "changed": []}


def test_seats_that_stand_aside_are_not_asked(shipskip: Command, workspace: Path) -> None:
    with FakeOpenAI() as server:
        flags = ("--llm", "hunyuan-large", *at(server)[2:], "--recuse")
        shipskip("review", "hy-mt2", *flags)
        assert server.count == 0
        assert shipskip("runs", "retry-failed", "--here").code == 0
        assert server.count == 0


def test_other_programs_get_one_object(shipskip: Command, workspace: Path) -> None:
    failing = {name: [Reply.status(500), Reply()] for name in ("skeptic", "creator", "futurist")}
    with FakeOpenAI({**failing, "*": Reply()}) as server:
        run = run_of(shipskip("review", "hy-mt2", *at(server)))
        told = shipskip("runs", "retry-failed", "--here", "--json").json
    (change,) = told.pop("changed")
    assert told == {"run": run, "asked": 3, "answered": 3}
    assert (change["dossier"], change["before"]) == ("hy-mt2", "no_quorum")
    assert change["after"] in {"ship", "skip", "split"}


def test_a_refused_key_ends_it_and_tells_what_came_of_it(
    shipskip: Command, workspace: Path
) -> None:
    script = {"skeptic": [Reply.status(500), Reply.status(401), Reply()], "*": Reply()}
    with FakeOpenAI(script) as server:
        shipskip("review", "hy-mt2", *at(server))
        refused = shipskip("runs", "retry-failed", "--here")
        assert refused.code == 1
        assert refused.out.startswith("0 of 1 failed seat answered now\n")
        assert "key-refused" in refused.err
        assert shipskip("runs", "retry-failed", "--here").code == 0
        assert server.count == 5 + 2
    assert shipskip("runs", "list", "--json").json["state"] == "finished"


def test_a_run_that_was_stopped_is_finished_as_well(shipskip: Command, workspace: Path) -> None:
    script = [Reply.status(500), *[Reply()] * 4, Reply.status(401), *[Reply()] * 9]
    with FakeOpenAI(script) as server:
        shipskip("review", "hy-mt2", "muse-spark", *at(server, "--concurrency", 1))
        result = shipskip("runs", "retry-failed", "--here")
        assert server.count == 6 + 6
    assert result.code == 0
    assert "and finishing 1 dossier without a scorecard" in result.err
    assert rows(workspace, "SELECT count(DISTINCT slug) FROM scorecards") == [(2,)]


def test_without_failures_a_stopped_run_is_to_be_resumed(
    shipskip: Command, workspace: Path
) -> None:
    with FakeOpenAI([*[Reply()] * 2, Reply.status(401)]) as server:
        run = run_of(shipskip("review", "hy-mt2", *at(server, "--concurrency", 1)))
        result = shipskip("runs", "retry-failed", "--here")
        assert server.count == 3
    assert result.code == 0
    assert f"it is not finished; go on with: shipskip runs resume {run}" in result.err
