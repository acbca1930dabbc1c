"""The view of a run that goes on: what it shows, how often it looks, and where it is drawn."""

import io
import json
import threading
from collections.abc import Iterator, Sequence

import pytest
from rich.console import Console

from panel.cli.live import JsonScreen, LineScreen, TerminalScreen, Watching, frame, screen, watch
from panel.domain.progress import Progress
from panel.domain.run import RunState
from panel.errors import StoreError
from tests.cli.ordering import PATIENCE
from tests.cli.progress_values import FAILURE, make_progress


def drawn(progress: Progress, width: int = 80) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=width).print(frame(progress))
    return out.getvalue().splitlines()


def test_a_frame_says_everything_in_eighty_columns() -> None:
    lines = drawn(make_progress())
    assert max(map(len, lines)) <= 80
    text = "\n".join(lines)
    for part in (
        "overnight (20261121-083000-5f2a9c)  running",
        "62 %  3,100 of 5,000 reviews",
        "3,088 answered, 12 failed, 64 in flight; 610 of 1,000 scorecards",
        "512 calls in the last minute, 72 % of tokens sent were cached",
        "$4.20 so far, about $6.78 in all",
        "12 min, about 7 min left",
        "8 rate-limited, 4 timeout",
        "model-7, skeptic: timeout: no answer in time",
    ):
        assert part in text


def test_a_long_failure_is_cut_and_a_frame_does_not_grow() -> None:
    long = FAILURE.model_copy(update={"detail": "word " * 90})
    lines = drawn(make_progress(last_failures=(long,) * 5))
    assert max(map(len, lines)) <= 80
    assert sum("model-7" in line for line in lines) == 3
    assert any(line.rstrip().endswith("\u2026") for line in lines)


def test_a_stopped_run_says_why_and_has_nothing_in_flight() -> None:
    text = "\n".join(drawn(make_progress(state="stopped", note="the cap is reached")))
    assert "the cap is reached" in text
    assert "in flight" not in text


def test_lines_come_at_each_tenth_every_ten_seconds_and_at_the_end() -> None:
    now, told = [0.0], list[str]()
    view = LineScreen(told.append, lambda: now[0])
    seen: list[tuple[float, int]] = [(0, 0), (1, 40), (2, 499), (3, 500), (4, 520), (14, 521)]
    for at, answered in seen:
        now[0] = at
        view.show(make_progress(answered=answered, failed=0, last_failures=()))
    assert [text.split(" reviews")[0] for text in told] == [
        "0 %: 0 of 5,000",
        "10 %: 500 of 5,000",
        "10 %: 521 of 5,000",
    ]
    view.close()
    assert len(told) == 3, "the last word was said already"
    view.show(make_progress(answered=522, failed=0))
    view.close()
    assert told[-1].startswith("10 %: 522 of 5,000")


def test_a_new_failure_is_told_once() -> None:
    told: list[str] = []
    view = LineScreen(told.append, lambda: 0.0)
    view.show(make_progress(answered=0))
    view.show(make_progress(answered=1_000))
    assert [text for text in told if "failure" in text] == [
        "  last failure: model-7, skeptic: timeout: no answer in time"
    ]


def test_json_says_nothing_twice(capsys: pytest.CaptureFixture[str]) -> None:
    view = JsonScreen()
    for progress in (make_progress(), make_progress(), make_progress(answered=4_000)):
        view.show(progress)
    view.close()
    lines = capsys.readouterr().out.splitlines()
    assert [Progress.model_validate_json(_bare(line)).answered for line in lines] == [3_088, 4_000]
    assert '"cached_share":0.72' in lines[0]


def _bare(line: str) -> str:
    """A line without what is computed from the rest."""
    content = json.loads(line)
    for name in ("done", "projected_cost", "seconds_left"):
        del content[name]
    del content["ledger"]["cached_share"]
    return json.dumps(content)


def test_without_a_terminal_it_is_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert isinstance(screen(stdout_busy=False), LineScreen)


class Seen:
    """Remembers what it was shown."""

    def __init__(self) -> None:
        self.shown: list[Progress] = []
        self.first = threading.Event()
        self.closed = 0

    def show(self, progress: Progress) -> None:
        self.shown.append(progress)
        self.first.set()

    def close(self) -> None:
        self.closed += 1


def answers(states: Sequence[RunState]) -> Iterator[Progress]:
    return (make_progress(state=state) for state in states)


def test_looking_goes_on_aside_and_ends_with_a_last_look() -> None:
    seen = Seen()
    with Watching(make_progress, [seen]):
        assert seen.first.wait(PATIENCE)
        before = len(seen.shown)
    assert len(seen.shown) == before + 1
    assert seen.closed == 1


def test_a_run_that_is_not_stored_yet_is_waited_for() -> None:
    tries: list[int] = []

    def ask() -> Progress:
        tries.append(1)
        if len(tries) == 1:
            raise StoreError("there is no run yet")
        return make_progress()

    seen = Seen()
    with Watching(ask, [seen]):
        assert seen.first.wait(PATIENCE)
    assert len(tries) >= 2


def test_the_error_of_the_work_is_the_one_that_is_told() -> None:
    def away() -> Progress:
        raise StoreError("the database is away")

    with pytest.raises(ValueError, match="the work"), Watching(away, []):
        raise ValueError("the work")
    with pytest.raises(StoreError, match="is away"), Watching(away, []):
        pass


@pytest.mark.parametrize("end", ["finished", "stopped", "cancelled"])
def test_watching_ends_with_the_run(end: RunState) -> None:
    states = answers(["running", end])
    seen = Seen()
    assert watch(lambda: next(states), [seen]).state == end
    assert [progress.state for progress in seen.shown] == ["running", end]
    assert seen.closed == 1


def test_the_last_view_stays_when_it_is_closed(capsys: pytest.CaptureFixture[str]) -> None:
    view = TerminalScreen()
    view.close()
    view.show(make_progress())
    view.show(make_progress(answered=4_988))
    view.close()
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("of 5,000 reviews") == 1
    assert "100 %  5,000 of 5,000 reviews" in said.err
