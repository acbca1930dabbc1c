"""Servers that refuse, fail, are late or do not count: asked as often as ordered, and no more."""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from panel.bootstrap.house import House
from panel.testing import FakeOpenAI, FakeRequest, Reply
from tests.databases import rows
from tests.resilience.lives import begin, furnished, handed_over, on_postgres

PRICED = ("--input-price", "1", "--output-price", "4")
LATENCY = 0.2
CAPPED = ("--max-cost", "0.46", "--max-tokens", "800")
NEVER_MENDED = Reply.text("Every seat is asked twice to mend this, and never does.")
"""Costs three calls a seat, so that a cap that the list fits under is reached."""


class Moody:
    """Answers ill until it is well again.

    Args:
        ill: What it answers at first.
    """

    def __init__(self, ill: Reply) -> None:
        self.reply = ill

    def __call__(self, _: FakeRequest) -> Reply:
        return self.reply


@pytest.fixture
def moody() -> Moody:
    return Moody(Reply())


@pytest.fixture
def server(moody: Moody) -> Iterator[FakeOpenAI]:
    with FakeOpenAI(moody, latency=LATENCY) as server:
        yield server


def order(server: FakeOpenAI, *more: str) -> tuple[str, ...]:
    llm = ("--llm", "fake-llm", "--base-url", server.base_url, *PRICED)
    return ("batch", "dossiers", *llm, "--here", "--concurrency", "16", *more)


def tries_of_failed_seats(desk: Path) -> Counter[int]:
    """How many calls the seats had that are kept as failed."""
    found = rows(
        House.open(desk).database_url,
        "SELECT (SELECT count(*) FROM attempts WHERE attempts.review_key = reviews.key)"
        " FROM reviews WHERE failure IS NOT NULL",
    )
    return Counter(tries for (tries,) in found)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply.status(429), "rate-limited"),
        (Reply.status(429, retry_after="3"), "rate-limited"),
        (Reply.status(500), "server-error"),
    ],
    ids=["429", "429-after-3", "500"],
)
def test_a_server_that_is_down_ends_the_run_after_as_many_tries_as_ordered(
    reply: Reply, kind: str, moody: Moody, server: FakeOpenAI, tmp_path: Path
) -> None:
    moody.reply = reply
    desk = furnished(tmp_path / "desk", 40)
    life = begin(desk, *order(server, "--max-retries", "1", "--concurrency", "32"))
    assert life.end() == 1
    said = life.err.read_text(encoding="utf-8")
    assert "has answered nothing usable 32 times in a row" in said
    assert "shipskip runs resume" in said
    assert "shipskip runs retry-failed" in said
    assert "Traceback" not in said

    tries = tries_of_failed_seats(desk)
    assert set(tries) == {2}
    assert tries[2] == 31  # the last one ends the run
    by_seat = Counter(call.raw for call in server.calls)
    assert max(by_seat.values()) == 2
    assert server.count == sum(by_seat.values()) <= 2 * (32 + 32)
    if reply.headers:
        waits = sorted(call.at - server.calls[0].at - LATENCY for call in server.calls)
        assert [wait for wait in waits if 1.5 < wait < 3] == []

    moody.reply = Reply()
    resumed = begin(desk, "runs", "resume")
    assert resumed.end() == 3, resumed.err.read_text(encoding="utf-8")
    assert tries_of_failed_seats(desk) == tries
    begin(desk, "runs", "retry-failed", "--here").succeed()
    with House.open(desk).store(write=False) as store:
        run = store.resolve_run("latest")
        assert [review for review in store.reviews(run) if not review.verdict] == []
        assert len(store.scorecards(run)) == 40
    assert server.billed == 200


def test_answers_that_do_not_count_tokens_use_up_the_cap_by_what_they_might_cost(
    moody: Moody, server: FakeOpenAI, tmp_path: Path
) -> None:
    moody.reply = Reply.no_usage()
    desk = furnished(tmp_path / "desk", 10)
    life = begin(desk, *order(server, "--max-cost", "0.25"))
    assert life.end() == 4
    said = life.err.read_text(encoding="utf-8")
    assert "the cap of 0.25 USD is reached" in said
    with House.open(desk).store(write=False) as store:
        ledger = store.ledger(store.resolve_run("latest"))
    assert 0 < ledger.unknown == ledger.succeeded == server.billed < 50
    assert ledger.spent == 0
    assert ledger.at_risk
    assert ledger.at_risk <= 0.25


def test_with_a_cap_an_llm_of_unknown_price_is_never_asked(
    server: FakeOpenAI, tmp_path: Path
) -> None:
    desk = furnished(tmp_path / "desk", 1)
    llm = ("--llm", "fake-llm", "--base-url", server.base_url)
    life = begin(desk, "batch", "dossiers", *llm, "--max-cost", "1", "--here")
    assert life.end() == 4
    assert "--allow-unknown-cost" in life.err.read_text(encoding="utf-8")
    assert server.count == 0


def test_answers_after_the_time_out_are_told_as_calls_of_unknown_cost(
    moody: Moody, server: FakeOpenAI, tmp_path: Path
) -> None:
    moody.reply = Reply.slow(7)
    desk = furnished(tmp_path / "desk", 3)
    life = begin(desk, *order(server, "--max-retries", "0", "--timeout", "5"))
    assert life.end() == 3
    with House.open(desk).store(write=False) as store:
        run = store.resolve_run("latest")
        ledger = store.ledger(run)
        assert {review.failure.kind for review in store.reviews(run) if review.failure} == {
            "timeout"
        }
    assert (ledger.unknown, ledger.unanswered, ledger.succeeded) == (15, 0, 0)
    assert server.count == 15

    moody.reply = Reply()
    begin(desk, "runs", "retry-failed", "--here").succeed()
    while server.billed < 30:
        time.sleep(0.05)
    with House.open(desk).store(write=False) as store:
        again = store.ledger(run)
    assert (again.succeeded, again.unknown) == (15, 15)
    assert server.billed == again.succeeded + again.unknown


def test_sixteen_calls_in_flight_never_exceed_the_cap(
    moody: Moody, server: FakeOpenAI, tmp_path: Path
) -> None:
    moody.reply = NEVER_MENDED
    desk = furnished(tmp_path / "desk", 20)
    life = begin(desk, *order(server, *CAPPED))
    assert life.end() == 4
    assert "the cap of 0.46 USD is reached" in life.err.read_text(encoding="utf-8")
    assert_under_the_cap(server, desk)


def test_three_workers_never_exceed_the_cap_together(
    moody: Moody, server: FakeOpenAI, tmp_path: Path, postgres_url: str
) -> None:
    moody.reply = NEVER_MENDED
    desk = on_postgres(furnished(tmp_path / "desk", 20), postgres_url)
    watching = handed_over(desk, *(word for word in order(server, *CAPPED) if word != "--here"))
    crew = [begin(desk, "worker", "--drain", "--concurrency", "16") for _ in range(3)]
    assert [life.end() for life in crew] == [0, 0, 0]
    assert watching.end() == 4
    said = watching.err.read_text(encoding="utf-8")
    assert "error: the cap of 0.46 USD is reached" in said
    assert "shipskip runs fork" in said
    assert_under_the_cap(server, desk)


def assert_under_the_cap(server: FakeOpenAI, desk: Path) -> None:
    sent, received, _ = server.billed_tokens
    assert 50 < server.billed < 300
    assert sent + 4 * received <= 460_000
    with House.open(desk).store(write=False) as store:
        run = store.run(store.resolve_run("latest"))
        spent = store.ledger(run.id).spent
    assert run.state == "stopped"
    assert spent * 1_000_000 == sent + 4 * received
